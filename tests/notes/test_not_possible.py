"""What must not be possible around cards, agreements and incidents."""

from datetime import timedelta

import pytest

from alert4you.access.commands.line import hold_back
from alert4you.kernel.decision import Denied
from alert4you.notes import queries
from alert4you.notes.commands.helps import change_card, end_card, end_permission, make_card, permit
from alert4you.notes.commands.incidents import (
    agree_after,
    report_incident,
    tell_other_parents,
    tell_parents,
)
from alert4you.notes.commands.place import note_complaint, set_activity
from alert4you.notes.models import Moment, Verdict
from alert4you.organisations.models import Group
from tests.cast import NOW, Cast
from tests.second_place import comes_elsewhere_too


@pytest.fixture
def two_places(cast: Cast) -> Cast:
    """Mila comes at another organisation too, where Rosa works; the parents share the day with it."""
    comes_elsewhere_too(cast, "day")
    return cast


def test_another_place_does_not_end_what_must_be_known_here(two_places: Cast) -> None:
    cast = two_places
    card = make_card(cast.actor("fatima"), cast.mila, Moment.EATING, "Geen noten.")
    seen = queries.card(cast.actor("rosa"), card.pk)
    client = cast.client("rosa")
    client.post(f"/cards/{card.pk}/end/")
    for change in (
        lambda: end_card(cast.actor("rosa"), seen),
        lambda: change_card(cast.actor("rosa"), seen, "Noten mag."),
    ):
        with pytest.raises(Denied):
            change()
    assert [each.pk for each in queries.cards(cast.actor("fatima"), cast.mila)] == [card.pk]


def test_another_place_does_not_replace_what_was_agreed_here(two_places: Cast) -> None:
    cast = two_places
    activity = set_activity(cast.actor("carla"), cast.location, "alleen buiten", 7)
    agreed = permit(cast.actor("carla"), cast.mila, activity, Verdict.NO, "Nog niet.", "Anna")
    with pytest.raises(Denied):
        permit(cast.actor("rosa"), cast.mila, activity, Verdict.YES, "Mag.", "Anna")
    with pytest.raises(Denied):
        end_permission(cast.actor("rosa"), agreed)


def test_another_place_does_not_close_an_incident_of_here(two_places: Cast) -> None:
    cast = two_places
    happened = report_incident(cast.actor("fatima"), cast.mila, "Van de glijbaan gevallen.")
    with pytest.raises(Denied):
        tell_parents(cast.actor("rosa"), happened, "Gebeld.")
    with pytest.raises(Denied):
        agree_after(cast.actor("rosa"), happened, "Niets.")


def test_an_incident_tells_no_words_that_are_held_back(cast: Cast) -> None:
    happened = report_incident(cast.actor("carla"), cast.mila, "Gebeten in de kring.")
    card = agree_after(cast.actor("carla"), happened, "Nooit naast de deur.")
    hold_back(cast.actor("carla"), card, NOW + timedelta(days=7), "Eerst een gesprek.")
    page = cast.client("anna").get(f"/incidents/{happened.pk}/")
    assert page.status_code == 200
    assert "Nooit naast de deur" not in page.content.decode()
    assert (
        "Nooit naast de deur" in cast.client("fatima").get(page.wsgi_request.path).content.decode()
    )


def test_other_parents_hear_it_on_a_group_of_the_own_organisation(two_places: Cast) -> None:
    cast = two_places
    happened = report_incident(cast.actor("fatima"), cast.mila, "Van de glijbaan gevallen.")
    elsewhere = Group.objects.get(name="Spechten")
    with pytest.raises(Denied):
        tell_other_parents(cast.actor("fatima"), happened, elsewhere, "Er viel een kind.")


def test_no_rule_or_complaint_lands_on_a_group_elsewhere(two_places: Cast) -> None:
    cast = two_places
    group = Group.objects.get(name="Spechten")
    with pytest.raises(Denied):
        set_activity(cast.actor("carla"), cast.location, "zwemmen", 4, group=group)
    with pytest.raises(Denied):
        note_complaint(cast.actor("carla"), cast.location, "Het is er druk.", group)
