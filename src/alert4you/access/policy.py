"""Who may see what: the one place that names the relations from which access is derived.

Each rule below is one condition on a row, for one hat at one moment (``actor.at``); R-numbers are those
of the access rules in the documentation. Nothing is visible unless one of them holds (R0), and what
R12 forbids beats them all. End a relation and the row is gone at the next read.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.lookups import Exact

from alert4you.access.models import (
    Answer,
    Basis,
    CareTeamMember,
    Category,
    CoachPost,
    Consent,
    ContactCard,
    Entry,
    NegativeMark,
    Opening,
    Signature,
)
from alert4you.children.models import Child, Guardian, GuardianKind, Hold, Placement
from alert4you.kernel.among import Among
from alert4you.kernel.clock import years_before
from alert4you.kernel.policies import Policy, policy_of
from alert4you.organisations.models import (
    Absence,
    Actor,
    Group,
    Membership,
    Role,
    Roster,
    Setting,
    running,
)
from alert4you.organisations.rules import KEEPS_THE_BOOKS, RUNS_THE_PLACE

LOOK_BACK = timedelta(days=14)
KNOWS_ALL_GROUPS = {Role.CARE_COORDINATOR, Role.PEDAGOGUE}
CARE_SETTINGS = {Setting.MEDICAL_DAYCARE, Setting.DAY_TREATMENT}


@policy_of(Entry)
def entries(actor: Actor) -> Q:
    """Which entries of any line this hat may see."""
    seen = Q(*(rule(actor) for rule in rules_for(actor).values()), _connector=Q.OR)
    staff = hat_runs(actor) & ~only_kept(actor)
    return seen & (Q() if actor.is_parent else staff) & ~forbidden(actor, "child")


def rules_for(actor: Actor) -> Mapping[str, Policy]:
    """The rules that can open an entry for this hat, each by its name; one that holds is enough."""
    return {"guardian": as_guardian} if actor.is_parent else STAFF_RULES


@policy_of(Child)
def children(actor: Actor) -> Q:
    """Which children this hat may know by name, by right or because a file is open for a while."""
    opened = hat_runs(actor) & Q(Exists(openings(actor, "pk"))) & ~forbidden(actor, "pk")
    return known_by_right(actor) | opened


def known_by_right(actor: Actor) -> Q:
    """Which children this hat knows through a relation; only that allows writing or taking along."""
    if actor.is_parent:
        known = with_authority(actor, "pk")
    else:
        known = works_here(actor, "pk")
        known |= consent_covers(actor, child="pk")
        if actor.role in KEEPS_THE_BOOKS:
            known |= placed_here(actor)
        known &= hat_runs(actor)
    return known & ~forbidden(actor, "pk")


def works_here(actor: Actor, child: str) -> Q:
    """With which children this hat works at their own place: on the group today, or on the care team."""
    return Q(Exists(present_today(actor, child))) | Q(Exists(team(actor, child, purpose="")))


def placed_here(actor: Actor, child: str = "pk") -> Q:
    """Which children have a place at the location this hat runs, or anywhere in its organisation."""
    all_of_it = Q(location=None, organisation=OuterRef("group__location__organisation"))
    here = Q(location=OuterRef("group__location")) | all_of_it
    hat = Membership.objects.filter(here, pk=actor.membership_id)
    placed = Placement.objects.on(actor.today).filter(Exists(hat), child=OuterRef(child))
    return Q(Exists(placed))


def reachable(actor: Actor) -> Q:
    """Who they can reach: the guardian; the child's own place, at a secret address only who runs it."""
    if actor.is_parent:
        return Q(person=actor.person_id)
    secret = NegativeMark.objects.on(actor.today).filter(mark="secret_address")
    known = works_here(actor, "child") & ~Q(Exists(secret.filter(guardian=OuterRef("pk"))))
    if actor.role in RUNS_THE_PLACE:
        known |= placed_here(actor, "child")
    return hat_runs(actor) & known & ~forbidden(actor, "child")


@policy_of(ContactCard)
def contact_cards(actor: Actor) -> Q:
    """Where a parent or guardian can be reached."""
    return Q(Exists(Guardian.objects.filter(reachable(actor), pk=OuterRef("guardian"))))


@policy_of(Placement, Hold)
def placements(actor: Actor) -> Q:
    """Which placements this hat may know: those of its own place, those at home, those agreed."""
    if actor.is_parent:
        return with_authority(actor, "child") & ~forbidden(actor, "child")
    group = Group.objects.filter(pk=OuterRef("group"))
    care = Q(Exists(group.filter(location__setting__in=CARE_SETTINGS)))
    agreed = care & consent_covers(actor, category=Category.CARE)
    agreed |= ~care & consent_covers(actor, category=Category.DAY)
    own = Q(Exists(group.filter(location__organisation=actor.organisation_id)))
    known = Q(Exists(Child.objects.visible_to(actor).filter(pk=OuterRef("child"))))
    return known & (own | agreed)


def hat_runs(actor: Actor) -> Q:
    """R1: a hat counts only while its membership runs."""
    return Q(Exists(Membership.objects.on(actor.today).filter(pk=actor.membership_id)))


def on_the_group_today(actor: Actor) -> Q:
    """R2: rostered on the group today: its children's day, 14 days back, and what all must know."""
    recent = Q(category=Category.DAY, day__gt=actor.today - LOOK_BACK, day__lte=actor.today)
    own = Q(organisation=actor.organisation_id, internal=False) & ~Q(category=Category.SAFETY)
    return own & (recent | Q(must_know=True)) & Q(Exists(present_today(actor, "child")))


def own_words_about_todays_children(actor: Actor) -> Q:
    """R2, R7: what one wrote oneself, only while one still works with the child."""
    mine = Q(author=actor.person_id, organisation=actor.organisation_id)
    return mine & Q(Exists(present_today(actor, "child")))


def own_team(actor: Actor) -> Q:
    """R3: named on the care team: all of the own organisation's file, except safety."""
    named = Exists(team(actor, "child", purpose=""))
    return Q(named, organisation=actor.organisation_id) & ~Q(category=Category.SAFETY)


def agreed_with_parents(actor: Actor, **basis: str) -> Q:
    """R4: another organisation's file: named on the team and a running consent covers the entry.
    What is internal stays inside, except one's own words; the database refuses consent for safety.
    """
    covered = consents_of(actor).filter(request__content_from__lte=OuterRef("day"), **basis)
    covered = covered.filter(request__child=OuterRef("child"), category=OuterRef("category"))
    other = ~Q(organisation=actor.organisation_id) & (Q(internal=False) | Q(author=actor.person_id))
    return other & Q(Exists(covered))


def about_own_groups(actor: Actor) -> Q:
    """R2: group matters without a child; what a colleague asked is between her and who answers."""
    own = Q(child=None, organisation=actor.organisation_id)
    if actor.role in KNOWS_ALL_GROUPS:
        return own
    mine = Roster.objects.on(actor.today).filter(membership=actor.membership_id)
    nearby = Exists(mine.filter(group__location=OuterRef("location")))
    here = Q(Exists(mine.filter(group=OuterRef("group"))))
    here |= Q(nearby, group=None) & ~Q(kind="question")
    return own & (Q(author=actor.person_id) | here)


def coaching_the_location(actor: Actor) -> Q:
    """R5: a coach sees what is asked at her location without a child in it."""
    posts = CoachPost.objects.on(actor.today).filter(mine_or_covered(actor))
    return Q(Exists(posts.filter(location=OuterRef("location"))), child=None, internal=False)


def opened_for_a_while(actor: Actor) -> Q:
    """R9, R10: a file of the own organisation that is open for this hat now; never safety."""
    opened = Q(Exists(openings(actor, "child")), organisation=actor.organisation_id)
    return opened & ~Q(category=Category.SAFETY)


def with_authority(actor: Actor, child: str) -> Q:
    """R6: a guardian with authority, now; both guardians alike."""
    guardians = Guardian.objects.on(actor.today).filter(person=actor.person_id, has_authority=True)
    return Q(Exists(guardians.filter(child=OuterRef(child))))


def as_guardian(actor: Actor) -> Q:
    """R6: with authority: everything but internal notes, safety, and what is held back until a date."""
    free = Q(hold_until=None) | Q(hold_until__lte=actor.at)
    return with_authority(actor, "child") & free & Q(internal=False) & ~Q(category=Category.SAFETY)


def forbidden(actor: Actor, child: str = "pk") -> Q:
    """R12: a negative mark on this person beats everything; family looks with the parent hat only."""
    marks = NegativeMark.objects.on(actor.today).filter(person=actor.person_id)
    if actor.is_parent:
        marks = marks.exclude(mark="conflict_of_interest")
    return Q(Exists(marks.filter(child=OuterRef(child))))


def only_kept(actor: Actor) -> Q:
    """R12, AVG 18: an entry, or all until a day but what all must know; not in an emergency, or by law."""
    marks = NegativeMark.objects.on(actor.today).filter(mark="only_kept", child=OuterRef("child"))
    marks = marks.filter(made_by__organisation=OuterRef("organisation"))
    older = Q(Exact(OuterRef("must_know"), False), entry=None, starts__gte=OuterRef("day"))
    others = marks.exclude(made_by=actor.membership_id)
    kept = Q(Exists(others.filter(older | Q(entry=OuterRef("pk")))))
    emergency = Q(Exists(openings(actor, "child").filter(opened_for="emergency")))
    return kept & ~emergency & ~agreed_with_parents(actor, request__basis=Basis.LAW)


def present_today(actor: Actor, child: str) -> QuerySet[Placement]:
    """Placements of the child, today, on a group where this hat is rostered today."""
    weekday = actor.today.weekday()
    mine = Roster.objects.on(actor.today).filter(membership=actor.membership_id)
    there = Placement.objects.on(actor.today).filter(child=OuterRef(child), days__weekday=weekday)
    return there.filter(group__in=mine.filter(weekday=weekday).values("group"))


def team(actor: Actor, child: str, **fields: str) -> QuerySet[CareTeamMember]:
    """The places on the child's care team of this hat, or of whom it stands in for."""
    return all_teams(actor).filter(child=OuterRef(child), **fields)


def all_teams(actor: Actor) -> QuerySet[CareTeamMember]:
    return CareTeamMember.objects.on(actor.today).filter(mine_or_covered(actor))


def openings(actor: Actor, child: str) -> QuerySet[Opening]:
    mine = Opening.objects.filter(membership=actor.membership_id, child=OuterRef(child))
    return mine.filter(at__lte=actor.at, ends__gt=actor.at)


def mine_or_covered(actor: Actor) -> Q:
    """Rows of this hat, and of colleagues who work here and for whom it stands in today."""
    colleagues = Membership.objects.on(actor.today).filter(organisation=actor.organisation_id)
    absent = Absence.objects.on(actor.today).filter(cover=actor.membership_id)
    covered = absent.filter(membership__in=colleagues).values("membership")
    me = Membership.objects.filter(pk=actor.membership_id).values("pk")
    return Q(Among("membership", me.union(covered)))


def consents_of(actor: Actor) -> QuerySet[Consent]:
    """Running consents for the actor's organisation that it may use: named on the team for it."""
    own_or_this = Q(purpose="") | Q(purpose=OuterRef("request__purpose"))
    named = team(actor, "request__child").filter(own_or_this)
    with_team = Among("request__child", all_teams(actor).values("child"))
    running_now = running_consents(actor.at, actor.today).filter(with_team, Exists(named))
    return running_now.filter(request__organisation=actor.organisation_id)


def consent_covers(actor: Actor, child: str = "child", **what: str) -> Q:
    return Q(Exists(consents_of(actor).filter(request__child=OuterRef(child), **what)))


def running_consents(at: datetime, day: date) -> QuerySet[Consent]:
    """Consents in their period that all who must have signed: all with authority; from 12 the child too;
    from 16 it alone, anew; else as a professional decided. By law: who supervises the child. Both confirmed.
    """
    given = standing(Answer.GIVEN, at)
    guardians = Guardian.objects.on(day).filter(child=OuterRef("request__child"))
    must_sign = guardians.filter(has_authority=True)
    of_guardian = given.filter(consent=OuterRef(OuterRef("pk")), guardian=OuterRef("pk"))
    guardians_agree = Q(Exists(must_sign)) & ~Q(Exists(must_sign.exclude(Exists(of_guardian))))
    of_child = given.filter(consent=OuterRef("pk"), guardian=None)
    child_agrees, alone = Q(Exists(of_child)), Q(Exists(of_child.filter(with_parents=False)))
    under_12 = Q(request__child__born__gt=years_before(day, 12))
    from_16 = Q(request__child__born__lte=years_before(day, 16))
    confirmed = Q(request__confirmed=True)
    not_capable = confirmed & Q(request__exempt="not_capable")
    without_parents = confirmed & Q(request__exempt__in=["disadvantage", "wish"])
    signed = guardians_agree & (under_12 | not_capable | (child_agrees & ~from_16))
    signed |= without_parents & child_agrees & ~under_12 & ~from_16
    signed |= ~not_capable & alone & from_16
    gi = OuterRef("request__organisation")
    supervises = guardians.filter(kind=GuardianKind.SUPERVISOR, organisation=gi)
    by_law = confirmed & Q(Exists(supervises), request__basis=Basis.LAW)
    open_now = Consent.objects.filter(running(day, "request__"), request__closed_at=None)
    return open_now.filter(by_law | (Q(request__basis=Basis.CONSENT) & signed))


def standing(answer: Answer, at: datetime) -> QuerySet[Signature]:
    """Signatures with this answer that hold at a moment."""
    stands = Q(at__lte=at) & (Q(ended_at=None) | Q(ended_at__gt=at))
    return Signature.objects.filter(stands, answer=answer)


STAFF_RULES: Mapping[str, Policy] = {
    "group": on_the_group_today,
    "own": own_words_about_todays_children,
    "team": own_team,
    "consent": agreed_with_parents,
    "group matter": about_own_groups,
    "coach": coaching_the_location,
    "opened": opened_for_a_while,
}
