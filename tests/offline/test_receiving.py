"""What arrives is judged as the page would have, and stands where it was meant to stand, or waits."""

import random
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F

from alert4you.access.commands.marks import forbid
from alert4you.access.models import Entry
from alert4you.kernel.models import AuditRecord
from alert4you.notes.models import Card, Note
from alert4you.offline.models import Arrival, Kept, Why
from alert4you.organisations.models import Roster
from alert4you.organisations.queries import system_actor
from alert4you.tablets.commands import add_tablet, enrol, revoke
from alert4you.wellbeing.models import Rating
from tests.cast import NOW, TODAY, Cast, make_child
from tests.offline.tablet import Tablet

pytestmark = pytest.mark.django_db


def notes() -> list[Note]:
    return list(Note.objects.unrestricted(reason="test").order_by("at"))


def kept() -> list[Kept]:
    rows = Kept.objects.unrestricted(reason="test").order_by("child__first_name")
    return list(rows.select_related("arrival"))


def states(told: list[dict[str, Any]]) -> list[str]:
    return [each["state"] for each in told]


def test_a_note_stands_on_the_line_at_the_moment_it_was_made(cast: Cast) -> None:
    tablet = Tablet()
    stamp = tablet.stamp(cast.fatima)
    cast.go_to(NOW + timedelta(hours=3))
    item = tablet.note(
        cast.fatima, cast.mila, "Bouwde een toren.", ago=timedelta(hours=2), stamp=stamp
    )
    (told,) = tablet.send(item)
    (note,) = notes()
    assert told["state"] == "written"
    assert (note.text, note.author_id, note.hat_id) == (
        "Bouwde een toren.",
        cast.fatima.person_id,
        cast.fatima.pk,
    )
    assert note.at == NOW + timedelta(hours=1)
    assert tablet.safe(item) == {item["id"]: "written"}


def test_every_deed_of_the_page_goes_without_a_network(cast: Cast) -> None:
    tablet, noor = Tablet(), make_child(cast, "Noor", "Bakker", cast.mila.born)
    stamp = tablet.stamp(cast.fatima)
    told = tablet.send(
        tablet.note(cast.fatima, cast.mila, "", said={"tags": ["sliep"], "readers": "team"}),
        tablet.item(
            stamp,
            "note",
            [cast.mila, noor],
            {"text": "Samen gebouwd.", "category": "development", "readers": "parents"},
        ),
        tablet.item(stamp, "group_note", [cast.group], {"text": "Een drukke dag.", "incident": ""}),
        tablet.item(stamp, "rating", [cast.mila], {"itself": "4", "staff": "", "involved": "5"}),
        tablet.item(
            stamp, "card", [cast.mila], {"moment": "panic", "title": "Handen", "text": "Naast haar"}
        ),
    )
    assert states(told) == ["written"] * 5, kept()
    found = {each.text: each for each in notes()}
    assert (found[""].title, found[""].internal) == ("sliep", True)
    together = Note.objects.unrestricted(reason="test").filter(text="Samen gebouwd.")
    assert {each.child_id for each in together} == {cast.mila.pk, noor.pk}
    assert {each.category for each in together} == {"development"}
    about_group = found["Een drukke dag."]
    assert (about_group.group_id, about_group.child_id) == (cast.group.pk, None)
    rating = Rating.objects.unrestricted(reason="test").get()
    assert (rating.itself, rating.staff, rating.others, rating.involved) == (4, None, None, 5)
    card = Card.objects.unrestricted(reason="test").get()
    assert (card.moment, card.title, card.text, card.must_know) == (
        "panic",
        "Handen",
        "Naast haar",
        True,
    )


def test_that_it_arrived_later_stands_in_the_trail_too(cast: Cast) -> None:
    tablet = Tablet()
    item = tablet.note(cast.fatima, cast.mila, "x")
    cast.go_to(NOW + timedelta(hours=5))
    tablet.send(item, now=(NOW + timedelta(hours=5)).isoformat())
    arrived = AuditRecord.objects.get(name="offline.arrived")
    done = AuditRecord.objects.filter(name="notes.write_notes").latest("id")
    assert (arrived.at, done.at) == (NOW + timedelta(hours=5), NOW)
    assert arrived.subject_id == cast.mila.pk


@pytest.mark.parametrize("days", [-2, 0, 2])
def test_a_clock_that_is_wrong_does_no_harm(cast: Cast, days: int) -> None:
    tablet = Tablet(skew=timedelta(days=days))
    item = tablet.note(cast.fatima, cast.mila, "x")
    cast.go_to(NOW + timedelta(hours=30))
    tablet.send(item)
    assert [(each.day, each.at) for each in notes()] == [(TODAY, NOW)]


@pytest.mark.parametrize("days", [-2, 2])
def test_a_clock_that_is_set_right_in_between_does_no_harm(cast: Cast, days: int) -> None:
    """The stamp knows the day, whatever the device thinks."""
    tablet = Tablet(skew=timedelta(days=days))
    item = tablet.note(cast.fatima, cast.mila, "x")
    tablet.skew = timedelta(0)
    cast.go_to(NOW + timedelta(hours=30))
    tablet.send(item)
    (note,) = notes()
    assert note.day == TODAY
    assert note.at >= NOW


def test_a_rating_that_was_made_earlier_but_comes_later_changes_nothing(cast: Cast) -> None:
    tablet, stamp = Tablet(), Tablet().stamp(cast.fatima)
    stamp = tablet.stamp(cast.fatima)
    cast.go_to(NOW + timedelta(hours=2))
    late = tablet.item(stamp, "rating", [cast.mila], {"itself": "2"}, ago=timedelta(hours=1))
    tablet.send(tablet.item(stamp, "rating", [cast.mila], {"itself": "4"}))
    assert states(tablet.send(late)) == ["written"]
    assert Rating.objects.unrestricted(reason="test").get().itself == 4


# What waits ---------------------------------------------------------------------------------------


def lose_roster(cast: Cast) -> None:
    Roster.objects.filter(membership=cast.fatima).update(ends=TODAY)


def lose_hat(cast: Cast) -> None:
    cast.fatima.ends = TODAY
    cast.fatima.save()


def lose_account(cast: Cast) -> None:
    cast.fatima.person.is_active = False
    cast.fatima.person.save()


def get_mark(cast: Cast) -> None:
    forbid(cast.actor("carla"), cast.mila, cast.fatima.person, "restriction", "op verzoek")


@pytest.mark.parametrize(
    ("lose", "why"),
    [
        (lose_roster, Why.REFUSED),
        (lose_hat, Why.GONE),
        (lose_account, Why.GONE),
        (get_mark, Why.GONE),
    ],
)
def test_who_lost_access_writes_into_the_hands_of_a_person(cast: Cast, lose: Any, why: str) -> None:
    tablet = Tablet()
    item = tablet.note(cast.fatima, cast.mila, "Geheim van toen")
    lose(cast)
    assert states(tablet.send(item)) == ["waiting"]
    assert notes() == []
    (waits,) = kept()
    assert (waits.why, waits.child_id, waits.organisation_id) == (
        why,
        cast.mila.pk,
        cast.nursery.pk,
    )
    assert "Geheim" not in waits.sealed


@pytest.mark.parametrize("moved", [False, True])
def test_what_a_tablet_that_was_taken_back_brings_waits(cast: Cast, moved: bool) -> None:
    """Also where somebody carried it to another device: the stamp names the tablet."""
    manager = cast.actor("marit")
    shared = enrol(system_actor(NOW), add_tablet(manager, cast.location, "Vlinders"))
    tablet = Tablet(id=shared.device)
    before, after = (tablet.note(cast.fatima, cast.mila, words) for words in ("voor", "na"))
    assert states(tablet.send(before)) == ["written"]
    revoke(manager, shared)
    assert states((Tablet() if moved else tablet).send(after)) == ["waiting"]
    assert [each.why for each in kept()] == [Why.TABLET]


def test_a_day_off_is_no_loss_of_access(cast: Cast) -> None:
    """Written on Friday at work, arrived on Saturday from home."""
    tablet = Tablet()
    item = tablet.note(cast.fatima, cast.mila, "x")
    cast.go_to(NOW + timedelta(days=1))
    assert states(tablet.send(item, now=(NOW + timedelta(days=1)).isoformat())) == ["written"]
    assert [each.day for each in notes()] == [TODAY]


def test_the_same_id_with_other_words_is_kept_twice(cast: Cast) -> None:
    tablet, other = Tablet(), Tablet()
    first = tablet.note(cast.fatima, cast.mila, "Eerst")
    second = other.note(cast.lotte, cast.mila, "Anders", id=first["id"])
    assert states(tablet.send(first)) == ["written"]
    assert states(other.send(second)) == ["waiting"]
    assert [each.text for each in notes()] == ["Eerst"]
    assert [each.why for each in kept()] == [Why.TWIN]
    answers = tablet.post("safe", {"ids": [first["id"]]}).json()["items"]
    assert sorted(states(answers)) == ["waiting", "written"]
    assert len({each["digest"] for each in answers}) == 2


def test_both_in_one_request(cast: Cast) -> None:
    tablet = Tablet()
    first = tablet.note(cast.fatima, cast.mila, "Eerst")
    second = tablet.note(cast.fatima, cast.mila, "Anders", id=first["id"])
    assert set(states(tablet.send(first, second, first))) == {"waiting", "written"}
    assert (len(notes()), len(kept())) == (1, 1)


def damaged(item: dict[str, Any]) -> dict[str, Any]:
    return {**item, "sealed": item["sealed"][:-6] + "AAAAAA"}


def under_another_id(item: dict[str, Any]) -> dict[str, Any]:
    return {**item, "id": "00000000-0000-4000-8000-000000000000"}


def of_an_unknown_key(item: dict[str, Any]) -> dict[str, Any]:
    return {**item, "key": item["id"]}


@pytest.mark.parametrize("harm", [damaged, under_another_id, of_an_unknown_key])
def test_what_cannot_be_opened_is_kept_as_it_came(cast: Cast, harm: Any) -> None:
    tablet = Tablet()
    good = tablet.note(cast.fatima, cast.mila, "x")
    broken = harm(good)
    assert states(tablet.send(broken)) == ["unreadable"]
    row = Arrival.objects.get()
    assert (row.sealed, str(row.item)) == (broken["sealed"], broken["id"])
    assert notes() == []
    other = tablet.note(cast.fatima, cast.mila, "x", id=good["id"])
    assert states(tablet.send(other)) == ["written"]


def test_a_stamp_that_was_not_made_here_writes_nothing(cast: Cast) -> None:
    tablet = Tablet()
    forged = tablet.stamp(cast.fatima)[:-4] + "aaaa"
    assert states(tablet.send(tablet.note(cast.fatima, cast.mila, "x", stamp=forged))) == [
        "waiting"
    ]
    assert notes() == []
    assert [each.why for each in kept()] == [Why.UNKNOWN]


@pytest.mark.parametrize(
    "said",
    [
        {"text": ""},
        {"text": "x" * 4001},
        {"category": "safety"},
        {"category": "care"},
        {"readers": "everybody"},
        {"tags": ["staat op geen lijst"]},
        {"tags": "sliep goed"},
    ],
)
def test_what_the_form_refuses_waits_or_goes_back_to_who_still_looks(
    cast: Cast, said: dict[str, Any]
) -> None:
    tablet = Tablet()
    item = tablet.note(cast.fatima, cast.mila, "x", said=said)
    (told,) = tablet.send(item, present=True)
    assert told["state"] == "refused"
    assert told["reason"]
    assert (Arrival.objects.count(), kept()) == (0, [])
    assert states(tablet.send(item)) == ["waiting"]
    assert [each.why for each in kept()] == [Why.REFUSED]
    assert notes() == []


def test_a_stranger_reaches_no_child(cast: Cast) -> None:
    tablet = Tablet()
    told = tablet.send(tablet.note(cast.stranger, cast.mila, "x"))
    assert states(told) == ["waiting"]
    assert notes() == []


def test_words_about_several_children_wait_for_each(cast: Cast) -> None:
    tablet, noor = Tablet(), make_child(cast, "Noor", "Bakker", cast.mila.born)
    said = {"text": "Samen", "category": "day", "readers": "parents"}
    item = tablet.item(tablet.stamp(cast.fatima), "note", [cast.mila, noor], said)
    get_mark(cast)
    assert states(tablet.send(item)) == ["waiting"]
    assert [each.child_id for each in kept()] == [cast.mila.pk, noor.pk]


# The line itself ----------------------------------------------------------------------------------


def test_a_device_that_nobody_knows_is_turned_away(cast: Cast) -> None:
    tablet = Tablet()
    item = tablet.note(cast.fatima, cast.mila, "x")
    tablet.client.cookies.clear()
    answer = tablet.post("items", {"now": tablet.now.isoformat(), "items": [item]})
    assert answer.status_code == 401
    assert answer.json()["error"]
    assert not Arrival.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{}",
        '{"now": "gisteren", "items": []}',
        '{"now": "2026-11-20T10:00:00", "items": []}',
        '{"now": "2026-11-20T10:00:00Z", "items": [1]}',
        '{"now": "2026-11-20T10:00:00Z", "items": [{"id": "1"}]}',
        '{"now": "2026-11-20T10:00:00Z", "items": [{}], "version": "x"}',
        b"\xff\xfe",
        "[" * 50_000,
    ],
)
def test_a_request_that_cannot_be_read_is_told_why(cast: Cast, body: Any) -> None:
    answer = Tablet().post("items", body)
    assert answer.status_code == 400
    assert len(answer.json()["error"]) > 10


def test_too_many_too_long_too_often(cast: Cast) -> None:
    tablet = Tablet()
    item = tablet.note(cast.fatima, cast.mila, "x")
    now = tablet.now.isoformat()
    assert tablet.post("items", {"now": now, "items": [item] * 101}).status_code == 400
    long = {**item, "sealed": "A" * (64 * 1024 + 1)}
    assert tablet.post("items", {"now": now, "items": [long]}).status_code == 400
    assert tablet.post("items", "x" * 2_000_001).status_code == 413
    answers = {tablet.post("safe", {"ids": []}).status_code for _each in range(60)}
    assert answers == {200, 429}
    assert Tablet().post("safe", {"ids": []}).status_code == 200
    cast.go_to(NOW + timedelta(minutes=2))
    assert states(tablet.send(item)) == ["written"]


def test_an_app_of_before_is_asked_to_load_itself_anew(cast: Cast) -> None:
    tablet = Tablet()
    item = tablet.note(cast.fatima, cast.mila, "x")
    told = {"now": tablet.now.isoformat(), "items": [item], "version": 0}
    answer = tablet.post("items", told).json()
    assert answer["reload"] is True
    assert states(answer["items"]) == ["written"]
    assert tablet.post("items", {**told, "version": answer["version"]}).json()["reload"] is False


def test_a_session_that_ended_in_between_loses_nothing(cast: Cast) -> None:
    """The first request only hears that it ended; the device asks again, as nobody."""
    tablet = Tablet()
    item = tablet.note(cast.fatima, cast.mila, "Zwaaide naar de bus.")
    cookies, tablet.client = tablet.client.cookies, cast.client("fatima")
    tablet.client.cookies.update(cookies)
    cast.go_to(NOW + timedelta(hours=13))
    told = {"now": tablet.now.isoformat(), "items": [item]}
    assert tablet.post("items", told).status_code == 302
    assert states(tablet.send(item)) == ["written"]
    assert [each.text for each in notes()] == ["Zwaaide naar de bus."]


def test_a_key_of_before_still_opens(cast: Cast) -> None:
    old = Tablet()
    item = old.note(cast.fatima, cast.mila, "x")
    cast.go_to(NOW + timedelta(days=366))
    new = Tablet()
    assert new.key.pk != old.key.pk
    assert new.client.get("/offline/key/").json()["id"] == str(new.key.pk)
    assert states(old.send(item, now=(NOW + timedelta(days=366)).isoformat())) == ["written"]
    assert [each.day for each in notes()] == [TODAY]


def test_400_items_of_8_tablets_sent_twice_in_any_order_are_400_rows(cast: Cast) -> None:
    """Of every fifth answer nothing is heard: those are sent again."""
    chance, tablets = random.Random(4), [Tablet() for _each in range(8)]
    queues = {}
    for tablet in tablets:
        stamp = tablet.stamp(cast.fatima)
        mine = [tablet.note(cast.fatima, cast.mila, str(n), stamp=stamp) for n in range(50)]
        queues[tablet.id] = [*mine, *mine]
        chance.shuffle(queues[tablet.id])
    while waiting := [each for each in tablets if queues[each.id]]:
        tablet = chance.choice(waiting)
        batch, queues[tablet.id] = queues[tablet.id][:40], queues[tablet.id][40:]
        tablet.send(*batch)
        if chance.randrange(5) == 0:
            queues[tablet.id] += batch
    assert Entry.objects.unrestricted(reason="test").count() == 400
    assert Arrival.objects.filter(state="written", result=F("result")).count() == 400
