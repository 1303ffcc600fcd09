"""Today of parents: calm, per child, and only what is asked of this parent."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from alert4you.access.commands.consent import answer_consent, ask_consent
from alert4you.access.rules.consent import Terms
from alert4you.children.models import Child, Guardian, Placement
from alert4you.notes.commands.writing import write_note
from alert4you.organisations.models import Membership
from alert4you.web.queries.parent import NEWEST, today
from tests.cast import NOW, TODAY, Cast, make_child
from tests.web.test_line import start

MOST_QUERIES = 12
SAVEPOINTS = ("SAVEPOINT", "RELEASE", "ROLLBACK")


def page(cast: Cast, who: str = "anna") -> str:
    return cast.client(who).get("/").content.decode()


def sibling(cast: Cast, name: str) -> Child:
    child = make_child(cast, name, "Jansen", TODAY.replace(year=2024))
    for parent in (cast.anna, cast.bram):
        Guardian.objects.create(
            child=child, person=parent, kind="parent", has_authority=True, starts=child.born
        )
    return child


def asks(cast: Cast, child: Child) -> object:
    terms = Terms(["day"], "We willen graag samen kijken.")
    return ask_consent(cast.actor("fatima"), child, cast.youthcare, "coaching", terms)


def test_nothing_asked_is_said(cast: Cast) -> None:
    shown = page(cast)
    assert "Er wordt u nu niets gevraagd." in shown
    assert "Dag Anna Jansen" in shown


def test_who_has_no_authority_has_no_child_here(cast: Cast) -> None:
    assert "Nog geen kind" in page(cast, "oscar")
    assert "Mila" not in page(cast, "oscar")


def test_who_has_no_child_and_no_work_here_reads_what_to_do(cast: Cast) -> None:
    Membership.objects.filter(pk=cast.koen.pk).update(ends=TODAY)
    assert "Vraag de locatie om u op te schrijven" in page(cast, "koen")


def test_a_consent_waits_until_it_is_answered_or_put_off(cast: Cast) -> None:
    request = asks(cast, cast.mila)
    assert "Er wordt u één ding gevraagd." in page(cast)
    assert f"/sharing/{request.pk}/" in page(cast)
    answer_consent(cast.actor("anna"), request, {"day": "later"}, TODAY + timedelta(days=10))
    assert "Er wordt u nu niets gevraagd." in page(cast)
    assert "Er wordt u één ding gevraagd." in page(cast, "bram")
    cast.go_to(NOW + timedelta(days=10))
    assert "Er wordt u één ding gevraagd." in page(cast)


def test_the_newest_of_each_child_without_jargon(cast: Cast) -> None:
    sem = sibling(cast, "Sem")
    for number in range(NEWEST + 2):
        write_note(cast.actor("fatima", hours=-number), cast.mila, f"mila-{number}")
    write_note(cast.actor("fatima", hours=-20), sem, "sem-0")
    write_note(cast.actor("fatima"), sem, "geheim", internal=True)
    cards = {
        card.child: [item.words for item in card.news] for card in today(cast.actor("anna")).cards
    }
    assert cards == {cast.mila: ["mila-0", "mila-1", "mila-2"], sem: ["sem-0"]}
    assert "geheim" not in page(cast)


def test_who_has_the_lead(cast: Cast) -> None:
    Placement.objects.unrestricted(reason="test").update(mentor=cast.lotte)
    assert "Lotte" in page(cast)
    start(cast)
    shown = page(cast)
    assert "Carla" in shown
    assert "Kansen voor Kleintjes" in shown


def test_as_many_queries_for_one_child_as_for_three(cast: Cast) -> None:
    def run() -> int:
        client = cast.client("anna")
        client.get("/")
        with CaptureQueriesContext(connection) as caught:
            assert client.get("/").status_code == 200
        return sum(not q["sql"].startswith(SAVEPOINTS) for q in caught.captured_queries)

    start(cast)
    asks(cast, cast.mila)
    write_note(cast.actor("fatima"), cast.mila, "een")
    few = run()
    for name in ("Sem", "Noa"):
        child = sibling(cast, name)
        asks(cast, child)
        write_note(cast.actor("fatima"), child, "twee")
    assert run() == few
    assert few <= MOST_QUERIES
