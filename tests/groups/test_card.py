"""Who may be where: the card of a worker, its terms, what it stops, and who reads it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alert4you.groups.commands.card import Proof, write_fact
from alert4you.groups.commands.staffing import (
    Counting,
    When,
    join_rota,
    make_cluster,
    plan_duo,
    plan_room,
    plan_shift,
    put_on_roster,
    write_presence,
)
from alert4you.groups.models import CardFact
from alert4you.groups.queries.card import card, cards
from alert4you.groups.queries.day import group_on
from alert4you.groups.rules.card import State, lacking_points, line
from alert4you.groups.rules.counting import Conditions, Counts
from alert4you.kernel.decision import Denied, NotVisible
from alert4you.organisations.models import Location
from tests.cast import LONG_AGO, TODAY, Cast
from tests.groups.cards import write

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ALL = Conditions(True, True, True, True, "seen")


# The terms ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "starts", "on", "state", "until"),
    [
        ("skj", date(2023, 4, 1), date(2027, 3, 31), State.GOOD, date(2028, 4, 1)),
        ("skj", date(2023, 4, 1), date(2027, 4, 1), State.SOON, date(2028, 4, 1)),
        ("skj", date(2023, 4, 1), date(2028, 4, 1), State.LAPSED, date(2028, 4, 1)),
        ("big", date(2021, 1, 1), date(2026, 1, 1), State.LAPSED, date(2026, 1, 1)),
        ("linked", date(2026, 1, 1), date(2026, 1, 1), State.GOOD, None),
        ("linked", date(2026, 1, 2), date(2026, 1, 1), State.SOON, None),
        ("diploma", date(1999, 6, 1), date(2026, 1, 1), State.GOOD, None),
    ],
)
def test_how_long_it_holds(
    kind: str, starts: date, on: date, state: State, until: date | None
) -> None:
    told = line(CardFact(kind=kind, starts=starts), kind, on)
    assert (told.state, told.until) == (state, until)


@pytest.mark.parametrize(
    ("schooling", "reflection", "free", "enough"),
    [(60, 50, 50, True), (60, 50, 49, False), (80, 50, 30, False)],
)
def test_points_are_asked_of_each_sort(
    schooling: int, reflection: int, free: int, enough: bool
) -> None:
    points = {"schooling": schooling, "reflection": reflection, "free": free}
    fact = CardFact(kind="skj", starts=date(2023, 4, 1), points=points)
    assert (not lacking_points(fact)) is enough


@pytest.mark.parametrize(("used", "fine"), [(date(2026, 3, 10), True), (date(2026, 3, 11), False)])
def test_a_certificate_is_two_months_old_at_most(cast: Cast, used: date, fine: bool) -> None:
    write(cast, "sanne", "vog_childcare", date(2026, 1, 10))
    if fine:
        assert write(cast, "sanne", "registered", used)
    else:
        with pytest.raises(Denied, match="twee maanden"):
            write(cast, "sanne", "registered", used)


def test_a_certificate_for_youth_care_does_not_count_in_childcare(cast: Cast) -> None:
    write(cast, "sanne", "vog_youth_care", TODAY)
    with pytest.raises(Denied, match="telt niet in de kinderopvang"):
        write(cast, "sanne", "registered", TODAY)


# One rule for all that plans ---------------------------------------------------------------------


def roster(cast: Cast) -> Any:
    return put_on_roster(cast.actor("marit"), cast.sanne, cast.group, 4, TODAY, TODAY + DAY)


def presence(cast: Cast) -> Any:
    when = When(TODAY, TODAY + DAY)
    return write_presence(cast.actor("marit"), cast.sanne, cast.group, when, Counting(ALL))


def duo(cast: Cast) -> Any:
    period = (TODAY, TODAY + DAY)
    return plan_duo(cast.actor("marit"), cast.group, cast.fatima, cast.sanne, period, Counting(ALL))


PLANS = [roster, presence, duo]


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize(
    ("link", "refused"),
    [
        (None, "niet gekoppeld aan"),
        ((TODAY + DAY, None), "pas vanaf"),
        ((LONG_AGO, TODAY), "eindigt op"),
        ((TODAY, None), ""),
        ((LONG_AGO, TODAY + DAY), ""),
    ],
)
def test_without_a_link_nobody_of_elsewhere_is_planned(
    cast: Cast, plan: Any, link: tuple[date, date | None] | None, refused: str
) -> None:
    if link:
        write(cast, "sanne", "linked", *link)
    if not refused:
        assert plan(cast)
        return
    with pytest.raises(Denied, match=refused):
        plan(cast)


def test_an_own_colleague_whose_link_ended_is_planned_nowhere(cast: Cast) -> None:
    marit = cast.actor("marit")
    team = make_cluster(marit, "Oost", [cast.group])
    member = join_rota(marit, team, cast.lotte, 600, 0)
    assert plan_shift(marit, member, cast.group, TODAY, 60)
    write(cast, "lotte", "linked", LONG_AGO, TODAY)
    with pytest.raises(Denied, match="eindigt op"):
        plan_shift(marit, member, cast.group, TODAY, 60)
    with pytest.raises(Denied, match="eindigt op"):
        put_on_roster(marit, cast.lotte, cast.group, 4, TODAY)
    with pytest.raises(Denied, match="eindigt op"):
        from_until = (marit.at.time(), (marit.at + timedelta(hours=1)).time())
        plan_room(marit, cast.group, "Stil", cast.lotte, *from_until)
    assert plan_shift(marit, member, None, TODAY, 60), "a meeting is without children"


def test_a_youth_care_place_asks_its_own_certificate(cast: Cast) -> None:
    Location.objects.filter(pk=cast.location.pk).update(setting="day_treatment")
    cast.group.location.refresh_from_db()
    with pytest.raises(Denied, match="geen VOG voor de jeugdhulp"):
        roster(cast)
    write(cast, "sanne", "vog_youth_care", LONG_AGO - timedelta(days=120))
    with pytest.raises(Denied, match="te oud"):
        roster(cast)
    write(cast, "sanne", "vog_youth_care", LONG_AGO - timedelta(days=30))
    assert roster(cast)


def test_who_may_not_be_there_does_not_count(cast: Cast) -> None:
    def counts() -> Counts:
        found = group_on(cast.actor("marit"), cast.group, TODAY).workers
        return next(each.standing.counts for each in found if each.key == cast.lotte.pk)

    assert counts() is Counts.COUNTED
    write(cast, "lotte", "linked", LONG_AGO, TODAY)
    assert counts() is Counts.NOT
    write(cast, "lotte", "linked", TODAY)
    assert counts() is Counts.COUNTED


# Who writes and reads ----------------------------------------------------------------------------


def test_nobody_writes_on_her_own_card_and_the_past_stays(cast: Cast) -> None:
    first = write(cast, "lotte", "diploma", LONG_AGO)
    second = write(cast, "lotte", "diploma", TODAY)
    for who, whom in (("marit", "marit"), ("lotte", "lotte"), ("fatima", "lotte")):
        with pytest.raises(Denied):
            write_fact(cast.actor(who), cast.people[whom], "skj", TODAY, None, Proof("x"))
    found = card(cast.actor("lotte"), cast.lotte.pk)
    assert [each.fact for each in found.lines if each.kind == "diploma"] == [second]
    assert list(found.past) == [first]


def test_the_worker_her_employer_and_who_wrote_it_read_it(cast: Cast) -> None:
    cast.add("truus", "manager", "youthcare")
    write(cast, "sanne", "linked", TODAY)
    truus = cast.actor("truus")
    write_fact(truus, cast.sanne, "skj", LONG_AGO, None, Proof("Register", cast.youthcare))
    for name, kinds in (
        ("sanne", {"linked", "skj"}),
        ("truus", {"linked", "skj"}),
        ("marit", {"linked"}),
    ):
        lines = card(cast.actor(name), cast.sanne.pk).lines
        assert {each.kind for each in lines if each.fact} == kinds
    for name in ("koen", "fatima", "stranger", "anna", "olga", "gemma"):
        with pytest.raises(NotVisible):
            card(cast.actor(name), cast.sanne.pk)


def test_the_pages_say_what_lapses_and_cost_the_same_for_more_people(cast: Cast) -> None:
    client = cast.client("marit")

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse("groups:cards")).status_code == 200
        return len(found.captured_queries)

    client.post(
        reverse("groups:card_fact", args=[cast.lotte.pk, "skj"]),
        {"once": "4b8a3dbb-8a63-4f0e-9d5a-0b7d2c1f5a10", "starts": "2022-01-01"}
        | {"seen": "SKJ-register", "payer": str(cast.nursery.pk), "schooling": "70"},
    )
    page = client.get(reverse("groups:cards")).content.decode()
    assert "tot vrijdag 1 januari 2027" in page
    shown = cast.client("lotte").get(reverse("groups:card", args=[cast.lotte.pk]))
    text = shown.content.decode()
    assert "reflectie 50" in text
    assert "SKJ-register" in text
    assert "nursery organisation betaalt." in text
    before = asked()
    for name in ("ans", "bea"):
        cast.add(name, "group_worker", "nursery")
        write(cast, name, "linked", LONG_AGO)
    assert asked() == before
    assert len(cards(cast.actor("marit"))) == 4
