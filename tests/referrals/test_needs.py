"""Does it go well here, and is it enough? What is missing is registered, looked at again, and counted."""

from datetime import timedelta
from typing import Any

import pytest

from alert4you.access.queries.line import entries
from alert4you.kernel.decision import Denied
from alert4you.referrals.commands.needs import look_again, register_need
from alert4you.referrals.models import UnmetNeed
from alert4you.referrals.queries.needs import open_needs
from alert4you.referrals.rules.needs import Judged, Missing
from tests.cast import NOW, TODAY
from tests.referrals.conftest import Way

LATER = TODAY + timedelta(weeks=8)
NOT_ENOUGH = Judged(goes_well=True, enough=False, words="Ze speelt mee.")


def missing(**given: Any) -> Missing:
    told = {"help": "treatment", "what": "Behandeling.", "obstacle": "no_place"} | given
    return Missing(**({"look_again_on": LATER} | told))


def test_well_here_is_not_enough(way: Way) -> None:
    carla = way.cast.actor("carla")
    need = register_need(carla, way.cast.mila, NOT_ENOUGH, missing())
    verdict = need.verdicts.get()
    assert (verdict.goes_well, verdict.enough) == (True, False)
    assert [each.pk for each in open_needs(way.cast.actor("anna"))] == [need.pk]
    assert not open_needs(way.cast.actor("sanne")).exists()
    assert [each.title for each in entries(way.cast.actor("anna"))][0] == "Behandeling van het kind"


@pytest.mark.parametrize(
    ("judged", "told", "says"),
    [
        (Judged(True, True, "Goed."), {}, "no help is missing"),
        (Judged(False, True, "Nee."), {}, "no help is missing"),
        (NOT_ENOUGH, {"what": " "}, "which help is missing"),
        (NOT_ENOUGH, {"look_again_on": TODAY}, "lies ahead"),
    ],
)
def test_what_cannot_be_registered(
    way: Way, judged: Judged, told: dict[str, Any], says: str
) -> None:
    with pytest.raises(Denied, match=says):
        register_need(way.cast.actor("carla"), way.cast.mila, judged, missing(**told))
    assert not UnmetNeed.objects.unrestricted(reason="test").exists()


@pytest.mark.parametrize("who", ["sanne", "anna", "stranger", "gemma"])
def test_only_own_staff_judge(way: Way, who: str) -> None:
    with pytest.raises(Denied):
        register_need(way.cast.actor(who), way.cast.mila, NOT_ENOUGH, missing())


def test_looking_again(way: Way) -> None:
    cast = way.cast
    need = register_need(cast.actor("carla"), cast.mila, NOT_ENOUGH, missing())
    cast.go_to(NOW + timedelta(weeks=8))
    carla = cast.actor("carla")
    with pytest.raises(Denied, match="day on which you look again"):
        look_again(carla, need, NOT_ENOUGH)
    look_again(carla, need, NOT_ENOUGH, carla.today + timedelta(weeks=8))
    assert open_needs(carla).exists()
    look_again(carla, need, Judged(True, True, "De behandeling is begonnen."))
    assert not open_needs(carla).exists()
    assert need.verdicts.count() == 3
    with pytest.raises(Denied, match="was met"):
        look_again(carla, need, NOT_ENOUGH, LATER)
