"""Views kept beside each other: the parents, the group, and who looks from outside. Nobody's view
takes the place of another's.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from alert4you.trajectories.models import Voice, VoiceOf

Side: TypeAlias = Literal["parents", "group", "outside"]

SIDES: tuple[Side, ...] = ("parents", "group", "outside")
OF: Mapping[str, Side] = {
    VoiceOf.PARENTS: "parents",
    VoiceOf.GUARDIAN: "parents",
    VoiceOf.CHILD: "parents",
    VoiceOf.GROUP_WORKER: "group",
    VoiceOf.MANAGER: "group",
    VoiceOf.CARE: "group",
    VoiceOf.SCHOOL: "outside",
}


@dataclass(frozen=True)
class Seen:
    """What was seen or done, in the words of who wrote it down."""

    words: str
    name: str
    at: datetime
    side: Side


@dataclass(frozen=True)
class Column:
    """One side: what it wrote down itself, what it said, and who of it was not heard yet."""

    side: Side
    seen: Seen | None
    voices: list[Voice]
    unheard: list[str]

    @property
    def is_empty(self) -> bool:
        return not (self.seen or self.voices or self.unheard)


def columns(
    voices: Iterable[Voice], asked: Sequence[str] = (), seen: Seen | None = None
) -> list[Column]:
    """Always the three, in the same order; ``asked``: whose voice must be heard."""
    said: dict[Side, list[Voice]] = {side: [] for side in SIDES}
    for each in voices:
        said[side_of(each)].append(each)
    heard = {each.of for each in sum(said.values(), [])}
    return [
        Column(
            side,
            seen if seen and seen.side == side else None,
            said[side],
            [of for of in asked if of not in heard and _usual(of) == side],
        )
        for side in SIDES
    ]


def side_of(voice: Voice) -> Side:
    """Who works elsewhere looks from outside, whatever the task."""
    return "outside" if voice.outside else OF[voice.of]


def _usual(of: str) -> Side:
    """Where a party belongs that has not spoken: youth care usually comes from outside."""
    return "outside" if of == VoiceOf.CARE else OF[of]
