"""What the law asks besides the number of staff: worked examples of the field, and where each rests on."""

from datetime import date, time, timedelta
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from django.utils.translation import override

from alert4you.children.models import OwnPerson, Placement
from alert4you.groups.commands.people import choose_people
from alert4you.groups.commands.staffing import set_hours
from alert4you.groups.queries.day import group_on
from alert4you.groups.rules.asked import Known, of_child, of_day
from alert4you.groups.rules.counting import Counts, Standing
from alert4you.groups.rules.day import Care, House, Kid, Span, Worker, group_day
from alert4you.kernel.decision import Denied
from tests.cast import TODAY, Cast
from tests.groups.cards import write

A, B, C, D, MENTOR = (UUID(int=number) for number in range(1, 6))
EVERY_DAY = range(5)
GROUP = uuid4()
MORNING = (Span(480, 780),)


def lacks(years: int, needed: int, people: set[UUID], works: object = None) -> list[str]:
    known = Known(years, people, MENTOR, EVERY_DAY)
    there = works or {day: {A, B, C, D, MENTOR} for day in EVERY_DAY}
    with override("en"):
        return [each.words for each in of_child(known, needed, there, TODAY)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("years", "needed", "people", "too_many"),
    [
        (0, 2, {A, B, C}, True),
        (0, 3, {A, B, C}, False),
        (1, 2, {A, B, C}, False),
        (1, 2, {A, B, C, D}, True),
        (1, 3, {A, B, C, D}, False),
    ],
)
def test_how_many_people_a_child_has(
    years: int, needed: int, people: set[UUID], too_many: bool
) -> None:
    assert bool(lacks(years, needed, people)) is too_many


def test_each_day_one_of_them_works_and_the_mentor_works_on_the_group() -> None:
    not_on_tuesday = {day: {A, MENTOR} - ({A} if day == 1 else set()) for day in EVERY_DAY}
    assert lacks(1, 1, {A}, not_on_tuesday) == ["None of the own people works on Tuesday."]
    assert lacks(1, 1, {A}, {day: {A} for day in EVERY_DAY}) == [
        "The mentor does not work on this group."
    ]


def test_each_answer_says_in_which_version_it_is_asked() -> None:
    known = Known(0, set(), None, EVERY_DAY)
    rules = [each.rule for each in of_child(known, 1, {}, TODAY)]
    assert {rule and rule.source for rule in rules} == {
        "Besluit kwaliteit kinderopvang, artikel 9 (versie van 2021-07-01)"
    }


def asked(kids: int, staff: list[dict[str, bool]], day: date = TODAY) -> list[str]:
    """What lacks on a day with so many two-year-olds, for early education."""
    counted = Standing(Counts.COUNTED, "")
    workers = [Worker(uuid4(), GROUP, "Iemand", "", "", counted, MORNING, **each) for each in staff]
    children = [Kid(uuid4(), GROUP, 2, MORNING) for _kid in range(kids)]
    house = House(day, {GROUP: Care.DAYCARE}, children, workers)
    with override("en"):
        return [each.words for each in of_day(group_day(house, GROUP), day, 0, is_early=True)]


@pytest.mark.parametrize(
    ("kids", "certified", "said"),
    [(8, 1, ""), (9, 1, "2 colleagues"), (9, 2, ""), (16, 2, ""), (17, 3, "at most 16")],
)
def test_one_certificate_for_eight_children_of_early_education(
    kids: int, certified: int, said: str
) -> None:
    found = " ".join(asked(kids, [{"early": True}] * certified))
    assert said in found
    assert bool(found) is bool(said)


def test_beside_somebody_in_training_somebody_qualified() -> None:
    alone = [{"trainee": True, "early": True}]
    assert any("in training" in each for each in asked(3, alone))
    assert not asked(3, [*alone, {"early": True}])
    before = date(2024, 6, 30)
    assert not any("in training" in each for each in asked(3, alone, before))


def test_on_the_page_of_the_day_and_of_the_people(cast: Cast) -> None:
    marit = cast.actor("marit")
    for part, begins, until in (("morning", 8, 13), ("afternoon", 13, 18)):
        set_hours(marit, cast.location, part, time(begins), time(until))
    placement = Placement.objects.unrestricted(reason="test").get(child=cast.mila)
    Placement.objects.unrestricted(reason="test").update(basis="early_education")

    def said() -> str:
        return " ".join(each.words for each in group_on(marit, cast.group, TODAY).asked)

    assert "VE-bewijs" in said()
    write(cast, "fatima", "early_education", TODAY - timedelta(days=9))
    assert said() == ""
    choose_people(marit, placement, cast.fatima, [cast.fatima])
    assert said() == ""
    cast.fatima.rosters.filter(weekday=TODAY.weekday()).delete()
    assert "geen vast gezicht" in said()
    page = cast.client("marit").get(reverse("groups:own_people", args=[cast.group.pk]))
    assert "Geen vast gezicht werkt op vrijdag." in page.content.decode()
    assert "artikel 9" in page.content.decode()


def test_who_was_one_of_them_before_stays_in_its_period(cast: Cast) -> None:
    placement = Placement.objects.unrestricted(reason="test").get(child=cast.mila)
    choose_people(cast.actor("marit"), placement, None, [cast.fatima, cast.lotte])
    choose_people(cast.actor("marit", days=3), placement, cast.lotte, [cast.lotte])
    rows = OwnPerson.objects.unrestricted(reason="test").filter(placement=placement)
    assert dict(rows.values_list("membership", "ends")) == {
        cast.fatima.pk: TODAY + timedelta(days=3),
        cast.lotte.pk: None,
    }
    with pytest.raises(Denied):
        choose_people(cast.actor("fatima"), placement, None, [cast.lotte])
    with pytest.raises(Denied, match="werkt niet op de groep"):
        choose_people(cast.actor("marit"), placement, cast.stranger, [])
