"""The indications of a child, as its page shows them."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from alert4you.access.queries.line import child
from alert4you.children.models import Child, Guardian
from alert4you.kernel.decision import Decision, NotVisible
from alert4you.organisations.models import Actor, Organisation, OrganisationKind
from alert4you.trajectories.models import Indication, Part, Release, Side
from alert4you.trajectories.rules import indications as rules
from alert4you.trajectories.rules.indications import Told


@dataclass(frozen=True)
class Shown:
    """One indication with how it stands: "ahead", "valid", "renewed", "released" or "expired"."""

    indication: Indication
    standing: str
    releases: list[Release]
    days_left: int
    may_release: bool


@dataclass(frozen=True)
class Indications:
    """All indications of a child that this hat may see, the one that is valid longest first."""

    child: Child
    shown: list[Shown]
    may_record: Decision


def indications_of(actor: Actor, child_id: UUID) -> Indications:
    """Raises NotVisible for a child that is not for this hat."""
    about = child(actor, child_id)
    rows = Indication.objects.visible_to(actor).filter(child=about)
    related = rows.select_related("party", "author", "hat").prefetch_related("releases__person")
    found = sorted(related, key=lambda each: (each.ends, each.written_at), reverse=True)
    may_record = rules.may_record_at_all(actor, about)
    parties = {each.party_id for each in found}
    speaks = bool(may_record) or actor.organisation_id in parties
    return Indications(about, [_shown(actor, found, each, speaks) for each in found], may_record)


def _shown(actor: Actor, found: list[Indication], each: Indication, speaks: bool) -> Shown:
    standing = _standing(actor, found, each)
    is_open = standing in ("valid", "ahead", "renewed") and each.released_at is None
    left = (each.ends - actor.today).days
    return Shown(each, standing, list(each.releases.all()), left, is_open and speaks)


def _standing(actor: Actor, found: list[Indication], each: Indication) -> str:
    if each.released_at is not None:
        return "released"
    if each.ends <= actor.today:
        return "expired"
    if any(later.what == each.what and later.ends > each.ends for later in found):
        return "renewed"
    return "ahead" if each.starts > actor.today else "valid"


def indication(actor: Actor, indication_id: UUID) -> Indication:
    """One indication that this hat may see; raises NotVisible."""
    rows = Indication.objects.visible_to(actor).select_related("child", "party")
    found = rows.filter(pk=indication_id, child__isnull=False).first()
    if found is None:
        raise NotVisible
    return found


def parties(about: Child) -> QuerySet[Organisation]:
    """Where the place can be: the youth care providers, and who plays a part for this child."""
    playing = Part.objects.filter(trajectory__child=about).values("membership__organisation")
    wanted = Q(pk__in=playing) | Q(kind=OrganisationKind.YOUTH_CARE_PROVIDER)
    return Organisation.objects.filter(wanted).order_by("name", "pk")


def whose_word(actor: Actor, about: Indication) -> dict[str, tuple[str, Told]]:
    """Whose word staff can write down that is not there yet: the parents who decide, the party.

    Empty for whoever speaks for itself.
    """
    if actor.is_parent or actor.organisation_id == about.party_id:
        return {}
    said = set(about.releases.values_list("side", "person"))
    guardians = Guardian.objects.on(actor.today).filter(child=about.child_id, has_authority=True)
    words = {
        str(each.pk): (each.person.name, Told(guardian=each))
        for each in guardians.select_related("person").order_by("starts", "pk")
        if (Side.PARENTS, each.person_id) not in said
    }
    if not any(side == Side.PARTY for side, __ in said):
        words["party"] = (str(about.party or Side.PARTY.label), Told())
    return words
