"""The pages of sharing, the care team, who looked and holding back, as people use them."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alert4you.access.commands.consent import answer_consent, ask_consent, withdraw_consent
from alert4you.access.commands.team import name_on_team
from alert4you.access.models import CareTeamMember, ConsentRequest, Entry, Signature
from alert4you.access.queries.line import known_children
from alert4you.access.queries.trail import who_looked
from alert4you.access.rules.consent import Terms
from alert4you.children.models import Child, Guardian
from alert4you.organisations.models import Membership, Person
from tests.access.seeing import agree, write
from tests.cast import NOW, TODAY, Cast, make_child

MOST_QUERIES = 12
SAVEPOINTS = ("SAVEPOINT", "RELEASE", "ROLLBACK")


def asked(cast: Cast, purpose: str = "support", child: Child | None = None) -> ConsentRequest:
    return ask_consent(
        cast.actor("fatima"),
        child or cast.mila,
        cast.youthcare,
        purpose,
        Terms(["day", "plan"], "We willen Mila graag helpen bij het eten."),
        cast.sanne,
    )


def page(cast: Cast, who: str, address: str) -> str:
    answer = cast.client(who).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def sends(cast: Cast, hat: str, address: str, **data: Any) -> Any:
    return cast.client(hat).post(address, {"once": uuid4(), **data})


def queries(cast: Cast, who: str, address: str) -> int:
    client = cast.client(who)
    client.get(address)
    with CaptureQueriesContext(connection) as run:
        assert client.get(address).status_code == 200
    return sum(not q["sql"].startswith(SAVEPOINTS) for q in run.captured_queries)


class TestSharing:
    def test_an_empty_page_explains_that_nothing_is_shared(self, cast: Cast) -> None:
        assert "Er wordt niets gedeeld" in page(cast, "anna", "/sharing/")

    def test_what_waits_for_me_comes_first(self, cast: Cast) -> None:
        agree(cast, "school", "plan", purpose="education")
        asked(cast)
        shown = page(cast, "anna", "/sharing/")
        assert shown.index("Aan u gevraagd") < shown.index("Wat u besloot")
        assert shown.index("youthcare organisation") < shown.index("school organisation")

    def test_staff_go_to_the_children(self, cast: Cast) -> None:
        assert cast.client("fatima").get("/sharing/").url == "/children/"

    @pytest.mark.parametrize("who", ["anna", "fatima"])
    def test_a_request_says_why_who_what_and_until_when(self, cast: Cast, who: str) -> None:
        shown = page(cast, who, f"/sharing/{asked(cast).pk}/")
        for words in (
            "We willen Mila graag helpen bij het eten.",
            "Fatima, pedagogisch medewerker",
            "Sanne, jeugdhulpcoach",
            "Wat er op de groep gebeurt: eten, slapen, spelen.",
            "Tot en met vrijdag 19 februari 2027; daarna stopt het vanzelf.",
            "Anna Jansen",
            "Bram Jansen",
            "nog nodig",
            "Nooit gedeeld",
        ):
            assert words in shown, words
        assert ("Er verandert niets aan de plek van uw kind" in shown) == (who == "anna")

    @pytest.mark.parametrize("who", ["sanne", "stranger", "oscar", "gemma"])
    def test_a_request_is_not_there_for_others(self, cast: Cast, who: str) -> None:
        assert cast.client(who).get(f"/sharing/{asked(cast).pk}/").status_code == 404

    @pytest.mark.parametrize("answer", ["given", "refused", "later"])
    def test_one_tap_answers_everything(self, cast: Cast, answer: str) -> None:
        request = asked(cast)
        sends(cast, "anna", f"/sharing/{request.pk}/", all=answer)
        said = Signature.objects.filter(guardian__person=cast.anna, ended_at=None)
        assert {each.answer for each in said} == {answer}
        assert len(said) == 2

    def test_each_kind_can_be_answered_apart(self, cast: Cast) -> None:
        request = asked(cast)
        address = f"/sharing/{request.pk}/"
        answer = sends(cast, "anna", address, about_day="given", about_plan="refused")
        assert answer.status_code == 302
        said = Signature.objects.filter(guardian__person=cast.anna)
        assert {each.consent.category: each.answer for each in said} == {
            "day": "given",
            "plan": "refused",
        }

    def test_a_form_keeps_what_was_chosen(self, cast: Cast) -> None:
        answer = sends(cast, "anna", f"/sharing/{asked(cast).pk}/", about_day="refused")
        shown = answer.content.decode()
        assert answer.status_code == 200
        assert "Kies ja, nee of nu niet." in shown
        chosen = shown.split('value="refused"')[2].split(">")[0]
        assert "checked" in chosen
        assert not Signature.objects.exists()

    def test_a_double_tap_answers_once(self, cast: Cast) -> None:
        request, once = asked(cast), uuid4()
        for _ in range(2):
            sends(cast, "anna", f"/sharing/{request.pk}/", all="given", once=once)
        assert Signature.objects.count() == 2

    def test_not_now_is_not_asked_again_until_its_date(self, cast: Cast) -> None:
        request = asked(cast)
        sends(cast, "anna", f"/sharing/{request.pk}/", all="later")
        assert "Aan u gevraagd" not in page(cast, "anna", "/sharing/")
        assert "18 december 2026" in page(cast, "anna", f"/sharing/{request.pk}/")
        cast.go_to(NOW + timedelta(days=28))
        assert "Aan u gevraagd" in page(cast, "anna", "/sharing/")

    def test_stopping_is_one_tap_and_works_at_the_next_read(self, cast: Cast) -> None:
        request = agree(cast, "youthcare", "day")
        name_on_team(cast.actor("carla"), cast.mila, cast.sanne, "coach", "coaching")
        write(cast)
        line = f"/children/{cast.mila.pk}/"
        assert "words" in page(cast, "sanne", line)
        assert "Stop nu met delen" in page(cast, "bram", f"/sharing/{request.pk}/")
        assert sends(cast, "bram", f"/sharing/{request.pk}/withdraw/").status_code == 302
        assert cast.client("sanne").get(line).status_code == 404
        assert "Stop nu met delen" not in page(cast, "bram", f"/sharing/{request.pk}/")

    def test_the_child_from_twelve_on_is_told(self, cast: Cast) -> None:
        child = make_child(cast, "Noa", "Jansen", TODAY.replace(year=TODAY.year - 13))
        Guardian.objects.create(
            child=child, person=cast.anna, kind="parent", has_authority=True, starts=child.born
        )
        shown = page(cast, "anna", f"/sharing/{asked(cast, child=child).pk}/")
        assert "Noa is 12 jaar of ouder en beslist mee." in shown

    def test_what_was_said_on_paper_is_written_down(self, cast: Cast) -> None:
        request = asked(cast)
        bram = Guardian.objects.get(person=cast.bram)
        address = f"/sharing/{request.pk}/record/"
        told = {
            "who": str(bram.pk),
            "how": "on_paper",
            "about_day": "given",
            "about_plan": "later",
        }
        again = sends(cast, "fatima", address, **told)
        assert again.status_code == 200
        assert again.content.decode().count("checked") == 4, "what was chosen is still chosen"
        sends(cast, "fatima", address, witness="map van de groep", **told)
        shown = page(cast, "anna", f"/sharing/{request.pk}/")
        assert "Vastgelegd door Fatima (map van de groep)" in shown

    def test_asking_names_the_person_and_keeps_words(self, cast: Cast) -> None:
        address = f"/children/{cast.mila.pk}/sharing/ask/"
        told = {
            "who": str(cast.pieter.pk),
            "purpose": "education",
            "why": "Mila gaat straks naar school.",
            "until": "2027-02-01",
            "content_from": str(TODAY),
        }
        again = sends(cast, "fatima", address, **told)
        assert again.status_code == 200
        assert "Mila gaat straks naar school." in again.content.decode()
        assert not ConsentRequest.objects.exists()
        sends(cast, "fatima", address, categories=["plan"], **told)
        request = ConsentRequest.objects.get()
        assert (request.organisation, str(request.last_day)) == (cast.school, "2027-02-01")
        member = CareTeamMember.objects.get(membership=cast.pieter)
        assert (member.purpose, member.why) == ("education", "Mila gaat straks naar school.")

    def test_asking_can_leave_the_person_open(self, cast: Cast) -> None:
        told = {
            "who": f"all:{cast.school.pk}",
            "purpose": "education",
            "why": "School",
            "until": "2027-02-01",
            "content_from": str(TODAY),
            "categories": ["plan"],
        }
        sends(cast, "fatima", f"/children/{cast.mila.pk}/sharing/ask/", **told)
        request = ConsentRequest.objects.get()
        assert not CareTeamMember.objects.filter(membership=cast.pieter).exists()
        shown = page(cast, "anna", f"/sharing/{request.pk}/")
        assert "Er is nog niemand genoemd" in shown


class TestTeam:
    def test_who_knows_only_the_name_joins_with_a_reason(self, cast: Cast) -> None:
        line, team = f"/children/{cast.mila.pk}/", f"/children/{cast.mila.pk}/team/"
        write(cast, text="Vertrouwelijk")
        shown = page(cast, "marit", line)
        assert "Je kent dit kind van naam" in shown
        assert "Vertrouwelijk" not in shown
        again = sends(cast, "marit", team, join="1", **{"join-why": ""})
        assert again.status_code == 200
        assert not CareTeamMember.objects.filter(membership=cast.marit).exists()
        sends(cast, "marit", team, join="1", **{"join-why": "kijkt mee met de groep"})
        assert "Vertrouwelijk" in page(cast, "marit", line)
        assert "kijkt mee met de groep" in page(cast, "anna", team)

    def test_naming_and_releasing(self, cast: Cast) -> None:
        team = f"/children/{cast.mila.pk}/team/"
        told = {"name-who": str(cast.lotte.pk), "name-why": "mentor van Mila", "name": "1"}
        sends(cast, "carla", team, **told)
        member = CareTeamMember.objects.get(membership=cast.lotte)
        assert (member.why, member.purpose) == ("mentor van Mila", "")
        sends(cast, "carla", team, release=str(member.pk))
        member.refresh_from_db()
        assert member.ends == TODAY

    def test_a_municipality_cannot_be_named(self, cast: Cast) -> None:
        team = f"/children/{cast.mila.pk}/team/"
        told = {"name-who": str(cast.gemma.pk), "name-why": "beleid", "name": "1"}
        assert sends(cast, "carla", team, **told).status_code == 200
        assert not CareTeamMember.objects.filter(membership=cast.gemma).exists()

    @pytest.mark.parametrize("who", ["anna", "bram"])
    def test_parents_read_it_but_name_nobody(self, cast: Cast, who: str) -> None:
        team = f"/children/{cast.mila.pk}/team/"
        shown = page(cast, who, team)
        assert "Carla" in shown
        assert "Voeg iemand toe" not in shown
        told = {"name-who": str(cast.lotte.pk), "name-why": "x", "name": "1"}
        assert sends(cast, who, team, **told).status_code == 403
        member = CareTeamMember.objects.get(membership=cast.carla)
        assert sends(cast, who, team, release=str(member.pk)).status_code == 403
        member.refresh_from_db()
        assert member.ends is None


class TestHold:
    def held(self, cast: Cast, entry: Entry, days: int) -> Any:
        told = {"until": str(TODAY + timedelta(days=days)), "reason": "eerst het gesprek"}
        return sends(cast, "carla", f"/entries/{entry.pk}/hold/", **told)

    def test_parents_read_it_from_the_day_on(self, cast: Cast) -> None:
        entry = write(cast, category="development", text="Nog even niet")
        assert self.held(cast, entry, 5).status_code == 302
        line = f"/children/{cast.mila.pk}/"
        assert "Nog even niet" not in page(cast, "anna", line)
        assert "Ouders lezen dit vanaf woensdag 25 november 2026" in page(cast, "carla", line)
        cast.go_to(NOW + timedelta(days=5))
        assert "Nog even niet" in page(cast, "anna", line)

    @pytest.mark.parametrize(("days", "kept"), [(28, True), (29, False), (0, False)])
    def test_28_days_at_most(self, cast: Cast, days: int, kept: bool) -> None:
        entry = write(cast)
        answer = self.held(cast, entry, days)
        entry.refresh_from_db()
        assert bool(entry.hold_until) == kept
        if not kept:
            assert "eerst het gesprek" in answer.content.decode()

    @pytest.mark.parametrize(
        "fields", [{"kind": "parent_words"}, {"internal": True}, {"organisation": "school"}]
    )
    def test_what_cannot_be_held_back(self, cast: Cast, fields: dict) -> None:
        if "organisation" in fields:
            name_on_team(cast.actor("carla"), cast.mila, cast.pieter, "school", "education")
            fields = {"organisation": cast.school}
        entry = write(cast, **fields)
        assert self.held(cast, entry, 5).status_code in (403, 404)
        entry.refresh_from_db()
        assert entry.hold_until is None


class TestWhoLooked:
    def looks(self, cast: Cast, who: str = "anna", **later: int) -> list[tuple[str, ...]]:
        children = [each.child for each in known_children(cast.actor(who))]
        return [
            (each.person, *(str(kind) for kind in each.kinds))
            for each in who_looked(cast.actor(who, **later), children)
        ]

    def test_staff_are_shown_parents_are_not(self, cast: Cast) -> None:
        write(cast)
        for who in ("anna", "bram", "fatima", "marit"):
            page(cast, who, f"/children/{cast.mila.pk}/")
        looked = self.looks(cast, hours=1)
        assert {name for name, *_ in looked} == {"Fatima", "Marit"}
        kinds = {name: kinds for name, *kinds in looked}
        assert "de dag op de groep" in kinds["Fatima"]
        assert "de dag op de groep" not in kinds["Marit"], "she knows only the name"

    def test_many_looks_of_a_day_are_one(self, cast: Cast) -> None:
        for _ in range(3):
            page(cast, "fatima", f"/children/{cast.mila.pk}/")
        assert len(self.looks(cast, hours=1)) == 1
        cast.go_to(NOW + timedelta(days=3))
        page(cast, "fatima", f"/children/{cast.mila.pk}/")
        assert len(self.looks(cast, hours=1)) == 2

    def test_why_is_said(self, cast: Cast) -> None:
        agree(cast, "youthcare", "day")
        name_on_team(cast.actor("carla"), cast.mila, cast.sanne, "helpt bij het eten", "coaching")
        for who in ("fatima", "marit", "sanne", "carla"):
            page(cast, who, f"/children/{cast.mila.pk}/")
        shown = page(cast, "anna", "/looked/")
        for words in (
            "Werkt op de groep van uw kind.",
            "Heeft de leiding over de plek",
            "helpt bij het eten",
            "pedagogisch medewerker · nursery organisation",
        ):
            assert words in shown, words

    def test_only_own_children_and_one_at_a_time(self, cast: Cast) -> None:
        other = make_child(cast, "Noor", "van Dam", TODAY.replace(year=2024))
        sibling = make_child(cast, "Sem", "Jansen", TODAY.replace(year=2024))
        Guardian.objects.create(
            child=sibling, person=cast.anna, kind="parent", has_authority=True, starts=sibling.born
        )
        for child in (cast.mila, sibling, other):
            page(cast, "fatima", f"/children/{child.pk}/")
        assert page(cast, "anna", "/looked/").count("<strong>Fatima</strong>") == 2
        one = page(cast, "anna", f"/looked/?child={sibling.pk}")
        assert one.count("<strong>Fatima</strong>") == 1
        assert page(cast, "anna", f"/looked/?child={other.pk}").count("Noor") == 0
        assert page(cast, "bram", "/looked/").count("<strong>Fatima</strong>") == 1

    def test_nobody_looked(self, cast: Cast) -> None:
        assert "Er heeft nog niemand gekeken" in page(cast, "bram", "/looked/")


def fill(cast: Cast, number: int) -> ConsentRequest:
    """One more of everything that makes the lists longer."""
    worker = Membership.objects.create(
        person=Person.objects.create(name=f"Coach {number}"),
        organisation=cast.youthcare,
        role="coach",
        starts=TODAY,
    )
    name_on_team(cast.actor("carla"), cast.mila, worker, "kijkt mee", "support")
    guardian = Person.objects.create(name=f"Ouder {number}")
    Guardian.objects.create(
        child=cast.mila, person=guardian, kind="parent", has_authority=True, starts=TODAY
    )
    child = make_child(cast, f"Kind {number}", "Jansen", TODAY.replace(year=2024))
    Guardian.objects.create(
        child=child, person=cast.anna, kind="parent", has_authority=True, starts=TODAY
    )
    asked(cast, child=child)
    request = asked(cast, ("support", "education", "handover")[number % 3])
    answer_consent(cast.actor("anna"), request, {"day": "given", "plan": "later"})
    withdraw_consent(cast.actor("anna", hours=1), request)
    cast.client("fatima").get(f"/children/{child.pk}/")
    cast.client("fatima").get(f"/children/{cast.mila.pk}/")
    return request


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("anna", "/sharing/"),
        ("anna", "/sharing/{request}/"),
        ("fatima", "/sharing/{request}/"),
        ("fatima", "/sharing/{request}/record/"),
        ("fatima", "/children/{child}/sharing/ask/"),
        ("carla", "/children/{child}/team/"),
        ("anna", "/children/{child}/team/"),
        ("anna", "/looked/"),
    ],
)
def test_as_many_queries_for_one_row_as_for_three(cast: Cast, who: str, address: str) -> None:
    request = fill(cast, 0)
    url = address.format(request=request.pk, child=cast.mila.pk)
    few = queries(cast, who, url)
    fill(cast, 1)
    fill(cast, 2)
    assert queries(cast, who, url) == few
    assert few <= MOST_QUERIES


def test_one_person_for_two_purposes(cast: Cast) -> None:
    """Parents agree to each purpose apart; leaving the team ends both."""
    for purpose, category in (("coaching", "day"), ("support", "plan")):
        name_on_team(cast.actor("carla"), cast.mila, cast.sanne, "kijkt mee", purpose)
        agree(cast, "youthcare", category, purpose=purpose)
    write(cast, text="van de dag")
    write(cast, text="van het plan", category="plan")
    line = f"/children/{cast.mila.pk}/"
    shown = page(cast, "sanne", line)
    assert "van de dag" in shown
    assert "van het plan" in shown
    assert page(cast, "anna", line).count("kijkt mee") == 1
    member = CareTeamMember.objects.filter(membership=cast.sanne).first()
    assert member
    sends(cast, "carla", f"/children/{cast.mila.pk}/team/", release=str(member.pk))
    assert cast.client("sanne").get(line).status_code == 404
