"""Who may plan, move and cancel a meeting, and what may be put on its agenda."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _

from alert4you.access.models import SHAREABLE, Category
from alert4you.access.policy import mine_or_covered, running_consents
from alert4you.access.queries.line import deciding
from alert4you.access.rules.names import no_child_named
from alert4you.access.rules.refusals import may_address_all
from alert4you.access.rules.relations import works_here_with
from alert4you.children.models import Child, Guardian, Placement
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.meetings.models import Case, Item, Meeting, Seat, Series, Sort
from alert4you.organisations.models import Actor, Location, Membership, Organisation, Role
from alert4you.organisations.rules import RUNS_THE_PLACE, STAFF_OF_THE_PLACE

ASK_LEAD = _("Ask who leads the meeting.")
OVER = Decision(_("This meeting is over."), _("Plan a new one."))
NOT_AT_THE_TABLE = Decision(
    _("Only whoever sits at the table of this meeting may do this."), ASK_LEAD
)


@dataclass(frozen=True)
class Reason:
    """Why a guardian is not invited: the ground in law, and why it holds here."""

    ground: str
    words: str


@dataclass(frozen=True)
class Topic:
    """A point for an agenda. ``words`` about a child go on its line; without ``child`` all read them.

    ``guardians`` are invited for it; ``left_out`` says of each other one on which ground not.
    """

    sort: str
    words: str
    child: Child | None = None
    category: str = Category.DEVELOPMENT
    guardians: Collection[Guardian] = ()
    left_out: Mapping[Guardian, Reason] = field(default_factory=dict)
    theme: str = ""


@dataclass(frozen=True)
class Terms:
    """What, where and when, who leads it; ``location`` None is the whole organisation."""

    kind: str
    title: str
    begins: datetime
    ends: datetime
    lead: Membership
    location: Location | None = None
    place: str = ""


def may_plan(
    actor: Actor,
    terms: Terms,
    people: Sequence[Membership],
    topics: Sequence[Topic],
    series: Series | None,
) -> Decision:
    """Staff of a place plan its meetings; every point must be one that may be on an agenda."""
    own = {each.organisation_id for each in (terms.location, series) if each is not None}
    if actor.role not in STAFF_OF_THE_PLACE or own - {actor.organisation_id}:
        return Decision(
            _("Only staff of the place plan its meetings."),
            _("Tell the care coordinator that you would like to meet."),
        )
    decision = fits_in_time(actor, terms.begins, terms.ends) and names_nobody(
        actor.organisation_id, terms.location, actor.today, terms.title, terms.place
    )
    for topic in topics:
        decision = decision and may_discuss(actor, actor.organisation_id, terms.location, topic)
    children = [topic.child for topic in topics if topic.child is not None]
    parties = {who.organisation_id for who in people}
    nameless = _nobody_where_come(children, actor.today, terms.title, terms.place)
    return decision and nameless and nobody_refused(actor, children, parties)


def nobody_refused(actor: Actor, children: Iterable[Child], parties: Collection[UUID]) -> Decision:
    """Whoever the parents of a child said no to does not sit at a table where it is talked about."""
    answers = (may_address_all(actor, child, parties) for child in children)
    return next((answer for answer in answers if not answer), ALLOWED)


def may_put(actor: Actor, meeting: Meeting, topic: Topic) -> Decision:
    """One more point, by whoever leads, planned or sits at the table, as long as it was not held."""
    may = at_the_table(actor, meeting) and may_discuss(
        actor, meeting.organisation_id, meeting.location, topic
    )
    if may and topic.child is None:
        return names_nobody_in(meeting, actor.today, topic.words, topic.theme)
    if not may or topic.child is None:
        return may
    seated = meeting.seats.filter(membership__isnull=False)
    parties = set(seated.values_list("membership__organisation", flat=True))
    return nobody_refused(actor, [topic.child], parties)


def may_discuss(
    actor: Actor, organisation_id: UUID, location: Location | None, topic: Topic
) -> Decision:
    """A trend and care are never about one child; a child comes with its parents."""
    if not topic.words.strip():
        return Decision(_("Write in a few words what you want to talk about."))
    if topic.child is None:
        return names_nobody(organisation_id, location, actor.today, topic.words, topic.theme)
    if topic.sort != Sort.CASE:
        return Decision(
            _("A trend, or how care is arranged, is never about one child."),
            _("Choose “a child” as the sort of point; then its parents are invited."),
        )
    if topic.category not in SHAREABLE:
        return Decision(_("Safety is not discussed this way."), _("Follow the reporting code."))
    return works_here_with(actor, topic.child) and parents_are_there(actor, topic)


def parents_are_there(actor: Actor, topic: Topic) -> Decision:
    """Every guardian with authority is invited, or it is written down on which ground not."""
    if topic.child is None:
        return ALLOWED
    everybody = must_be_invited(topic.child, actor.today)
    if not everybody:
        return Decision(
            _("It is not known who decides about this child."),
            _("Write down a parent or guardian first."),
        )
    told = set(topic.guardians) | {who for who, why in topic.left_out.items() if why.words.strip()}
    missing = [each.person.name for each in everybody if each not in told]
    if not missing:
        return ALLOWED
    return Decision(
        _("A meeting about a child cannot be planned without its parents. Not invited: %(names)s.")
        % {"names": get_text_list(missing, str(_("and")))},
        _("Invite them, or write down the ground in law on which you may not."),
    )


def must_be_invited(child: Child, day: date) -> list[Guardian]:
    """The guardians with authority, by name; not those who may not know about the child."""
    return list(deciding(child, day))


def names_nobody(
    organisation_id: UUID, location: Location | None, day: date, *words: str
) -> Decision:
    """Words that all at the table read name no child of the place, or of the whole organisation."""
    text = " \n".join(words)
    places = [location] if location else Location.objects.filter(organisation=organisation_id)
    decision: Decision = ALLOWED
    for place in places:
        decision = decision and no_child_named(text, place, day)
    return decision


def names_nobody_in(meeting: Meeting, day: date, *words: str) -> Decision:
    """As ``names_nobody``, also not of where the children on its agenda come."""
    nobody_here = names_nobody(meeting.organisation_id, meeting.location, day, *words)
    return nobody_here and _nobody_where_come(_cases(meeting).values("child"), day, *words)


def _cases(meeting: Meeting) -> QuerySet[Case]:
    """What is asked about children on an agenda."""
    return Case.objects.unrestricted(reason="rule").filter(item__meeting=meeting)


def _nobody_where_come(children: Any, day: date, *words: str) -> Decision:
    placed = Placement.objects.on(day).unrestricted(reason="rule").filter(child__in=children)
    places = Location.objects.filter(pk__in=placed.values("group__location"))
    text = " \n".join(words)
    named = (no_child_named(text, each, day) for each in places)
    return next((each for each in named if not each), ALLOWED)


def fits_in_time(actor: Actor, begins: datetime, ends: datetime) -> Decision:
    if ends <= begins:
        return Decision(_("The meeting ends before it begins."), _("Choose a later end."), "end")
    if begins < actor.at:
        return Decision(
            _("This moment has passed."), _("Choose one that is still to come."), "begin"
        )
    return ALLOWED


def at_the_table(actor: Actor, meeting: Meeting) -> Decision:
    """Staff at the table, and who arranges it, while it was neither held nor cancelled."""
    if not meeting.is_open:
        return OVER
    seats = Seat.objects.filter(mine_or_covered(actor), meeting=meeting)
    if not actor.is_parent and (seats.exists() or arranges(actor, meeting)):
        return ALLOWED
    return NOT_AT_THE_TABLE


def may_arrange(actor: Actor, meeting: Meeting) -> Decision:
    """Invite, move and cancel: who leads or planned it, and who runs the place."""
    if not meeting.is_open:
        return OVER
    return may_keep(actor, meeting)


def may_keep(actor: Actor, meeting: Meeting) -> Decision:
    """Who leads or planned it, who stands in for them, and who runs the place."""
    return ALLOWED if arranges(actor, meeting) else NOT_YOURS


NOT_YOURS = Decision(_("Only whoever leads or planned this meeting may do this."), ASK_LEAD)


def arranges(actor: Actor, meeting: Meeting) -> bool:
    seat = Seat.objects.filter(mine_or_covered(actor), meeting=meeting, membership=meeting.lead_id)
    return arranges_with(actor, meeting, seat.exists())


def arranges_with(actor: Actor, meeting: Meeting, leads: bool) -> bool:
    """``arranges``, where it is known already whether this hat leads, or stands in for whoever does."""
    if actor.is_parent:
        return False
    if leads or actor.membership_id in (meeting.lead_id, meeting.planned_by_id):
        return True
    return actor.role in RUNS_THE_PLACE and meeting.organisation_id == actor.organisation_id


def may_move(
    actor: Actor, meeting: Meeting, begins: datetime, ends: datetime, place: str
) -> Decision:
    """Who arranges it; all who are invited read the new place, also in their calendar."""
    arranged = may_arrange(actor, meeting) and fits_in_time(actor, begins, ends)
    return arranged and names_nobody_in(meeting, actor.today, place)


def may_change(actor: Actor, meeting: Meeting, reason: str) -> Decision:
    """Cancel, with a reason all who were invited read; so it names no child."""
    if not reason.strip():
        return Decision(_("Write why: everybody who was invited reads it."))
    return may_arrange(actor, meeting) and names_nobody_in(meeting, actor.today, reason)


def may_seat(actor: Actor, meeting: Meeting, who: Membership, seat: Seat | None) -> Decision:
    """A colleague of whatever organisation; in an empty chair only when its party may know."""
    talked_about = Child.objects.unrestricted(reason="rule").filter(
        pk__in=_cases(meeting).values("child")
    )
    welcome = nobody_refused(actor, talked_about, {who.organisation_id})
    if not welcome or seat is None:
        return may_arrange(actor, meeting) and welcome
    if seat.meeting_id != meeting.pk or seat.organisation_id != who.organisation_id:
        return Decision(_("This chair is for somebody of another organisation."))
    return may_arrange(actor, meeting) and chair_is_free(actor, meeting, who.organisation)


def chair_is_free(actor: Actor, meeting: Meeting, party: Organisation) -> Decision:
    """Somebody of another organisation takes a chair when the parents agreed that it may know.

    When no child is on the agenda, there is nothing to agree to.
    """
    cases = list(_cases(meeting).values_list("child", "category"))
    agreed = running_consents(actor.at, actor.today).filter(
        request__organisation=party, request__child__in=[child for child, _category in cases]
    )
    known = set(agreed.values_list("request__child", "category"))
    if not cases or party.pk == actor.organisation_id or known & set(cases):
        return ALLOWED
    return Decision(
        _("This chair stays empty until the parents agree that %(party)s may know.")
        % {"party": party},
        _("Ask them; meanwhile the others can meet."),
    )


def may_keep_chair(actor: Actor, meeting: Meeting, task: str) -> Decision:
    """An empty chair for a party that is needed; what it is for names no child."""
    return may_arrange(actor, meeting) and names_nobody_in(meeting, actor.today, task)


def may_answer(actor: Actor, seat: Seat) -> Decision:
    """Whoever is invited says whether she comes; for a parent who told it, whoever arranges the meeting."""
    if not seat.meeting.is_open:
        return OVER
    own = seat.guardian and actor.is_parent and seat.guardian.person_id == actor.person_id
    hat = seat.membership_id and seat.membership_id == actor.membership_id
    told = seat.guardian is not None and arranges(actor, seat.meeting)
    if own or hat or told:
        return ALLOWED
    return Decision(_("This invitation is for somebody else."))


def may_signal(actor: Actor, location: Location, theme: str, words: str) -> Decision:
    """Staff write down what goes on at their place, without names of children."""
    if actor.role not in STAFF_OF_THE_PLACE or location.organisation_id != actor.organisation_id:
        return Decision(_("Only staff of this place write down what goes on there."))
    if not (theme.strip() and words.strip()):
        return Decision(_("Write what you notice, and give it a name."))
    return names_nobody(actor.organisation_id, location, actor.today, theme, words)


def may_train(actor: Actor, signals: Sequence[Item], what: str, owner: Membership) -> Decision:
    """Whoever looks after the whole organisation makes a training of what goes on in it."""
    looks_after = {*RUNS_THE_PLACE, Role.PEDAGOGUE}
    own = all(each.organisation_id == actor.organisation_id for each in signals)
    if actor.role not in looks_after or not own or not signals:
        return Decision(
            _("Only the care coordinator, the pedagogue or the manager arranges training."),
            _("Write down what you notice: they see it."),
        )
    if owner.organisation_id != actor.organisation_id:
        return Decision(_("Choose a colleague of your own organisation."))
    if not what.strip():
        return Decision(_("Write what is going to be learned."))
    return names_nobody(actor.organisation_id, None, actor.today, what)
