"""Starting a practice: what must be there first, who takes part, what the parents are asked."""

from datetime import date
from uuid import uuid4

import pytest
from dateutil.relativedelta import relativedelta
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alert4you.access.models import CareTeamMember, ConsentRequest
from alert4you.children.models import Child
from alert4you.kernel.decision import Denied
from alert4you.organisations.models import Membership, Person, Role
from alert4you.practices.queries.templates import practice_of, template
from alert4you.trajectories.commands.running import Setup, pass_lead, start_trajectory
from alert4you.trajectories.models import Trajectory
from alert4you.trajectories.rules import beginning
from alert4you.ui.finding import WHOLE
from tests.cast import TODAY, make_child
from tests.trajectories.story import Story

NOBODY = "00000000-0000-4000-8000-000000000000"
START = "trajectories:start"


def all_trajectories() -> list[Trajectory]:
    return list(Trajectory.objects.unrestricted(reason="test"))


def page(story: Story, slug: str, child: Child | None = None) -> str:
    return f"{reverse(START)}?child={(child or story.cast.mila).pk}&practice={slug}"


def filled(story: Story, **other: str) -> dict[str, str]:
    cast = story.cast
    people = {"lead": cast.carla, "cover": cast.marit, "role_observer": cast.sanne}
    people |= {"role_group-worker": cast.fatima}
    return {name: str(who.pk) for name, who in people.items()} | other


def test_refused_without_a_talk_with_the_parents(story: Story) -> None:
    with pytest.raises(Denied) as refused:
        story.start()
    assert str(refused.value.decision.reason) == (
        "Er heeft nog niemand hierover met de ouders gesproken."
    )
    assert all_trajectories() == []


def test_the_page_says_so_and_leads_to_writing_down_the_talk(story: Story) -> None:
    carla = story.cast.client("carla")
    shown = carla.get(page(story, "kansen-voor-kleintjes"))
    log = reverse("coaching:log", args=[story.cast.mila.pk])
    assert f'href="{log}?kind=talk"' in shown.content.decode()
    assert "Er heeft nog niemand hierover met de ouders gesproken." in shown.content.decode()
    answer = carla.post(page(story, "kansen-voor-kleintjes"), filled(story))
    assert answer.status_code == 200
    assert all_trajectories() == []


def test_a_talk_about_another_child_does_not_count(story: Story) -> None:
    sem = make_child(story.cast, "Sem", "de Boer", date(2023, 2, 1))
    with pytest.raises(Denied):
        story.talk(sem)
    story.talk()
    with pytest.raises(Denied):
        story.start(child=sem)


def test_started_from_the_page(story: Story) -> None:
    story.talk()
    answer = story.cast.client("carla").post(page(story, "kansen-voor-kleintjes"), filled(story))
    (begun,) = all_trajectories()
    assert answer.status_code == 302
    assert answer.url == reverse("trajectories:trajectory", args=[begun.pk])
    assert (begun.lead, begun.cover, begun.phase) == (story.cast.carla, story.cast.marit, "looking")


def test_who_was_chosen_is_asked_at_once_and_nobody_else(story: Story) -> None:
    story.talk()
    carla, data = story.cast.client("carla"), filled(story)
    with CaptureQueriesContext(connection) as asked:
        carla.post(page(story, "kansen-voor-kleintjes"), data)
    assert len(all_trajectories()) == 1
    by_name = 'ORDER BY "organisations_person"."name" ASC, "organisations_membership"."id" ASC'
    assert len([each for each in asked if by_name in each["sql"]]) == 1
    assert not any("COUNT(" in each["sql"] for each in asked)


def test_a_double_click_starts_once(story: Story) -> None:
    story.talk()
    carla, once = story.cast.client("carla"), str(uuid4())
    url = page(story, "kansen-voor-kleintjes")
    answers = [carla.post(url, filled(story, once=once)) for _click in range(2)]
    assert len(all_trajectories()) == 1
    assert answers[0].url == answers[1].url


def test_the_wrong_age_is_refused_and_stands_below_with_the_reason(story: Story) -> None:
    story.cast.mila.born = TODAY - relativedelta(years=5)
    story.cast.mila.save()
    story.talk()
    with pytest.raises(Denied) as refused:
        story.start()
    assert str(refused.value.decision.reason) == "Deze werkwijze is voor een andere leeftijd."
    shown = story.cast.client("carla").get(reverse(START), {"child": story.cast.mila.pk})
    fitting = [each.card.slug for each in shown.context["fitting"]]
    others = [each.card.slug for each in shown.context["others"]]
    assert "kansen-voor-kleintjes" in others
    assert "samsam" in fitting
    assert set(fitting) & set(others) == set()


@pytest.mark.parametrize(("months", "fits"), [(23, False), (24, True), (47, True), (48, False)])
def test_ages_are_half_open(story: Story, months: int, fits: bool) -> None:
    practice = practice_of(template("kansen-voor-kleintjes"))
    child = Child(born=TODAY - relativedelta(months=months))
    assert bool(beginning.fits(practice, child, TODAY, ())) is fits


def test_lead_and_cover_are_two_people(story: Story) -> None:
    story.talk()
    cast = story.cast
    with pytest.raises(Denied):
        story.start(cover=cast.carla)
    same = filled(story, cover=str(cast.carla.pk), **{"role_group-worker": str(cast.lotte.pk)})
    shown = cast.client("carla").post(page(story, "kansen-voor-kleintjes"), same)
    assert "dezelfde persoon" in shown.context["form"].errors["cover"][0]
    assert shown.context["form"]["role_group-worker"].value() == str(cast.lotte.pk)
    assert all_trajectories() == []


def test_there_is_always_one_lead_and_another_cover(story: Story) -> None:
    begun = story.begun()
    cast = story.cast
    with pytest.raises(IntegrityError), transaction.atomic():
        Trajectory.objects.unrestricted(reason="test").update(cover=begun.lead)
    with pytest.raises(Denied):
        pass_lead(cast.actor("carla"), begun, cast.lotte, cast.lotte)
    pass_lead(cast.actor("carla"), begun, cast.lotte, cast.carla)
    begun.refresh_from_db()
    assert (begun.lead, begun.cover) == (cast.lotte, cast.carla)
    assert CareTeamMember.objects.on(TODAY).filter(child=cast.mila, membership=cast.lotte).exists()


@pytest.mark.parametrize(
    ("who", "may"),
    [("carla", True), ("fatima", False), ("sanne", False), ("anna", False)],
)
def test_who_may_pass_on_the_lead(story: Story, who: str, may: bool) -> None:
    begun = story.begun()
    story.agree()
    cast = story.cast
    if may:
        pass_lead(cast.actor(who, minutes=2), begun, cast.lotte, cast.marit)
        return
    with pytest.raises(Denied):
        pass_lead(cast.actor(who, minutes=2), begun, cast.lotte, cast.marit)


def test_who_takes_part_comes_on_the_team_for_the_purpose_that_is_asked(story: Story) -> None:
    begun = story.begun()
    team = {
        each.membership_id: (each.purpose, each.why)
        for each in CareTeamMember.objects.filter(child=story.cast.mila, ends=None)
    }
    cast = story.cast
    assert team[cast.sanne.pk] == ("support", begun.title)
    assert team[cast.fatima.pk] == ("", begun.title)
    assert team[cast.marit.pk] == ("", begun.title)
    (asked,) = ConsentRequest.objects.filter(child=cast.mila)
    assert (asked.organisation, asked.purpose) == (cast.youthcare, "support")
    assert set(asked.consents.values_list("category", flat=True)) == {"day", "development"}


def test_asked_for_as_long_as_the_practice_lasts(story: Story) -> None:
    story.begun("samsam")
    (asked,) = ConsentRequest.objects.filter(child=story.cast.mila)
    assert asked.ends == TODAY + relativedelta(months=6)


def test_within_the_own_organisation_nothing_is_asked(story: Story) -> None:
    story.talk()
    begun = story.start(parts={"observer": story.cast.lotte})
    assert list(ConsentRequest.objects.all()) == []
    assert story.case(begun).waits_for_consent is False


@pytest.mark.parametrize(
    ("who", "status"),
    [("stranger", 404), ("pieter", 404), ("gemma", 404), ("sanne", 404), ("anna", 404)],
)
def test_who_may_not_start(story: Story, who: str, status: int) -> None:
    story.talk()
    client = story.cast.client(who)
    for url in (f"{reverse(START)}?child={story.cast.mila.pk}", page(story, "samsam")):
        assert client.get(url).status_code == status
    client.post(page(story, "kansen-voor-kleintjes"), filled(story))
    assert all_trajectories() == []


@pytest.mark.parametrize(
    ("who", "begins"),
    [
        ("fatima", True),
        ("stranger", True),
        ("carla", True),
        ("marit", True),
        ("sanne", False),
        ("koen", False),
        ("pieter", False),
        ("gemma", False),
        ("anna", False),
    ],
)
def test_the_caseload_leads_to_a_start_for_who_can_ever_begin(
    story: Story, who: str, begins: bool
) -> None:
    client = story.cast.client(who)
    shown = client.get(reverse("trajectories:caseload")).content.decode()
    assert (reverse(START) in shown) is begins
    assert client.get(reverse(START)).status_code == (200 if begins else 404)


def test_who_is_not_on_the_team_is_sent_there(story: Story) -> None:
    shown = story.cast.client("marit").get(reverse(START), {"child": story.cast.mila.pk})
    assert shown.status_code == 403
    assert reverse("access:team", args=[story.cast.mila.pk]) in shown.content.decode()


@pytest.mark.parametrize("query", ["child=nonsense", f"child={NOBODY}", f"location={NOBODY}"])
def test_nothing_there(story: Story, query: str) -> None:
    assert story.cast.client("carla").get(f"{reverse(START)}?{query}").status_code == 404


def test_for_a_location_with_its_own_numbers(story: Story) -> None:
    cast = story.cast
    url = f"{reverse(START)}?location={cast.location.pk}&practice=structural-coaching"
    people = {"lead": cast.carla, "cover": cast.marit, "role_coach": cast.sanne}
    people |= {"role_manager": cast.marit}
    data = {name: str(who.pk) for name, who in people.items()}
    carla = cast.client("carla")
    assert carla.get(url).status_code == 200
    short = carla.post(url, data)
    assert set(short.context["form"].errors) == {
        "choice_weeks-between-visits",
        "choice_months-until-review",
    }
    numbers = {"choice_weeks-between-visits": "2", "choice_months-until-review": "99"}
    assert set(carla.post(url, data | numbers).context["form"].errors) == {
        "choice_months-until-review"
    }
    carla.post(url, data | numbers | {"choice_months-until-review": "6"})
    (begun,) = all_trajectories()
    assert begun.chosen == {"weeks-between-visits": 2, "months-until-review": 6}
    assert (begun.child, begun.location) == (None, cast.location)


def test_a_number_out_of_bounds_is_refused_by_the_command_too(story: Story) -> None:
    cast = story.cast
    chosen = {"weeks-between-visits": 2, "months-until-review": 99}
    with pytest.raises(Denied):
        start_trajectory(
            cast.actor("carla"),
            cast.location,
            template("structural-coaching"),
            cast.carla,
            cast.marit,
            Setup(chosen=chosen),
        )
    with pytest.raises(Denied):
        start_trajectory(
            cast.actor("fatima"), cast.location, template("samsam"), cast.carla, cast.marit
        )


def test_a_practice_about_a_group_is_not_for_a_child(story: Story) -> None:
    practice = practice_of(template("structural-coaching"))
    assert not beginning.fits(practice, story.cast.mila, TODAY, ())
    assert not beginning.fits(practice_of(template("samsam")), None, TODAY, ())
    assert beginning.fits(practice, None, TODAY, ())


def test_choosing_for_whom(story: Story) -> None:
    shown = story.cast.client("carla").get(reverse(START)).content.decode()
    assert f"?child={story.cast.mila.pk}" in shown
    assert f"?location={story.cast.location.pk}" in shown
    assert story.cast.client("anna").get(reverse(START)).status_code == 404


def test_a_part_is_played_by_who_was_found_by_name_and_by_nobody_else(story: Story) -> None:
    cast, begin = story.cast, page(story, "kansen-voor-kleintjes")
    story.talk()
    people = [Person(name=f"Coach {number}") for number in range(WHOLE)]
    Person.objects.bulk_create(people)
    Membership.objects.bulk_create(
        Membership(person=who, organisation=cast.youthcare, role=Role.COACH, starts=TODAY)
        for who in people
    )
    carla = cast.client("carla")
    shown = carla.get(begin).content.decode()
    assert f'value="{cast.sanne.pk}"' in shown
    assert f'value="{cast.koen.pk}"' not in shown
    looked = {"role_observer": "", "role_observer_find": "koen", "look_up": "1"}
    shown = carla.post(begin, filled(story) | looked).content.decode()
    assert (
        f'type="radio" name="role_observer" id="id_role_observer_1" value="{cast.koen.pk}"' in shown
    )
    assert f'<option value="{cast.marit.pk}" selected>' in shown
    worker = carla.post(begin, filled(story, role_observer=str(cast.fatima.pk)))
    assert worker.context["form"].errors["role_observer"] == [
        "Deze keuze kan niet (meer). Kies opnieuw."
    ]
    assert all_trajectories() == []
    assert carla.post(begin, filled(story, role_observer=str(cast.koen.pk))).status_code == 302
    [begun] = all_trajectories()
    assert begun.parts.get(role="observer").membership == cast.koen
