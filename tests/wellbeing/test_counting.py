"""Tags that are counted with a child: by hand, exactly, and on a real database."""

from datetime import timedelta
from itertools import product
from math import comb

import pytest
from django.urls import reverse

from alert4you.kernel.decision import Denied
from alert4you.notes.commands.writing import write_note
from alert4you.wellbeing.commands import watch_tags, write_view
from alert4you.wellbeing.models import Notice
from alert4you.wellbeing.rules.chain import chain_of
from alert4you.wellbeing.rules.counting import Counted, ExpectedTaps, counted, odds
from alert4you.wellbeing.tasks import notice_tags
from tests.cast import NOW, Cast

TAG, OTHER = "at weinig", "sliep"
EXPECTED = {"usual": 20, "changed": 70, "a_year": 60, "raters": 2}


@pytest.mark.parametrize(
    ("series", "usual", "at"),
    [
        ("", 0, []),
        ("0001", 1, []),  # all of it tells what is usual
        ("000011", 0, [5]),
        ("0000100010", 0, []),  # two, but never among four
        ("000010010", 0, [7]),
        ("1000110", 1, []),  # one is usual for this child, so it takes three
        ("10000111", 1, [7]),
        ("000011110", 0, [5, 7]),  # it begins anew
        ("1110111111", 3, []),  # more than four of four there cannot be
    ],
)
def test_two_more_than_usual_of_the_last_four(series: str, usual: int, at: list[int]) -> None:
    rule, found = counted(Counted(2, 4), [each == "1" for each in series])
    assert (rule.usual, found) == (usual, at)


def test_the_odds_are_those_of_counting_every_series_there_is() -> None:
    """The first notice from the beginning, by hand; and what is told from the long run lies near it."""
    rule, chance, length = Counted(2, 3), 0.3, 9
    soon = 0.0
    for series in product([True, False], repeat=length):
        weight = chance ** sum(series) * (1 - chance) ** (length - sum(series))
        soon += weight * bool(counted(rule, series)[1])
    exact = 0.0
    for usual in range(4):
        chain = chain_of(Counted(2, 3, usual).machine, {1: chance, 2: 1 - chance})
        first = [1.0] + [0.0] * (len(chain.inside) - 1)
        weight = comb(3, usual) * chance**usual * (1 - chance) ** (3 - usual)
        exact += weight * chain.within(length - 3, first)
    assert exact == pytest.approx(soon, abs=1e-12)


def test_one_more_of_the_last_one_is_known_by_heart() -> None:
    """The first note has the tag or not; only without it the next one with it gives notice."""
    found = odds(Counted(1, 1), ExpectedTaps(20, 70, 50, 2, 3))
    assert found.a_year == pytest.approx(0.8 * 0.2 * 50 * 2 * 3)
    assert found.soon == pytest.approx(0.8 * (1 - 0.3**8))
    assert found.later == pytest.approx(0.8 * (1 - 0.3**16))


def notes(cast: Cast, who: str, series: str, internal: bool = False) -> None:
    """A note every hour, the last one now; ``1`` has the tag."""
    for hours, each in enumerate(series, start=1 - len(series)):
        tag = TAG if each == "1" else OTHER
        write_note(cast.actor(who, hours=hours), cast.mila, "", tags=[tag], internal=internal)


def watch(cast: Cast, **more: object) -> None:
    watch_tags(cast.actor("carla", hours=-30), [TAG], 2, 3, 28, EXPECTED, **more)


def notices() -> list[Notice]:
    return list(Notice.objects.unrestricted(reason="test"))


def test_off_until_an_organisation_chooses(cast: Cast) -> None:
    notes(cast, "fatima", "00011")
    assert notice_tags(NOW) == 0
    watch_tags(cast.actor("carla", hours=-30), [], 2, 3, 28, EXPECTED)
    assert notice_tags(NOW) == 0


def test_it_asks_once_and_parents_read_how_often_that_is_wrong(cast: Cast) -> None:
    watch(cast)
    notes(cast, "fatima", "00011")
    assert notice_tags(NOW) == 1
    assert notice_tags(NOW + timedelta(minutes=5)) == 0
    (notice,) = notices()
    assert (notice.child, notice.author, notice.tag) == (cast.mila, cast.fatima.person, TAG)
    here = reverse("wellbeing:child", args=[cast.mila.pk])
    assert "Eerst jij" in cast.client("fatima").get(here).content.decode()
    write_view(cast.actor("fatima", minutes=1), cast.mila, "Zij schuift haar bord weg.")
    for who in ("fatima", "anna"):
        page = cast.client(who).get(here).content.decode()
        assert "Samen opnieuw kijken: “at weinig”" in page
        assert "in 2 van de laatste 3 notities" in page
        assert "Hoe vaak vergist deze regel zich?" in page
    for who in ("sanne", "gemma", "pieter", "stranger"):
        assert not Notice.objects.visible_to(cast.actor(who)).exists()


def test_each_person_and_each_child_apart_and_nothing_internal(cast: Cast) -> None:
    watch(cast)
    notes(cast, "fatima", "0001")
    notes(cast, "lotte", "0001")
    notes(cast, "lotte", "1", internal=True)
    assert notice_tags(NOW) == 0


def test_what_was_written_before_the_choice_gives_no_notice(cast: Cast) -> None:
    notes(cast, "fatima", "00011")
    watch_tags(cast.actor("carla"), [TAG], 2, 3, 28, EXPECTED)
    assert notice_tags(NOW) == 0


def test_who_chooses_what_is_counted(cast: Cast) -> None:
    url = reverse("wellbeing:counting")
    told = {"tags": [TAG], "more": 2, "of": 3, "days": 28, **EXPECTED}
    assert cast.client("fatima").get(url).status_code == 403
    assert cast.client("carla").post(url, told).status_code == 302
    page = cast.client("carla").get(url).content.decode()
    assert "van de 100" in page
    with pytest.raises(Denied):
        watch_tags(cast.actor("carla"), ["is lastig"], 2, 3, 28, EXPECTED)
    with pytest.raises(Denied):
        watch_tags(cast.actor("carla"), [TAG], 4, 3, 28, EXPECTED)
