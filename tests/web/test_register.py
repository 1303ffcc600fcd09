"""A care coordinator registers a child with its place and its parents."""

from datetime import date, timedelta

import pytest

from alert4you.access.queries import line
from alert4you.children.commands import Terms, register_child
from alert4you.children.models import Guardian, Placement
from alert4you.kernel.decision import Denied
from tests.cast import TODAY, Cast

CHILD = {
    "first_name": "Noor",
    "last_name": "Bakker",
    "born": "2024-02-02",
    "starts": "2026-11-20",
    "weekdays": ["0", "4"],
    "parts": ["morning"],
    "basis": "contract",
}


def test_a_child_its_place_and_its_parents(cast: Cast) -> None:
    carla = cast.client("carla")
    told = {**CHILD, "group": str(cast.group.pk)}
    answer = carla.post("/children/new/", told)
    noor = line.children(cast.actor("fatima")).get(first_name="Noor")
    assert answer.url == f"/children/{noor.pk}/guardian/"
    mother = {
        "name": "Els Bakker",
        "email": "els@example.org",
        "kind": "parent",
        "authority": "yes",
        "proof": "uittreksel, gezien door Carla",
    }
    carla.post(answer.url, mother)
    guardian = Guardian.objects.get(child=noor)
    assert (guardian.person.name, guardian.has_authority) == ("Els Bakker", True)
    (placement,) = line.placements(cast.actor("carla"), noor)
    assert [(d.weekday, d.part) for d in placement.days.all()] == [(0, "morning"), (4, "morning")]


def test_a_slip_in_an_address_gives_a_child_to_nobody_else(cast: Cast) -> None:
    """Who is known comes in at once; and whose address it is, is not told."""
    other = cast.add("stijn", "partner", "elsewhere").person
    other.name = "Sytske Prins"
    other.save()
    carla, page = cast.client("carla"), f"/children/{cast.mila.pk}/guardian/"
    told = {"name": "Els Bakker", "email": "Stijn@example.org", "kind": "parent", "authority": "no"}
    refused = carla.post(page, told).content.decode()
    assert "is van iemand met een andere naam" in refused and "Sytske" not in refused
    assert not Guardian.objects.filter(person=other).exists()
    carla.post(page, {**told, "name": f" {other.name.upper()} "})
    assert Guardian.objects.get(person=other).child == cast.mila


def test_one_question_on_each_screen(cast: Cast) -> None:
    """What was answered travels along, nothing is written before the end, and going back loses nothing."""
    carla = cast.client("carla", "en")
    who = {key: CHILD[key] for key in ("first_name", "last_name", "born")}
    where = {"group": str(cast.group.pk), "starts": "2026-11-20"}
    days = {"weekdays": ["0", "4"], "parts": ["morning"]}

    def sent(step: int, **told: object) -> str:
        answer = carla.post("/children/new/", {"step": step, **told})
        return answer.content.decode() if answer.status_code == 200 else answer.url

    page = carla.get("/children/new/").content.decode()
    assert "Who is the child?" in page and 'name="group"' not in page
    assert "still empty" in sent(0, **{**who, "last_name": ""})
    page = sent(0, **who)
    assert "Where, and from when?" in page and "still empty" not in page
    assert 'type="hidden" name="first_name" value="Noor"' in page
    assert "On which days?" in sent(1, **who, **where)
    assert "Who is the child?" in sent(2, **who, **where, **days, to="0")
    assert "On which days?" in sent(2, **who, **where, parts=["morning"])
    assert "why this place?" in sent(2, **who, **where, **days)
    assert not line.children(cast.actor("carla")).filter(first_name="Noor").exists()
    assert sent(3, **who, **where, **days, basis="contract").endswith("/guardian/")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"born": "2027-01-01"}, "not born yet"),
        ({"born": "1990-01-01"}, "too long ago"),
        ({"born": "30-02-2024"}, "30-02-2024 does not exist"),
        ({"weekdays": []}, "choose"),
    ],
)
def test_bad_input_keeps_what_was_typed(cast: Cast, wrong: dict, says: str) -> None:
    told = {**CHILD, "group": str(cast.group.pk), **wrong}
    answer = cast.client("carla", "en").post("/children/new/", told)
    page = answer.content.decode()
    assert says in page
    assert 'value="Noor"' in page
    assert not line.children(cast.actor("carla")).filter(first_name="Noor").exists()


def test_a_group_worker_cannot_register(cast: Cast) -> None:
    told = {**CHILD, "group": str(cast.group.pk)}
    assert cast.client("fatima").post("/children/new/", told).status_code == 404
    with pytest.raises(Denied):
        register_child(
            cast.actor("fatima"), ("Noor", "Bakker"), date(2024, 2, 2), cast.group, TODAY, Terms([])
        )


def test_two_places_at_once_are_refused(cast: Cast) -> None:
    told = {**CHILD, "group": str(cast.group.pk)}
    page = cast.client("carla", "en").post(f"/children/{cast.mila.pk}/place/", told)
    assert "Mila has a place on Vlinders already on Monday" in page.content.decode()
    assert len(line.placements(cast.actor("carla"), cast.mila)) == 1


def test_an_end_before_the_start_is_refused(cast: Cast) -> None:
    told = {**CHILD, "group": str(cast.group.pk), "last_day": "2026-11-18"}
    page = cast.client("carla", "en").post(f"/children/{cast.mila.pk}/place/", told)
    assert "lies before the first" in page.content.decode()
    assert len(line.placements(cast.actor("carla"), cast.mila)) == 1


def test_a_place_until_and_including_a_day(cast: Cast) -> None:
    told = {**CHILD, "group": str(cast.group.pk), "last_day": "2026-11-27"}
    told |= {"mentor": str(cast.fatima.pk), "review_on": "2026-11-25", "parts": ["after_school"]}
    cast.client("carla", "en").post(f"/children/{cast.mila.pk}/place/", told)
    newest = line.placements(cast.actor("carla"), cast.mila)[0]
    assert (newest.starts, newest.last_day) == (date(2026, 11, 20), date(2026, 11, 27))
    assert (newest.mentor, newest.review_on) == (cast.fatima, date(2026, 11, 25))


def test_a_child_that_is_not_born_yet_comes_on_no_day(cast: Cast) -> None:
    """The parents ask for help already; days need not be chosen, and none are written."""
    told = {**CHILD, "group": str(cast.group.pk), "born": "2027-01-01", "unborn": "on"}
    told |= {"weekdays": [], "parts": []}
    assert cast.client("carla").post("/children/new/", told).status_code == 302
    noor = line.children(cast.actor("carla")).get(first_name="Noor")
    (placement,) = line.placements(cast.actor("carla"), noor)
    assert not placement.days.exists()


def test_two_stays_on_one_group_name_it_once(cast: Cast) -> None:
    stay = Placement.objects.unrestricted(reason="test").get(child=cast.mila)
    stay.ends = TODAY + timedelta(days=9)
    stay.save()
    Placement.objects.create(child=cast.mila, group=stay.group, starts=stay.ends)
    page = cast.client("fatima").get(f"/children/{cast.mila.pk}/").content.decode()
    head = page[page.index("<h1") :]
    assert head[: head.index("</header>")].count(str(stay.group)) == 1
