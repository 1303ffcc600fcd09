"""What waits to be deleted, what is kept, and what is left of a file that went."""

from alert4you.access.models import Entry
from alert4you.children.models import Child
from alert4you.organisations.models import Actor
from alert4you.retention.queries import pages
from alert4you.scenarios import kinds
from alert4you.scenarios.deeds.retention import listed
from alert4you.scenarios.sentences import check
from alert4you.scenarios.world import NotSo, World


@check("on the list of {who} the file of {child} waits", must={"for": kinds.NUMBER})
def waits(world: World, who: Actor, child: Child, for_: int) -> None:
    """`for` is how many people still must say yes."""
    page = pages.erasure(who, listed(who, child).pk)
    if page.row.hold or page.row.missing != for_:
        raise NotSo(f"it waits for {page.row.missing}")


@check("on the list of {who} the file of {child} is kept", must={"reason": kinds.TEXT})
def is_kept(world: World, who: Actor, child: Child, reason: str) -> None:
    hold = pages.erasure(who, listed(who, child).pk).row.hold
    if hold is None or reason not in hold.reason:
        raise NotSo(hold.reason if hold else "nothing keeps it")


@check("the file of {child} is not on the list of {who}")
def is_not_listed(world: World, child: Child, who: Actor) -> None:
    """Though there is a file."""
    if not Entry.objects.unrestricted(reason="proof").filter(child=child).exists():
        raise NotSo("there is no file, so this proves nothing")
    page = pages.overview(who)
    if any(row.erasure.child_id == child.pk for row in (*page.waiting, *page.held)):
        raise NotSo("it is on the list")


@check("of {child} nothing is left but the proof that {who} reads", must={"notes": kinds.NUMBER})
def is_gone(world: World, child: Child, who: Actor, notes: int) -> None:
    """`notes` is how many notes the proof counts."""
    if Child.objects.unrestricted(reason="proof").filter(pk=child.pk).exists():
        raise NotSo("the child is still known")
    proofs = [row.erasure.shown for row in pages.overview(who).done]
    counts = [line.counts.get("note", 0) for lines in proofs for line in lines]
    if notes not in counts:
        raise NotSo(f"the proofs count {counts}")
