"""Whom the policy lets read which text, and by hand: the few who may read what would hurt most.

A row that has a policy is read by whom the policy says. What hangs on such a row is in ``WHO_READS``; a
model with words that is in neither fails the build, so that somebody thinks about who may read it.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from typing import Any

from django.db.models import Model, Q

from alert4you.access.models import (
    CareTeamMember,
    CoachPost,
    ConsentRequest,
    Entry,
    Kind,
    LookQuestion,
    NegativeMark,
)
from alert4you.children.models import Child, Guardian, Placement
from alert4you.kernel.policies import policies
from alert4you.manifests.models import Manifest
from alert4you.meetings.models import Meeting
from alert4you.organisations.models import Actor, Membership, Role
from alert4you.organisations.rules import RUNS_THE_PLACE
from alert4you.rights.models import RightsRequest
from alert4you.safety.models import Concern
from tests.architecture.canaries import Canary

Reads = Callable[[Actor], Q]
NOBODY_AT_ALL = Q(pk__in=[])


def ids(rows: Any, field: str = "pk") -> list[object]:
    """Asked at once: conditions in conditions in conditions are more than SQLite reads."""
    return list(rows.values_list(field, flat=True))


def everybody(actor: Actor) -> Q:
    return Q()


def children(actor: Actor) -> list[object]:
    return ids(Child.objects.visible_to(actor))


def of_child(path: str = "child") -> Reads:
    """Who knows the child."""
    return lambda actor: Q(**{f"{path}__in": children(actor)})


def of_entry(path: str) -> Reads:
    """Who reads the entry it hangs on."""
    return lambda actor: Q(**{f"{path}__in": ids(Entry.objects.visible_to(actor))})


def of_house(path: str) -> Reads:
    """Who works at the place, coaches there, or knows a child that has a place there."""

    def reads(actor: Actor) -> Q:
        posts = ids(CoachPost.objects.filter(membership=actor.membership_id), "location")
        placed = ids(Placement.objects.visible_to(actor), "group__location")
        own = f"{path}__organisation" if path != "pk" else "organisation"
        return (
            Q(**{own: actor.organisation_id})
            | Q(**{f"{path}__in": posts})
            | Q(**{f"{path}__in": placed})
        )

    return reads


def people(actor: Actor) -> Q:
    """Who works somewhere; of families only those of a child that one knows, and oneself.

    The privacy officer reads which parent asks, and about whom there is a mark.
    """
    family = Guardian.objects.filter(child__in=children(actor)).values("person")
    staff = Membership.objects.values("person")
    asked = ids(LookQuestion.objects.visible_to(actor), "asked_by")
    asked += ids(RightsRequest.objects.visible_to(actor), "asked_by")
    marked = NegativeMark.objects.filter(officer("made_by__organisation")(actor))
    marked_family = Q(pk__in=marked.values("guardian__person"))
    known = Q(pk=actor.person_id) | Q(pk__in=family) | Q(pk__in=staff)
    return known | Q(pk__in=asked) | marked_family


def addresses(actor: Actor) -> Q:
    """E-mail: one's own; staff of a place invites its colleagues and the parents of its own children."""
    if actor.is_parent:
        return Q(pk=actor.person_id)
    family = Guardian.objects.filter(child__in=ids(at_home_here(actor))).values("person")
    own = Membership.objects.filter(organisation=actor.organisation_id).values("person")
    mine = Q(pk=actor.person_id) | Q(pk__in=family, pk__isnull=False)
    return mine | Q(pk__in=own) if actor.role in RUNS_THE_PLACE else mine


def requests(path: str = "") -> Reads:
    """What was asked of parents: they themselves, the child's own people, and the party that asks."""

    def reads(actor: Actor) -> Q:
        asked = Q(**{f"{path}child__in": children(actor)})
        own = CareTeamMember.objects.filter(membership=actor.membership_id, purpose="")
        party = Q(**{f"{path}organisation": actor.organisation_id})
        theirs = Q(**{f"{path}child__in": own.values("child")})
        here = Q(**{f"{path}child__in": ids(at_home_here(actor))})
        return asked if actor.is_parent else asked & (party | theirs | here)

    return reads


def rests_on(actor: Actor) -> Any:
    """Whoever is asked to confirm an exception is told about which child: the first name, and no more."""
    return ConsentRequest.objects.filter(rests_on=actor.membership_id)


def at_home_here(actor: Actor) -> Any:
    placed = Placement.objects.unrestricted(reason="test")
    own = placed.filter(group__location__organisation=actor.organisation_id)
    return Child.objects.visible_to(actor).filter(pk__in=own.values("child"))


def marks(actor: Actor) -> Q:
    """Who runs the place of the child; the privacy officer. Never a parent."""
    here = Q(made_by__organisation=actor.organisation_id)
    if actor.role == Role.PRIVACY_OFFICER:
        return here
    runs = actor.role in RUNS_THE_PLACE
    return here & Q(child__in=children(actor)) if runs else NOBODY_AT_ALL


def openings(actor: Actor) -> Q:
    """Who opened, the own team, who runs the place, the privacy officer; parents once they are told."""
    if actor.is_parent:
        return Q(child__in=children(actor), parents_told_at__lte=actor.at)
    here = Q(membership__organisation=actor.organisation_id)
    if actor.role in {*RUNS_THE_PLACE, Role.PRIVACY_OFFICER}:
        return here
    own = CareTeamMember.objects.filter(membership=actor.membership_id, purpose="")
    return here & (Q(membership=actor.membership_id) | Q(child__in=own.values("child")))


def officer(path: str) -> Reads:
    """The privacy officer of the organisation."""
    return lambda actor: (
        Q(**{path: actor.organisation_id}) if actor.role == Role.PRIVACY_OFFICER else NOBODY_AT_ALL
    )


def reached(actor: Actor) -> Q:
    """Where somebody can be reached: oneself; who works with the child at its place, unless secret."""
    if actor.is_parent:
        return Q(guardian__person=actor.person_id)
    here = Q(guardian__child__in=ids(at_home_here(actor)))
    secret = NegativeMark.objects.filter(mark="secret_address").values("guardian")
    return here if actor.role in RUNS_THE_PLACE else here & ~Q(guardian__in=secret)


def care_team(actor: Actor) -> Q:
    """Shown whole to parents and to the child's own place; a guest sees the place and its own people."""
    known = Q(child__in=children(actor))
    if actor.is_parent:
        return known
    place = ids(Placement.objects.visible_to(actor), "group__location__organisation")
    own = Q(membership__organisation__in=place) | Q(membership__organisation=actor.organisation_id)
    return known & (own | Q(child__in=ids(at_home_here(actor))))


def taken_over(actor: Actor) -> Q:
    """What a coach took over is agreed with who runs the place, who therefore reads it as well."""
    runs = Q(kind=Kind.TAKE_OVER) & of_house("location")(actor)
    return runs if actor.role in RUNS_THE_PLACE else NOBODY_AT_ALL


def own_house(actor: Actor) -> Q:
    """Who works for the organisation."""
    return Q(organisation=actor.organisation_id) if actor.organisation_id else NOBODY_AT_ALL


def who_runs(house: str) -> Reads:
    """Who runs the place."""

    def reads(actor: Actor) -> Q:
        here = Q(**{house: actor.organisation_id})
        return here if actor.role in RUNS_THE_PLACE else NOBODY_AT_ALL

    return reads


def cards(actor: Actor) -> Q:
    """The worker herself; who runs the place she works for, or that wrote it."""
    own = Q(membership=actor.membership_id) if actor.organisation_id else NOBODY_AT_ALL
    house = actor.organisation_id
    runs = Q(membership__organisation=house) | Q(written_by__organisation=house)
    return own | runs if actor.role in RUNS_THE_PLACE else own


def told_to_parents(actor: Actor) -> Q:
    """What a place says about itself: to its people, and to whoever knows a child that has a place there."""
    placed = ids(Placement.objects.visible_to(actor), "group__location__organisation")
    return own_house(actor) | Q(organisation__in=placed)


def towns(actor: Actor) -> Q:
    """In which towns there is childcare is no secret for a municipality, that says what it pays there."""
    return Q() if actor.role == Role.MUNICIPALITY else of_house("pk")(actor)


WHO_READS: dict[str, Reads] = {
    "organisations.Organisation": everybody,
    "organisations.Membership": everybody,
    "organisations.Person": people,
    "organisations.Person.email": addresses,
    "organisations.Location": of_house("pk"),
    "organisations.Location.city": towns,
    "organisations.Group": of_house("location"),
    "tablets.Tablet": who_runs("location__organisation"),
    "children.Guardian": of_child(),
    "children.PlusPlace": lambda actor: Q(placement__in=ids(Placement.objects.visible_to(actor))),
    "access.CareTeamMember": care_team,
    "access.ConsentRequest": lambda actor: requests()(actor) | Q(rests_on=actor.membership_id),
    "children.Child.first_name": lambda actor: Q(pk__in=rests_on(actor).values("child")),
    "access.Signature": requests("consent__request__"),
    "access.NegativeMark": marks,
    "access.Opening": openings,
    "access.ReviewLine": officer("review__organisation"),
    "access.ContactCard": reached,
    "manifests.Signed": lambda actor: Q(manifest__in=ids(Manifest.objects.visible_to(actor))),
    "groups.Room": of_house("location"),
    "groups.Cluster": own_house,
    "groups.Presence": of_house("group__location"),
    "groups.CardFact": cards,
    "groups.Helping": of_house("group__location"),
    "notes.Activity": of_house("location"),
    "notes.NotingWords": own_house,
    "notes.NotingWords.photo_words": told_to_parents,
    "notes.VisionOnParents": own_house,
    "notes.Complaint": lambda actor: Q(location__organisation=actor.organisation_id),
    "notes.AskAgain": requests(),
    "notes.Tagged": of_entry("note"),
    "wellbeing.TagWatch": told_to_parents,
    "practices.PracticeCard": everybody,
    "practices.ImportedDocument": lambda actor: Q(uploaded_by=actor.membership_id),
    "imports.Import": lambda actor: Q(by=actor.membership_id),
    "imports.Row": lambda actor: Q(file__by=actor.membership_id),
    "access.Entry": taken_over,
    "coaching.TakeOver": taken_over,
    "coaching.TakeOverAgreement": of_house("location"),
    "coaching.CoachingHere": of_house("location"),
    "coaching.Visit": of_house("location"),
    "coaching.MonitorRound": of_house("location"),
    "safety.SafetyMember": lambda actor: Q(concern__in=ids(Concern.objects.visible_to(actor))),
    "trajectories.GrowthDocument": of_entry("trajectory"),
    "trajectories.GrowthHanded": of_entry("document__trajectory"),
    "trajectories.Release": of_entry("indication"),
    "meetings.Seat": lambda actor: Q(meeting__in=ids(Meeting.objects.visible_to(actor))),
    "meetings.Option": of_entry("item__case"),
    "meetings.Point": of_entry("option__item__case"),
    "meetings.Said": of_entry("item__case"),
    "meetings.Action": of_entry("item__case"),
    "referrals.Verdict": of_entry("need"),
    "referrals.PartyAnswer": of_entry("referral"),
    "referrals.TeamSize": own_house,
    "funding.Pause": of_entry("line"),
    "funding.Filled": of_entry("application"),
    "funding.Approval": of_entry("application"),
    "funding.QuestionSet": everybody,
    "funding.PaidWorker": who_runs("group__location__organisation"),
    "funding.Agreement": lambda actor: Q() if not actor.is_parent else NOBODY_AT_ALL,
}


def has_policy(model: type[Model]) -> bool:
    return any(each in policies() for each in model.__mro__)


def without_reader(models: Iterable[type[Model]]) -> set[str]:
    """Models of which nobody said who reads them."""
    return {
        model._meta.label
        for model in models
        if not has_policy(model) and model._meta.label not in WHO_READS
    }


def readable(actor: Actor, planted: Mapping[str, Canary]) -> set[str]:
    """The canaries that this hat may read at this moment."""
    rows = cache(partial(_rows, actor))
    found = set()
    for token, canary in planted.items():
        model = canary.model
        told = canary.where if canary.where in WHO_READS else model._meta.label
        if canary.pk in rows(model, "") or (told in WHO_READS and canary.pk in rows(model, told)):
            found.add(token)
    return found


def _rows(actor: Actor, model: type[Model], told: str) -> set[object]:
    """What the policy shows of a model, or what it says of it in ``WHO_READS``."""
    if not told:
        seen = model.objects.visible_to(actor) if has_policy(model) else model._base_manager.none()
    elif hasattr(model.objects, "unrestricted"):
        seen = model.objects.unrestricted(reason="test").filter(WHO_READS[told](actor))
    else:
        seen = model.objects.filter(WHO_READS[told](actor))
    return set(seen.values_list("pk", flat=True))
