"""Worlds that almost break a rule: a few grants that fully hold, then at most two conditions spoiled.

``worlds(seed)`` makes one without Hypothesis and without a database; ``write`` puts several at once into it;
``hats`` says who look there and when; ``facts.of_world`` tells it to the oracle. Ids follow from the seed,
so that worlds live side by side. Moments are few, because a policy is compiled once per day.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.db.models import Model

from alert4you.access.models import (
    SHAREABLE,
    Basis,
    CareTeamMember,
    Category,
    CoachPost,
    Consent,
    ConsentRequest,
    Entry,
    Exemption,
    How,
    Kind,
    Mark,
    NegativeMark,
    OpenedFor,
    Opening,
    Purpose,
    Signature,
)
from alert4you.children.models import Child, Guardian, Placement, PlacementDay
from alert4you.organisations.models import (
    Absence,
    Group,
    Membership,
    Organisation,
    Person,
    Role,
    Roster,
)
from tests.proof.kept import only_keep
from tests.proof.world import LOCAL, MOMENTS, PARENTS, World, hats, write

__all__ = ["LOCAL", "MOMENTS", "World", "hats", "near_miss", "worlds", "write"]

HOLDS = ((-400, None), (-400, None), (-30, 30), (-400, 1), (0, None), (0, 1))
MISSES = ((-400, 0), (1, None), (-30, 0), (1, 30))


def worlds(seed: int) -> World:
    """The world of this number; the same number is the same world."""
    return near_miss(Random(seed), MOMENTS[seed % len(MOMENTS)], seed)


def near_miss(random: Random, at: datetime, number: int = 0) -> World:
    return Maker(random, World(at, number)).world


class Maker:
    """Fills a world. ``right`` is where a condition can be spoiled; at most two of a grant are."""

    def __init__(self, random: Random, world: World) -> None:
        self.random, self.world = random, world
        self.spoils, self.odds = 0, 8
        self._stage()
        self.who = self._hat()
        self.child = self._one("mila", "mila", "mila", "sem")
        self.purpose = random.choice(Purpose.values)
        self._families()
        for _ in range(random.choice((1, 2, 2))):
            self.grant()
        for _ in range(20):
            self._entry()
        if self._once_in(4):
            only_keep(self)

    def grant(self) -> None:
        """Something that lets the one who looks see: herself, or for whom she stands in."""
        self.spoils, self.odds = (
            self.random.choice((0, 0, 1, 1, 2)),
            self.random.choice((6, 12, 24)),
        )
        who = self._absent() if self._once_in(4) else self.who
        self.random.choice(GRANTS)(self, who)
        if self._once_in(6):
            self.membership(who)
        if self._once_in(4):
            self.mark()
        self.spoils = 0

    # Chances

    def _once_in(self, times: int) -> bool:
        return self.random.randrange(times) == times - 1

    def right(self, right: Any, *wrong: Any) -> Any:
        """What makes a grant hold; now and then something else instead."""
        if self.spoils and self._once_in(self.odds):
            self.spoils -= 1
            return self.random.choice(wrong)
        return right

    def _one(self, *names: str) -> Any:
        return self.world[self.random.choice(names)]

    def _hat(self) -> Membership:
        return self.random.choice(self.world.rows[Membership])

    def period(self) -> dict[str, date | None]:
        """A period that holds today, often only just."""
        holds = self.random.choice(HOLDS)
        starts, ends = self.right(holds, *MISSES)
        return {
            "starts": self.world.day(starts),
            "ends": None if ends is None else self.world.day(ends),
        }

    def _bounded(self) -> dict[str, date | None]:
        """The same for what always has an end."""
        told = self.period()
        return {**told, "ends": told["ends"] or self.world.day(60)}

    # The stage

    def _stage(self) -> None:
        self.world.furnish()
        self.world["marit"].location = self.random.choice((None, self.world["zon"]))
        for name in ("mila", "sem"):
            self.world.add(Child, name, first_name=name, last_name="J", born=self._born())

    # Families

    def _families(self) -> None:
        self.spoils = self.random.choice((0, 0, 1))
        for child in self.world.rows[Child]:
            for parent in self.random.choice((PARENTS, PARENTS, PARENTS[:1], ())):
                self._guardian(child, self.world[parent])
            if self._once_in(10):
                self._guardian(child, self.who.person)

    def _guardian(self, child: Child, person: Person) -> None:
        authority = self.right(True, False)
        told = {"child": child, "person": person, "has_authority": authority}
        self.world.add(Guardian, kind="parent", **told, **self.period())

    def _born(self) -> date:
        years = self.random.choice((3, 3, 12, 14, 16, 16))
        today = self.world.today
        return date(today.year - years, today.month, today.day) + timedelta(
            days=self.random.choice((-60, 0, 0, 1)) if years > 3 else 0
        )

    # Grants: what makes a rule hold for somebody

    def group(self, who: Membership) -> None:
        """R2, R8: on the roster of a group where the child is today."""
        theirs = {"nursery": "zon1", "youthcare": "werf1", "school": "klas1"}
        own = self.world[theirs[who.organisation.name]]
        others = [each for each in self.world.rows[Group] if each is not own]
        weekday = self.world.today.weekday()
        working = self.right(weekday, (weekday + 1) % 7)
        group = self.right(own, *others)
        self.world.add(Roster, membership=who, group=group, weekday=working, **self.period())
        place = self._placed(self._this_child(), self.right(own, *others))
        there = self.right(weekday, (weekday + 1) % 7, None)
        if there is not None:
            self.world.add(PlacementDay, placement=place, weekday=there, part="morning")

    def team(self, who: Membership) -> None:
        """R3: named as one of the own people."""
        self._named(who, self.right("", *Purpose.values))

    def partner(self, who: Membership) -> None:
        """R4: named as a guest, and everybody agreed."""
        self._named(who, self.right(self.purpose, *Purpose.values))
        child = self._this_child()
        told = {
            "child": child,
            "organisation": self.right(who.organisation, *self.world.rows[Organisation]),
            "purpose": self.right(self.purpose, *Purpose.values),
        }
        if self._again(ConsentRequest, "child", "organisation", "purpose", **told):
            return
        if self._once_in(3):
            self._beside(who)
        basis = self.random.choice((Basis.CONSENT, Basis.CONSENT, Basis.LAW))
        request = self.world.add(
            ConsentRequest,
            **told,
            basis=basis,
            exempt=self.random.choice(("", "", *Exemption.values)),
            confirmed=self.right(True, False, None),
            why="why",
            content_from=self.world.day(self.random.choice((-400, -7, 0))),
            asked_by=who,
            asked_at=self.world.at,
            text_version="1",
            closed_at=self.right(None, self.world.at, self.world.at - timedelta(seconds=1)),
            **self._bounded(),
        )
        signers = self._signers(child)
        if self._once_in(3 if basis == Basis.CONSENT else 2):
            self._supervisor(child, who.organisation)
            signers = self.random.choice((signers, []))
        for category in self.random.sample(SHAREABLE, 3):
            consent = self.world.add(Consent, request=request, category=category)
            for signer in signers:
                self._signature(consent, signer)
        for each in self.world.rows[Child]:
            if self._once_in(2):
                self._placed(each, self._one("zon1", "werf1", "klas1"))

    def _beside(self, who: Membership) -> None:
        """Named for the other child as well, or somebody of another organisation for the same."""
        if self._once_in(2):
            self._named(who, self.random.choice(("", self.purpose)), self._other_child())
        else:
            self._named(self._hat(), self.purpose)

    def _signers(self, child: Child) -> list[Guardian | None]:
        """Every guardian, and from 12 the child: all of them, or one side alone."""
        guardians = [each for each in self.world.rows.get(Guardian, ()) if each.child is child]
        years = self.world.today.year - child.born.year
        if years < 12:
            return guardians
        most = [None] if years == 16 else [None, *guardians]
        return self.random.choice((most, most, [None, *guardians], [None], guardians))

    def _signature(self, consent: Consent, signer: Guardian | None) -> None:
        at, answer = self.world.at, self.right("given", "refused", "later", None)
        tick = timedelta(microseconds=1)
        if answer is None:
            return
        self.world.add(
            Signature,
            consent=consent,
            guardian=signer,
            answer=answer,
            with_parents=signer is None and self._once_in(3),
            how=How.IN_APP,
            recorded_by=self.who.person,
            text_version="1",
            at=at + tick
            if self._once_in(12)
            else self.random.choice((at - timedelta(hours=1), at)),
            ended_at=self.right(self.random.choice((None, at + tick)), at, at - tick),
        )

    def _supervisor(self, child: Child, organisation: Organisation) -> None:
        """A family supervisor of this organisation: it may know without consent."""
        told = {
            "child": self.right(child, *self.world.rows[Child]),
            "person": self.world["ilse"].person,
        }
        if self._again(Guardian, "child", "person", **told):
            return
        self.world.add(
            Guardian,
            kind=self.right("supervisor", "institution", "parent"),
            organisation=self.right(organisation, *self.world.rows[Organisation]),
            has_authority=False,
            **told,
            **self.period(),
        )

    def _named(self, who: Membership, purpose: str, child: Child | None = None) -> None:
        child = child or self._this_child()
        told = {"child": child, "membership": who, "purpose": purpose, "why": "why"}
        period = self.period()
        if not self._again(CareTeamMember, "child", "membership", "purpose", **told):
            self.world.add(CareTeamMember, **told, **period)

    def post(self, who: Membership) -> None:
        """R5: coach of a location."""
        location = self._one("zon", "zon", "maan")
        self.world.add(CoachPost, membership=who, location=location, **self.period())

    def place(self, _who: Membership) -> None:
        """R8: a place at a location, on no day of today."""
        self._placed(self._this_child(), self._one("zon1", "maan1", "werf1"))

    def _placed(self, child: Child, group: Group) -> Placement:
        told = {"child": child, "group": group, "basis": "contract"}
        return self.world.add(Placement, **told, **self.period())

    def opening(self, who: Membership) -> None:
        """R9, R10: the file of one child, for an hour."""
        at, hour, tick = self.world.at, timedelta(hours=1), timedelta(microseconds=1)
        holds = self.random.choice(((at, at + hour), (at - hour + tick, at + tick)))
        misses = ((at - hour, at), (at + tick, at + hour))
        begins, ends = self.right(holds, *misses)
        self.world.add(
            Opening,
            child=self._this_child(),
            membership=who,
            opened_for=OpenedFor.SUPPORT if who.role == Role.SUPPORT else OpenedFor.EMERGENCY,
            reason="reason",
            allowed_by=self.world["marit"],
            at=begins,
            ends=ends,
            parents_told_at=begins,
        )

    def membership(self, who: Membership) -> None:
        """R1: the hat itself begins or ends."""
        for name, value in self.period().items():
            setattr(who, name, value)

    def _this_child(self) -> Child:
        return self.right(self.child, self._other_child())

    def _other_child(self) -> Child:
        return self.world["sem" if self.child is self.world["mila"] else "mila"]

    def _again(self, model: type[Model], *names: str, **told: Any) -> bool:
        """Whether a row that may stand once stands already."""
        return any(
            all(getattr(row, name) == told[name] for name in names)
            for row in self.world.rows.get(model, ())
        )

    # What stands in for somebody, and what forbids

    def _absent(self) -> Membership:
        """A colleague for whom the one who looks stands in."""
        same = [
            each
            for each in self.world.rows[Membership]
            if each is not self.who and each.organisation is self.who.organisation
        ]
        others = [each for each in self.world.rows[Membership] if each is not self.who]
        absent = self.right(self.random.choice(same or others), *others)
        cover = self.who
        self.world.add(Absence, membership=absent, cover=cover, **self._bounded())
        return absent

    def mark(self) -> None:
        """R12: what forbids."""
        mark = self.random.choice((Mark.RESTRICTION, Mark.CONFLICT_OF_INTEREST))
        people = self.world.rows[Person]
        person = self.random.choice((self.who.person, self.who.person, *people))
        told = {"child": self._this_child(), "person": person, "mark": mark, "reason": "reason"}
        told["made_by"] = self.random.choice((None, *self.world.rows[Membership]))
        self.world.add(NegativeMark, **told, **self.period())

    # What stands on the line

    def _entry(self) -> None:
        child = self.random.choice(
            (self.child, self.child, self.child, self._one("mila", "sem"), None)
        )
        writer = self.who if self._once_in(3) else self._hat()
        own = self.who.organisation
        other = self.random.choice(self.world.rows[Organisation])
        day = self.world.day(self.random.choice((0, 0, -1, 1, -7, -8, -13, -14, -400, -401)))
        held = self.random.choice((None, None, None, -1, 0, 1))
        at = self.world.at
        agreed = [each.category for each in self.world.rows.get(Consent, ())]
        category = self.random.choice((*Category.values, "day", *agreed, *agreed))
        self.world.add(
            Entry,
            child=child,
            organisation=self.random.choice((own, other)),
            author=writer.person,
            hat=writer,
            category=category,
            text="words",
            must_know=self._once_in(4),
            internal=self._once_in(4),
            hold_until=None if held is None else at + timedelta(microseconds=held),
            hold_reason="" if held is None else "a talk first",
            day=day,
            at=at,
            written_at=at,
            **self._where(child),
        )

    def _where(self, child: Child | None) -> dict[str, Any]:
        """A group matter is of a group or of a whole location; what is about a child may be as well."""
        if child is not None and self._once_in(2):
            return {"kind": Kind.NOTE}
        group = self._one("zon1", "zon1", "zon2", "maan1", "werf1")
        kinds = (Kind.NOTE, Kind.ADVICE) if child else (Kind.NOTE, Kind.QUESTION, Kind.ADVICE)
        return {
            "kind": self.random.choice(kinds),
            "group": self.random.choice((group, None)),
            "location": group.location,
        }


Grant = Callable[[Maker, Membership], None]
GRANTS: tuple[Grant, ...] = (
    *(Maker.group, Maker.group, Maker.team, *[Maker.partner] * 5),
    *(Maker.post, Maker.place, Maker.opening, Maker.opening),
)
