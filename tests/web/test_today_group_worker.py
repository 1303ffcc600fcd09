"""Today of a group worker: her children, and what is hers to do."""

from datetime import date, datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alert4you.access.commands.team import name_on_team
from alert4you.children.models import PlacementDay
from alert4you.coaching.commands.contacts import plan_visit
from alert4you.coaching.commands.questions import answer_question, ask_coach, thank_for_answer
from alert4you.coaching.commands.talks import Card, prepare_talk
from alert4you.coaching.models import About
from alert4you.organisations.models import Group, Roster
from alert4you.web.queries.group_worker import ANSWER_IS_NEWS, Today, today
from tests.cast import LONG_AGO, NOW, TODAY, Cast, make_child

SATURDAY = timezone.make_aware(datetime(2026, 11, 21, 10))


def of(cast: Cast, who: str = "fatima") -> Today:
    return today(cast.actor(who))


def page(cast: Cast, who: str = "fatima", language: str = "nl") -> str:
    return cast.client(who, language).get("/").content.decode()


def test_the_children_who_are_here_today(cast: Cast) -> None:
    noor = make_child(cast, "Noor", "de Boer", date(2023, 3, 3))
    PlacementDay.objects.filter(placement__child=noor, part="afternoon").delete()
    absent = make_child(cast, "Daan", "Meijer", date(2023, 4, 4))
    PlacementDay.objects.filter(placement__child=absent, weekday=TODAY.weekday()).delete()
    (here,) = of(cast).groups
    assert [(each.child, bool(each.part)) for each in here.children] == [
        (cast.mila, False),
        (noor, True),
    ]
    shown = page(cast)
    assert "Vlinders" in shown
    assert "2 kinderen vandaag" in shown
    assert "vrijdag 20 november 2026" in shown
    assert f"/children/{cast.mila.pk}/note/" in shown
    assert "Daan" not in shown


def test_two_groups_each_with_their_children(cast: Cast) -> None:
    bees = Group.objects.create(location=cast.location, name="Bijen")
    Roster.objects.create(membership=cast.fatima, group=bees, weekday=4, starts=LONG_AGO)
    first, second = of(cast).groups
    assert (first.group, first.children) == (bees, [])
    assert (second.group, [each.child for each in second.children]) == (cast.group, [cast.mila])
    shown = page(cast)
    assert "Bijen: Schrijf een notitie" in shown
    assert "Vandaag geen kinderen" in shown


def test_a_day_off_keeps_the_questions(cast: Cast) -> None:
    ask_coach(cast.actor("fatima"), cast.location, About.OWN_HANDLING, "Hoe blijf ik rustig?")
    cast.go_to(SATURDAY)
    shown = page(cast)
    assert "Je staat vandaag niet op een groep" in shown
    assert "Hoe blijf ik rustig?" in shown
    assert "Mila" not in shown


def test_an_answer_is_news_until_it_is_thanked_for_or_old(cast: Cast) -> None:
    asked = ask_coach(cast.actor("fatima"), cast.location, About.GROUP, "Hoe nu?")
    assert [each.question for each in of(cast).open] == [asked]
    answer_question(cast.actor("sanne"), asked, "Zo.")
    assert (of(cast).open, [each.question for each in of(cast).answers]) == ([], [asked])
    cast.go_to(NOW + ANSWER_IS_NEWS + timedelta(minutes=1))
    assert of(cast).answers == []
    cast.go_to(NOW)
    thank_for_answer(cast.actor("fatima"), asked)
    assert of(cast).answers == []


def test_a_colleague_does_not_get_her_questions_and_talks(cast: Cast) -> None:
    name_on_team(cast.actor("carla"), cast.mila, cast.fatima, "mentor")
    asked = ask_coach(cast.actor("fatima"), cast.location, About.GROUP, "Hoe nu?")
    answer_question(cast.actor("sanne"), asked, "Zo.")
    ask_coach(cast.actor("fatima"), cast.location, About.GROUP, "En dan?")
    prepare_talk(cast.actor("fatima"), cast.mila, cast.fatima, TODAY, Card("Eten", 2, 2))
    mine, hers = of(cast), of(cast, "lotte")
    assert (len(mine.answers), len(mine.open), len(mine.talks)) == (1, 1, 1)
    assert (hers.answers, hers.open, hers.talks) == ([], [], [])
    assert "De ouders van Mila" in page(cast)


def test_when_the_coach_comes_next(cast: Cast) -> None:
    for days in (5, 2):
        plan_visit(cast.actor("sanne"), cast.location, TODAY + timedelta(days=days), f"Over {days}")
    visit = of(cast).visit
    assert visit and visit.purpose == "Over 2"
    assert "Over 2" in page(cast)


def test_a_quiet_day_says_so(cast: Cast) -> None:
    assert "Verder wordt er vandaag niets van je gevraagd" in page(cast)
    assert "Nothing else is asked of you today" in page(cast, language="en")


def test_as_many_queries_for_1_row_as_for_3(cast: Cast) -> None:
    name_on_team(cast.actor("carla"), cast.mila, cast.fatima, "mentor")
    counts = []
    for rows in (1, 2):
        for number in range(rows):
            make_child(cast, f"Kind{rows}{number}", "Jansen", date(2023, 3, 3))
            fatima = cast.actor("fatima")
            asked = ask_coach(fatima, cast.location, About.GROUP, "Hoe nu?")
            answer_question(cast.actor("sanne"), asked, "Zo.")
            ask_coach(fatima, cast.location, About.CHILD, "Hoe nu?", cast.mila, "Mila eet niet.")
            prepare_talk(fatima, cast.mila, cast.fatima, TODAY, Card("Eten", 2, 2))
            day = TODAY + timedelta(days=rows + number)
            plan_visit(cast.actor("sanne"), cast.location, day)
        client = cast.client("fatima")
        with CaptureQueriesContext(connection) as found:
            assert client.get("/").status_code == 200
        counts.append(sum("SAVEPOINT" not in each["sql"] for each in found.captured_queries))
    assert counts[0] == counts[1] <= 12
