"""For some days on another group: both groups count with it, who works there knows the child, and it ends."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from alert4you.access.queries.line import children
from alert4you.children.models import Placement
from alert4you.groups.commands.moving import call_back, move_child, move_worker
from alert4you.groups.commands.staffing import put_on_roster, set_hours
from alert4you.groups.models import Guest, Helping
from alert4you.groups.queries.day import group_on
from alert4you.kernel.decision import Denied
from alert4you.kernel.models import AuditRecord
from alert4you.organisations.models import Group
from tests.cast import LONG_AGO, TODAY, Cast, make_child

DAY = timedelta(days=1)
TODAY_ONLY = (TODAY, TODAY + DAY)
YES = ("Samen met haar broer.", "Briefje van Samira, gisteren.")


@pytest.fixture
def two(cast: Cast) -> Cast:
    """Beside the own group a second one at the location, where Lotte works."""
    for part, begins, until in (("morning", 8, 13), ("afternoon", 13, 18)):
        set_hours(cast.actor("marit"), cast.location, part, time(begins), time(until))
    cast.people["other"] = Group.objects.create(location=cast.location, name="Rupsen")
    return cast


def numbers(cast: Cast, group: Group, day: date = TODAY) -> tuple[int, int]:
    """Children and counted staff."""
    found = group_on(cast.actor("marit"), group, day)
    return found.kids, sum(each.counted for each in found.workers)


def test_both_groups_count_with_a_child_and_a_colleague_who_moved(two: Cast) -> None:
    marit, other = two.actor("marit"), two.other
    before = numbers(two, two.group)
    assert numbers(two, other) == (0, 0)
    move_child(marit, two.mila, two.group, other, TODAY_ONLY, YES)
    move_worker(marit, two.fatima, two.group, other, TODAY_ONLY, "Bij de Rupsen is iemand ziek.")
    assert numbers(two, two.group) == (before[0] - 1, before[1] - 1)
    assert numbers(two, other) == (1, 1)
    tomorrow = TODAY + DAY
    assert numbers(two, other, tomorrow) == (0, 0)
    assert AuditRecord.objects.filter(name="groups.move_child", subject_id=two.mila.pk).exists()


def test_who_works_there_knows_the_child_for_as_long_as_it_lasts(two: Cast) -> None:
    stranger = two.people["lotte"]
    put_on_roster(two.actor("marit"), stranger, two.other, TODAY.weekday(), LONG_AGO)
    kid = make_child(two, "Sem", "Bos", date(2023, 5, 1))
    move_child(two.actor("marit"), kid, two.group, two.other, TODAY_ONLY, YES)
    assert kid in children(two.actor("lotte"))


def test_the_own_group_reads_on_today_where_the_child_is(two: Cast) -> None:
    fatima, today = two.client("fatima"), reverse("web:today")
    assert "1 kind vandaag" in fatima.get(today).content.decode()
    move_child(two.actor("marit"), two.mila, two.group, two.other, TODAY_ONLY, YES)
    told = fatima.get(today).content.decode()
    assert "Mila" in told and "vandaag op Rupsen" in told and "0 kinderen vandaag" in told


def test_called_back_it_counts_on_the_own_group_again(two: Cast) -> None:
    before = numbers(two, two.group)
    week = (TODAY, TODAY + timedelta(days=7))
    move = move_child(two.actor("marit"), two.mila, two.group, two.other, week, YES)
    work = move_worker(two.actor("marit"), two.fatima, two.group, two.other, week, "Ziek.")
    call_back(two.actor("marit", days=3), work)
    call_back(two.actor("marit", days=3), move)
    later = TODAY + timedelta(days=7)
    assert Guest.objects.unrestricted(reason="test").get().ends == TODAY + 3 * DAY
    assert Helping.objects.get().ends == TODAY + 3 * DAY
    assert numbers(two, two.other, TODAY)[0] == 1
    assert numbers(two, two.group, later) == before
    marit = two.actor("marit", days=7)
    call_back(marit, move_child(marit, two.mila, two.group, two.other, (later, later + DAY), YES))
    assert numbers(two, two.group, later) == before


@pytest.mark.parametrize(
    ("who", "words", "period", "why"),
    [
        ("marit", ("Omdat.", ""), TODAY_ONLY, "schriftelijk"),
        ("marit", ("", "Ja."), TODAY_ONLY, "waarom"),
        ("marit", YES, (TODAY - DAY, TODAY), "vandaag"),
        ("fatima", YES, TODAY_ONLY, "beslist"),
    ],
)
def test_a_child_does_not_move_just_like_that(two: Cast, who, words, period, why) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Denied, match=why):
        move_child(two.actor(who), two.mila, two.group, two.other, period, words)


def test_a_third_group_in_one_week_or_a_group_the_law_does_not_know_is_refused(two: Cast) -> None:
    marit = two.actor("marit")
    third = Group.objects.create(location=two.location, name="Spinnen")
    move_child(marit, two.mila, two.group, two.other, TODAY_ONLY, YES)
    with pytest.raises(Denied, match="hoogstens 2 groepen"):
        move_child(marit, two.mila, two.group, third, TODAY_ONLY, YES)
    for number in range(8):
        baby = make_child(two, f"Baby {number}", "Vos", TODAY - timedelta(days=200))
        Placement.objects.unrestricted(reason="test").filter(child=baby).update(group=third)
    ninth = make_child(two, "Negende", "Vos", TODAY - timedelta(days=200))
    toddler = make_child(two, "Peuter", "Vos", date(2023, 5, 1))
    Placement.objects.unrestricted(reason="test").filter(child=toddler).update(group=third)
    with pytest.raises(Denied, match="hoogstens 8"):
        move_child(marit, ninth, two.group, third, TODAY_ONLY, YES)


def test_looking_saves_nothing_and_saving_shows_who_why_and_until_when(two: Cast) -> None:
    client = two.client("marit")
    page = reverse("groups:change", args=[two.group.pk])
    look = f"{page}?who={two.mila.pk}&where={two.other.pk}&on={TODAY}"
    shown = client.get(look)
    assert shown.context["differences"] and "vandaag op Rupsen" in shown.content.decode()
    assert not Guest.objects.unrestricted(reason="test").exists()
    told = {"until": TODAY.isoformat(), "why": "Past bij haar vriendje.", "agreed": ""}
    assert client.post(look, told).status_code == 200
    assert not Guest.objects.unrestricted(reason="test").exists()
    saved = client.post(look, told | {"agreed": "Appje van Samira"})
    assert saved.status_code == 302
    assert "bij Rupsen" in client.get(saved["Location"]).content.decode()
    why = client.get(page).content.decode()
    assert "Past bij haar vriendje." in why
    assert "Appje van Samira" in why
    move = Guest.objects.unrestricted(reason="test").get()
    back = reverse("groups:move_back", args=[two.group.pk, move.pk])
    assert client.post(back, {"once": str(move.pk)}).status_code == 302
    assert not Guest.objects.unrestricted(reason="test").exists()
