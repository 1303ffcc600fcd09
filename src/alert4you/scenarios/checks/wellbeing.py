"""What people read about how a child is doing, and what they have to do first."""

from collections.abc import Sequence

from alert4you.access.queries.line import children
from alert4you.children.models import Child
from alert4you.organisations.models import Actor
from alert4you.scenarios import kinds
from alert4you.scenarios.sentences import check
from alert4you.scenarios.world import NotSo, World
from alert4you.wellbeing.models import Outcome
from alert4you.wellbeing.queries import pages

STANDS = kinds.several_of(
    kinds.one_of(
        "how something noticed stands",
        [(word, word) for word in ("open", "taken up", "let go", "lapsed", "none")],
    )
)
SAID = {Outcome.TAKEN_UP.value: "taken up", Outcome.DISMISSED.value: "let go"}


@check("{who} reads how {child} is doing", must={"by": kinds.TEXTS}, may={"noticed": STANDS})
def reads(
    world: World, who: Actor, child: Child, by: Sequence[str], noticed: Sequence[str] = ()
) -> None:
    """One series per person (`by`, who looked last first), and how what was noticed stands, newest first."""
    page = pages.page(who, child)
    found = [each.who for each in page.series]
    wanted = [each for each in by if each != "none"]
    if len(found) != len(wanted) or not all(map(str.startswith, found, wanted)):
        raise NotSo(", ".join(found) or "nothing")
    stands = [_stands(each) for each in page.asked]
    if noticed and stands != [each for each in noticed if each != "none"]:
        raise NotSo(", ".join(stands) or "none")


@check("{who} first looks at {child} without the rest")
def looks_first(world: World, who: Actor, child: Child) -> None:
    """Today asks her to look; what was noticed stays closed until her own view is there."""
    if not children(who).filter(pages.asks_to_look(who), pk=child.pk).exists():
        raise NotSo("nothing asks her to look")
    if not pages.page(who, child).first_look:
        raise NotSo("what was noticed is open to her")


def _stands(asked: pages.Asked) -> str:
    return "open" if asked.open else SAID.get(asked.notice.outcome, "lapsed")
