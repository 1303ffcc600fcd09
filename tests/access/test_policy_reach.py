"""Where a guardian can be reached, by the policy itself: each condition alone, and the wall behind it."""

from datetime import timedelta

import pytest

from alert4you.access.models import CareTeamMember, ContactCard, Mark, NegativeMark
from alert4you.children.models import Guardian, Placement
from alert4you.kernel.guard import Unguarded
from alert4you.kernel.wall.standing import seen_by
from alert4you.organisations.models import Membership, Roster
from tests.cast import LONG_AGO, NOW, TODAY, Cast

BOTH = {"anna", "bram"}


@pytest.fixture
def cards(cast: Cast) -> Cast:
    for name in BOTH:
        ContactCard.objects.unrestricted(reason="test").create(
            guardian=guardian(cast, name), phone="06", written_by=cast.people[name], at=NOW
        )
    return cast


def guardian(cast: Cast, name: str) -> Guardian:
    return Guardian.objects.get(child=cast.mila, person=cast.people[name])


def seen(cast: Cast, who: str) -> set[str]:
    """By the policy, and by the wall alone: the same."""
    actor = cast.actor(who)
    rows = {row.guardian_id for row in ContactCard.objects.visible_to(actor)}
    with seen_by(actor):
        behind = ContactCard.objects.visible_to(actor).values_list("guardian", flat=True)
        assert set(behind) == rows
    return {name for name in BOTH if guardian(cast, name).pk in rows}


def test_each_own_card_and_the_place_all(cards: Cast) -> None:
    assert seen(cards, "anna") == {"anna"}
    assert seen(cards, "bram") == {"bram"}
    for who in ("fatima", "lotte", "carla", "marit"):
        assert seen(cards, who) == BOTH
    for who in ("sanne", "koen", "pieter", "gemma", "stranger", "olga", "oscar"):
        assert not seen(cards, who)


def test_a_secret_address_is_for_who_runs_the_place(cards: Cast) -> None:
    about = {"child": cards.mila, "guardian": guardian(cards, "bram"), "reason": "Besluit"}
    mark = NegativeMark.objects.create(
        mark=Mark.SECRET_ADDRESS, starts=LONG_AGO, made_by=cards.carla, **about
    )
    for who in ("fatima", "lotte"):
        assert seen(cards, who) == {"anna"}
    for who in ("carla", "marit"):
        assert seen(cards, who) == BOTH
    assert seen(cards, "bram") == {"bram"}
    NegativeMark.objects.filter(pk=mark.pk).update(ends=TODAY)
    assert seen(cards, "fatima") == BOTH
    NegativeMark.objects.filter(pk=mark.pk).update(ends=None, mark="legal_hold", guardian=None)
    assert seen(cards, "fatima") == BOTH


def test_it_ends_with_the_group_the_team_the_hat_and_a_mark(cards: Cast) -> None:
    fatima = cards.fatima
    NegativeMark.objects.create(
        child=cards.mila,
        mark=Mark.RESTRICTION,
        person=fatima.person,
        reason="test",
        starts=LONG_AGO,
        ends=TODAY + timedelta(days=1),
        made_by=cards.carla,
    )
    assert not seen(cards, "fatima")
    NegativeMark.objects.update(ends=TODAY)
    assert seen(cards, "fatima") == BOTH
    Roster.objects.filter(membership=fatima).update(ends=TODAY)
    assert not seen(cards, "fatima"), "no longer on the group"
    CareTeamMember.objects.create(
        child=cards.mila, membership=fatima, why="test", starts=LONG_AGO, purpose="support"
    )
    assert not seen(cards, "fatima"), "named for a purpose is named as a guest"
    CareTeamMember.objects.filter(membership=fatima).update(purpose="")
    assert seen(cards, "fatima") == BOTH
    Membership.objects.filter(pk=fatima.pk).update(ends=TODAY)
    assert not seen(cards, "fatima"), "the hat has ended"


def test_who_runs_a_place_reaches_the_parents_of_its_own_children(cards: Cast) -> None:
    CareTeamMember.objects.filter(membership=cards.marit).delete()
    assert seen(cards, "marit") == BOTH
    about = Placement.objects.unrestricted(reason="test").filter(child=cards.mila)
    about.update(ends=TODAY)
    assert not seen(cards, "marit")


def test_nobody_reads_a_card_without_saying_for_whom(cards: Cast) -> None:
    with pytest.raises(Unguarded):
        ContactCard.objects.first()
