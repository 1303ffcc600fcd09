"""What another system reads and writes, and what it cannot."""

from datetime import timedelta
from uuid import uuid4

import pytest

from alert4you.access.commands.places import place_child
from alert4you.api.models import Application, Scope
from alert4you.api.queries import AT_ONCE
from alert4you.api.rules import MOST_A_MINUTE
from alert4you.api.views.problems import MOST_TOLD
from alert4you.children.models import Child, DayPart, Placement, Terms
from alert4you.kernel.models import AuditRecord
from alert4you.organisations.models import Group, Roster
from tests.api.calling import JIP, caller
from tests.cast import TODAY, Cast, make_cast


def named(last_name: str) -> int:
    return Child.objects.unrestricted(reason="test").filter(last_name=last_name).count()


def test_it_reads_its_own_groups_and_children_and_parents_see_that(cast: Cast) -> None:
    make_cast("other.example")
    api = caller(cast)
    groups = api.get("/groups").json()
    assert [(each["name"], each["places"]) for each in groups["results"]] == [("Vlinders", 16)]
    answer = api.get("/children")
    assert answer["API-Version"] == "1.0.0"
    assert "no-store" in answer["Cache-Control"]
    (mila,) = answer.json()["results"]
    assert (mila["firstName"], mila["lastName"]) == ("Mila", "Jansen")
    assert mila["placements"][0]["days"][0] == {"weekday": 1, "parts": ["afternoon", "morning"]}
    read = AuditRecord.objects.filter(name="api:children", subject_id=cast.mila.pk).get()
    assert (read.role, read.person_id) == ("application", api.application.membership.person_id)
    page = cast.client("anna").get("/looked/").content.decode()
    assert "Planbord" in page and "een ander systeem" in page


def test_a_child_comes_once_and_is_brought_up_to_date(cast: Cast) -> None:
    api = caller(cast)
    made = api.put("/children/K1", JIP)
    assert made.status_code == 201, made.content
    again = api.put("/children/K1", {**JIP, "firstName": "Jipke"})
    assert (again.status_code, again.json()) == (200, made.json())
    assert named("van Dam") == 1
    assert api.get("/children/K1").json()["firstName"] == "Jipke"


def test_who_looks_like_a_child_that_is_here_is_asked_about(cast: Cast) -> None:
    api = caller(cast)
    mila = {**JIP, "firstName": "Mila", "lastName": "Janssen", "prefix": "", "born": "2023-05-01"}
    asked = api.put("/children/K2", mila)
    assert (asked.status_code, asked.json()["question"]) == (409, "sameChild")
    assert named("Janssen") == 0
    assert api.put("/children/K2", {**mila, "sameChild": False}).status_code == 201
    assert named("Janssen") == 1


def test_one_that_repeats_itself_does_nothing_twice(cast: Cast) -> None:
    api = caller(cast)
    said = {"name": "Fatima", "group": "Vlinders", "onDate": "2026-11-28"}
    key = {"Idempotency-Key": str(uuid4())}
    first = api.ask("POST", "/rosters", said, **key)
    second = api.ask("POST", "/rosters", said, **key)
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert Roster.objects.filter(weekday=5).count() == 1
    done = AuditRecord.objects.filter(name="api.save").count()
    assert done == 1


def test_a_system_is_nobody_who_works_on_a_group(cast: Cast) -> None:
    """It would count as somebody with the children."""
    api = caller(cast)
    said = {"name": str(api.application), "group": "Vlinders", "onDate": "2026-11-28"}
    answer = api.ask("POST", "/rosters", said, **{"Accept-Language": "en"})
    assert (answer.status_code, "is another system" in answer.json()["detail"]) == (409, True)
    assert not Roster.objects.filter(membership=api.application.membership).exists()


def test_a_group_is_made_by_its_own_number(cast: Cast) -> None:
    api = caller(cast)
    said = {"name": "Wolken", "ageFrom": 0, "ageTo": 2, "places": 12}
    assert api.put("/groups/7", said).status_code == 201
    assert api.put("/groups/7", {**said, "name": "Wolkjes"}).status_code == 200
    assert api.get("/groups/7").json()["name"] == "Wolkjes"
    assert Group.objects.filter(location=cast.location).count() == 2


def test_nothing_of_a_refused_request_stays(cast: Cast) -> None:
    """A full group: the same rule, and the same words, as on the page."""
    cast.group.places = 1
    cast.group.save()
    api = caller(cast)
    answer = api.put("/children/K1", JIP, **{"Accept-Language": "nl"})
    assert answer.status_code == 409
    assert answer["Content-Type"] == "application/problem+json"
    assert "vol" in answer.json()["detail"]
    assert "full" in api.put("/children/K1", JIP, **{"Accept-Language": "en"}).json()["detail"]
    assert named("van Dam") == 0
    assert Placement.objects.unrestricted(reason="test").count() == 1


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({**JIP, "born": "soon"}, "born"),
        ({**JIP, "extra": 1}, "extra"),
        ({**JIP, "lastName": "\ud83d"}, "lastName"),
        ({**JIP, "days": [{"weekday": float("inf")}]}, "weekday"),
        ({**JIP, "days": [{"weekday": 10**400}]}, "weekday"),
        ({**JIP, "days": []}, "days"),
        ({**JIP, "days": [{"weekday": 9}]}, "weekday"),
        ({**JIP, "days": [{"weekday": True}]}, "weekday"),
        ({**JIP, "days": [{"weekday": "1"}]}, "weekday"),
        ({**JIP, "firstDay": 0}, "firstDay"),
        ({**JIP, "firstDay": "1764000000"}, "firstDay"),
        ({**JIP, "sameChild": 1}, "sameChild"),
        ({**JIP, "firstName": ["a"]}, "firstName"),
        ({**JIP, "firstName": "=1+1"}, ""),
        ({**JIP, "firstName": "\0"}, ""),
        ({**JIP, "lastDay": "9999-12-31"}, ""),
        ([], ""),
    ],
)
def test_a_wrong_type_is_a_clear_problem(cast: Cast, said: object, where: str) -> None:
    api = caller(cast)
    answer = api.put("/children/K1", said)
    assert answer.status_code in (400, 422)
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert {"status", "title", "detail"} <= told.keys()
    assert not where or any(where in each["location"] for each in told["errors"])
    assert named("van Dam") == 0


def test_what_is_no_number_is_told_so_and_a_thousand_faults_are_not_all_told(cast: Cast) -> None:
    api = caller(cast)
    nothing = api.put(
        "/groups/7", {"name": "a", "places": float("nan")}, **{"Accept-Language": "en"}
    )
    assert nothing.json()["errors"][0]["detail"] == "This is to be a whole number."
    many = api.put("/groups/7", {f"field{n}": n for n in range(1000)})
    assert (many.status_code, len(many.json()["errors"])) == (400, MOST_TOLD)


def test_a_number_is_found_as_it_was_kept_and_is_not_empty(cast: Cast) -> None:
    """With the white space that a row of a file does not have either."""
    api = caller(cast)
    assert api.put("/groups/a%20%20%0Ab%20", {"name": "Wolken"}).status_code == 201
    for number in ("a%20%20%0Ab%20", "a%20b", "A%20B"):
        assert api.get(f"/groups/{number}").json()["name"] == "Wolken"
        assert api.put(f"/groups/{number}", {"name": "Wolken"}).status_code == 200
    for number in ("%20", "%00"):
        for path, said in (("groups", {"name": "Leeg"}), ("children", JIP)):
            assert api.put(f"/{path}/{number}", said).status_code == 422
    assert not Group.objects.filter(name="Leeg").exists() and named("van Dam") == 0


def test_where_a_child_was_before_nobody_changes_it_any_more(cast: Cast) -> None:
    """Its name and date of birth are of the place where it is now, or comes."""
    before, now = caller(cast), make_cast("other.example")
    jip = {**JIP, "firstDay": "2026-01-05"}
    before.put("/children/K1", {**jip, "lastDay": str(TODAY - timedelta(days=1))})
    child = Child.objects.unrestricted(reason="test").get(first_name="Jip")
    days = Terms([(0, DayPart.MORNING)])
    place_child(now.actor("marit"), child, now.group, TODAY, None, days)
    answer = before.put("/children/K1", {**jip, "firstName": "Hans", "born": "2024-03-14"})
    assert answer.status_code == 409
    child.refresh_from_db()
    assert (child.first_name, str(child.born)) == ("Jip", "2025-03-14")
    assert before.get("/children/K1").status_code == 404


def test_a_sign_that_a_database_does_not_keep_is_left_out(cast: Cast) -> None:
    caller(cast).put("/children/K1", {**JIP, "lastName": "D\0am"})
    assert named("van Dam") == 1


def test_a_flood_is_told_when_to_come_back(cast: Cast) -> None:
    api = caller(cast)
    assert api.get("/groups").status_code == 200
    Application.objects.update(asked=MOST_A_MINUTE)
    answer = api.get("/groups")
    assert (answer.status_code, int(answer["Retry-After"]) <= 60) == (429, True)


def test_pages_do_not_drift(cast: Cast) -> None:
    """What goes and comes between two pages costs nobody her place on the next one."""
    api = caller(cast)
    made = [Group(location=cast.location, name=f"Groep {n}") for n in range(AT_ONCE + 20)]
    Group.objects.bulk_create(made)
    first = api.get("/groups").json()
    seen = [each["id"] for each in first["results"]]
    assert len(seen) == AT_ONCE
    Group.objects.filter(pk__in=seen[:10], name__startswith="Groep").delete()
    second = api.get(f"/groups?after={first['next']}").json()
    there = {str(pk) for pk in Group.objects.values_list("pk", flat=True)}
    assert {each["id"] for each in second["results"]} == there - set(seen)
    assert second["next"] is None
    wrong = api.get("/groups?after=2").json()
    assert (wrong["status"], wrong["errors"][0]["location"]) == (400, "after")


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("name=Wolken", "text/plain", 415),
        ('{"name": "Wol', "application/json", 400),
        ("[" * 100_000, "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        ('{"name": "' + "a" * 3_000_000 + '"}', "application/json", 413),
    ],
    ids=["no json", "half", "deep", "no text", "too much"],
)
def test_what_cannot_be_read_is_a_problem(
    cast: Cast, body: str | bytes, kind: str, status: int
) -> None:
    api = caller(cast)
    shown = {"Authorization": f"Bearer {api.token}"}
    answer = api.client.put("/api/v1/groups/7", body, kind, headers=shown)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert Group.objects.filter(location=cast.location).count() == 1


def test_a_token_does_what_its_scopes_say(cast: Cast) -> None:
    api = caller(cast, [Scope.READ_GROUPS])
    assert api.get("/groups").status_code == 200
    assert api.get("/children").status_code == 403
    assert api.put("/children/K1", JIP).status_code == 403
    assert named("van Dam") == 0
