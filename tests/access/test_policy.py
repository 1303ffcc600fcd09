"""Who sees what: each rule alone, and what ends it. A row that is not visible is always shown to exist."""

from datetime import date, timedelta

import pytest

from alert4you.access.commands.line import hold_back
from alert4you.access.commands.marks import forbid
from alert4you.access.commands.team import name_on_team, release_from_team
from alert4you.access.models import (
    CareTeamMember,
    CoachPost,
    Mark,
    NegativeMark,
)
from alert4you.access.queries import line
from alert4you.children.models import Child, Guardian, Placement, PlacementDay
from alert4you.kernel.decision import Denied
from alert4you.organisations.models import Absence, Group, Location, Membership, Roster
from tests.access.seeing import agree, who_sees, write
from tests.cast import HATS, NOW, TODAY, Cast, make_child

STAFF_OF_THE_FILE = {"fatima", "lotte"}


BOTH_PARENTS = {"anna", "bram"}
TEAM = {"carla"}


@pytest.mark.parametrize(
    ("fields", "seen_by"),
    [
        ({}, STAFF_OF_THE_FILE | TEAM | BOTH_PARENTS),
        ({"internal": True}, {"fatima"} | TEAM),
        ({"category": "development"}, {"fatima"} | TEAM | BOTH_PARENTS),
        ({"category": "development", "must_know": True}, STAFF_OF_THE_FILE | TEAM | BOTH_PARENTS),
        ({"category": "care"}, {"fatima"} | TEAM | BOTH_PARENTS),
        ({"category": "plan", "internal": True}, {"fatima"} | TEAM),
        ({"category": "safety"}, {"fatima"}),
        ({"day": TODAY + timedelta(days=1)}, {"fatima"} | TEAM | BOTH_PARENTS),
        ({"day": TODAY - timedelta(days=13)}, STAFF_OF_THE_FILE | TEAM | BOTH_PARENTS),
        ({"day": TODAY - timedelta(days=14)}, {"fatima"} | TEAM | BOTH_PARENTS),
        (
            {"hold_until": NOW + timedelta(days=1), "hold_reason": "talk first"},
            STAFF_OF_THE_FILE | TEAM,
        ),
        (
            {"hold_until": NOW, "hold_reason": "talk first"},
            STAFF_OF_THE_FILE | TEAM | BOTH_PARENTS,
        ),
    ],
)
def test_an_entry_of_the_nursery(cast: Cast, fields: dict, seen_by: set[str]) -> None:
    assert who_sees(cast, write(cast, **fields)) == seen_by


def test_the_group_ends_with_the_roster_and_the_day(cast: Cast) -> None:
    entry = write(cast, author=cast.carla.person, hat=cast.carla)
    assert "lotte" in who_sees(cast, entry)
    assert "lotte" not in who_sees(cast, entry, days=1), "nobody is rostered on Saturday"
    Roster.objects.filter(membership=cast.lotte).update(ends=TODAY)
    assert "lotte" not in who_sees(cast, entry)


def test_the_group_ends_with_the_placement(cast: Cast) -> None:
    entry = write(cast)
    placed = Placement.objects.unrestricted(reason="test").filter(child=cast.mila)
    placed.update(ends=TODAY)
    assert who_sees(cast, entry) == TEAM | BOTH_PARENTS


def test_the_group_is_that_of_the_day(cast: Cast) -> None:
    """Today is Friday: who works on Mondays, or comes on Mondays, is not there."""
    entry = write(cast)
    Roster.objects.filter(membership=cast.lotte).exclude(weekday=0).delete()
    assert "lotte" not in who_sees(cast, entry)
    assert "fatima" in who_sees(cast, entry)
    PlacementDay.objects.filter(placement__child=cast.mila).exclude(weekday=0).delete()
    assert who_sees(cast, entry) == TEAM | BOTH_PARENTS


def test_the_file_of_another_organisation_is_another_file(cast: Cast) -> None:
    theirs = write(
        cast, organisation=cast.youthcare, category="care", author=cast.koen.person, hat=cast.koen
    )
    assert who_sees(cast, theirs) == BOTH_PARENTS
    agree(cast, "nursery", "care")
    assert who_sees(cast, theirs) == TEAM | BOTH_PARENTS


def test_a_hat_ends_with_the_membership(cast: Cast) -> None:
    entry = write(cast)
    Membership.objects.filter(pk__in=[cast.carla.pk, cast.fatima.pk]).update(ends=TODAY)
    assert who_sees(cast, entry) == {"lotte"} | BOTH_PARENTS
    assert not Child.objects.visible_to(cast.actor("fatima")).exists()


def test_the_care_team_ends_when_released(cast: Cast) -> None:
    entry = write(cast, category="care")
    name_on_team(cast.actor("carla"), cast.mila, cast.lotte, "mentor")
    assert "lotte" in who_sees(cast, entry)
    release_from_team(cast.actor("carla"), cast.mila, cast.lotte)
    assert "lotte" not in who_sees(cast, entry)


def test_a_colleague_who_stands_in_sees_what_the_absent_one_sees(cast: Cast) -> None:
    entry = write(cast, category="care")
    assert "marit" not in who_sees(cast, entry)
    Absence.objects.create(
        membership=cast.carla, cover=cast.marit, starts=TODAY, ends=TODAY + timedelta(days=1)
    )
    assert "marit" in who_sees(cast, entry)
    assert "marit" not in who_sees(cast, entry, days=1)


class TestWithoutChild:
    """R2, R5: group matters; the coach of the location sees them, and nothing with a child in it."""

    def test_the_coach_sees_what_carries_no_child(self, cast: Cast) -> None:
        about = {"child": None, "group": cast.group, "location": cast.location}
        assert who_sees(cast, write(cast, **about)) == {"fatima", "lotte", "carla", "sanne"}
        assert "sanne" not in who_sees(cast, write(cast, **about, internal=True))
        assert "sanne" not in who_sees(cast, write(cast, **{**about, "child": cast.mila}))

    def test_what_a_colleague_asked_is_hers_and_the_advice_is_for_the_house(
        self, cast: Cast
    ) -> None:
        about = {"child": None, "location": cast.location}
        asked = write(cast, **about, kind="question")
        assert who_sees(cast, asked) == {"fatima", "carla", "sanne"}
        advice = write(cast, **about, kind="advice", author=cast.sanne.person, hat=cast.sanne)
        assert who_sees(cast, advice) == {"fatima", "lotte", "carla", "sanne"}

    def test_another_group_of_the_same_house_is_another_group(self, cast: Cast) -> None:
        bees = Group.objects.create(location=cast.location, name="Bijen")
        about = {"child": None, "group": bees, "location": cast.location}
        entry = write(cast, **about, author=cast.carla.person, hat=cast.carla)
        assert who_sees(cast, entry) == {"carla", "sanne"}

    def test_not_another_coach_and_not_after_the_post_ends(self, cast: Cast) -> None:
        entry = write(cast, child=None, group=cast.group, location=cast.location)
        CoachPost.objects.filter(membership=cast.sanne).update(ends=TODAY)
        assert who_sees(cast, entry) == {"fatima", "lotte", "carla"}

    def test_the_cover_of_the_coach_sees_it_while_she_is_away(self, cast: Cast) -> None:
        entry = write(cast, child=None, group=cast.group, location=cast.location)
        Absence.objects.create(
            membership=cast.sanne, cover=cast.koen, starts=TODAY, ends=TODAY + timedelta(days=1)
        )
        assert "koen" in who_sees(cast, entry)


@pytest.mark.parametrize("mark", [Mark.RESTRICTION, Mark.CONFLICT_OF_INTEREST])
def test_a_negative_mark_beats_everything_at_work(cast: Cast, mark: Mark) -> None:
    entry = write(cast)
    assert "lotte" in who_sees(cast, entry)
    forbid(cast.actor("carla"), cast.mila, cast.lotte.person, mark, "family")
    assert "lotte" not in who_sees(cast, entry)
    assert not Child.objects.visible_to(cast.actor("lotte")).exists()


@pytest.mark.parametrize(
    ("mark", "still_sees"), [(Mark.RESTRICTION, False), (Mark.CONFLICT_OF_INTEREST, True)]
)
def test_a_mark_on_a_parent(cast: Cast, mark: Mark, still_sees: bool) -> None:
    entry = write(cast)
    forbid(cast.actor("carla"), cast.mila, cast.anna, mark, "court order")
    assert ("anna" in who_sees(cast, entry)) == still_sees


def test_a_mark_that_has_ended_forbids_nothing(cast: Cast) -> None:
    entry = write(cast)
    forbid(cast.actor("carla"), cast.mila, cast.lotte.person, Mark.RESTRICTION, "family")
    NegativeMark.objects.update(ends=TODAY)
    assert "lotte" in who_sees(cast, entry)


def test_a_manager_knows_the_children_as_long_as_they_have_a_place(cast: Cast) -> None:
    placed = Placement.objects.unrestricted(reason="test").filter(child=cast.mila)
    placed.update(ends=TODAY)
    assert not Child.objects.visible_to(cast.actor("marit")).exists()


def test_authority_that_ends_takes_the_line_along(cast: Cast) -> None:
    entry = write(cast)
    Guardian.objects.filter(person=cast.bram).update(ends=TODAY)
    assert who_sees(cast, entry) == STAFF_OF_THE_FILE | TEAM | {"anna"}


def test_children_by_name(cast: Cast) -> None:
    make_child(cast, "Noor", "Bakker", date(2024, 2, 2))
    known = {
        name: {child.first_name for child in line.children(cast.actor(name))}
        for name in HATS
        if name != "nobody"
    }
    both = {"Mila", "Noor"}
    assert known == {
        "fatima": both,
        "lotte": both,
        "carla": both,
        "marit": both,
        "sanne": set(),
        "koen": set(),
        "pieter": set(),
        "gemma": set(),
        "stranger": set(),
        "anna": {"Mila"},
        "bram": {"Mila"},
        "oscar": set(),
        "olga": set(),
    }


def test_a_manager_bound_to_a_location_knows_the_children_there_only(cast: Cast) -> None:
    elsewhere = Location.objects.create(organisation=cast.nursery, name="Elders", setting="daycare")
    Membership.objects.filter(pk=cast.marit.pk).update(location=elsewhere)
    assert not Child.objects.visible_to(cast.actor("marit")).exists()


def test_placements_of_a_treatment_need_consent_for_care(cast: Cast) -> None:
    """Row 1: nothing of the medical day care is visible to the nursery without consent."""
    clinic = Location.objects.create(
        organisation=cast.youthcare, name="MKD", setting="medical_daycare"
    )
    group = Group.objects.create(location=clinic, name="Egels")
    treated = Placement.objects.create(
        child=cast.mila, group=group, basis="youth_act", starts=date(2026, 9, 1)
    )
    assert treated not in line.placements(cast.actor("carla"), cast.mila)
    assert treated in line.placements(cast.actor("anna"), cast.mila)
    agree(cast, "nursery", "care")
    assert treated in line.placements(cast.actor("carla"), cast.mila)


def test_holding_back_is_bounded(cast: Cast) -> None:
    entry = write(cast)
    with pytest.raises(Denied, match="28"):
        hold_back(cast.actor("carla"), entry, NOW + timedelta(days=28, seconds=1), "talk first")
    hold_back(cast.actor("carla"), entry, NOW + timedelta(days=28), "talk first")
    assert who_sees(cast, entry) & BOTH_PARENTS == set()
    assert who_sees(cast, entry, days=28) & BOTH_PARENTS == BOTH_PARENTS


def test_the_care_team_of_the_cast_is_carla_alone(cast: Cast) -> None:
    assert [m.membership for m in CareTeamMember.objects.filter(child=cast.mila)] == [cast.carla]
