"""Which organisation works with which version of a practice, and where it saw it."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alert4you.kernel.clock import day_of
from alert4you.kernel.decision import NotVisible
from alert4you.kernel.kept import Exactly, kept
from alert4you.organisations.models import Actor
from alert4you.practices.models import Adoption, PracticeTemplate
from alert4you.practices.queries.templates import practice_of
from alert4you.practices.rules.language import Practice
from alert4you.practices.rules.spreading import Adopter


def adoptions() -> QuerySet[Adoption]:
    """All that was ever adopted, oldest first; names of organisations are public here."""
    known = Adoption.objects.select_related(
        "organisation", "template__owner", "came_from__organisation", "adopted_by__person"
    )
    return known.order_by("adopted_at", "pk")


def adoption(organisation_id: UUID, slug: str) -> Adoption | None:
    """With which version of a practice an organisation works now, or None."""
    return next(iter(_adoption(None, organisation_id, Exactly(slug))), None)


@kept
def _adoption(_nobody: None, organisation_id: UUID, slug: Exactly) -> QuerySet[Adoption]:
    return adoptions().filter(organisation=organisation_id, slug=slug, ended_at=None)[:1]


def own_adoptions(actor: Actor) -> QuerySet[Adoption]:
    """What the actor's organisation works with now, by name of the practice."""
    now = adoptions().filter(organisation=actor.organisation_id, ended_at=None)
    return now.order_by("slug")


def adopters(slug: str) -> list[Adopter]:
    """How a practice spread: each organisation that ever adopted it, by its first day with it."""
    rows = list(adoptions().filter(slug=slug))
    changed = _changed(slug)
    first: dict[UUID, Adoption] = {}
    running = {each.organisation_id for each in rows if each.ended_at is None}
    for each in rows:
        first.setdefault(each.organisation_id, each)
    return [
        Adopter(
            id=each.organisation_id,
            name=each.organisation.name,
            on=day_of(each.adopted_at),
            seen_at=each.came_from.organisation_id if each.came_from else None,
            changed=each.organisation_id in changed,
            stopped=each.organisation_id not in running,
        )
        for each in first.values()
    ]


def _changed(slug: str) -> set[UUID | None]:
    own = PracticeTemplate.objects.filter(slug=slug, owner__isnull=False)
    return set(own.values_list("owner", flat=True))


def elsewhere(actor: Actor, slug: str) -> list[Adoption]:
    """Where one can see the practice at work: other organisations that run it now, oldest first."""
    now = adoptions().filter(slug=slug, ended_at=None)
    return list(now.exclude(organisation=actor.organisation_id))


@dataclass(frozen=True)
class Offer:
    """What one can adopt: this version, ``seen`` at somebody or in the library; what runs here now."""

    template: PracticeTemplate
    seen: Adoption | None
    current: Adoption | None

    @property
    def practice(self) -> Practice:
        return practice_of(self.template)

    @property
    def hints(self) -> dict[str, str]:
        """What the organisation where it was seen chose, by choice."""
        if self.seen is None:
            return {}
        words = _("{organisation} chose {number}.")
        return {
            key: words.format(organisation=self.seen.organisation, number=number)
            for key, number in self.seen.chosen.items()
        }


def offer(actor: Actor, slug: str, seen: UUID | None, version: UUID | None) -> Offer:
    """The version to adopt: as seen at somebody, else this version, else the library's.

    Raises NotVisible when there is none.
    """
    at = adoptions().filter(slug=slug, pk=seen).first() if seen else None
    if seen and at is None:
        raise NotVisible
    templates = PracticeTemplate.objects.select_related("owner")
    if at is not None:
        template: PracticeTemplate | None = at.template
    elif version:
        template = templates.filter(slug=slug, pk=version).first()
        if template and template.owner_id:
            at = adoption(template.owner_id, slug)
    else:
        template = templates.filter(slug=slug, owner=None).newest().first()
    if template is None:
        raise NotVisible
    others = at if at and at.organisation_id != actor.organisation_id else None
    return Offer(template, others, adoption(actor.organisation_id, slug))
