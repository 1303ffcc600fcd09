"""What was written about a group and a child, what helps a child, and what it may do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Count, Exists, F, Model, OuterRef, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alert4you.access.models import Entry, Kind
from alert4you.access.policy import KNOWS_ALL_GROUPS
from alert4you.access.queries import line as lines
from alert4you.access.queries.agreement import Agreement
from alert4you.access.queries.consent import agreements
from alert4you.access.queries.line import children, entries, file_of, placements, posted_locations
from alert4you.access.rules.consent import State
from alert4you.children.models import Child, Placement
from alert4you.kernel.decision import NotVisible
from alert4you.kernel.kept import kept
from alert4you.notes.models import (
    Activity,
    AskAgain,
    Card,
    Carried,
    Complaint,
    Draft,
    Incident,
    Involvement,
    Note,
    NotingWords,
    Permission,
    Photo,
    Told,
    Turn,
    Verdict,
    VisionOnParents,
)
from alert4you.notes.rules.drafts import page_of
from alert4you.notes.rules.judging import Aid, aid, kinds_of
from alert4you.notes.rules.photos import Standing, standing_of
from alert4you.organisations.models import Actor, Group, Location, Organisation, Roster
from alert4you.organisations.queries import groups_today
from alert4you.organisations.rules import RUNS_THE_PLACE

Row = TypeVar("Row", bound=Model)


def group(actor: Actor, group_id: UUID) -> Group:
    """A group where this hat works, which it coaches, or which it looks after."""
    rostered = Roster.objects.on(actor.today).filter(membership=actor.membership_id)
    known = Q(pk__in=rostered.values("group")) | Q(location__in=posted_locations(actor))
    if actor.role in KNOWS_ALL_GROUPS:
        known |= Q(location__organisation=actor.organisation_id)
    found = Group.objects.filter(known, pk=group_id).select_related("location").first()
    if found is None:
        raise NotVisible
    return found


def group_notes(actor: Actor, group: Group) -> QuerySet[Entry]:
    """What was written about the group without a child, newest first."""
    return entries(actor).filter(group=group, child=None, kind__in=(Kind.NOTE, Kind.INCIDENT))


def tags_of_group(actor: Actor, group: Group, since: date) -> list[tuple[str, int]]:
    """How often each tag was tapped for the group from a day on, most often first: counts, no more."""
    seen = Note.objects.visible_to(actor).filter(group=group, child=None, day__gte=since)
    counted = seen.filter(tagged__isnull=False).values_list("tagged__tag").annotate(n=Count("pk"))
    return list(counted.order_by("-n", "tagged__tag"))


def note(actor: Actor, note_id: UUID) -> Note:
    return _one(Note.objects.visible_to(actor).select_related("child", "group").filter(pk=note_id))


def draft(actor: Actor, address: str) -> Draft | None:
    """What this hat was writing on a page."""
    return Draft.objects.visible_to(actor).filter(page=page_of(address)).first()


def photo(actor: Actor, note_id: UUID) -> Photo:
    """The picture of a note, as long as it may be seen."""
    return _one(Photo.objects.visible_to(actor).filter(note=note_id))


def has_photo(actor: Actor) -> Exists:
    """A column beside a note."""
    return Exists(Photo.objects.visible_to(actor).filter(note=OuterRef("pk")))


def photos_at(actor: Actor, child: Child) -> tuple[Organisation | None, Standing]:
    """The place whose file this hat writes in, and what was said there about photos of a child."""
    file = file_of(actor, child)
    return Organisation.objects.filter(pk__in=[file]).first(), standing_of(child, file, actor)


@kept
def others_here(actor: Actor, child_id: UUID) -> QuerySet[Child]:
    """The other children that are on this hat's groups today, by name."""
    here = Placement.objects.on(actor.today).filter(
        group__in=groups_today(actor), days__weekday=actor.today.weekday(), child=OuterRef("pk")
    )
    return children(actor).filter(Exists(here)).exclude(pk=child_id)


def noting_words(organisation_id: UUID | None) -> NotingWords | None:
    """The organisation's own words for noting; None: those of the product."""
    return NotingWords.objects.filter(organisation=organisation_id).first()


def writing_aid(words: NotingWords | None, names: Iterable[str] = ()) -> Aid:
    """What to look for in what is being written, in the language of the page."""
    own = [entry.partition(":") for entry in words.marked] if words else []
    marked = [(word.strip(), ask.strip()) for word, _colon, ask in own]
    left_out = words.unmarked if words else ()
    return aid(get_language() or "nl", list(names), marked, left_out)


def kinds() -> list[tuple[str, list[str]]]:
    """What the writing aid of the product marks, by the question that it asks."""
    return kinds_of(get_language() or "nl")


def last_notes(actor: Actor, child: Child, most: int = 3) -> QuerySet[Entry]:
    """The newest notes about a child that this hat may see."""
    return entries(actor).filter(child=child, kind=Kind.NOTE)[:most]


# What everybody must know ------------------------------------------------------------------------


def cards(actor: Actor, child: Child) -> QuerySet[Card]:
    """What helps this child now, as far as this hat may see it: by moment, the newest first."""
    seen = Card.objects.visible_to(actor).filter(child=child, must_know=True)
    return seen.select_related("author", "hat").order_by("moment", "-at", "pk")


def card(actor: Actor, card_id: UUID) -> Card:
    return _one(Card.objects.visible_to(actor).select_related("child", "author").filter(pk=card_id))


def earlier_cards(actor: Actor, child: Child) -> QuerySet[Card]:
    """Cards that were replaced or taken away, the latest first."""
    seen = Card.objects.visible_to(actor).filter(child=child, must_know=False)
    return seen.select_related("author", "hat").order_by("-at", "pk")


@dataclass(frozen=True)
class May:
    """Whether a child may do something, and why: an agreement beats the age rule of the place."""

    activity: Activity
    verdict: Verdict
    permission: Permission | None = None

    @property
    def words(self) -> str:
        return self.permission.text if self.permission else self.activity.how

    @property
    def why(self) -> str:
        """The ground, in words."""
        if self.permission:
            return _("Agreed with %(who)s.") % {"who": self.permission.agreed_with}
        if self.activity.age_from is None:
            return _("For everybody here.")
        return _("The rule of the place: from %(age)s years.") % {"age": self.activity.age_from}


def what_child_may(actor: Actor, child: Child) -> list[May]:
    """Every activity of the places where the child comes, by name."""
    places = _groups_now(actor, child)
    here = Q(group__in=places) | Q(group=None, location__in={each.location_id for each in places})
    activities = Activity.objects.filter(here, ends=None).select_related("location")
    agreed = {
        each.activity_id: each
        for each in Permission.objects.visible_to(actor)
        .filter(child=child, must_know=True)
        .select_related("author", "hat")
    }
    return [
        may_of(child, each, agreed.get(each.pk), actor.today)
        for each in activities.order_by("name", "pk")
    ]


def may_child(actor: Actor, child: Child, activity_id: UUID) -> May:
    """One of them; NotVisible when the child does not come where this is done."""
    for each in what_child_may(actor, child):
        if each.activity.pk == activity_id:
            return each
    raise NotVisible


def activities(group: Group) -> QuerySet[Activity]:
    """The rules of a group: its own, and those of its location."""
    here = Q(group=group) | Q(group=None, location=group.location_id)
    return Activity.objects.filter(here, ends=None).order_by("name", "pk")


def permission(actor: Actor, permission_id: UUID) -> Permission:
    return _one(Permission.objects.visible_to(actor).filter(pk=permission_id))


# The notebook -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Page:
    """Something that was written in the notebook, and by which of its three writers."""

    entry: Entry
    by: Turn
    invites: str

    @property
    def asks(self) -> str:
        """Whom it asks to write next, in words."""
        return _("asks %(whom)s") % {"whom": Turn(self.invites).label} if self.invites else ""


def notebook(actor: Actor, child: Child, most: int = 30) -> list[Page]:
    """What staff, parents and who was agreed to wrote in turn, newest first; nothing internal."""
    told = lines.line(actor, child).filter(kind__in=(Kind.NOTE, Kind.PARENT_WORDS), internal=False)
    asked = Note.objects.visible_to(actor).filter(child=child).exclude(invites="")
    invites = dict(asked.values_list("pk", "invites"))
    return [Page(each, writer(each), invites.get(each.pk, "")) for each in told[:most]]


def writer(entry: Entry) -> Turn:
    """What staff wrote down for the parents are the parents' words."""
    if entry.kind == Kind.PARENT_WORDS or entry.hat is None:
        return Turn.PARENTS
    return Turn.STAFF if entry.hat.organisation_id == entry.organisation_id else Turn.COACH


def asks_the_parents() -> Exists:
    """Whether an entry asks the parents to write in the notebook, and they did not yet: as a column."""
    beside = "column beside an entry"
    answer = Entry.objects.unrestricted(reason=beside).filter(
        kind=Kind.PARENT_WORDS, child=OuterRef("child"), at__gt=OuterRef("at")
    )
    asked = Note.objects.unrestricted(reason=beside).filter(invites=Turn.PARENTS)
    return Exists(asked.filter(~Exists(answer), pk=OuterRef("pk")))


# Incidents ---------------------------------------------------------------------------------------


def incident(actor: Actor, incident_id: UUID) -> Incident:
    seen = Incident.objects.visible_to(actor).select_related("child", "author", "hat")
    found = _one(seen.filter(pk=incident_id))
    if found.agreement_id is not None:
        found.agreed = Card.objects.visible_to(actor).filter(pk=found.agreement_id).first()
    return found


def incidents(actor: Actor, child: Child) -> QuerySet[Incident]:
    return Incident.objects.visible_to(actor).filter(child=child).order_by("-at", "pk")


def told_to_others(actor: Actor, group: Group) -> QuerySet[Entry]:
    """What other parents of a group heard, the latest first."""
    return entries(actor).filter(group=group, child=None, kind=Kind.INCIDENT)


def groups_of(actor: Actor, child: Child) -> list[Group]:
    """The groups of the own organisation where the child has a place now."""
    groups = _groups_now(actor, child)
    return [each for each in groups if each.location.organisation_id == actor.organisation_id]


# Through the parents -----------------------------------------------------------------------------


def involved(actor: Actor, child: Child) -> QuerySet[Involvement]:
    """Who else helps this child, told by the parents; the latest first."""
    seen = Involvement.objects.visible_to(actor).filter(child=child, ended_on=None)
    return seen.select_related("author", "hat", "told_by__person").order_by("-at", "pk")


def requests(actor: Actor, child: Child) -> QuerySet[Carried]:
    """What was asked through the parents, the latest first."""
    seen = Carried.objects.visible_to(actor).filter(child=child)
    return seen.select_related("author", "hat").order_by("-at", "pk")


def request(actor: Actor, request_id: UUID) -> Carried:
    seen = Carried.objects.visible_to(actor).select_related("child", "author", "hat")
    return _one(seen.filter(pk=request_id))


def asked_of_parents(actor: Actor) -> QuerySet[Carried]:
    """Requests about their children that the parents have not answered, the oldest first."""
    seen = Carried.objects.visible_to(actor).filter(carried_at=None, declined_at=None)
    return seen.select_related("child", "author").order_by("at", "pk")


@dataclass(frozen=True)
class Refused:
    """A party the parents said no to (or not now): ``again`` is when somebody may raise it."""

    organisation: Organisation
    agreements: list[Agreement]
    again: date | None
    why: str

    @property
    def purposes(self) -> list[str]:
        return [str(each.means) for each in self.agreements]


def refused(actor: Actor, child: Child) -> list[Refused]:
    """Per party what stands: the parents' no, and from when on it may be talked about again."""
    said_no: dict[UUID, list[Agreement]] = {}
    for each in agreements(actor, child):
        if each.state in (State.REFUSED, State.DISPUTED, State.LATER):
            said_no.setdefault(each.request.organisation_id, []).append(each)
    again = AskAgain.objects.visible_to(actor).filter(child=child)
    dates = {each.organisation_id: each for each in again}
    return [
        Refused(
            found[0].request.organisation,
            found,
            dates[party].on if party in dates else _not_before(found),
            dates[party].why if party in dates else "",
        )
        for party, found in said_no.items()
    ]


def _not_before(found: Iterable[Agreement]) -> date | None:
    """The day that the parents themselves gave."""
    days = [each.revisit_on(signer) for each in found for signer in each.signers]
    return max((day for day in days if day), default=None)


# What other parents say --------------------------------------------------------------------------


def location(actor: Actor, location_id: UUID) -> Location:
    """A location of the own organisation where this hat works or which it looks after."""
    own = Location.objects.filter(organisation=actor.organisation_id, pk=location_id)
    if actor.role not in {*KNOWS_ALL_GROUPS, *RUNS_THE_PLACE}:
        rosters = Roster.objects.on(actor.today).filter(membership=actor.membership_id)
        own = own.filter(Exists(rosters.filter(group__location=OuterRef("pk"))))
    return _one(own)


def complaints(location: Location) -> QuerySet[Complaint]:
    """What other parents said here, the latest first."""
    said = Complaint.objects.filter(location=location)
    return said.select_related("group", "written_by__person").order_by(F("at").desc(), "pk")


def explanation_of(organisation_id: UUID) -> str:
    """The organisation's own words to parents, else ours."""
    own = VisionOnParents.objects.filter(organisation=organisation_id).first()
    return own.explanation if own else default_explanation()


def default_explanation() -> str:
    return _(
        "Every child is welcome here, and children differ. Each child sometimes needs something extra; "
        "then we look at what helps, so that the whole group gains by it. We never talk with parents "
        "about other people’s children, and so neither about yours. If you worry about your own child, "
        "we gladly make time for you."
    )


def may_of(child: Child, activity: Activity, agreed: Permission | None, day: date) -> May:
    if agreed is not None:
        return May(activity, Verdict(agreed.verdict), agreed)
    old_enough = activity.age_from is None or child.age_in_years(day) >= activity.age_from
    return May(activity, Verdict.YES if old_enough else Verdict.NO)


def _groups_now(actor: Actor, child: Child) -> list[Group]:
    known = placements(actor, child).prefetch_related(None)
    return [each.group for each in known if _runs(each, actor.today)]


def _runs(placement: Placement, day: date) -> bool:
    return placement.starts <= day and (placement.ends is None or day < placement.ends)


def _one(rows: QuerySet[Row]) -> Row:
    found = rows.first()
    if found is None:
        raise NotVisible
    return found


def told(actor: Actor, told_id: UUID) -> Told:
    """What staff wrote down for a parent; raises NotVisible."""
    seen = Told.objects.visible_to(actor).select_related("guardian__person", "author", "hat")
    return _one(seen.filter(pk=told_id))
