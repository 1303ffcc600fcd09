"""The pages of sharing, as people use them; as many queries for one row as for three."""

from datetime import timedelta
from uuid import uuid4

import pytest

from alert4you.access.commands.consent import answer_consent, ask_consent, withdraw_consent
from alert4you.access.commands.team import name_on_team
from alert4you.access.models import CareTeamMember, ConsentRequest, Signature
from alert4you.access.rules.consent import Terms
from alert4you.children.models import Child, Guardian
from alert4you.organisations.models import Membership, Person
from tests.access.browsing import MOST_QUERIES, page, queries, sends
from tests.access.seeing import agree, write
from tests.cast import NOW, TODAY, Cast, make_child


def asked(cast: Cast, purpose: str = "support", child: Child | None = None) -> ConsentRequest:
    return ask_consent(
        cast.actor("fatima"),
        child or cast.mila,
        cast.youthcare,
        purpose,
        Terms(["day", "plan"], "We willen Mila graag helpen bij het eten."),
        cast.sanne,
    )


class TestSharing:
    def test_an_empty_page_explains_that_nothing_is_shared(self, cast: Cast) -> None:
        assert "Er wordt niets gedeeld" in page(cast, "anna", "/sharing/")

    def test_what_waits_for_me_comes_first(self, cast: Cast) -> None:
        agree(cast, "school", "plan", purpose="education")
        asked(cast)
        shown = page(cast, "anna", "/sharing/")
        assert shown.index("Nu aan zet") < shown.index("Wat u besloot")
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
        assert ("Er verandert niets voor uw kind" in shown) == (who == "anna")

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
        assert "Nu aan zet" not in page(cast, "anna", "/sharing/")
        assert "18 december 2026" in page(cast, "anna", f"/sharing/{request.pk}/")
        cast.go_to(NOW + timedelta(days=28))
        assert "Nu aan zet" in page(cast, "anna", "/sharing/")

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
        assert "Noa beslist mee." in shown

    def test_only_who_may_write_an_answer_down_sees_the_link(self, cast: Cast) -> None:
        request = agree(cast, "youthcare", "day")
        name_on_team(cast.actor("carla"), cast.mila, cast.sanne, "coach", "coaching")
        record = f"/sharing/{request.pk}/record/"
        assert record in page(cast, "fatima", f"/sharing/{request.pk}/")
        assert record not in page(cast, "sanne", f"/sharing/{request.pk}/")
        assert cast.client("sanne").get(record).status_code == 403

    @pytest.mark.parametrize(
        ("language", "words"),
        [
            ("nl", ("Vragen over het kind beantwoorden", "De dag op de groep")),
            ("en", ("Answering questions about the child", "The day on the group")),
        ],
    )
    def test_the_choices_of_a_request_are_in_the_language_of_the_reader(
        self, cast: Cast, language: str, words: tuple[str, ...]
    ) -> None:
        client = cast.client("fatima", language)
        address = f"/children/{cast.mila.pk}/sharing/ask/"
        told = {"step": "0", "who": str(cast.pieter.pk), "purpose": "education"}
        shown = (client.get(address).content + client.post(address, told).content).decode()
        for each in words:
            assert each in shown

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
        # First who, then how; only then the answers, with what was tapped carried along.
        assert f"?who={bram.pk}" in page(cast, "fatima", address)
        tapped = f"{address}?who={bram.pk}&how=on_paper"
        assert tapped.partition("?")[2].replace("&", "&amp;") in page(
            cast, "fatima", f"{address}?who={bram.pk}"
        )
        assert "Waar ligt het papier?" in page(cast, "fatima", tapped)
        again = sends(cast, "fatima", tapped, **told)
        assert again.status_code == 200
        shown = again.content.decode()
        assert shown.count("checked") == 2, "what was chosen is still chosen"
        assert f'value="{bram.pk}"' in shown
        assert "Dit is nog leeg" in shown
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
    answer_consent(cast.actor("anna", hours=2), request, {"day": "given", "plan": "later"})
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
