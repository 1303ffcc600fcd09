"""Looking how a child is doing, and what follows when the rule asks to look again; on a real database."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alert4you.access.commands.team import name_on_team
from alert4you.access.models import Entry, Kind
from alert4you.access.queries.line import children
from alert4you.kernel.decision import Denied, NotVisible
from alert4you.wellbeing.commands import let_go, rate, set_rule, take_up, write_view
from alert4you.wellbeing.models import Notice, Rating
from alert4you.wellbeing.queries import pages
from alert4you.wellbeing.rules.choosing import Chosen
from alert4you.wellbeing.rules.noticing import Rule, noticed
from alert4you.wellbeing.rules.odds import Expected
from tests.cast import NOW, Cast, make_child

DAYS = (-9, -8, -7, -4, -3, -2, -1, 0)  # weekdays before the Friday on which the cast stands
EXPECTED = Expected([2, 8, 30, 40, 20], [15, 40, 30, 12, 3], 26, 2)


def look(cast: Cast, who: str, aspect: str, steps: list[int | None]) -> None:
    """One rating a weekday, the last one today; None: looked, but this was not seen."""
    for day, step in zip(DAYS[len(DAYS) - len(steps) :], steps, strict=True):
        other = "involved" if aspect != "involved" else "itself"
        rate(cast.actor(who, hours=24 * day), cast.mila, {aspect: step, other: 4})


def notices(cast: Cast) -> list[tuple[str, str]]:
    rows = Notice.objects.unrestricted(reason="test").order_by("at", "aspect")
    return [(each.author.name, each.aspect) for each in rows]


def test_a_rating_is_on_the_line_and_the_parents_read_it(cast: Cast) -> None:
    rate(cast.actor("fatima"), cast.mila, {"itself": 4, "others": 2})
    for name in ("fatima", "carla", "anna", "bram"):
        page = cast.client(name).get(reverse("web:line", args=[cast.mila.pk])).content.decode()
        assert "Met zichzelf: op zijn gemak" in page
        assert "Met andere kinderen: vaak gespannen of verdrietig" in page
        assert "Met ons:" not in page
    # Lotte is on the group too, but development is for the care team and the parents.
    page = cast.client("lotte").get(reverse("web:line", args=[cast.mila.pk])).content.decode()
    assert "op zijn gemak" not in page


def test_again_on_the_same_day_sets_right_and_takes_the_notice_back(cast: Cast) -> None:
    look(cast, "fatima", "others", [2, 2, 2])
    assert notices(cast) == [("Fatima Fatima", "others")] or len(notices(cast)) == 1
    rate(cast.actor("fatima", hours=1), cast.mila, {"others": 3})
    assert notices(cast) == []
    assert Rating.objects.unrestricted(reason="test").count() == 3


def test_what_was_answered_stays_also_when_the_rating_is_set_right(cast: Cast) -> None:
    look(cast, "fatima", "others", [2, 2, 2])
    fatima = cast.actor("fatima")
    write_view(fatima, cast.mila, "Zij kijkt toe.")
    let_go(fatima, Notice.objects.unrestricted(reason="test").get(), "Verhuisd.")
    rate(cast.actor("fatima", hours=1), cast.mila, {"others": 5})
    assert len(notices(cast)) == 1


def test_people_are_never_mixed(cast: Cast) -> None:
    """Two of one and two of another are not three of one."""
    look(cast, "fatima", "others", [2, 2])
    look(cast, "lotte", "others", [1, 1])
    assert notices(cast) == []
    page = pages.page(cast.actor("anna"), cast.mila)
    assert sorted(len(each.ratings) for each in page.series) == [2, 2]


def test_missing_stays_missing(cast: Cast) -> None:
    """What was not seen is no rating: it does not push a low one out of the last four."""
    look(cast, "fatima", "others", [2, None, 2, None, None, 2])
    assert len(notices(cast)) == 1
    page = pages.page(cast.actor("anna"), cast.mila)
    others = next(each for each in page.series[0].lanes if each.aspect == "others")
    assert len(others.dots) == 3
    assert others.path.count("M") == 3 and "L" not in others.path


def test_involvement_is_not_watched(cast: Cast) -> None:
    look(cast, "fatima", "involved", [1, 1, 1, 1])
    assert notices(cast) == []


@pytest.mark.parametrize("steps", [[2, 2, 2], [2, 4, 2, 2], [1, 2, 3, 4, 2, 1, 2, 2]])
def test_what_stands_can_be_made_again_from_the_ratings(cast: Cast, steps: list[int]) -> None:
    look(cast, "fatima", "staff", list(steps))
    rows = Notice.objects.unrestricted(reason="test").order_by("at")
    days = [
        NOW.date() + timedelta(days=DAYS[len(DAYS) - len(steps) + at])
        for at in noticed(Rule(), steps)
    ]
    assert [each.rating.day for each in rows] == days


def test_nothing_chosen_is_refused_and_parents_and_strangers_do_not_rate(cast: Cast) -> None:
    with pytest.raises(Denied, match="(?i)nog niets|Nothing"):
        rate(cast.actor("fatima"), cast.mila, {"itself": None})
    with pytest.raises(Denied):
        rate(cast.actor("fatima"), cast.mila, {"itself": 6})
    for name in ("anna", "marit", "sanne", "stranger"):
        with pytest.raises(Denied):
            rate(cast.actor(name), cast.mila, {"itself": 3})


# A notice ---------------------------------------------------------------------------------------


@pytest.fixture
def notice(cast: Cast) -> Notice:
    name_on_team(cast.actor("carla"), cast.mila, cast.lotte, "mentor van Mila")
    look(cast, "fatima", "others", [2, 2, 2])
    return Notice.objects.unrestricted(reason="test").get()


def test_the_own_view_comes_first_for_each_of_staff(cast: Cast, notice: Notice) -> None:
    """Until then no page shows what was noticed; one person's view opens it for nobody else."""
    here = reverse("wellbeing:child", args=[cast.mila.pk])
    form = reverse("wellbeing:notice", args=[notice.pk])
    write_view(cast.actor("fatima"), cast.mila, "Zij staat aan de rand.")
    shut = cast.client("lotte").get(here).content.decode()
    assert "Eerst jij" in shut
    assert "Samen opnieuw kijken: met andere" not in shut
    assert '<svg viewBox="0 0 320' not in shut
    assert "aan de rand" not in shut
    assert cast.client("lotte").get(form).status_code == 302
    with pytest.raises(Denied):
        let_go(cast.actor("lotte"), notice, "Het valt mee.")
    for open_to in ("fatima", "anna"):
        shown = cast.client(open_to).get(here).content.decode()
        assert "Samen opnieuw kijken: met andere kinderen" in shown
        assert "aan de rand" in shown
    cast.client("lotte").post(here, {"text": "Zij zoekt mij vaker op."})
    assert "Samen opnieuw kijken: met andere" in cast.client("lotte").get(here).content.decode()


def test_parents_read_the_same_words(cast: Cast, notice: Notice) -> None:
    write_view(cast.actor("fatima"), cast.mila, "Zij staat aan de rand.")
    here = reverse("wellbeing:child", args=[cast.mila.pk])
    pages_of = [cast.client(each).get(here).context["page"] for each in ("fatima", "anna", "bram")]
    told = [
        (each.rule, [asked.rule for asked in each.asked], [view.text for view in each.views])
        for each in pages_of
    ]
    assert told[0] == told[1] == told[2]


@pytest.mark.parametrize(
    ("way", "to"), [("parents", "coaching:prepare_talk"), ("coach", "coaching:ask")]
)
def test_taking_it_up_leads_to_people(cast: Cast, notice: Notice, way: str, to: str) -> None:
    write_view(cast.actor("fatima"), cast.mila, "Zij staat aan de rand.")
    url = reverse("wellbeing:notice", args=[notice.pk])
    sent = cast.client("fatima").post(url, {"way": way, "reason": "Wij willen het begrijpen."})
    args = [cast.mila.pk] if way == "parents" else []
    assert sent.status_code == 302
    assert sent["Location"].startswith(reverse(to, args=args))
    assert cast.client("fatima").get(sent["Location"]).status_code == 200
    here = reverse("wellbeing:child", args=[cast.mila.pk])
    assert "Wij willen het begrijpen." in cast.client("anna").get(here).content.decode()


def test_it_is_answered_once_with_a_reason_and_in_time(cast: Cast, notice: Notice) -> None:
    fatima = cast.actor("fatima")
    write_view(fatima, cast.mila, "Zij staat aan de rand.")
    with pytest.raises(Denied):
        let_go(fatima, notice, "  ")
    with pytest.raises(Denied):
        take_up(fatima, notice, "the newspaper", "Omdat.")
    late = cast.actor("fatima", hours=24 * 28)
    with pytest.raises(Denied):
        let_go(late, notice, "Te laat.")
    let_go(fatima, notice, "Verhuisd.")
    with pytest.raises(Denied):
        take_up(fatima, notice, "coach", "Toch.")


def test_no_other_child_stands_in_an_own_view_or_a_reason(cast: Cast, notice: Notice) -> None:
    """The parents read both, as they read a note."""
    fatima = cast.actor("fatima")
    make_child(cast, "Noor", "de Boer", date(2023, 3, 3))
    with pytest.raises(Denied, match="Noor"):
        write_view(fatima, cast.mila, "Zij duwt Noor weg.")
    write_view(fatima, cast.mila, "Zij duwt een ander kind weg.")
    with pytest.raises(Denied, match="Noor"):
        let_go(fatima, notice, "Noor is weg, dus het is over.")
    let_go(fatima, notice, "Het is over.")


def test_it_lapses_by_itself(cast: Cast, notice: Notice) -> None:
    now, later = cast.actor("carla"), cast.actor("carla", hours=24 * 28)
    assert list(children(now).filter(pages.asks_to_look(now))) == [cast.mila]
    assert not children(later).filter(pages.asks_to_look(later)).exists()
    page = pages.page(cast.actor("anna", hours=24 * 28), cast.mila)
    assert not page.open and len(page.past) == 1


def test_nothing_of_it_leaves_who_works_with_the_child(cast: Cast, notice: Notice) -> None:
    """Managers, the coach without consent, the municipality: no name, no count, no page."""
    assert Notice.objects.unrestricted(reason="test").exists()
    for name in ("marit", "sanne", "koen", "gemma", "pieter", "stranger", "olga"):
        assert not Notice.objects.visible_to(cast.actor(name)).exists()
        today = cast.client(name).get(reverse("web:today")).content.decode()
        assert "Mila" not in today or "pnieuw kijken" not in today
    with pytest.raises(NotVisible):
        pages.notice(cast.actor("marit"), notice.pk)


def test_no_list_ranks_children(cast: Cast) -> None:
    """On Today they stand by name, whatever was noticed and whenever."""
    zoe = make_child(cast, "Zoë", "Aarts", date(2023, 2, 1))
    for child, days in ((zoe, (-4, -3, -2)), (cast.mila, (-2, -1, 0))):
        for day in days:
            rate(cast.actor("fatima", hours=24 * day), child, {"itself": 1 if child == zoe else 2})
    page = cast.client("fatima").get(reverse("web:today")).context["page"]
    assert [each.child.first_name for each in page.look_again] == ["Mila", "Zoë"]
    shown = cast.client("fatima").get(reverse("web:today")).content.decode()
    assert "heeft het zwaar" not in shown


# The round of a group ---------------------------------------------------------------------------


def test_a_whole_group_child_after_child(cast: Cast) -> None:
    make_child(cast, "Bo", "Smit", date(2023, 2, 1))
    make_child(cast, "Zoë", "Aarts", date(2023, 2, 1))
    client, url = cast.client("fatima"), reverse("wellbeing:group", args=[cast.group.pk])
    assert "Hoe gaat het met Bo?" in client.get(url).content.decode()
    seen = []
    for _turn in range(3):
        now = client.get(url).context["round"].now.child
        seen.append(now.first_name)
        sent = client.post(f"{url}?child={now.pk}", {"itself": "4", "staff": "", "others": "3"})
        assert sent.status_code == 302
    assert seen == ["Bo", "Mila", "Zoë"]
    assert "Iedereen is gezien" in client.get(url).content.decode()
    assert Rating.objects.unrestricted(reason="test").filter(staff=None, itself=4).count() == 3


def test_skipping_goes_on_and_nothing_chosen_saves_nothing(cast: Cast) -> None:
    make_child(cast, "Bo", "Smit", date(2023, 2, 1))
    client, url = cast.client("fatima"), reverse("wellbeing:group", args=[cast.group.pk])
    first = client.get(url)
    assert f"?child={cast.mila.pk}" in first.content.decode()
    refused = client.post(url, {"itself": ""})
    assert refused.status_code == 200
    assert "Er is nog niets gekozen." in refused.content.decode()
    assert Rating.objects.unrestricted(reason="test").count() == 0


def test_a_double_tap_saves_once(cast: Cast) -> None:
    url = reverse("wellbeing:rate", args=[cast.mila.pk])
    told = {"itself": "4", "once": "7b0cf3a2-8a55-4f0c-9a20-4f6f0c1f9a11"}
    client = cast.client("fatima")
    assert [client.post(url, told).status_code for _tap in range(2)] == [302, 302]
    assert Rating.objects.unrestricted(reason="test").count() == 1


@pytest.mark.parametrize("page", ["group", "child", "today"])
def test_as_many_queries_for_one_as_for_many(cast: Cast, page: str) -> None:
    def queries() -> int:
        args = {"group": [cast.group.pk], "child": [cast.mila.pk], "today": []}[page]
        name = "web:today" if page == "today" else f"wellbeing:{page}"
        client = cast.client("fatima")
        url = reverse(name, args=args)
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(url).status_code == 200
        return sum("SAVEPOINT" not in each["sql"] for each in found.captured_queries)

    look(cast, "fatima", "others", [2, 2, 2])
    write_view(cast.actor("fatima"), cast.mila, "Zij staat aan de rand.")
    few = queries()
    for number in range(4):
        child = make_child(cast, f"Kind{number}", "Smit", date(2023, 2, 1))
        rate(cast.actor("fatima"), child, {"itself": 3})
    look(cast, "lotte", "itself", [2, 2, 2, 2, 2, 2])
    assert queries() == few
    assert few <= 12


# The rule ---------------------------------------------------------------------------------------


def test_an_organisation_chooses_and_reads_how_often_it_is_wrong(cast: Cast) -> None:
    client, url = cast.client("carla"), reverse("wellbeing:rule")
    assert "nog niet bekend" in client.get(url).content.decode()
    # One tap for the rule, and one to save what is usual.
    page = client.get(url, {"kind": "low"}).context["form"]
    usual = {name: page[name].value() for name in ("kind", "needed", "of", "level")}
    assert "limit" not in page.fields
    client.post(f"{url}?kind=low", {**usual, "days": 21})
    assert pages.chosen(cast.nursery.pk) == Chosen(Rule(), 21)
    # What is expected: three questions, and the address carries the answers.
    at = f"{url}?expect=well"
    for name, numbers in (("well", EXPECTED.well), ("low", EXPECTED.low)):
        answer = {f"{name}_{step}": n for step, n in enumerate(numbers, start=1)}
        wrong = client.post(at, {**answer, f"{name}_5": 99})
        assert "samen 100" in wrong.content.decode()
        at = client.post(at, answer)["Location"]
    back = client.get(at).context["step"].back
    assert [each.value() for each in client.get(back).context["form"].numbers] == [
        str(n) for n in EXPECTED.low
    ]
    assert client.post(at, {"a_year": 26, "raters": 2})["Location"] == url
    shown = pages.chosen(cast.nursery.pk)
    assert shown == Chosen(Rule(), 21, EXPECTED)
    assert f"{shown.odds.soon_of_hundred} van de 100" in client.get(url).content.decode()
    # Another organisation has its own.
    assert pages.chosen(cast.elsewhere.pk) == Chosen()


def test_each_rule_asks_its_own_numbers_and_leaves_those_of_the_other(cast: Cast) -> None:
    client, url = cast.client("carla"), reverse("wellbeing:rule")
    points = client.get(url, {"kind": "demerits"}).context["form"]
    assert "needed" not in points.fields
    client.post(url, {name: points[name].value() for name in points.fields})
    assert pages.chosen(cast.nursery.pk).rule == Rule("demerits", relief=1, limit=4, run_in=3)
    more_than_there_are = {"kind": "low", "needed": 5, "of": 4, "level": 2, "days": 28}
    assert "niet meer lage keren" in client.post(url, more_than_there_are).content.decode()
    client.post(url, {**more_than_there_are, "needed": 4})
    assert pages.chosen(cast.nursery.pk).rule == Rule("low", 2, 4, 4, 1, 4, 3)
    # An address without the first answers leads back to the first question.
    end = client.post(f"{url}?expect=often", {"a_year": 26, "raters": 2})
    assert "expect=well" in end["Location"]


@pytest.mark.parametrize(
    "chosen",
    [
        Chosen(Rule(needed=5, of=4)),
        Chosen(Rule(level=5)),
        Chosen(Rule("demerits")),
        Chosen(expected=Expected([2, 8, 30, 40, 21], EXPECTED.low, 26, 1)),
        Chosen(expected=Expected(EXPECTED.well, EXPECTED.low, 0, 1)),
    ],
)
def test_numbers_with_which_nothing_can_be_done(cast: Cast, chosen: Chosen) -> None:
    with pytest.raises(Denied):
        set_rule(cast.actor("carla"), chosen)


def test_only_who_runs_the_place_chooses(cast: Cast) -> None:
    for name in ("fatima", "sanne", "anna", "gemma"):
        with pytest.raises(Denied):
            set_rule(cast.actor(name), Chosen())


def test_points_look_at_what_is_usual_for_this_child(cast: Cast) -> None:
    set_rule(cast.actor("carla"), Chosen(Rule("demerits", relief=1, limit=4, run_in=3)))
    look(cast, "fatima", "itself", [2, 2, 2, 2, 2, 2])
    assert notices(cast) == []
    look_other = make_child(cast, "Bo", "Smit", date(2023, 2, 1))
    for day, step in zip(DAYS, (5, 5, 5, 3, 4, 4, 4, 4), strict=True):
        rate(cast.actor("fatima", hours=24 * day), look_other, {"itself": step})
    found = Notice.objects.unrestricted(reason="test").filter(child=look_other)
    assert [each.rating.day for each in found] == [NOW.date() + timedelta(days=-3)]


def test_the_line_tells_that_one_looks_again_but_not_why(cast: Cast, notice: Notice) -> None:
    entry = Entry.objects.unrestricted(reason="test").get(kind=Kind.NOTICE)
    assert entry.title == entry.text == ""
