"""R9 and R10: a file opened for a while, without a relation, read-only, and never beyond its end."""

from datetime import timedelta

import pytest

from alert4you.access.commands.marks import forbid
from alert4you.access.commands.openings import break_glass, close_opening, let_support_in
from alert4you.access.models import Entry, Opening
from alert4you.access.rules import relations
from alert4you.children.models import Child
from alert4you.kernel.decision import Denied
from alert4you.notes.commands.writing import write_note
from alert4you.organisations.models import Membership, Role
from tests.cast import NOW, Cast, make_child

REASON = "Mila heeft een aanval en haar mentor is niet bereikbaar"
JUST = timedelta(microseconds=1)


@pytest.fixture
def substitute(cast: Cast) -> Membership:
    """Somebody of the same organisation who works nowhere today."""
    return cast.add("els", Role.GROUP_WORKER, "nursery")


def sees(cast: Cast, name: str) -> set[str]:
    return {entry.text for entry in Entry.objects.visible_to(cast.actor(name))}


def test_the_own_file_is_open_for_sixty_minutes(cast: Cast, substitute: Membership) -> None:
    write_note(cast.actor("carla"), cast.mila, "zorg", "care")
    assert sees(cast, "els") == set()
    opening = break_glass(cast.actor("els"), cast.mila, REASON)
    assert "zorg" in sees(cast, "els")
    cast.go_to(opening.ends - JUST)
    assert "zorg" in sees(cast, "els")
    cast.go_to(opening.ends)
    assert sees(cast, "els") == set()
    assert opening.ends - NOW == timedelta(minutes=60)


def test_it_is_read_only(cast: Cast, substitute: Membership) -> None:
    break_glass(cast.actor("els"), cast.mila, REASON)
    assert not relations.works_with(cast.actor("els"), cast.mila)
    with pytest.raises(Denied):
        write_note(cast.actor("els"), cast.mila, "ik schrijf iets")


def test_it_opens_one_child(cast: Cast, substitute: Membership) -> None:
    other = make_child(cast, "Sem", "Bakker", cast.mila.born)
    write_note(cast.actor("fatima"), other, "over Sem")
    break_glass(cast.actor("els"), cast.mila, REASON)
    assert "over Sem" not in sees(cast, "els")
    assert not Child.objects.visible_to(cast.actor("els")).filter(pk=other.pk).exists()


@pytest.mark.parametrize("name", ["koen", "pieter", "gemma", "stranger", "anna"])
def test_only_staff_of_the_place_can(cast: Cast, name: str) -> None:
    with pytest.raises(Denied):
        break_glass(cast.actor(name), cast.mila, REASON)


def test_a_short_reason_is_no_reason(cast: Cast, substitute: Membership) -> None:
    with pytest.raises(Denied, match="20"):
        break_glass(cast.actor("els"), cast.mila, "x" * 19)


def test_what_forbids_beats_an_emergency(cast: Cast, substitute: Membership) -> None:
    opening = break_glass(cast.actor("els"), cast.mila, REASON)
    forbid(cast.actor("carla"), cast.mila, substitute.person, "restriction", "familie van de vader")
    assert sees(cast, "els") == set()
    with pytest.raises(Denied):
        break_glass(cast.actor("els"), cast.mila, REASON)
    assert Opening.objects.get() == opening


def test_the_file_of_another_organisation_stays_closed(cast: Cast, substitute: Membership) -> None:
    elsewhere = Entry.by(
        cast.actor("koen"),
        child=cast.mila,
        organisation=cast.youthcare,
        kind="note",
        category="care",
    )
    break_glass(cast.actor("els"), cast.mila, REASON)
    seen = Entry.objects.visible_to(cast.actor("els"))
    assert not seen.filter(pk=elsewhere.pk).exists()


def test_support_looks_along_only_when_let_in_and_as_long(cast: Cast) -> None:
    helper = cast.add("wim", Role.SUPPORT, "nursery")
    write_note(cast.actor("fatima"), cast.mila, "dag")
    assert sees(cast, "wim") == set()
    with pytest.raises(Denied):
        break_glass(cast.actor("wim"), cast.mila, REASON)
    opening = let_support_in(
        cast.actor("marit"),
        cast.mila,
        helper,
        "Het plan opent niet op de tablet",
        timedelta(hours=2),
    )
    assert sees(cast, "wim") == {"dag"}
    close_opening(cast.actor("marit"), opening)
    cast.go_to(NOW + JUST)
    assert sees(cast, "wim") == set()


@pytest.mark.parametrize("hours", [0, 9])
def test_support_is_let_in_for_hours_only(cast: Cast, hours: int) -> None:
    helper = cast.add("wim", Role.SUPPORT, "nursery")
    with pytest.raises(Denied):
        let_support_in(
            cast.actor("marit"),
            cast.mila,
            helper,
            "Het plan opent niet op de tablet",
            timedelta(hours=hours),
        )
