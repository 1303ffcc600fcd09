"""The protocol against a small model: whatever happens on the way, each item is there exactly once.

What a tablet sends may come in any order, twice, without an answer being heard, under an id that another
tablet took, with a clock that is wrong by two days, and after its author lost access.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alert4you.kernel.sealing import unseal
from alert4you.notes.models import Note
from alert4you.offline.models import Arrival, Kept
from alert4you.offline.rules.sealing import sealed_text
from alert4you.organisations.models import Roster
from tests.cast import NOW, TODAY, Cast
from tests.offline.tablet import Tablet

AUTHORS, IDS = st.sampled_from(["fatima", "lotte"]), st.integers(1, 6)
TABLETS, HOURS = st.integers(0, 1), st.integers(-48, 48)
WRITE = st.tuples(st.just("write"), TABLETS, AUTHORS, IDS)
SEND = st.tuples(st.just("send"), TABLETS, st.booleans(), st.randoms(use_true_random=False))
LOSE = st.tuples(st.just("lose"), AUTHORS)
CLOCK = st.tuples(st.just("clock"), TABLETS, HOURS)
STEPS = st.lists(st.one_of(WRITE, WRITE, WRITE, SEND, SEND, LOSE, CLOCK), max_size=14)
Item = dict[str, Any]


@dataclass
class World:
    """Two tablets with their queues, and what a person expects to be on the server: words and state."""

    cast: Cast
    tablets: list[Tablet] = field(default_factory=lambda: [Tablet(), Tablet()])
    queues: list[list[Item]] = field(default_factory=lambda: [[], []])
    words: dict[str, str] = field(default_factory=dict)
    expected: dict[str, tuple[str, str]] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)

    def write(self, number: int, author: str, name: int) -> None:
        """Under one of few ids, so that now and then two take the same."""
        hat, words = getattr(self.cast, author), f"{author} {uuid4()}"
        item = self.tablets[number].note(hat, self.cast.mila, words, id=UUID(int=name))
        self.queues[number].append(item)
        self.words[digest(item)] = words

    def send(self, number: int, heard: bool, chance: Any) -> None:
        """All that is left, in any order, some of it twice; then only what is read back is forgotten."""
        queue, tablet = self.queues[number], self.tablets[number]
        batch = [*queue, *chance.sample(queue, k=len(queue) // 2)]
        chance.shuffle(batch)
        answers = tablet.send(*batch)
        assert [each["digest"] for each in answers] == [digest(each) for each in batch]
        self.arrive(sorted(batch, key=lambda each: (UUID(each["id"]), digest(each))))
        if heard:
            told = tablet.post("safe", {"ids": [each["id"] for each in queue]}).json()["items"]
            safe = {each["digest"] for each in told}
            self.queues[number] = [each for each in queue if digest(each) not in safe]

    def arrive(self, batch: list[Item]) -> None:
        for item in batch:
            if digest(item) in self.expected:
                continue
            taken = any(known == item["id"] for known, _state in self.expected.values())
            gone = self.words[digest(item)].split()[0] in self.lost
            self.expected[digest(item)] = item["id"], "waiting" if taken or gone else "written"

    def lose(self, author: str) -> None:
        """Off the roster from today on."""
        self.lost.add(author)
        Roster.objects.filter(membership=getattr(self.cast, author)).update(ends=TODAY)

    def clock(self, number: int, hours: int) -> None:
        self.tablets[number].skew = timedelta(hours=hours)

    def check(self) -> None:
        """Exactly what was expected, with its words, once, on its own day; and nothing else."""
        rows = Arrival.objects.values_list("digest", "item", "state")
        assert {row[0]: (str(row[1]), row[2]) for row in rows} == self.expected
        assert len(rows) == len(self.expected)
        found = {state: [] for state in ("written", "waiting")}
        for key, (_item, state) in self.expected.items():
            found[state].append(self.words[key])
        notes = list(Note.objects.unrestricted(reason="test"))
        assert sorted(each.text for each in notes) == sorted(found["written"])
        assert {each.day for each in notes} <= {TODAY}
        assert all(each.at >= NOW for each in notes)
        waits = [unseal(each.sealed) for each in Kept.objects.unrestricted(reason="test")]
        assert len(waits) == len(found["waiting"])
        assert all(any(words in each for each in waits) for words in found["waiting"])


def digest(item: Item) -> str:
    return sha256(item["sealed"].encode()).hexdigest()


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_each_item_is_there_once_whatever_happens(cast: Cast, steps: list[Any]) -> None:
    with transaction.atomic():
        cast.go_to(NOW)
        world = World(cast)
        for minutes, (verb, *how) in enumerate(steps):
            cast.go_to(NOW + timedelta(minutes=minutes))
            getattr(world, verb)(*how)
            world.check()
        for number, _queue in enumerate(world.queues):
            world.send(number, True, _Still())
            assert world.queues[number] == []
        world.check()
        assert len(world.expected) == len(world.words)
        transaction.set_rollback(True)


class _Still:
    """No chance at all: the last time everything goes once, in order."""

    def sample(self, _queue: list[Item], k: int) -> list[Item]:  # noqa: ARG002
        return []

    def shuffle(self, batch: list[Item]) -> None:
        pass


def test_what_cannot_be_kept_as_it_came_keeps_nobody_waiting(cast: Cast) -> None:
    """An emoji cut in two, a number without end, a list in a list: the tablet would send them for ever."""
    tablet = Tablet()
    stamp = tablet.stamp(cast.fatima)
    words = tablet.note(cast.fatima, cast.mila, "Ze lachte \ud83d")
    steps = tablet.item(stamp, "rating", [cast.mila], {"itself": "9" * 5000})
    deep = tablet.note(cast.fatima, cast.mila, "x")
    deep["sealed"] = sealed_text(tablet.key.public, UUID(deep["id"]), b"[" * 30_000)
    told = tablet.send(words, steps, deep)
    assert [each["state"] for each in told] == ["written", "waiting", "unreadable"]
    (note,) = Note.objects.unrestricted(reason="test")
    assert note.text == "Ze lachte ?"
