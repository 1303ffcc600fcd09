"""The mentor and the own people (vaste gezichten) of a child on a group."""

from collections.abc import Collection

from alert4you.children.models import OwnPerson, Placement
from alert4you.groups.rules.placing import may_choose_people
from alert4you.kernel.command import command
from alert4you.organisations.models import Actor, Membership

WRITTEN = "written by who runs the place"


@command(may_choose_people)
def choose_people(
    actor: Actor, placement: Placement, mentor: Membership | None, people: Collection[Membership]
) -> Placement:
    """From today on; who was one of them before stays readable in its period."""
    placement.mentor = mentor
    placement.save(update_fields=["mentor"])
    running = OwnPerson.objects.unrestricted(reason=WRITTEN).filter(placement=placement, ends=None)
    gone = running.exclude(membership__in=people)
    gone.filter(starts=actor.today).delete()
    gone.update(ends=actor.today)
    known = set(running.values_list("membership", flat=True))
    OwnPerson.objects.bulk_create(
        OwnPerson(placement=placement, membership=each, starts=actor.today)
        for each in people
        if each.pk not in known
    )
    return placement
