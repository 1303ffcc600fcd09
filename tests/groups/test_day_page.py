"""The page of the day of a group: what it costs, and what a change would mean before it is saved."""

from datetime import date, time
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alert4you.bench import finding, ratio
from alert4you.groups.commands.staffing import agree_landing, plan_room, set_hours
from alert4you.groups.rules.change import differences, moved
from alert4you.groups.rules.day import Care, House, Kid, Span
from alert4you.organisations.models import Absence
from alert4you.planning.models import Profile
from tests.cast import LONG_AGO, TODAY, Cast, make_child
from tests.groups.cards import write

pytestmark = pytest.mark.django_db
FRAME = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


@pytest.fixture
def open_day(cast: Cast) -> Cast:
    for part, begins, until in (("morning", 8, 13), ("afternoon", 13, 18)):
        set_hours(cast.actor("marit"), cast.location, part, time(begins), time(until))
    return cast


def test_the_page_asks_the_same_few_queries_for_more_children(open_day: Cast) -> None:
    client = open_day.client("marit")
    times = time(15), time(16)
    slot = plan_room(open_day.actor("marit"), open_day.group, "Zolder", open_day.fatima, *times)
    agree_landing(open_day.actor("fatima"), open_day.mila, slot, "Eerst tekenen.")

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            page = client.get(reverse("groups:day", args=[open_day.group.pk]))
        assert page.status_code == 200
        return sum(not each["sql"].startswith(FRAME) for each in found.captured_queries)

    asked()  # a first look is written down
    before = asked()
    for number in range(4):
        make_child(open_day, f"Kind {number}", "Vos", LONG_AGO)
    write(open_day, "lotte", "linked", LONG_AGO)
    assert asked() == before
    assert before <= 12


def test_what_illness_does_is_shown_before_it_is_saved(open_day: Cast) -> None:
    for number in range(9):
        make_child(open_day, f"Kind {number}", "Vos", date(2023, 5, 1))
    client = open_day.client("marit")
    page = reverse("groups:change", args=[open_day.group.pk])
    look = f"{page}?who={open_day.lotte.pk}&where=ill"
    (told,) = client.get(look).context["differences"]
    assert told["worse"]
    assert not Absence.objects.exists()
    assert open_day.client("lotte").get(look).status_code == 403
    assert client.post(look, {"cover": str(open_day.fatima.pk)}).status_code == 302
    assert Absence.objects.get().membership == open_day.lotte


def test_a_child_that_moves_takes_its_need_along() -> None:
    here, there, kid = uuid4(), uuid4(), uuid4()
    span = (Span(480, 495),)
    kids = [Kid(kid, here, 2, span), *(Kid(uuid4(), here, 2, span) for _each in range(8))]
    house = House(TODAY, {here: Care.DAYCARE, there: Care.DAYCARE}, kids, [])
    found = {each.group: each for each in differences(house, moved(house, kid, there))}
    assert [
        found[here].before.moments[0].answer.staff,
        found[here].after.moments[0].answer.staff,
    ] == [2, 1]
    assert [len(found[there].before.moments), found[there].after.moments[0].answer.staff] == [0, 1]
    assert list(differences(house, house)) == []


def test_what_the_group_carries_stands_beside_what_was_agreed(cast: Cast) -> None:
    def page() -> str:
        found = cast.client("marit").get(reverse("web:group_load", args=[cast.group.pk]))
        return found.content.decode()

    assert "nog geen maximum afgesproken" in page()
    Profile.objects.create(group=cast.group, most=3)
    assert "hoogstens 3" in page()


@pytest.mark.parametrize(
    ("bench", "size", "what", "said"),
    [
        (ratio, "GROUPS", "ratio", "40 groups x 44"),
        (finding, "LOCATIONS", "finding", "40 locations x 8"),
    ],
)
def test_a_bench_says_what_it_took_and_refuses_what_is_too_slow(  # type: ignore[no-untyped-def]
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], bench, size, what, said
) -> None:
    monkeypatch.setattr(bench, size, 40)
    call_command("bench", what)
    assert said in capsys.readouterr().out
    monkeypatch.setattr(bench, "BUDGET", 0)
    with pytest.raises(CommandError):
        call_command("bench", what)
