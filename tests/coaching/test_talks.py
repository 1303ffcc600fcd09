"""A talk with parents: prepared in one of three forms, held, and looked back on."""

from datetime import timedelta
from typing import Any

import pytest

from alert4you.access.models import Category
from alert4you.coaching.commands.talks import Card, change_preparation, hold_talk, prepare_talk
from alert4you.coaching.models import Contact, Level, TalkForm, TalkPreparation
from alert4you.coaching.queries import talks as queries
from alert4you.kernel.decision import Denied, NotVisible
from tests.cast import TODAY, Cast
from tests.coaching.conftest import Told

SOON = TODAY + timedelta(days=4)
HARD = Card(message="Mila eet weinig.", complexity=Level.MUCH, wants_to_learn=Level.LITTLE)
TYPED = {
    "planned_on": SOON.isoformat(),
    "complexity": "3",
    "wants_to_learn": "1",
    "form": "suggested",
    "message": "We zien dat Mila weinig eet.",
    "words": "Hoe gaat dat thuis?",
    "reactions": "Thuis eet ze wel.",
}


def typed(cast: Cast, **other: str) -> dict[str, Any]:
    return {**TYPED, "worker": str(cast.fatima.pk), **other}


def cards() -> list[TalkPreparation]:
    return list(TalkPreparation.objects.unrestricted(reason="test"))


def test_the_whole_of_a_talk(cast: Cast, told: Told) -> None:
    told.fatima_is_mentor()
    client = cast.client("fatima")
    answer = client.post(f"/children/{cast.mila.pk}/talk/", typed(cast))
    (card,) = cards()
    assert answer.url == f"/talks/{card.pk}/"
    assert (card.form, card.worker, card.internal) == (TalkForm.COACH_LEADS, cast.fatima, True)
    assert list(queries.my_talks_to_hold(cast.actor("fatima"))) == [card]
    assert TYPED["reactions"] in client.get(answer.url).content.decode()
    told_of_it = {
        "agreed": "We kijken samen.",
        "next_on": (TODAY + timedelta(days=30)).isoformat(),
        "after_talk": "De stilte werkte.",
    }
    client.post(answer.url, told_of_it)
    talk = Contact.objects.visible_to(cast.actor("anna")).get(parents_present=True)
    assert (talk.text, talk.next_on) == ("We kijken samen.", TODAY + timedelta(days=30))
    assert list(queries.talks_to_hold(cast.actor("fatima"))) == []
    assert "De stilte werkte." in client.get(answer.url).content.decode()


def test_the_parents_see_the_talk_and_never_the_card(cast: Cast, told: Told) -> None:
    told.fatima_is_mentor()
    card = prepare_talk(cast.actor("fatima"), cast.mila, cast.fatima, SOON, HARD)
    hold_talk(cast.actor("fatima"), card, "Afgesproken.", after_talk="Lastig.")
    for who in ("anna", "bram"):
        with pytest.raises(NotVisible):
            queries.talk_preparation(cast.actor(who), card.pk)
        seen = Contact.objects.visible_to(cast.actor(who)).get()
        assert (seen.text, seen.parents_present) == ("Afgesproken.", True)


def test_another_form_needs_a_reason(cast: Cast, told: Told) -> None:
    told.fatima_is_mentor()
    client, address = cast.client("fatima"), f"/children/{cast.mila.pk}/talk/"
    page = client.post(address, typed(cast, form=TalkForm.WORKER_LEADS)).content.decode()
    assert "waarom deze vorm beter past" in page
    assert TYPED["reactions"] in page
    assert cards() == []
    client.post(address, typed(cast, form=TalkForm.WORKER_LEADS, why_this_form="Ik ken hen goed."))
    (card,) = cards()
    assert (card.form, card.why_this_form) == (TalkForm.WORKER_LEADS, "Ik ken hen goed.")
    assert "Ik ken hen goed." in client.get(f"/talks/{card.pk}/").content.decode()


@pytest.mark.parametrize(
    ("complexity", "wants", "says"),
    [("3", "1", "de coach leidt"), ("1", "3", "de pm’er leidt"), ("2", "2", "samen")],
)
def test_the_suggestion_follows_what_is_chosen(
    cast: Cast, told: Told, complexity: str, wants: str, says: str
) -> None:
    told.fatima_is_mentor()
    address = f"/children/{cast.mila.pk}/talk/"
    chosen = {"complexity": complexity, "wants_to_learn": wants}
    live = cast.client("fatima").get(address, {"suggest": "1", **chosen}).content.decode()
    assert f"Voorstel: {says}" in live
    page = cast.client("fatima").post(address, chosen).content.decode()
    assert f"Voorstel: {says}" in page
    nothing = cast.client("fatima").get(address, {"suggest": "1", "complexity": "9"})
    assert "Voorstel:" not in nothing.content.decode()


def test_the_worker_is_on_the_care_team(cast: Cast, told: Told) -> None:
    with pytest.raises(Denied):
        prepare_talk(cast.actor("fatima"), cast.mila, cast.lotte, SOON, HARD)
    page = cast.client("fatima").post(
        f"/children/{cast.mila.pk}/talk/", typed(cast, worker=str(cast.lotte.pk))
    )
    assert "deze keuze kan niet" in page.content.decode().lower()
    told.fatima_is_mentor()
    assert prepare_talk(cast.actor("lotte"), cast.mila, cast.fatima, SOON, HARD)


def test_a_coach_prepares_where_the_parents_agreed_about_talks(cast: Cast, told: Told) -> None:
    told.fatima_is_mentor()
    told.parents_agree()
    with pytest.raises(Denied):
        prepare_talk(cast.actor("sanne"), cast.mila, cast.fatima, SOON, HARD)
    told.asks_parents(Category.TALK)
    told.parents_say()
    card = prepare_talk(cast.actor("sanne"), cast.mila, cast.fatima, SOON, HARD)
    for who in ("sanne", "fatima", "carla"):
        assert queries.talk_preparation(cast.actor(who), card.pk) == card
    for who in ("lotte", "anna", "koen", "stranger"):
        with pytest.raises(NotVisible):
            queries.talk_preparation(cast.actor(who), card.pk)


def test_a_held_talk_keeps_its_card(cast: Cast, told: Told) -> None:
    told.fatima_is_mentor()
    fatima = cast.actor("fatima")
    card = prepare_talk(fatima, cast.mila, cast.fatima, SOON, HARD)
    change_preparation(fatima, card, SOON, Card("Anders.", Level.LITTLE, Level.MUCH))
    assert (card.message, card.form) == ("Anders.", TalkForm.WORKER_LEADS)
    hold_talk(fatima, card, "Afgesproken.")
    for change in (
        lambda: change_preparation(fatima, card, SOON, HARD),
        lambda: hold_talk(fatima, card, "Nog eens."),
    ):
        with pytest.raises(Denied):
            change()
    assert cast.client("fatima").get(f"/talks/{card.pk}/change/").status_code == 403
    assert Contact.objects.unrestricted(reason="test").count() == 1


def test_changing_a_card_starts_from_what_it_says(cast: Cast, told: Told) -> None:
    told.fatima_is_mentor()
    card = prepare_talk(cast.actor("fatima"), cast.mila, cast.fatima, SOON, HARD)
    client, address = cast.client("fatima"), f"/talks/{card.pk}/change/"
    assert HARD.message in client.get(address).content.decode()
    client.post(address, typed(cast, message="Nieuwe boodschap"))
    card.refresh_from_db()
    assert card.message == "Nieuwe boodschap"


def test_the_way_of_a_worker_towards_leading(cast: Cast, told: Told) -> None:
    told.fatima_is_mentor()
    fatima = cast.actor("fatima")
    for number, form in enumerate((TalkForm.COACH_LEADS, TalkForm.TOGETHER)):
        card = Card("Boodschap", Level.SOME, Level.SOME, form, "Daarom")
        day = TODAY + timedelta(days=number)
        hold_talk(fatima, prepare_talk(fatima, cast.mila, cast.fatima, day, card), "Klaar.")
    prepare_talk(fatima, cast.mila, cast.fatima, SOON, HARD)
    way = [each.form for each in queries.earlier_talks(fatima, cast.fatima)]
    assert way == [TalkForm.COACH_LEADS, TalkForm.TOGETHER]
    assert list(queries.earlier_talks(cast.actor("lotte"), cast.fatima)) == []
