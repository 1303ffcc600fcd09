"""Cards, agreements about activities and incidents: who reads them, what holds, what is refused."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alert4you.access.models import Entry, Kind
from alert4you.kernel.decision import Denied, NotVisible
from alert4you.notes import queries
from alert4you.notes.commands.helps import change_card, end_card, end_permission, make_card, permit
from alert4you.notes.commands.incidents import close_incident, report_incident
from alert4you.notes.commands.place import set_activity
from alert4you.notes.models import Card, Incident, Moment, Permission, Verdict
from alert4you.organisations.models import Roster
from tests.cast import TODAY, Cast, make_child

HELPS = "Ga naast haar zitten."


def make(cast: Cast, text: str = HELPS, who: str = "fatima", **more: str) -> Card:
    return make_card(cast.actor(who), cast.mila, Moment.PANIC, text, **more)


def texts(cast: Cast, who: str) -> list[str]:
    return [card.text for card in queries.cards(cast.actor(who), cast.mila)]


def test_a_substitute_reads_the_card_on_the_day_itself(cast: Cast) -> None:
    make(cast)
    assert texts(cast, "lotte") == [HELPS]
    Roster.objects.filter(membership=cast.lotte).update(ends=TODAY)
    assert texts(cast, "lotte") == []
    assert texts(cast, "fatima") == texts(cast, "carla") == [HELPS]


def test_two_taps_from_today(cast: Cast) -> None:
    make(cast)
    client = cast.client("lotte")
    today = client.get("/").content.decode()
    assert HELPS in today
    tap = f"/children/{cast.mila.pk}/helps/"
    assert f'href="{tap}"' in today
    assert HELPS in client.get(tap).content.decode()
    assert f'href="{tap}"' in client.get(f"/children/{cast.mila.pk}/note/").content.decode()


@pytest.mark.parametrize("who", ["sanne", "koen", "stranger", "oscar"])
def test_who_has_no_relation_reads_nothing(cast: Cast, who: str) -> None:
    card = make(cast)
    assert texts(cast, who) == []
    with pytest.raises(NotVisible):
        queries.card(cast.actor(who), card.pk)


def test_a_change_replaces_and_only_the_newest_must_be_known(cast: Cast) -> None:
    old = make(cast)
    new = change_card(cast.actor("carla"), old, "Zwijg en wacht.")
    assert texts(cast, "lotte") == ["Zwijg en wacht."]
    assert (new.replaces, new.moment) == (old, Moment.PANIC)
    assert [card.text for card in queries.earlier_cards(cast.actor("carla"), cast.mila)] == [HELPS]
    with pytest.raises(Denied):
        change_card(cast.actor("carla"), old, "Toch anders.")
    end_card(cast.actor("fatima"), new)
    assert texts(cast, "lotte") == []


def test_parents_write_cards_too_and_others_do_not(cast: Cast) -> None:
    make(cast, who="anna")
    assert texts(cast, "bram") == texts(cast, "lotte") == [HELPS]
    for who in ("sanne", "stranger", "oscar"):
        with pytest.raises(Denied):
            make(cast, who=who)
    with pytest.raises(Denied):
        make(cast, text="  ")


def test_one_question_per_screen_and_no_word_lost(cast: Cast) -> None:
    client, page = cast.client("fatima"), f"/children/{cast.mila.pk}/helps/new/"
    assert "<textarea" not in client.get(page).content.decode()
    answer = client.post(f"{page}?moment=panic", {"text": "", "title": "Handen op de oren"})
    assert "Handen op de oren" in answer.content.decode()
    answer = client.post(f"{page}?moment=panic", {"text": HELPS, "title": "Handen op de oren"})
    assert answer.url == f"/children/{cast.mila.pk}/helps/"
    assert (queries.cards(cast.actor("anna"), cast.mila).get().title) == "Handen op de oren"


def test_a_double_click_makes_one_card(cast: Cast) -> None:
    told = {"text": HELPS, "title": "", "once": "6f0d3a52-3c7e-4e0e-9a3b-0c8a3c1c0002"}
    for _ in range(2):
        cast.client("fatima").post(f"/children/{cast.mila.pk}/helps/new/?moment=panic", told)
    assert texts(cast, "fatima") == [HELPS]


# What a child may do


def may(cast: Cast, who: str = "lotte") -> tuple[str, str]:
    (found,) = queries.what_child_may(cast.actor(who), cast.mila)
    return found.verdict, found.words


@pytest.mark.parametrize(
    ("age_from", "verdict"), [(None, Verdict.YES), (3, Verdict.YES), (4, Verdict.NO)]
)
def test_the_age_rule_of_the_place(cast: Cast, age_from: int | None, verdict: str) -> None:
    set_activity(cast.actor("marit"), cast.location, "Klimmen", age_from)
    assert may(cast) == (verdict, "")


def test_an_agreement_beats_the_age_rule_both_ways(cast: Cast) -> None:
    carla = cast.actor("carla")
    activity = set_activity(carla, cast.location, "Gereedschap", 10)
    assert may(cast)[0] == Verdict.NO
    permit(carla, cast.mila, activity, Verdict.YES, "Ze mag.", "Anna")
    assert may(cast) == may(cast, "anna") == (Verdict.YES, "Ze mag.")
    set_activity(carla, cast.location, "gereedschap", None)
    last = permit(carla, cast.mila, activity, Verdict.BESIDE, "Met iemand.", "Anna")
    assert may(cast) == (Verdict.BESIDE, "Met iemand.")
    assert Permission.objects.unrestricted(reason="test").filter(must_know=True).get() == last
    end_permission(carla, last)
    assert may(cast)[0] == Verdict.YES


def test_who_made_an_agreement_stops_it_and_the_rule_of_the_place_holds_again(cast: Cast) -> None:
    activity = set_activity(cast.actor("carla"), cast.location, "Gereedschap", 10)
    for who in ("fatima", "anna"):
        agreed = permit(cast.actor("carla"), cast.mila, activity, "yes", "Ze mag.", "Anna")
        client, page = cast.client(who), f"/agreements/{agreed.pk}/end/"
        helps = f"/children/{cast.mila.pk}/helps/"
        assert page in client.get(helps).content.decode()
        asked = client.get(page).content.decode()
        assert "Ze mag." in asked
        assert "vanaf 10 jaar" in asked
        assert may(cast)[0] == Verdict.YES
        assert client.post(page).url == helps
        assert may(cast)[0] == Verdict.NO
        assert page not in client.get(helps).content.decode()
        assert client.post(page).status_code == 403
        agreed.refresh_from_db()
        assert agreed.ended_on == TODAY


@pytest.mark.parametrize(
    ("age_from", "verdict", "ends"),
    [(10, "yes", True), (10, "beside", True), (10, "no", False), (2, "beside", False)],
)
def test_parents_take_back_only_what_lets_their_child_do_more(
    cast: Cast, age_from: int, verdict: str, ends: bool
) -> None:
    activity = set_activity(cast.actor("carla"), cast.location, "Gereedschap", age_from)
    agreed = permit(cast.actor("carla"), cast.mila, activity, verdict, "Afgesproken.", "Anna")
    page, helps = f"/agreements/{agreed.pk}/end/", f"/children/{cast.mila.pk}/helps/"
    for who, may_end in (("bram", ends), ("fatima", True)):
        client = cast.client(who)
        assert "Afgesproken." in client.get(helps).content.decode()
        assert (page in client.get(helps).content.decode()) is may_end
        assert client.get(page).status_code == (200 if may_end else 403)


def test_an_agreement_needs_the_parents_and_the_own_place(cast: Cast) -> None:
    carla = cast.actor("carla")
    activity = set_activity(carla, cast.location, "Gereedschap", 10)
    for who, text, agreed in (
        ("carla", "Ze mag.", ""),
        ("carla", "", "Anna"),
        ("sanne", "Ze mag.", "Anna"),
        ("stranger", "Ze mag.", "Anna"),
    ):
        with pytest.raises(Denied):
            permit(cast.actor(who), cast.mila, activity, "yes", text, agreed)
    with pytest.raises(Denied):
        set_activity(cast.actor("fatima"), cast.location, "Klimmen", 4)
    with pytest.raises(Denied, match="Mila"):
        set_activity(carla, cast.location, "Klimmen", 4, "Mila niet.")


# Incidents


def test_an_incident_asks_one_thing_after_another(cast: Cast) -> None:
    client = cast.client("fatima")
    page = client.post(f"/children/{cast.mila.pk}/incident/", {"text": "Ze gooide een blok."}).url
    found = Incident.objects.unrestricted(reason="test").get()
    assert page == f"/incidents/{found.pk}/"
    with pytest.raises(Denied):
        close_incident(cast.actor("fatima"), found)
    client.post(page, {"text": "Grote blokken alleen op de mat."})
    assert texts(cast, "lotte") == ["Grote blokken alleen op de mat."]
    client.post(page, {"text": "Anna gebeld."})
    client.post(page, {"text": "Mila gooide een blok."})
    assert not told_to_others(cast)
    client.post(page, {"text": "Er is een blok gegooid."})
    found.refresh_from_db()
    assert (found.parents_told, bool(found.closed_at)) == ("Anna gebeld.", True)
    assert [each.text for each in told_to_others(cast)] == ["Er is een blok gegooid."]
    assert all(each.child_id is None for each in told_to_others(cast))


def told_to_others(cast: Cast) -> list[Entry]:
    told = Entry.objects.unrestricted(reason="test").filter(kind=Kind.INCIDENT, child=None)
    return list(told)


def test_another_child_is_not_named_and_the_parents_read_it(cast: Cast) -> None:
    make_child(cast, "Ravi", "Laan", date(2022, 1, 1))
    fatima = cast.actor("fatima")
    with pytest.raises(Denied, match="Ravi"):
        report_incident(fatima, cast.mila, "Ze sloeg Ravi.")
    incident = report_incident(fatima, cast.mila, "Mila sloeg een ander kind.")
    assert queries.incident(cast.actor("bram"), incident.pk) == incident
    with pytest.raises(NotVisible):
        queries.incident(cast.actor("sanne"), incident.pk)


def test_as_many_queries_for_1_card_as_for_3(cast: Cast) -> None:
    carla, client = cast.actor("carla"), cast.client("lotte")
    numbers = []
    for round_ in range(3):
        make(cast, f"Kaart {round_}")
        report_incident(carla, cast.mila, f"Iets {round_}")
        activity = set_activity(carla, cast.location, f"Klimmen {round_}", 4)
        permit(carla, cast.mila, activity, "yes", "Mag.", "Anna")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/children/{cast.mila.pk}/helps/").status_code == 200
        numbers.append(sum("SAVEPOINT" not in query["sql"] for query in asked.captured_queries))
    assert numbers[0] == numbers[2] <= 12


def test_a_card_is_read_longer_than_what_happened_on_the_day(cast: Cast) -> None:
    make(cast)
    Entry.objects.unrestricted(reason="test").update(day=TODAY - timedelta(days=60))
    assert texts(cast, "lotte") == [HELPS]
