"""Who may see what, a second time: from the words of docs/explanation/access.md and from nothing else.

Plain Python over plain facts. It shares no code, no query and no author with `access/policy.py`; the two are
held against each other in worlds that almost break a rule (`worlds.py`). Where they differ the words decide.
Every period is half-open: [starts, ends). ``R4`` and the like are the rules of that page.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from tests.proof.plain import (
    Child,
    Consent,
    Entry,
    Facts,
    Hat,
    Id,
    Membership,
    Placement,
    Request,
    Seen,
)

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
RUN_THE_PLACE = {"manager", "care_coordinator"}
KEEP_THE_BOOKS = {*RUN_THE_PLACE, "application"}
KNOW_EVERY_GROUP = {"care_coordinator", "pedagogue"}
TREATMENT = {"medical_daycare", "day_treatment"}


def what_is_seen(facts: Facts, hat: Hat, at: datetime) -> Seen:
    """Everything this hat may see at this moment; all the rest does not exist for it (R0)."""
    look = AsParent(facts, at, hat) if hat.membership is None else AtWork(facts, at, hat)
    children = {each.id: each for each in facts.children}
    return Seen(
        frozenset(pk for pk, each in children.items() if look.knows(each)),
        frozenset(
            each.id
            for each in facts.entries
            if look.reads(each, children.get(each.child) if each.child else None)
        ),
        frozenset(each.id for each in facts.placements if look.places(each, children[each.child])),
    )


class Look:
    """One hat at one moment."""

    def __init__(self, facts: Facts, at: datetime, hat: Hat) -> None:
        self.facts, self.at, self.hat = facts, at.astimezone(UTC), hat
        self.today = at.astimezone(AMSTERDAM).date()
        self.locations = {each.id: each for each in facts.locations}
        self.location_of = {each.id: self.locations[each.location] for each in facts.groups}

    def marked(self, child: Child, *marks: str) -> bool:
        """R12: something forbids this person, in this hat, everything about the child."""
        return any(
            mark.child == child.id
            and mark.person == self.hat.person
            and mark.mark in marks
            and mark.on(self.today)
            for mark in self.facts.marks
        )


class AsParent(Look):
    """R6: a parent or guardian with authority; family looks as family, unless restricted."""

    def knows(self, child: Child) -> bool:
        return not self.marked(child, "restriction") and any(
            guardian.child == child.id
            and guardian.person == self.hat.person
            and guardian.has_authority
            and guardian.on(self.today)
            for guardian in self.facts.guardians
        )

    def reads(self, entry: Entry, child: Child | None) -> bool:
        if child is None or entry.internal or entry.category == "safety":
            return False
        held_back = entry.hold_until is not None and self.at < entry.hold_until
        return self.knows(child) and not held_back

    def places(self, _: Placement, child: Child) -> bool:
        return self.knows(child)


class AtWork(Look):
    def __init__(self, facts: Facts, at: datetime, hat: Hat) -> None:
        super().__init__(facts, at, hat)
        every = {each.id: each for each in facts.memberships}
        own = every.get(hat.membership)
        self.own = own if own and own.on(self.today) else None  # R1
        self.eyes = list(self._stands_in_for(every)) if self.own else []

    def _stands_in_for(self, every: dict[Id, Membership]) -> Iterator[Membership]:
        """This hat, and the absent colleagues whose work it has today and who still work there (R1)."""
        assert self.own
        yield self.own
        for absence in self.facts.absences:
            absent = every[absence.membership]
            covered = absence.cover == self.own.id and absence.on(self.today)
            here = absent.on(self.today) and absent.organisation == self.own.organisation
            if covered and here:
                yield absent

    # Who the child is to this hat

    def _groups(self, *weekdays: int) -> set[Id]:
        """The groups on whose roster it stands, these days of the week."""
        return {
            roster.group
            for roster in self.facts.rosters
            if self.own
            and roster.membership == self.own.id
            and roster.on(self.today)
            and roster.weekday in weekdays
        }

    def _on_my_group(self, child: Child) -> bool:
        """R2: the child is there today."""
        groups = self._groups(self.today.weekday())
        return any(
            place.child == child.id
            and place.group in groups
            and place.on(self.today)
            and self.today.weekday() in place.weekdays
            for place in self.facts.placements
        )

    def _purposes(self, child: Child) -> set[str]:
        """As what it is named on the care team today: "" as own people, else a guest's purpose."""
        mine = {each.id for each in self.eyes}
        return {
            named.purpose
            for named in self.facts.team
            if named.child == child.id and named.membership in mine and named.on(self.today)
        }

    def _opened(self, child: Child, *why: str) -> bool:
        """R9, R10: this very hat opened the file, and it is open still."""
        return any(
            opening.child == child.id
            and (not why or opening.opened_for in why)
            and self.own is not None
            and opening.membership == self.own.id
            and opening.at <= self.at < opening.ends
            for opening in self.facts.openings
        )

    def _has_a_place_with_us(self, child: Child) -> bool:
        """R8: the manager of the place (of all locations, unless of one) knows the names."""
        assert self.own
        return self.own.role in KEEP_THE_BOOKS and any(
            place.child == child.id and place.on(self.today) and self._runs(place.group)
            for place in self.facts.placements
        )

    def _runs(self, group: Id) -> bool:
        assert self.own
        location = self.location_of[group]
        bound_to = self.own.location or location.id
        return location.organisation == self.own.organisation and location.id == bound_to

    def _agreed(self, child: Child) -> list[tuple[Request, str]]:
        """R4: the kinds of entries that everybody agreed to for this organisation and purpose."""
        purposes = self._purposes(child)
        return [
            (request, consent.category)
            for request in self.facts.requests
            if self.own
            and request.child == child.id
            and request.organisation == self.own.organisation
            and (request.purpose in purposes or "" in purposes)
            for consent in self.facts.consents
            if consent.request == request.id and runs(self.facts, consent, request, child, self.at)
        ]

    # What may be seen

    def knows(self, child: Child) -> bool:
        if not self.own or self.marked(child, "restriction", "conflict_of_interest"):
            return False
        return (
            self._on_my_group(child)
            or "" in self._purposes(child)
            or bool(self._agreed(child))
            or self._has_a_place_with_us(child)
            or self._opened(child)
        )

    def reads(self, entry: Entry, child: Child | None) -> bool:
        if not self.own:
            return False
        if child is None:
            return self._reads_group_matter(entry)
        if self.marked(child, "restriction", "conflict_of_interest"):
            return False
        if self._only_kept(entry, child) and not self._must_be_used(entry, child):
            return False
        if entry.organisation == self.own.organisation:
            return self._reads_own_file(entry, child)
        return self._reads_as_guest(entry, child)

    def _only_kept(self, entry: Entry, child: Child) -> bool:
        """R12: the parents asked to use it less, and somebody else of the place said yes (AVG 18)."""
        organisation_of = {each.id: each.organisation for each in self.facts.memberships}
        for mark in self.facts.marks:
            of_this_file = mark.mark == "only_kept" and mark.child == child.id
            if not of_this_file or not mark.on(self.today) or mark.made_by is None:
                continue
            by_another = self.own is not None and mark.made_by != self.own.id
            if by_another and organisation_of[mark.made_by] == entry.organisation:
                older = entry.day <= mark.starts and not entry.must_know
                if mark.entry == entry.id or (mark.entry is None and older):
                    return True
        return False

    def _must_be_used(self, entry: Entry, child: Child) -> bool:
        """In an emergency, and where the law lets another organisation read."""
        assert self.own
        by_law = any(
            request.basis == "law"
            and entry.organisation != self.own.organisation
            and entry.category == category
            and request.content_from <= entry.day
            and (not entry.internal or entry.author == self.hat.person)
            for request, category in self._agreed(child)
        )
        return by_law or self._opened(child, "emergency")

    def _reads_own_file(self, entry: Entry, child: Child) -> bool:
        on_my_group, on_the_team = self._on_my_group(child), "" in self._purposes(child)
        if entry.author == self.hat.person and on_my_group:  # R7; the team reads all of it anyway
            return True
        if entry.category == "safety":
            return False
        if on_the_team or self._opened(child):  # R3, R9
            return True
        days_ago = (self.today - entry.day).days
        of_the_day = entry.category == "day" and 0 <= days_ago < 14
        return on_my_group and not entry.internal and (of_the_day or entry.must_know)  # R2

    def _reads_as_guest(self, entry: Entry, child: Child) -> bool:
        """R4; of what is internal only the own words (R7)."""
        return (not entry.internal or entry.author == self.hat.person) and any(
            entry.category == category and request.content_from <= entry.day
            for request, category in self._agreed(child)
        )

    def _reads_group_matter(self, entry: Entry) -> bool:
        """R2 and R5: what carries no child."""
        assert self.own
        mine = {each.id for each in self.eyes}
        if not entry.internal and any(
            post.location == entry.location and post.membership in mine and post.on(self.today)
            for post in self.facts.posts
        ):
            return True
        if entry.organisation != self.own.organisation:
            return False
        if entry.author == self.hat.person:  # R7
            return True
        return self.own.role in KNOW_EVERY_GROUP or self._is_about_my_group(entry)

    def _is_about_my_group(self, entry: Entry) -> bool:
        groups = self._groups(*range(7))
        if entry.group is not None:
            return entry.group in groups
        houses = {self.location_of[group].id for group in groups}
        return entry.kind != "question" and entry.location in houses

    def places(self, placement: Placement, child: Child) -> bool:
        if not self.own or not self.knows(child):
            return False
        location = self.location_of[placement.group]
        if location.organisation == self.own.organisation:
            return True
        needed = "care" if location.setting in TREATMENT else "day"
        return any(category == needed for _, category in self._agreed(child))


def runs(facts: Facts, consent: Consent, request: Request, child: Child, at: datetime) -> bool:
    """Whether everybody who must decide today said yes, and nobody took it back."""
    today = at.astimezone(AMSTERDAM).date()
    if not request.on(today) or (request.closed_at is not None and request.closed_at <= at):
        return False
    if request.basis == "law":
        return request.confirmed is True and supervises(facts, request, today)
    exempt = request.exempt if request.confirmed is True else ""
    deciders = who_decides(facts, child, exempt, today)
    grown_up = age(child.born, today) >= 16
    said_yes = {
        signature.guardian
        for signature in facts.signatures
        if signature.consent == consent.id
        and signature.answer == "given"
        and signature.at <= at
        and (signature.ended_at is None or signature.ended_at > at)
        and not (grown_up and signature.guardian is None and signature.with_parents)
    }
    return bool(deciders) and deciders <= said_yes


def supervises(facts: Facts, request: Request, today: date) -> bool:
    """Field rules 2.3: the family supervisor may know without consent, as long as the order lasts."""
    return any(
        each.child == request.child
        and each.kind == "supervisor"
        and each.organisation == request.organisation
        and each.on(today)
        for each in facts.guardians
    )


def who_decides(facts: Facts, child: Child, exempt: str, today: date) -> set[Id | None]:
    """Field rules 2.3: guardians by their id, the child itself as None. Empty: nobody can agree."""
    years = age(child.born, today)
    guardians: set[Id | None] = {
        each.id
        for each in facts.guardians
        if each.child == child.id and each.has_authority and each.on(today)
    }
    if years < 12 or exempt == "not_capable":
        return guardians
    if years >= 16 or exempt in ("disadvantage", "wish"):
        return {None}
    return guardians | {None} if guardians else set()


def age(born: date, today: date) -> int:
    """Whole years; who was born on 29 February has her birthday on 1 March in other years."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
