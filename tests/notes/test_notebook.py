"""The notebook between visits: who wrote, whose turn it is, and who reads along."""

import pytest

from alert4you.access.commands.team import name_on_team
from alert4you.kernel.decision import Denied
from alert4you.notes.commands.writing import add_parent_words, invite_to_write, write_note
from alert4you.notes.models import Turn
from alert4you.notes.rules.notebook import Written, whose_turn
from tests.cast import Cast

S, P, C = Turn.STAFF, Turn.PARENTS, Turn.COACH


@pytest.mark.parametrize(
    ("written", "turn"),
    [
        ([], None),
        ([(S, "")], None),
        ([(P, "")], S),
        ([(P, ""), (S, "")], None),
        ([(P, ""), (C, "")], S),
        ([(S, "parents")], P),
        ([(S, "parents"), (S, "")], P),
        ([(S, "parents"), (P, "")], S),
        ([(S, "parents"), (P, ""), (S, "")], None),
        ([(S, "coach"), (C, "parents")], P),
        ([(C, "staff"), (S, "")], None),
    ],
)
def test_whose_turn_it_is(written: list[tuple[Turn, str]], turn: Turn | None) -> None:
    assert whose_turn(Written(by, invites) for by, invites in written) == turn


def test_what_did_you_see_at_home(cast: Cast) -> None:
    name_on_team(cast.actor("carla"), cast.mila, cast.fatima, "mentor")
    address = f"/children/{cast.mila.pk}/notebook/"
    fatima, anna = cast.client("fatima"), cast.client("anna")
    told = {"text": "Hier slaapt ze weinig. Wat ziet u thuis?", "invites": "parents"}
    fatima.post(address, told)
    assert "De ouders zijn aan de beurt" in fatima.get(address).content.decode()
    today = anna.get("/").content.decode()
    assert "Fatima vraagt u iets" in today
    assert address in today
    cast.go_to(cast.actor("fatima", hours=1).at)
    anna.post(address, {"text": "Thuis slaapt ze na het eten."})
    assert "Fatima vraagt u iets" not in anna.get("/").content.decode()
    page = cast.client("fatima").get(address).content.decode()
    assert "Thuis slaapt ze na het eten." in page
    assert "Wij zijn aan de beurt" in page


def test_what_is_internal_is_not_in_the_notebook(cast: Cast) -> None:
    write_note(cast.actor("carla"), cast.mila, "Alleen voor ons", internal=True)
    write_note(cast.actor("carla"), cast.mila, "Voor iedereen")
    page = cast.client("carla").get(f"/children/{cast.mila.pk}/notebook/").content.decode()
    assert "Voor iedereen" in page
    assert "Alleen voor ons" not in page


def test_without_consent_the_coach_is_not_there(cast: Cast) -> None:
    invite_to_write(cast.actor("fatima"), cast.mila, "Wat zie jij?", Turn.COACH)
    assert cast.client("sanne").get(f"/children/{cast.mila.pk}/notebook/").status_code == 404


def test_an_invitation_needs_words_and_somebody(cast: Cast) -> None:
    for text, turn in ((" ", "parents"), ("Wat ziet u?", "nobody")):
        with pytest.raises(Denied):
            invite_to_write(cast.actor("fatima"), cast.mila, text, turn)
    with pytest.raises(Denied):
        invite_to_write(cast.actor("anna"), cast.mila, "En u?", "staff")
    with pytest.raises(Denied):
        add_parent_words(cast.actor("oscar"), cast.mila, "Ik ook.")
