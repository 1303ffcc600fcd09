"""A municipality says by which money it pays, and since when no more."""

from alert4you.funding.models import Agreement
from alert4you.funding.rules import agreements
from alert4you.kernel.command import command
from alert4you.organisations.models import Actor


@command(agreements.may_agree)
def agree(actor: Actor, town: str, stream: str, where: str, weeks: int | None = None) -> Agreement:
    """From today; ``weeks``: its own term to decide, where the law gives none."""
    return Agreement.objects.create(
        municipality_id=actor.organisation_id,
        town=town.strip(),
        stream=stream,
        weeks=weeks,
        where=where,
        by_id=actor.membership_id,
        starts=actor.today,
    )


@command(agreements.may_stop)
def stop_agreement(actor: Actor, agreement: Agreement) -> Agreement:
    """Money lines that were written meanwhile stay as they are."""
    agreement.ends = actor.today
    agreement.save(update_fields=["ends"])
    return agreement
