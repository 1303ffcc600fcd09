"""The pages of the care team, of holding back and of who looked, as people use them."""

from datetime import timedelta
from typing import Any

import pytest

from alert4you.access.commands.team import name_on_team
from alert4you.access.models import CareTeamMember, Entry
from alert4you.access.queries.line import known_children
from alert4you.access.queries.trail import who_looked
from alert4you.children.models import Guardian
from tests.access.browsing import page, sends
from tests.access.seeing import agree, write
from tests.cast import NOW, TODAY, Cast, make_child


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

    def test_everybody_else_is_shown_and_oneself_is_not(self, cast: Cast) -> None:
        write(cast)
        for who in ("anna", "bram", "fatima", "marit"):
            page(cast, who, f"/children/{cast.mila.pk}/")
        looked = self.looks(cast, hours=1)
        assert {name for name, *_ in looked} == {"Fatima", "Marit", "Bram Jansen"}
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
