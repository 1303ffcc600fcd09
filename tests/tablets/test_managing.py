"""Setting up, renaming and taking back, by whoever runs the place."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alert4you.kernel.decision import Denied
from alert4you.organisations.queries import system_actor
from alert4you.tablets.commands import add_tablet, enrol, offer_code, rename, revoke, set_lock
from alert4you.tablets.models import ScreenLock, Tablet
from alert4you.tablets.queries import signed_name, waiting_for
from tests.cast import NOW, Cast


def in_english() -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def waiting(cast: Cast) -> Tablet:
    return add_tablet(cast.actor("marit"), cast.location, "Vlinders")


@pytest.mark.parametrize(
    ("who", "may"),
    [("marit", True), ("carla", True), ("fatima", False), ("sanne", False), ("stranger", False)],
)
def test_who_runs_the_place_looks_after_its_tablets(
    cast: Cast, waiting: Tablet, who: str, may: bool
) -> None:
    actor = cast.actor(who)
    deeds = [
        lambda: add_tablet(actor, cast.location, "Rupsen"),
        lambda: offer_code(actor, waiting),
        lambda: rename(actor, waiting, "Kikkers"),
        lambda: set_lock(actor, 3),
        lambda: revoke(actor, waiting),
    ]
    if not may:
        for deed in deeds if who != "stranger" else deeds[:3]:
            with pytest.raises(Denied):
                deed()
        assert cast.client(who).get(f"/tablets/{waiting.pk}/").status_code == 404
        return
    for deed in deeds:
        deed()
    with pytest.raises(Denied):
        rename(actor, waiting, "Too late")


def test_from_the_page_of_the_manager_to_the_tablet(cast: Cast) -> None:
    marit, browser = cast.client("marit", "en"), in_english()
    assert f"/locations/{cast.location.pk}/tablets/" in marit.get("/").content.decode()
    page = marit.post(f"/locations/{cast.location.pk}/tablets/", {"name": "Vlinders"}, follow=True)
    made = Tablet.objects.get()
    assert made.code in page.content.decode()
    assert "Set up as a shared tablet" in browser.get("/tablet/").content.decode()
    answer = browser.post("/tablet/", {"code": made.code})
    assert answer.url == "/tablet/"
    assert "Fatima" in browser.get("/tablet/").content.decode()
    assert "Set up by Marit" in marit.get(f"/tablets/{made.pk}/").content.decode()


def test_nobody_stays_signed_in_on_what_becomes_a_tablet(cast: Cast, waiting: Tablet) -> None:
    marit = cast.client("marit")
    marit.get("/")
    before = marit.cookies["device"].value
    assert marit.post("/tablet/", {"code": waiting.code}).url == "/tablet/"
    assert "_auth_user_id" not in marit.session
    assert marit.cookies["device"].value != before


def test_a_code_works_once_for_a_quarter_of_an_hour(cast: Cast, waiting: Tablet) -> None:
    code, browser = waiting.code, in_english()
    cast.go_to(NOW + timedelta(minutes=15))
    assert "does not work" in browser.post("/tablet/", {"code": code}).content.decode()
    marit = cast.client("marit", "en")
    assert code not in (page := marit.get(f"/tablets/{waiting.pk}/").content.decode())
    assert "too old" in page
    marit.post(f"/tablets/{waiting.pk}/code/")
    waiting.refresh_from_db()
    assert waiting.code != code
    assert browser.post("/tablet/", {"code": waiting.code}).status_code == 302
    assert "does not work" in in_english().post("/tablet/", {"code": waiting.code}).content.decode()
    with pytest.raises(Denied):
        enrol(system_actor(NOW + timedelta(minutes=15)), waiting)


def test_a_code_taken_back_or_offered_for_a_tablet_that_works(cast: Cast, waiting: Tablet) -> None:
    marit = cast.actor("marit")
    revoke(marit, waiting)
    assert waiting_for(waiting.code, NOW) is None
    other = enrol(system_actor(NOW), add_tablet(marit, cast.location, "Rupsen"))
    with pytest.raises(Denied):
        offer_code(marit, other)


def test_guessing_codes_waits_after_ten_tries(cast: Cast, waiting: Tablet) -> None:
    browser = in_english()
    said = [browser.post("/tablet/", {"code": f"{n:08}"}).content.decode() for n in range(11)]
    assert "does not work" in said[9] and "tried too often" in said[10]
    assert (
        "tried too often" in in_english().post("/tablet/", {"code": waiting.code}).content.decode()
    )


def test_who_guesses_elsewhere_keeps_no_known_device_out(cast: Cast, waiting: Tablet) -> None:
    """Behind a proxy that tells no addresses all visitors are one."""
    for number in range(11):
        in_english().post("/tablet/", {"code": f"{number:08}"})
    known = in_english()
    known.cookies["device"] = signed_name(uuid4())
    assert known.post("/tablet/", {"code": waiting.code}).status_code == 302


def test_taking_back_asks_first(cast: Cast, waiting: Tablet) -> None:
    marit = cast.client("marit", "en")
    assert "Take “Vlinders” back?" in marit.get(f"/tablets/{waiting.pk}/revoke/").content.decode()
    waiting.refresh_from_db()
    assert waiting.revoked_at is None
    marit.post(f"/tablets/{waiting.pk}/revoke/")
    page = marit.get(f"/locations/{cast.location.pk}/tablets/").content.decode()
    assert f"/tablets/{waiting.pk}/" not in page


@pytest.mark.parametrize(("minutes", "may"), [(0, False), (1, True), (15, True), (16, False)])
def test_it_locks_within_a_quarter_of_an_hour(cast: Cast, minutes: int, may: bool) -> None:
    if may:
        set_lock(cast.actor("marit"), minutes)
    else:
        with pytest.raises(Denied):
            set_lock(cast.actor("marit"), minutes)
    assert ScreenLock.objects.exists() is may


def test_as_many_questions_for_three_tablets_as_for_one(cast: Cast, waiting: Tablet) -> None:
    marit, page = cast.client("marit"), f"/locations/{cast.location.pk}/tablets/"

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            marit.get(page)
        return len(queries)

    marit.get(page)
    one = asked()
    for name in ("Rupsen", "Kikkers"):
        add_tablet(cast.actor("marit"), cast.location, name)
    assert asked() == one <= 12
