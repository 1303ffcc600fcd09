"""How long a file is kept, the list of the night, two people who say yes, and a legal hold."""

from alert4you.access.commands.marks import hold_by_law, release_hold
from alert4you.children.models import Child
from alert4you.organisations.models import Actor
from alert4you.retention import tasks
from alert4you.retention.commands import approve_erasure, choose_term, withdraw_approval
from alert4you.retention.models import Erasure
from alert4you.retention.queries import pages
from alert4you.retention.rules.terms import versions
from alert4you.scenarios import kinds
from alert4you.scenarios.sentences import deed
from alert4you.scenarios.world import NotSo, World

RECORDS = kinds.one_of("a kind of record", [(kind.replace("_", " "), kind) for kind in versions()])


def listed(who: Actor, child: Child) -> Erasure:
    """The file of this child on the list of who looks."""
    page = pages.overview(who)
    rows = [row.erasure for row in (*page.waiting, *page.held)]
    found = next((each for each in rows if each.child_id == child.pk), None)
    if found is None:
        raise NotSo("it is not on the list")
    return found


@deed("{who} chooses how long is kept", must={"what": RECORDS, "months": kinds.NUMBER})
def chooses(world: World, who: Actor, what: str, months: int) -> None:
    """In months, where the law leaves it open."""
    choose_term(who, what, months)


@deed("the night shows what is due")
def night(world: World) -> None:
    """What runs every night; nothing is deleted by it."""
    tasks.show_what_is_due(world.now)


@deed("the night deletes what two people approved")
def deletes(world: World) -> None:
    """Everything is looked at again first."""
    tasks.erase_approved(world.now)


@deed("{who} says that the file of {child} may go")
def says_yes(world: World, who: Actor, child: Child) -> None:
    approve_erasure(who, listed(who, child))


@deed("{who} takes back that the file of {child} may go")
def takes_back(world: World, who: Actor, child: Child) -> None:
    withdraw_approval(who, listed(who, child))


@deed("{who} lets everything of {child} be kept by law", must={"reason": kinds.TEXT})
def holds(world: World, who: Actor, child: Child, reason: str) -> None:
    """A legal hold; also when the child has left."""
    hold_by_law(who, child, reason)


@deed("{who} ends that everything of {child} is kept by law", must={"reason": kinds.TEXT})
def releases(world: World, who: Actor, child: Child, reason: str) -> None:
    release_hold(who, child, reason)
