"""The reporting code as rules: who may, in which order, and what has to be said when it goes otherwise.

Sources: Wko art. 1.51a (the reporting code; the weighing framework since 2019-01-01), 1.51b and c (a
suspicion against somebody who works here); Wmo 2015 art. 5.2.6 (a report needs no consent).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alert4you.access.rules.names import name_words, names_in
from alert4you.access.rules.relations import works_with
from alert4you.children.models import Child, Guardian, Placement
from alert4you.kernel.compiled import Condition
from alert4you.kernel.decision import ALLOWED, Decision, NotVisible
from alert4you.organisations.models import Actor, Membership, Person, Role
from alert4you.organisations.rules import STAFF_OF_THE_PLACE
from alert4you.safety import policy
from alert4you.safety.models import (
    About,
    Act,
    Concern,
    Part,
    Party,
    SafetyMember,
    SafetyPost,
    Task,
)

AT_HOME = (Part.SIGNALS, Part.ADVICE, Part.TALK, Part.WEIGHING, Part.DECISION)
BY_STAFF = (Part.SIGNALS, Part.TOLD, Part.INSPECTOR, Part.POLICE)
BESIDE = {About.HOME: (Part.HANDED, Part.CLOSED), About.STAFF: (Part.CLOSED,)}
NEVER_LEFT_OUT = (Part.SIGNALS, Part.HANDED, Part.CLOSED)
WITH_WHOM = {
    Part.ADVICE: (Party.COLLEAGUE, Party.SAFE_HOME),
    Part.TALK: (Party.PARENTS, Party.CHILD),
}
# The weighing framework by the day from which it holds.
WEIGHING: dict[date, tuple[Promise, ...]] = {
    date(2019, 1, 1): (
        _("Looking at steps 1 to 4: do I suspect domestic violence or child abuse?"),
        _("Do I think there is acute danger, or that the child has been unsafe for a long time?"),
        _("Can I offer good help or arrange it?"),
        _("Do those involved accept that help, and do they work along?"),
        _("Will the help lead to lasting safety?"),
    )
}
EMPTY = Decision(_("Write it down in a few words."))
NO_REASON = Decision(_("Say why this step is left out, and write the reason in your own words."))
MANAGES_POSTS = {Role.MANAGER}


@dataclass(frozen=True)
class Told:
    """What somebody records; see ``Act``. ``day`` empty: today."""

    text: str = ""
    day: date | None = None
    party: str = ""
    with_whom: str = ""
    left_out: bool = False
    ground: str = ""
    reason: str = ""
    answers: tuple[str, ...] = field(default=())
    must_report: bool | None = None
    gives_help: bool | None = None


@dataclass(frozen=True)
class Start:
    """A new concern: about which child, what it is about, the facts, and perhaps whom it is about."""

    about_child: Child
    about: str
    facts: str
    accused: Person | None = None


def questions_on(day: date) -> tuple[date, tuple[Promise, ...]]:
    """The weighing questions that hold on a day, and since when."""
    since = max((each for each in WEIGHING if each <= day), default=min(WEIGHING))
    return since, WEIGHING[since]


def may_start(actor: Actor, start: Start) -> Decision:
    """Who works with the child at its own place; about an accused who is not oneself."""
    here = works_at_its_place(actor, start.about_child)
    if not here:
        return here
    if not start.facts.strip():
        return EMPTY
    if start.about == About.STAFF and start.accused is None:
        return Decision(_("Say whom it is about."), _("Nobody sees this but who has to know."))
    if start.accused is not None and start.accused.pk == actor.person_id:
        return Decision(_("A record about yourself has to be made by somebody else."))
    return ALLOWED


def works_at_its_place(actor: Actor, child: Child) -> Decision:
    """Staff of the organisation where the child has its place, who work with this child now."""
    if actor.role not in STAFF_OF_THE_PLACE or not has_place_here(actor, child):
        return Decision(
            _("Only staff of the child's own place can do this."),
            _("Tell the attention officer of the place what you saw."),
        )
    return works_with(actor, child)


def has_place_here(actor: Actor, child: Child) -> bool:
    running = Placement.objects.on(actor.today).unrestricted(reason="rule")
    return running.filter(child=child, group__location__organisation=actor.organisation_id).exists()


def knows(actor: Actor, concern: Concern) -> Decision:
    """Whoever does not see a concern is told that it is not there, whatever is asked of it."""
    known = Condition(Concern, policy.concerns, actor)
    if not Concern.objects.unrestricted(reason="rule").filter(known, pk=concern.pk).exists():
        raise NotVisible
    return ALLOWED


def path(concern: Concern, day: date) -> tuple[Part, ...]:
    """The steps of this concern in their order; who is accused is not told, also not as the holder."""
    if concern.about == About.HOME:
        return AT_HOME
    if holder_to_tell(concern, day) is None or concern.opened_by_id in _holders(concern, day):
        return tuple(part for part in BY_STAFF if part != Part.TOLD)
    return BY_STAFF


def holder_to_tell(concern: Concern, day: date) -> SafetyPost | None:
    """The holder of the organisation who is not accused."""
    accused = concern.accused.values("person")
    posts = _posts(concern, day).exclude(membership__person__in=accused)
    return posts.select_related("membership__person").order_by("starts", "pk").first()


def _holders(concern: Concern, day: date) -> set[object]:
    return set(_posts(concern, day).values_list("membership", flat=True))


def _posts(concern: Concern, day: date) -> QuerySet[SafetyPost]:
    posts = SafetyPost.objects.on(day).filter(task=Task.HOLDER)
    return posts.filter(organisation=concern.organisation_id)


def may_record(actor: Actor, concern: Concern, part: str, told: Told) -> Decision:
    """A step of the path by whoever knows of the concern, complete, and in its order or with a reason."""
    knows(actor, concern)
    steps = path(concern, actor.today)
    if part not in (*steps, *BESIDE[About(concern.about)]):
        return Decision(_("This step does not belong to this concern."))
    if told.day and told.day > actor.today:
        return Decision(_("This day is still to come."), _("Write it down when it has happened."))
    complete = _left_out(part, told) if told.left_out else _complete(actor, concern, part, told)
    if not complete:
        return complete
    return whose_turn(actor, concern, part) and in_order(actor, concern, part, told)


def whose_turn(actor: Actor, concern: Concern, part: str) -> Decision:
    """The holder consults the inspector and goes to the police; when accused, who found it out does."""
    if part not in (Part.INSPECTOR, Part.POLICE):
        return ALLOWED
    holder = holder_to_tell(concern, actor.today)
    if holder is None or actor.membership_id in _holders(concern, actor.today):
        return ALLOWED
    return Decision(
        _("This is for the holder: %s.") % holder.membership.person.name,
        _("Tell the holder at once, and write down that you did."),
    )


def in_order(actor: Actor, concern: Concern, part: str, told: Told) -> Decision:
    """What comes before stands there, done or left out with a reason; else this one says why not."""
    steps = path(concern, actor.today)
    before = steps[: steps.index(Part(part))] if part in steps else ()
    if part == Part.CLOSED:
        before = steps
    there = {act.part for act in concern.acts.unrestricted(reason="rule")}
    missing = [step for step in before if step not in there]
    if not missing or (told.ground and told.reason.strip()):
        return ALLOWED
    names = ", ".join(str(Part(step).label) for step in missing)
    return Decision(
        _("What comes before is not there yet: %s.") % names,
        _("Do that first. Is there danger now, or is it safer for the child? Then say so here."),
    )


def _left_out(part: str, told: Told) -> Decision:
    if part in NEVER_LEFT_OUT:
        return Decision(_("This cannot be left out."))
    return ALLOWED if told.ground and told.reason.strip() else NO_REASON


def _complete(actor: Actor, concern: Concern, part: str, told: Told) -> Decision:
    if part == Part.WEIGHING:
        return _weighed(actor, told)
    if part == Part.DECISION:
        return _decided(told)
    if not told.text.strip():
        return EMPTY
    if part in WITH_WHOM and told.party not in WITH_WHOM[Part(part)]:
        return Decision(_("Choose with whom it was."))
    if part == Part.ADVICE and told.party == Party.SAFE_HOME:
        return asked_without_name(concern, told)
    return _handed(concern, told) if part == Part.HANDED else ALLOWED


def _weighed(actor: Actor, told: Told) -> Decision:
    wanted = len(questions_on(told.day or actor.today)[1])
    if len([each for each in told.answers if each.strip()]) == wanted:
        return ALLOWED
    return Decision(
        _("Answer each of the questions in your own words."), _("“I do not know yet” is allowed.")
    )


def _decided(told: Told) -> Decision:
    """Two decisions, each on its own; no consent is asked for a report (Wmo 2015 art. 5.2.6)."""
    if told.must_report is None or told.gives_help is None:
        return Decision(_("Take both decisions: reporting, and help."))
    if not told.must_report and not told.gives_help and not told.reason.strip():
        return Decision(
            _("You decide not to report and not to help."), _("Write why that is safe enough.")
        )
    return ALLOWED


def asked_without_name(concern: Concern, told: Told) -> Decision:
    """Advice of Veilig Thuis is asked without telling which child or whose parents it is about."""
    child = concern.child
    family = Guardian.objects.filter(child=child).values_list("person__name", flat=True)
    words = name_words([child.first_name, child.last_name, *family])
    found = names_in(f"{told.text} {told.with_whom} {told.reason}", words)
    if not found:
        return ALLOWED
    return Decision(
        _("This tells which child it is about: “%s”.") % found,
        _("Advice of Veilig Thuis is asked without a name. Write “the child” and “the parents”."),
    )


def _handed(concern: Concern, told: Told) -> Decision:
    """After the decision to report, or at once with a reason."""
    if not told.with_whom.strip():
        return Decision(_("Write to whom it went."))
    decided = concern.acts.unrestricted(reason="rule").filter(part=Part.DECISION, left_out=False)
    newest = decided.order_by("at", "pk").last()
    if (newest and newest.must_report) or (told.ground and told.reason.strip()):
        return ALLOWED
    return Decision(
        _("It was not decided to report."), _("Is there danger now? Then say so here, and why.")
    )


def may_correct(actor: Actor, act: Act, text: str, why: str) -> Decision:
    """A correction stands beside what it sets right."""
    knows(actor, act.concern)
    if not text.strip() or not why.strip():
        return EMPTY
    if act.part == Part.ADVICE and act.party == Party.SAFE_HOME:
        return asked_without_name(act.concern, Told(text=text, reason=why))
    return ALLOWED


def may_name(actor: Actor, concern: Concern, membership: Membership, why: str) -> Decision:
    """Whoever knows of a concern names a colleague with a reason, never who it is about or its family."""
    knows(actor, concern)
    if not why.strip():
        return Decision(_("Write why this person has to know."))
    if membership.organisation_id != concern.organisation_id or (
        membership.ends and membership.ends <= actor.today
    ):
        return Decision(_("Only somebody who works for this organisation can be named."))
    if concern.accused.filter(person=membership.person_id).exists():
        return Decision(_("It is about this person, who may not know of it."))
    family = Guardian.objects.on(actor.today).filter(child=concern.child_id)
    if family.filter(person=membership.person_id).exists():
        return Decision(_("This person is family of the child."))
    return ALLOWED


def may_end(actor: Actor, member: SafetyMember) -> Decision:
    """Everybody can be taken off again but who opened it: the record stays with its writer."""
    knows(actor, member.concern)
    if member.membership_id == member.concern.opened_by_id:
        return Decision(_("Who opened this keeps seeing it."))
    return ALLOWED


def may_appoint(actor: Actor, membership: Membership, task: str) -> Decision:
    """Whoever manages says who has a task; that tells nothing of any concern."""
    if actor.role not in MANAGES_POSTS or membership.organisation_id != actor.organisation_id:
        return Decision(_("Only the management of the organisation names who has this task."))
    if membership.ends and membership.ends <= actor.today:
        return Decision(_("This person does not work here any more."))
    return ALLOWED


def stops_deleting(child: Child) -> bool:
    """Whether a concern about this child is open, anywhere. For the job that deletes; shown to nobody."""
    return some_have_a_concern([child.pk])


def some_have_a_concern(children: Iterable[UUID] | QuerySet) -> bool:
    """Whether a concern about one of these children is open, anywhere; shown to nobody either."""
    closed = Act.objects.unrestricted(reason="an open concern keeps everything").filter(
        concern=OuterRef("pk"), part=Part.CLOSED
    )
    rows = Concern.objects.unrestricted(reason="an open concern keeps everything")
    return rows.filter(~Exists(closed), child__in=children).exists()
