"""The words about the rules say what the rules do: why one sees something, who else does, the table."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from alert4you.access.commands.openings import break_glass
from alert4you.access.commands.team import name_on_team, release_from_team
from alert4you.access.models import Category, Entry
from alert4you.access.policy import STAFF_RULES
from alert4you.access.queries.why import grounds, readers
from alert4you.access.rules.plainly import NO, PARTLY, RULES, TABLE
from alert4you.access.rules.wording import SEEN_BECAUSE
from alert4you.organisations.models import Role
from tests.access.seeing import agree, who_sees, write
from tests.cast import Cast

REASON = "Mila heeft een aanval en haar mentor is niet bereikbaar"


def test_every_rule_has_words() -> None:
    assert {*STAFF_RULES, "guardian"} == {*SEEN_BECAUSE}
    assert [rule.number for rule in RULES] == [f"R{number}" for number in range(13)]


@pytest.mark.parametrize(
    ("name", "category", "why"),
    [
        ("fatima", "day", ("group", "own")),
        ("lotte", "day", ("group",)),
        ("carla", "care", ("team",)),
        ("anna", "care", ("guardian",)),
        ("bram", "talk", ("guardian",)),
        ("oscar", "day", ()),
        ("marit", "day", ()),
        ("stranger", "day", ()),
    ],
)
def test_why_one_sees_an_entry(cast: Cast, name: str, category: str, why: tuple[str, ...]) -> None:
    assert grounds(cast.actor(name), write(cast, category=category)) == why


def test_who_else_sees_it_is_who_really_sees_it(cast: Cast) -> None:
    name_on_team(cast.actor("carla"), cast.mila, cast.pieter, "leerkracht", "education")
    agree(cast, "school", "development", purpose="education")
    for category in Category.values:
        for internal in (False, True):
            entry = write(cast, category=category, internal=internal)
            told = {reader.name for reader in readers(cast.actor("anna"), entry)}
            names = {
                str(who.person.name if hasattr(who, "person") else who.name)
                for who in (cast.people[each] for each in who_sees(cast, entry))
            }
            assert told == names, (category, internal)


def test_who_opened_the_file_is_named_as_long_as_it_is_open(cast: Cast) -> None:
    cast.add("els", Role.GROUP_WORKER, "nursery")
    entry = write(cast, category="care")
    opening = break_glass(cast.actor("els"), cast.mila, REASON)
    assert "Els" in {reader.name for reader in readers(cast.actor("anna"), entry)}
    cast.go_to(opening.ends)
    assert "Els" not in {reader.name for reader in readers(cast.actor("anna"), entry)}


def test_the_page_tells_why_and_who(cast: Cast) -> None:
    entry = write(cast, category="care")
    page = cast.client("anna").get(f"/entries/{entry.pk}/why/").content.decode()
    assert "Ouder of voogd met gezag" in page and "Carla" in page
    release_from_team(cast.actor("carla"), cast.mila, cast.carla)
    page = cast.client("anna").get(f"/entries/{entry.pk}/why/").content.decode()
    assert "Carla" not in page


def test_a_guest_reads_why_but_not_who_else(cast: Cast) -> None:
    name_on_team(cast.actor("carla"), cast.mila, cast.sanne, "coach", "coaching")
    agree(cast, "youthcare", "day")
    page = cast.client("sanne").get(f"/entries/{write(cast).pk}/why/").content.decode()
    assert "De ouders vonden het goed" in page and "Anna" not in page and "Carla" not in page


def as_school(cast: Cast) -> str:
    name_on_team(cast.actor("carla"), cast.mila, cast.pieter, "leerkracht", "education")
    agree(cast, "school", "day", purpose="education")
    return "pieter"


def in_need(cast: Cast) -> str:
    cast.add("els", Role.GROUP_WORKER, "nursery")
    break_glass(cast.actor("els"), cast.mila, REASON)
    return "els"


WHO: list[str | Callable[[Cast], str]] = [
    "lotte",
    "carla",
    as_school,
    "pieter",
    "sanne",
    "anna",
    "oscar",
    "marit",
    in_need,
    "gemma",
]


@pytest.mark.parametrize("place", range(len(TABLE)))
def test_the_table_says_what_the_policy_does(cast: Cast, place: int) -> None:
    who = WHO[place]
    viewer = who if isinstance(who, str) else who(cast)
    entries = [write(cast, category=category) for category in Category.values]
    entries.append(write(cast, internal=True))
    must_know = [write(cast, category=each, must_know=True) for each in Category.values]
    must_know.append(write(cast, internal=True, must_know=True))
    seen = set(Entry.objects.visible_to(cast.actor(viewer)).values_list("pk", flat=True))
    for cell, plain, known in zip(TABLE[place].cells, entries, must_know, strict=True):
        if cell == PARTLY:
            assert plain.pk not in seen and known.pk in seen
        else:
            assert (plain.pk in seen) is (cell != NO)


def test_the_day_is_seen_for_two_weeks(cast: Cast) -> None:
    now = cast.actor("lotte")
    last = write(cast, day=now.today - timedelta(days=13))
    gone = write(cast, day=now.today - timedelta(days=14))
    seen = set(Entry.objects.visible_to(now).values_list("pk", flat=True))
    assert last.pk in seen and gone.pk not in seen
