"""What pays on a group: the place of each child, and who works there."""

from django.utils.translation import gettext_lazy as _

from alert4you.children.models import LegalBasis, Placement
from alert4you.funding.rules.streams import Ground, grounds
from alert4you.groups.rules.counting import may_decide
from alert4you.kernel.decision import Decision
from alert4you.organisations.models import Actor, Group, Membership, Roster

WITHOUT_CONTRACT = (LegalBasis.YOUTH_ACT, LegalBasis.OTHER)


def warning(basis: str) -> Ground | None:
    """What is told of a place without a contract between the parents and the childcare."""
    return grounds()["no_contract"] if basis in WITHOUT_CONTRACT else None


def may_write_ground(actor: Actor, placement: Placement) -> Decision:
    """Who runs the place writes down what pays for the place of a child."""
    return may_decide(actor, placement.group)


def may_say_who_pays(actor: Actor, membership: Membership, group: Group) -> Decision:
    """Who runs the place, about somebody who works on the group."""
    works = Roster.objects.on(actor.today).filter(group=group, membership=membership)
    if not works.exists():
        return Decision(
            _("This colleague does not work on the group."), _("Choose somebody who does.")
        )
    return may_decide(actor, group)
