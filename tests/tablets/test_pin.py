"""Which PINs may be chosen, and by whom; what is kept of one."""

import pytest

from alert4you.kernel.decision import Denied
from alert4you.tablets.commands import choose_pin
from alert4you.tablets.models import Pin
from alert4you.tablets.rules import strong
from tests.cast import Cast
from tests.tablets.conftest import OTHER, PIN


@pytest.mark.parametrize(
    ("pin", "good"),
    [
        ("274951", True),
        ("830746", True),
        ("905173", True),
        ("123456", False),  # rows
        ("654321", False),
        ("890123", False),
        ("246802", False),
        ("000000", False),  # few digits
        ("797979", False),
        ("448844", False),
        ("481481", False),  # something twice
        ("482284", False),  # mirrored
        ("445599", False),  # pairs
        ("140585", False),  # 14 May 1985
        ("850514", False),  # the same, the other way round
        ("051485", False),  # as Americans write it
        ("198505", False),  # May 1985
        ("051985", False),
        ("2749", False),
        ("27495a", False),
        ("٢٧٤٩٥١", False),
    ],
)
def test_what_is_guessed_at_once_is_refused(pin: str, good: bool) -> None:
    assert bool(strong(pin)) is good


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("fatima", True),
        ("carla", True),
        ("marit", True),
        ("sanne", False),
        ("gemma", False),
        ("olga", False),
    ],
)
def test_only_staff_of_a_place_has_one(cast: Cast, who: str, may: bool) -> None:
    page = cast.client(who).get("/keys/pin/")
    assert page.status_code == (200 if may else 404)
    if not may:
        with pytest.raises(Denied):
            choose_pin(cast.actor(who), cast.people[who], PIN)


def test_a_pin_is_chosen_for_oneself_only(cast: Cast) -> None:
    with pytest.raises(Denied):
        choose_pin(cast.actor("marit"), cast.fatima, PIN)


def test_what_is_kept_is_no_pin_and_the_same_pin_is_kept_differently(cast: Cast) -> None:
    fatima = choose_pin(cast.actor("fatima"), cast.fatima, PIN)
    lotte = choose_pin(cast.actor("lotte"), cast.lotte, PIN)
    assert PIN not in fatima.hashed
    assert fatima.hashed != lotte.hashed
    assert fatima.fits(PIN) and not fatima.fits(OTHER)


def test_the_key_of_the_installation_is_part_of_it(cast: Cast, settings: object) -> None:
    choose_pin(cast.actor("fatima"), cast.fatima, PIN)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "a new key " * 6
    kept = Pin.objects.get(membership=cast.fatima)
    assert not kept.fits(PIN)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert kept.fits(PIN)


def test_on_the_page_both_must_be_the_same_and_not_weak(cast: Cast) -> None:
    client = cast.client("fatima", "en")
    page = client.post("/keys/pin/", {"pin": PIN, "again": OTHER}).content.decode()
    assert "not the same" in page
    page = client.post("/keys/pin/", {"pin": "123456", "again": "123456"}).content.decode()
    assert "easy to guess" in page
    assert not Pin.objects.exists()
    assert client.post("/keys/pin/", {"pin": PIN, "again": PIN}).url == "/keys/"
    assert "Another PIN" in client.get("/keys/").content.decode()


def test_another_one_takes_its_place(cast: Cast) -> None:
    for digits in (PIN, OTHER):
        choose_pin(cast.actor("fatima"), cast.fatima, digits)
    kept = Pin.objects.get(membership=cast.fatima)
    assert kept.fits(OTHER) and not kept.fits(PIN)
