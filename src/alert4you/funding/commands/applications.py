"""The folder of an application: what is asked, begun, filled in, approved, and sent or stopped."""

from datetime import date
from uuid import UUID

from django.utils.translation import override

from alert4you.access.models import Category, Entry
from alert4you.children.models import Guardian
from alert4you.funding.commands.lines import write_line
from alert4you.funding.models import Application, Approval, Filled, QuestionSet
from alert4you.funding.queries.known import known_words
from alert4you.funding.rules import applications, questions
from alert4you.funding.rules.beside import approvals
from alert4you.funding.rules.lines import Wanted
from alert4you.funding.rules.questions import KNOWN, Chosen
from alert4you.funding.rules.streams import streams
from alert4you.kernel.command import command
from alert4you.manifests.commands import hand_over
from alert4you.manifests.models import Line, Manifest, Way
from alert4you.manifests.rules import Parcel
from alert4you.organisations.models import Actor, Organisation
from alert4you.trajectories.models import GrowthHanded, Trajectory

SAME_CHILD = "what was answered before about the same child"


@command(questions.may_write_questions)
def write_questions(
    actor: Actor, municipality: Organisation, stream: str, chosen: Chosen
) -> QuestionSet:
    """A new version; folders that run keep the one with which they began."""
    same = QuestionSet.objects.filter(
        organisation=actor.organisation_id, municipality=municipality, stream=stream
    )
    last = same.order_by("-version").first()
    return QuestionSet.objects.create(
        organisation_id=actor.organisation_id,
        municipality=municipality,
        stream=stream,
        version=last.version + 1 if last else 1,
        contract=chosen.contract.strip(),
        questions=chosen.rows,
        by_id=actor.membership_id,
        starts=actor.today,
    )


@command(applications.may_begin)
def begin_application(
    actor: Actor, trajectory: Trajectory, asks: QuestionSet, work: str, growth: bool = False
) -> Application:
    """A folder; what was answered before about this child, in any folder of the place, is in it."""
    with override("nl"):
        title = f"{streams()[asks.stream].title}, {asks.municipality}"
    application = Application.by(
        actor,
        child=trajectory.child,
        organisation_id=trajectory.organisation_id,
        category=Category.PLAN,
        title=title[:1].upper() + title[1:],
        trajectory=trajectory,
        asks=asks,
        work=work,
        growth=growth,
        changed_at=actor.at,
    )
    _answered_before(application)
    return application


def _answered_before(application: Application) -> None:
    keys = {each.key for each in questions.questions(application.asks) if each.who != KNOWN}
    rows = Filled.objects.unrestricted(reason=SAME_CHILD).filter(
        application__child=application.child_id,
        application__organisation=application.organisation_id,
        key__in=keys,
    )
    for each in {row.key: row for row in rows.order_by("at")}.values():
        Filled.objects.create(
            application=application, key=each.key, words=each.words, by_id=each.by_id, at=each.at
        )


@command(applications.may_fill)
def fill(actor: Actor, application: Application, key: str, words: str) -> Application:
    """One answer; who approved the folder before reads it again."""
    Filled.objects.unrestricted(reason="this answer").update_or_create(
        application=application,
        key=key,
        defaults={"words": words.strip(), "by_id": actor.person_id, "at": actor.at},
    )
    approvals(application).delete()
    application.changed_at = actor.at
    application.save(update_fields=["changed_at"])
    return application


@command(applications.may_approve)
def approve(
    actor: Actor, application: Application, told: Guardian | None = None, seen: str = ""
) -> Approval:
    """This parent read it and it may go; ``told``: so they said, and staff write it down."""
    made, _new = Approval.objects.unrestricted(reason="this approval").get_or_create(
        application=application,
        person_id=told.person_id if told else actor.person_id,
        defaults={"at": actor.at, "recorded_by_id": actor.person_id if told else None},
    )
    return made


@command(applications.may_stop)
def stop(actor: Actor, application: Application, why: str) -> Application:
    """It is not sent."""
    application.stopped_on, application.why = actor.today, why
    application.save(update_fields=["stopped_on", "why"])
    return application


@command(applications.may_send)
def send(actor: Actor, application: Application, on: date) -> Application:
    """It went out on a day: the term of who decides begins, and what went along is written down."""
    asks = application.asks
    for key, words in known_words(application).items():
        Filled.objects.create(
            application=application, key=key, words=words, by_id=actor.person_id, at=actor.at
        )
    application.line = write_line(
        actor,
        application.trajectory,
        Wanted(
            asks.stream,
            application.work,
            on,
            decider=asks.municipality.name,
            ground=asks.contract,
            asked_on=on,
        ),
    )
    application.save(update_fields=["line"])
    _hand_over(actor, application)
    return application


def _hand_over(actor: Actor, application: Application) -> Manifest | None:
    """The parents read each of these and said yes: that is why they go, and no other consent."""
    child, to = application.child, application.asks.municipality
    if child is None:
        return None
    sent: dict[str, list[UUID]] = {application.category: [application.pk]}
    document = applications.document(application, actor.today) if application.growth else None
    if document is not None:
        kept = document.rows.filter(left_out=False).values("entry")
        rows = Entry.objects.unrestricted(reason="what the parents approved").filter(pk__in=kept)
        for pk, category in rows.values_list("pk", "category"):
            sent.setdefault(category, []).append(pk)
        GrowthHanded.objects.create(
            document=document, to=to, name=to.name, by_id=actor.person_id, at=actor.at
        )
    lines = [Line(category, tuple(map(str, entries))) for category, entries in sent.items()]
    parcel = Parcel(to, to.name, Way.APPLICATION, application, purposes=(), approved=True)
    return hand_over(actor, child, parcel, lines)
