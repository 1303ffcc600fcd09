"""What happens one thing after another, up to the very instant at which a period ends.

P2 ending never adds; P5 at every boundary the words hold; P6 who may write about a child may see it;
P7 what is handed out is what stands in the trail. And after every step P1.
"""

import inspect
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest
from django.conf import settings as settings_of_all
from django.db import models, transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from alert4you.access.models import (
    CareTeamMember,
    Category,
    CoachPost,
    ConsentRequest,
    Entry,
    Mark,
    NegativeMark,
    Opening,
    Signature,
)
from alert4you.children.models import Child, Guardian, Placement
from alert4you.kernel import reading
from alert4you.kernel.command import COMMANDS
from alert4you.kernel.models import AuditRecord
from alert4you.organisations.models import Absence, Actor, Membership, Roster
from tests.proof import facts
from tests.proof.conftest import pace
from tests.proof.oracle import what_is_seen
from tests.proof.plain import Seen
from tests.proof.test_every_hat import differences
from tests.proof.worlds import LOCAL, MOMENTS, Maker, World, hats, write

PERIODS = (*(Membership, Absence, Roster, Guardian, Placement, CareTeamMember, CoachPost),)
ENDINGS = (*PERIODS, NegativeMark, ConsentRequest, Signature, Opening)
BIRTHDAYS = (12, 16)
TICK = timedelta(microseconds=1)
# Who lets herself in does not see yet; what is erased or kept is known by counts, also after the child left.
LETS_IN = {"access.break_glass", "access.let_support_in"}
BY_COUNTS = {"retention.propose_erasure", "access.hold_by_law", "access.release_hold"}
WITHOUT_SEEING = LETS_IN | BY_COUNTS
for context in settings_of_all.CONTEXTS:
    if find_spec(f"alert4you.{context}.commands"):
        import_module(f"alert4you.{context}.commands")


def starts_a_day(day: date) -> datetime:
    return datetime.combine(day, time(0), LOCAL).astimezone(MOMENTS[0].tzinfo)


def boundaries(world: World) -> Iterator[datetime]:
    """Every instant ahead at which something begins or ends."""
    for row in (row for several in world.rows.values() for row in several):
        for name in ("starts", "ends", "at", "hold_until"):
            moment = getattr(row, name, None)
            if isinstance(moment, datetime):
                yield moment
            elif moment is not None:
                yield starts_a_day(moment)
    for child in world.rows[Child]:
        for years in BIRTHDAYS:
            yield starts_a_day(child.born.replace(year=child.born.year + years))
    yield starts_a_day(world.day(1))


def end(row: Any, at: datetime, today: date) -> bool:
    """End it now, as far as that is possible; whether it was running."""
    if isinstance(row, ConsentRequest):
        running, name, value = row.closed_at is None, "closed_at", at
    elif isinstance(row, Signature):
        running, name, value = row.ended_at is None, "ended_at", at
    elif isinstance(row, Opening):
        running, name, value = row.at < at < row.ends, "ends", at
    else:
        running = row.starts < today and (row.ends is None or row.ends > today)
        name, value = "ends", today
    if running:
        setattr(row, name, value)
        row.save(update_fields=[name])
    return running


class OverTime(RuleBasedStateMachine):
    begins = MOMENTS[0]

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @initialize(random=st.randoms(use_true_random=False))
    def world(self, random: Any) -> None:
        self.maker = Maker(random, World(self.begins))
        self.now = self.maker.world
        write(self.now)

    @rule(random=st.randoms(use_true_random=False))
    def something_begins(self, random: Any) -> None:
        self.maker.random = random
        self.maker.grant()
        for hat in self.now.rows[Membership]:
            hat.save()
        fresh = World(self.now.at)
        for model, rows in self.now.rows.items():
            fresh.rows[model] = [row for row in rows if row._state.adding]
        write(fresh)

    @rule(model=st.sampled_from(ENDINGS), number=st.integers(0, 40))
    def something_ends(self, model: type[models.Model], number: int) -> None:
        """P2: nobody sees more, but by the end of what forbade, or of who still had to agree."""
        rows = self.now.rows.get(model, [])
        before = self._seen()
        if not rows or not end(rows[number % len(rows)], self.now.at, self.now.today):
            return
        if model is NegativeMark:
            return
        for actor, seen in self._seen().items():
            if model is not Guardian or actor.is_parent:
                assert not seen.beyond(before[actor]), self.now.name_of(actor)

    @rule(number=st.integers(0, 8))
    def time_passes(self, number: int) -> None:
        """P5: to just before the next instants at which something changes, and to that instant."""
        ahead = sorted({each for each in boundaries(self.now) if each > self.now.at})
        instant = ahead[min(number, len(ahead) - 1)]
        if instant - TICK > self.now.at:
            self.now.at = instant - TICK
            self.everybody_sees_what_the_words_say()
        self.now.at = instant

    @rule(number=st.integers(0, 20), child=st.sampled_from(["mila", "sem"]))
    def somebody_would_write(self, number: int, child: str) -> None:
        """P6: a command that is allowed about a child is one about a child that is visible."""
        actor = self._somebody(number)
        knows = self.now[child].pk in facts.shown(actor).children
        for name, judged in self._judged(actor, self.now[child]):
            assert knows or not judged, (name, self.now.name_of(actor))

    @rule(number=st.integers(0, 20))
    def somebody_reads(self, number: int) -> None:
        """P7: the trail has every row that was handed out about a child, and no other."""
        actor, earlier = self._somebody(number), AuditRecord.objects.count()
        with reading.reading() as seen:
            handed_out = {
                str(row.pk)
                for model in (Child, Entry, Placement)
                for row in model.objects.visible_to(actor)
                if row.subject_id
            }
            reading.write(actor, seen, "proof")
        logged = AuditRecord.objects.order_by("pk").values_list("records", flat=True)[earlier:]
        assert {pk for records in logged for ids in records.values() for pk in ids} == handed_out

    @invariant()
    def everybody_sees_what_the_words_say(self) -> None:
        assert differences(self.now) == {}

    def _somebody(self, number: int) -> Actor:
        everybody = list(hats(self.now))
        return everybody[number % len(everybody)]

    def _seen(self) -> dict[Actor, Seen]:
        told = facts.of_world(self.now)
        return {
            actor: what_is_seen(told, facts.hat_of(actor), actor.at) for actor in hats(self.now)
        }

    def _judged(self, actor: Actor, child: Child) -> Iterator[tuple[str, Any]]:
        """What every rule says that can be asked about a child with simple words."""
        words = {"text": "woorden", "why": "omdat", "reason": "omdat het echt niet anders kan"}
        told = {
            **words,
            "actor": actor,
            "child": child,
            "category": Category.DAY,
            "mark": Mark.RESTRICTION,
            "membership": self.maker.who,
        }
        for name, command in COMMANDS.items():
            wanted = set(inspect.signature(command.rule).parameters)
            if name not in WITHOUT_SEEING and "child" in wanted and wanted <= set(told):
                yield name, command.rule(**{each: told[each] for each in wanted})


@pytest.mark.django_db
@pytest.mark.parametrize("begins", [MOMENTS[0], MOMENTS[2], MOMENTS[3]], ids=str)
def test_one_thing_after_another(begins: datetime) -> None:
    machine = type("OverTime", (OverTime,), {"begins": begins})
    run_state_machine_as_test(machine, settings=settings(pace(6), stateful_step_count=10))
