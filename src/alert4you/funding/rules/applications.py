"""The folder of an application: who fills in what, what is missing, who approves, when it may go."""

from collections.abc import Sequence
from datetime import date

from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _

from alert4you.access.rules.relations import is_guardian
from alert4you.children.models import Guardian
from alert4you.funding.models import Application, QuestionSet
from alert4you.funding.rules.beside import answers, approvals
from alert4you.funding.rules.lines import Wanted, may_write_line, may_write_money
from alert4you.funding.rules.questions import KNOWN, PARENTS, Question, questions
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.notes.rules.writing import in_own_file
from alert4you.organisations.models import Actor
from alert4you.trajectories.models import GrowthDocument, Trajectory
from alert4you.trajectories.rules import growth

OVER = Decision(
    _("This folder was sent or stopped; it stays as it was."),
    _("Start a new one when something has to be asked again."),
)
CHANGED = Decision(
    _("The folder was changed since you read it."), _("Read it once more, then approve it.")
)


def may_begin(actor: Actor, trajectory: Trajectory, asks: QuestionSet, work: str) -> Decision:
    """A sort of money that a rule refuses gets no folder: the rule is quoted, before anybody writes."""
    if trajectory.child is None:
        return Decision(_("A decision is asked for one child; this trajectory is of a group."))
    fits = may_write_line(actor, trajectory, Wanted(asks.stream, work, actor.today))
    if not fits:
        return fits
    if asks.organisation_id not in (asks.municipality_id, actor.organisation_id):
        return Decision(_("These questions are of another organisation."))
    if newest(asks).pk != asks.pk:
        return Decision(
            _("The municipality asks something else now."), _("Choose the new version.")
        )
    running = Application.objects.unrestricted(reason="one folder at a time").filter(
        trajectory=trajectory,
        asks__municipality=asks.municipality,
        asks__stream=asks.stream,
        line=None,
        stopped_on=None,
    )
    if running.exists():
        return Decision(_("There is a folder for this already."), _("Go on with that one."))
    return ALLOWED


def newest(asks: QuestionSet) -> QuestionSet:
    same = QuestionSet.objects.filter(
        organisation=asks.organisation_id, municipality=asks.municipality_id, stream=asks.stream
    )
    return same.order_by("-version")[0]


def may_work_on(actor: Actor, application: Application) -> Decision:
    """While it is here: who writes the money of the trajectory, and the parents who decide."""
    if not application.is_open:
        return OVER
    if actor.is_parent and application.child is not None:
        return is_guardian(actor, application.child)
    return may_write_money(actor, application.trajectory)


def may_fill(actor: Actor, application: Application, key: str, words: str) -> Decision:
    """Parents answer what is asked of them; staff everything, also together with the parents."""
    asked = {each.key: each for each in questions(application.asks)}.get(key)
    if asked is None or asked.who == KNOWN:
        return Decision(_("This question is not asked."))
    if actor.is_parent and asked.who != PARENTS:
        return Decision(_("The childcare answers this question."), _("Tell them what you know."))
    if not words.strip():
        return Decision(_("Write an answer."))
    return may_work_on(actor, application)


def may_stop(actor: Actor, application: Application, why: str) -> Decision:
    """Parents and staff alike: it goes nowhere without both."""
    if not why.strip():
        return Decision(_("Write why it stops."))
    return may_work_on(actor, application)


def may_approve(
    actor: Actor, application: Application, told: Guardian | None = None, seen: str = ""
) -> Decision:
    """The parents who decide, for a full folder as they read it; ``told``: as they said it to staff."""
    if seen and seen != application.mark:
        return CHANGED
    works = may_work_on(actor, application)
    if not works:
        return works
    if to_fill(application):
        return Decision(_("There are questions without an answer."), _("Answer those first."))
    if actor.is_parent:
        return ALLOWED
    if told is None or told not in parents(application, actor.today):
        return Decision(
            _("The parents approve what goes out."),
            _("Let them read it, or go through it together."),
        )
    return in_own_file(actor, application)


def may_send(actor: Actor, application: Application, on: date) -> Decision:
    """Full, with the yes of all parents who decide, and what goes along approved as well."""
    works = may_work_on(actor, application)
    if not works:
        return works
    if actor.is_parent:
        return Decision(_("Who has the lead sends it, when you have approved it."))
    if on > actor.today:
        return Decision(_("This day is still to come."))
    return is_ready(application, actor.today)


def is_ready(application: Application, day: date) -> Decision:
    """Refused with what is missing, by name."""
    along = not application.growth or document(application, day) is not None
    return judge(to_fill(application), along, waits_for(application, day))


def judge(missing: Sequence[Question], along: bool, waiting: Sequence[Guardian]) -> Decision:
    """``is_ready``, for what was read already; ``along``: what goes with it is approved."""
    if missing:
        told = get_text_list([each.words for each in missing], str(_("and")))
        return Decision(_("Still missing: %(what)s") % {"what": told}, _("Answer those first."))
    if not along:
        return Decision(
            _("The growth document is not approved by the parents yet."),
            _("Write it with them, or let it stay at home."),
        )
    if waiting:
        names = get_text_list([each.person.name for each in waiting], str(_("and")))
        return Decision(_("The yes of %(names)s is missing.") % {"names": names})
    return ALLOWED


def to_fill(application: Application) -> list[Question]:
    """What nobody answered yet, in the order of the form."""
    done = {each.key for each in answers(application)}
    return [
        each for each in questions(application.asks) if each.who != KNOWN and each.key not in done
    ]


def document(application: Application, day: date) -> GrowthDocument | None:
    """The growth document that goes along: the last one, when the parents approved it."""
    last = growth.documents_of(application.trajectory).order_by("-number").first()
    return last if last is not None and growth.is_approved(last, day) else None


def parents(application: Application, day: date) -> list[Guardian]:
    """The parents who decide."""
    rows = Guardian.objects.on(day).filter(child=application.child_id, has_authority=True)
    return list(rows.select_related("person").order_by("starts", "person__name"))


def waits_for(application: Application, day: date) -> list[Guardian]:
    """The parents who have not approved the folder as it is now."""
    done = {each.person_id for each in approvals(application)}
    return [each for each in parents(application, day) if each.person_id not in done]
