"""What an organisation chooses where the law leaves it open."""

from alert4you.kernel.command import command
from alert4you.organisations.models import Actor
from alert4you.retention.models import ChosenTerm
from alert4you.retention.rules import due


@command(due.may_choose)
def choose_term(actor: Actor, kind: str, months: int) -> ChosenTerm:
    """From the next list on this kind of record is kept so many months."""
    term, __ = ChosenTerm.objects.update_or_create(
        organisation_id=actor.organisation_id,
        kind=kind,
        defaults={"months": months, "chosen_by_id": actor.membership_id, "at": actor.at},
    )
    return term
