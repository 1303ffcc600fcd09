"""Adopting a practice with own numbers, and stopping with it."""

from collections.abc import Mapping

from alert4you.kernel.command import command
from alert4you.organisations.models import Actor
from alert4you.practices.models import Adoption, PracticeTemplate
from alert4you.practices.queries.templates import practice_of
from alert4you.practices.rules.adopting import may_adopt_with, may_stop


@command(may_adopt_with)
def adopt_practice(
    actor: Actor,
    template: PracticeTemplate,
    chosen: Mapping[str, int],
    came_from: Adoption | None = None,
) -> Adoption:
    """The actor's organisation works with this version from now on, with these numbers.

    ``came_from``: at whom it was seen; an own next version still comes from where the first one did.
    """
    here = Adoption.objects.filter(
        organisation=actor.organisation_id, slug=template.slug, ended_at=None
    )
    before = here.select_for_update().first()
    here.update(ended_at=actor.at)
    if before is not None and template.owner_id in (None, actor.organisation_id):
        came_from = before.came_from
    known = {each.key for each in practice_of(template).choices}
    return Adoption.objects.create(
        organisation_id=actor.organisation_id,
        template=template,
        slug=template.slug,
        chosen={key: number for key, number in chosen.items() if key in known},
        came_from=came_from,
        adopted_at=actor.at,
        adopted_by_id=actor.membership_id,
    )


@command(may_stop)
def stop_practice(actor: Actor, adoption: Adoption) -> Adoption:
    """The organisation does not start this practice any more; what runs goes on."""
    adoption.ended_at = actor.at
    adoption.save(update_fields=["ended_at"])
    return adoption
