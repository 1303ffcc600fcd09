"""A name, six digits, and what that opens; and every way in which it ends."""

from datetime import timedelta

import pytest
from django.test import Client

from alert4you.kernel.models import AuditRecord
from alert4you.organisations.models import Membership, Role
from alert4you.tablets.commands import revoke, set_lock
from alert4you.tablets.models import Tablet, WrongPins
from alert4you.tablets.queries import device_named, signed_name
from alert4you.web.rules.levels import LEVELS, OWN, opens_with_pin
from alert4you.web.rules.sessions import Door
from tests.architecture.crawl import ALL
from tests.cast import NOW, TODAY, Cast
from tests.tablets.conftest import OTHER, PIN, at, types


def test_two_taps_and_a_pin(cast: Cast, tablet: Tablet) -> None:
    client = at(tablet)
    names = client.get("/tablet/").content.decode()
    assert "Fatima" in names and "Lotte" in names
    assert "Carla" not in names, "she is not on the roster"
    page = client.get(f"/tablet/{cast.fatima.pk}/").content.decode()
    assert 'inputmode="numeric"' in page and 'type="password"' not in page
    assert types(client, cast.fatima, PIN) == "/"
    assert client.get("/").context["actor"] == cast.actor("fatima")
    assert "Mila" in client.get(f"/children/{cast.mila.pk}/").content.decode()
    assert AuditRecord.objects.get(name="door.pin").person_id == cast.fatima.person_id


def test_a_pin_opens_nothing_on_another_device(cast: Cast, tablet: Tablet) -> None:
    for client in (Client(), cast.client("lotte")):
        assert types(client, cast.fatima, PIN) == "/tablet/"
    made_up = Client()
    made_up.cookies["device"] = f"{tablet.device.hex}:made-up"
    assert types(made_up, cast.fatima, PIN) == "/tablet/"
    assert not AuditRecord.objects.filter(name="door.pin").exists()


def test_somebody_else(cast: Cast, tablet: Tablet) -> None:
    """Only colleagues with a PIN; who has none is told how to get one."""
    carla = cast.client("carla")
    client = at(tablet)
    assert "Carla" not in client.get("/tablet/others/").content.decode()
    page = client.get(f"/tablet/{cast.carla.pk}/").content.decode()
    assert "do not have a PIN yet" in page
    carla.post("/keys/pin/", {"pin": PIN, "again": PIN})
    assert "Carla" in client.get("/tablet/others/").content.decode()
    assert types(client, cast.carla, PIN) == "/"


@pytest.mark.parametrize("who", ["sanne", "stranger", "olga", "gemma"])
def test_of_another_place_nobody_comes_in(cast: Cast, tablet: Tablet, who: str) -> None:
    assert at(tablet).get(f"/tablet/{cast.people[who].pk}/").status_code == 404


def test_nobody_on_the_roster_and_no_tablet(cast: Cast, tablet: Tablet) -> None:
    cast.go_to(NOW + timedelta(days=1))  # a Saturday
    page = at(tablet).get("/tablet/").content.decode()
    assert "Nobody is on the roster" in page
    assert (
        "Set up as a shared tablet" in cast.client("fatima", "en").get("/tablet/").content.decode()
    )


def test_five_wrong_lock_one_person_on_one_tablet(cast: Cast, tablet: Tablet) -> None:
    client = at(tablet)
    said = [types(client, cast.fatima, OTHER) for _ in range(5)]
    assert "4 more times" in said[0] and "1 more time." in said[3]
    assert "wrong five times" in said[4]
    assert "wrong five times" in types(client, cast.fatima, PIN), "the right one does not help"
    assert types(client, cast.lotte, OTHER) == "/", "her colleague goes on"
    refused = AuditRecord.objects.filter(name="door.pin", person_id=cast.fatima.person_id)
    assert set(refused.values_list("outcome", flat=True)) == {AuditRecord.Outcome.REFUSED}


def test_wrong_digits_do_not_come_back(cast: Cast, tablet: Tablet) -> None:
    """With six digits in the field the next touch would send the same again, and cost a try."""
    wrong = types(at(tablet), cast.fatima, OTHER)
    assert "This is not your PIN" in wrong and OTHER not in wrong
    chosen = cast.client("carla").post("/keys/pin/", {"pin": PIN, "again": OTHER})
    assert PIN not in chosen.content.decode() and OTHER not in chosen.content.decode()


def test_a_right_one_in_between_starts_again(cast: Cast, tablet: Tablet) -> None:
    client = at(tablet)
    for digits in (*[OTHER] * 4, PIN, *[OTHER] * 4):
        types(client, cast.fatima, digits)
    assert types(client, cast.fatima, PIN) == "/"


def test_the_manager_unlocks(cast: Cast, tablet: Tablet) -> None:
    for _ in range(5):
        types(at(tablet), cast.fatima, OTHER)
    wrong = WrongPins.objects.get()
    assert cast.client("lotte").post(f"/tablets/unlock/{wrong.pk}/").status_code == 404
    marit = cast.client("marit", "en")
    assert (
        "1 person locked out"
        in marit.get(f"/locations/{cast.location.pk}/tablets/").content.decode()
    )
    assert "Locked out here" in marit.get(f"/tablets/{tablet.pk}/").content.decode()
    marit.post(f"/tablets/unlock/{wrong.pk}/")
    assert types(at(tablet), cast.fatima, PIN) == "/"


def test_signing_in_with_an_account_of_her_own_unlocks(cast: Cast, tablet: Tablet) -> None:
    from alert4you.web.views.door.entering import come_in

    for _ in range(5):
        types(at(tablet), cast.fatima, OTHER)
    client = at(tablet)
    request = client.get("/tablet/").wsgi_request
    request.now = NOW
    come_in(request, cast.fatima.person, "passkey", 2)
    assert types(at(tablet), cast.fatima, PIN) == "/"


def test_what_a_pin_does_not_open(cast: Cast, tablet: Tablet) -> None:
    """Asked for a proof of her own; and what sets one up is closed as well."""
    carla = cast.client("carla")
    carla.post("/keys/pin/", {"pin": PIN, "again": PIN})
    client = at(tablet)
    types(client, cast.carla, PIN)
    for page in ("/keys/", "/keys/pin/", "/hats/", "/invitations/", "/login/second/app/"):
        assert carla.get(page).status_code == 200, page
        assert client.get(page).url.startswith("/login/more/"), page
    assert "more is needed" in client.get("/login/more/?next=/keys/").content.decode()
    assert client.get("/children/").status_code == 200


def test_a_pin_wears_the_hat_it_was_chosen_for(cast: Cast, tablet: Tablet) -> None:
    second = Membership.objects.create(
        person=cast.fatima.person, organisation=cast.nursery, role=Role.MANAGER, starts=TODAY
    )
    client = at(tablet)
    types(client, cast.fatima, PIN)
    client.post("/hats/", {"hat": str(second.pk)})
    assert client.get("/").context["actor"].role == Role.GROUP_WORKER
    Membership.objects.filter(pk=cast.fatima.pk).update(ends=TODAY)
    assert client.get("/").url == "/tablet/", "not the other one instead"


def test_it_ends_when_the_tablet_is_taken_back(cast: Cast, tablet: Tablet) -> None:
    client = at(tablet)
    types(client, cast.fatima, PIN)
    assert client.get("/").status_code == 200
    revoke(cast.actor("marit"), tablet)
    assert client.get("/").url == "/tablet/"
    assert "_auth_user_id" not in client.session
    assert "took this tablet back" in client.get("/tablet/").content.decode()
    assert types(client, cast.fatima, PIN) == "/tablet/"
    device = device_named(client.cookies["device"].value)
    assert device.id == tablet.device and device.revoked_at == NOW, (
        "its sealed items are known still"
    )


@pytest.mark.parametrize(
    ("minutes", "idle", "over"), [(5, 4, False), (5, 5, True), (1, 1, True), (15, 14, False)]
)
def test_it_locks_itself(cast: Cast, tablet: Tablet, minutes: int, idle: int, over: bool) -> None:
    set_lock(cast.actor("marit"), minutes)
    client = at(tablet)
    types(client, cast.fatima, PIN)
    cast.go_to(NOW + timedelta(minutes=idle))
    assert (client.get("/").status_code == 302) is over


def test_who_is_busy_goes_on(cast: Cast, tablet: Tablet) -> None:
    client = at(tablet)
    types(client, cast.fatima, PIN)
    for minutes in range(4, 40, 4):
        cast.go_to(NOW + timedelta(minutes=minutes))
        assert client.post("/tablet/here/").status_code == 204
    assert client.get("/").status_code == 200


def test_however_she_came_in_the_tablet_locks_itself(cast: Cast, tablet: Tablet) -> None:
    cast.fatima.person.set_password("een lang geheim van Fatima")
    cast.fatima.person.save()
    client = at(tablet)
    client.post(
        "/login/", {"email": "fatima@example.org", "password": "een lang geheim van Fatima"}
    )
    door = Door.of(client.session)
    assert (door.tablet, door.idle, door.hat) == (str(tablet.pk), 5, "")


def test_locking_leads_to_names_and_she_comes_back_where_she_was(
    cast: Cast, tablet: Tablet
) -> None:
    client, place = at(tablet), f"/children/{cast.mila.pk}/"
    types(client, cast.fatima, PIN)
    assert client.post("/lock/", {"to": "names", "next": place}).url == "/tablet/"
    assert "_auth_user_id" not in client.session
    assert types(client, cast.fatima, PIN) == place
    assert client.post("/lock/", {"next": place}).url == "/locked/"
    assert "/tablet/" in client.get("/locked/").content.decode()
    assert types(client, cast.lotte, OTHER) == "/", "somebody else begins at Today"


def test_locked_without_a_network_the_next_request_ends_the_session(
    cast: Cast, tablet: Tablet
) -> None:
    """The script says so in a cookie, whatever is asked; the next person is not put out by it."""
    client = at(tablet)
    types(client, cast.fatima, PIN)
    client.cookies["left"] = "1"
    assert client.get(f"/children/{cast.mila.pk}/").url == "/tablet/"
    assert "_auth_user_id" not in client.session
    assert client.cookies.pop("left").value == "", "deleted"
    client.cookies["left"] = "1"
    types(client, cast.lotte, OTHER)
    assert client.cookies.pop("left").value == ""
    assert client.get("/").context["actor"] == cast.actor("lotte")


def test_titles_tell_nothing_on_a_shared_tablet(cast: Cast, tablet: Tablet) -> None:
    """The history of a browser keeps them."""
    client, place = at(tablet), f"/children/{cast.mila.pk}/"
    types(client, cast.fatima, PIN)
    assert "<title>Children · Alert4you</title>" in client.get(place).content.decode()
    assert "<title>Mila" in cast.client("fatima", "en").get(place).content.decode()


def test_a_device_of_staff_is_known_from_its_first_page_on(cast: Cast) -> None:
    fatima, anna = cast.client("fatima"), cast.client("anna")
    fatima.get("/")
    kept = fatima.cookies["device"]
    assert kept["httponly"] and kept["samesite"] == "Strict" and kept["max-age"] > 86_400 * 300
    device = device_named(kept.value)
    assert device.tablet is None and device.revoked_at is None
    fatima.get("/")
    assert fatima.cookies["device"].value == kept.value == signed_name(device.id)
    anna.get("/")
    assert "device" not in anna.cookies


def test_a_page_that_nobody_thought_of_is_not_open() -> None:
    assert set(LEVELS) >= OWN, "only pages that there are"
    assert opens_with_pin("web:line") and opens_with_pin("notes:write")
    assert not opens_with_pin("web:keys") and not opens_with_pin("admin:index")


def test_no_paper_and_no_table_leaves_a_shared_tablet() -> None:
    files = {name for name, page in ALL.items() if str(page.pattern).endswith((".pdf", ".csv"))}
    assert len(files) > 4
    assert {name for name in files if opens_with_pin(name)} == set()


@pytest.mark.parametrize("away", [False, True])
def test_words_sent_after_it_locked_are_not_shown_to_who_stands_there_now(
    cast: Cast, tablet: Tablet, away: bool
) -> None:
    client = at(tablet)
    types(client, cast.fatima, PIN)
    if away:
        client.post("/lock/")
    else:
        cast.go_to(NOW + timedelta(minutes=30))
    words = "Zij bouwde een toren"
    answer = client.post(f"/children/{cast.mila.pk}/note/", {"text": words}, follow=True)
    assert answer.redirect_chain
    assert words not in answer.content.decode()
