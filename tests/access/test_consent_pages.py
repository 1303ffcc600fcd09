"""What parents, staff and who may read see of a consent: deciding, disputed, ended, and the proof."""

from hashlib import sha256
from uuid import uuid4

import pytest
from django.core import mail
from django.utils.translation import override

from alert4you.access import tasks
from alert4you.access.commands.consent import record_answer, share_by_law, withdraw_consent
from alert4you.access.models import ConsentRequest
from alert4you.access.queries import consent
from alert4you.access.rules import wording
from alert4you.access.rules.consent import State, Terms
from alert4you.children.models import Guardian
from alert4you.kernel.decision import Denied
from tests.access.browsing import MOST_QUERIES, page, queries, sends
from tests.access.consenting import (
    GIVEN,
    REASON,
    REFUSED,
    ask,
    child_of,
    reads,
    report,
    says,
    supervise,
)
from tests.cast import NOW, Cast


@pytest.fixture
def request_(cast: Cast) -> ConsentRequest:
    """About Noa (3), both parents with authority; Sanne is named for it."""
    return ask(cast, child_of(cast, 3, "anna", "bram"))


def at(request: ConsentRequest, *more: str) -> str:
    return "/".join(["", "sharing", str(request.pk), *more, ""])


def test_the_deciding_page_ticks_nothing_and_says_that_no_costs_nothing(
    cast: Cast, request_: ConsentRequest
) -> None:
    shown = page(cast, "anna", at(request_))
    assert "checked" not in shown
    assert "Dat kost u niets" in shown
    refused = sends(cast, "anna", at(request_), all="refused")
    assert refused.status_code == 302, "one tap"
    assert consent.agreement(cast.actor("anna"), request_.pk).state is State.REFUSED


@pytest.mark.parametrize("page_of", ["", "proof"])
def test_a_manager_who_knows_the_name_knows_nothing_of_what_was_asked(
    cast: Cast, page_of: str
) -> None:
    address = at(ask(cast, cast.mila), *filter(None, [page_of]))
    assert "Mila" in page(cast, "marit", "/children/")
    assert cast.client("marit").get(address).status_code == 404
    assert cast.client("carla").get(address).status_code == 200


def test_disputed_is_told_plainly_to_each_without_blame_or_address(
    cast: Cast, request_: ConsentRequest
) -> None:
    entry = report(cast, request_.child)
    for who, answer in (("anna", GIVEN), ("bram", REFUSED)):
        says(cast, who, request_, answer)
    assert not reads(cast, "sanne", entry)
    for who, other in (("anna", "bram"), ("bram", "anna")):
        shown = page(cast, who, at(request_))
        assert "U bent het nog niet met elkaar eens" in shown
        assert "laatste weg" in shown
        assert f"{other}@example.org" not in shown
        assert "nog niet met elkaar eens" in page(cast, who, "/sharing/")
    assert "kies geen kant" in page(cast, "carla", at(request_))
    says(cast, "bram", request_, GIVEN, hours=1)
    assert reads(cast, "sanne", entry, hours=2)


def test_a_no_and_a_missing_answer_is_no_dispute(cast: Cast, request_: ConsentRequest) -> None:
    says(cast, "anna", request_, REFUSED)
    assert "nog niet met elkaar eens" not in page(cast, "anna", at(request_))


def test_who_could_read_hears_that_it_ended_and_about_whom_is_not_told(
    cast: Cast, request_: ConsentRequest
) -> None:
    assert tasks.announce_ended_consents(NOW) == 0, "it never ran"
    for who in ("anna", "bram"):
        says(cast, who, request_, GIVEN)
    assert tasks.announce_ended_consents(NOW) == 0, "it runs"
    assert "Pas gestopt" not in page(cast, "sanne", "/agenda/")
    withdraw_consent(cast.actor("bram", hours=1), request_)
    later = cast.actor("bram", hours=2).at
    assert tasks.announce_ended_consents(later) == 1
    assert tasks.announce_ended_consents(later) == 0, "once"
    (sent,) = mail.outbox
    assert sent.to == ["sanne@example.org"]
    assert "Noa" not in sent.subject + sent.body
    cast.go_to(later)
    shown = page(cast, "sanne", "/agenda/")
    assert "Pas gestopt" in shown
    assert "Noa" not in shown
    assert "Pas gestopt" not in page(cast, "koen", "/agenda/")


def test_an_end_date_is_told_as_well(cast: Cast, request_: ConsentRequest) -> None:
    for who in ("anna", "bram"):
        says(cast, who, request_, GIVEN)
    over = cast.actor("anna", days=(request_.ends - NOW.date()).days).at
    assert tasks.announce_ended_consents(over) == 1


def test_what_was_read_before_is_listed_and_said_to_be_lawful(
    cast: Cast, request_: ConsentRequest
) -> None:
    report(cast, request_.child)
    for who in ("anna", "bram"):
        says(cast, who, request_, GIVEN)
    assert "gelezen heeft" not in page(cast, "anna", at(request_))
    assert cast.client("sanne").get(f"/children/{request_.child_id}/").status_code == 200
    assert "gelezen heeft" in page(cast, "anna", at(request_))
    withdraw_consent(cast.actor("anna"), request_)
    shown = page(cast, "bram", at(request_))
    assert "gelezen heeft" in shown
    assert "mocht toen" in shown


def test_the_proof_names_who_as_whom_how_when_and_on_which_words(
    cast: Cast, request_: ConsentRequest
) -> None:
    says(cast, "anna", request_, GIVEN)
    bram = Guardian.objects.get(child=request_.child, person=cast.bram)
    carla = cast.actor("carla", hours=1)
    record_answer(carla, request_, bram, REFUSED, "in_talk", "Lotte was erbij")
    withdraw_consent(cast.actor("anna", hours=2), request_)
    for who in ("anna", "bram", "carla", "fatima"):
        shown = page(cast, who, at(request_, "proof"))
        for words in (
            *("Anna Jansen", "Bram Jansen", "Ouder", "zei ja", "zei nee", "stopte ermee"),
            *(
                "Carla",
                "Lotte was erbij",
                "Zelf, in Alert4you",
                f"De woorden van {wording.TEXT_VERSION}",
            ),
            *("youthcare organisation", "Sanne", "Noa Jansen", "Samen kijken", "Dat kost u niets"),
        ):
            assert words in shown, (who, words)
    assert cast.client("sanne").get(at(request_, "proof")).status_code == 404
    assert queries(cast, "anna", at(request_, "proof")) <= MOST_QUERIES


def test_a_text_that_was_not_kept_is_said_so(cast: Cast, request_: ConsentRequest) -> None:
    ConsentRequest.objects.filter(pk=request_.pk).update(text_version="1999-1")
    assert "niet bewaard" in page(cast, "anna", at(request_, "proof"))


KEPT = {
    # A text that was once shown is proof: it never changes. New words get a new version and a new line.
    "2026-11.en.txt": "0ba229841c8c8d04",
    "2026-11.nl.txt": "dd4b9ba3766e4af8",
}


def test_every_version_of_the_words_stays_as_it_was() -> None:
    found = {
        each.name: sha256(each.read_bytes()).hexdigest()[:16]
        for each in sorted(wording.WORDINGS.iterdir())
    }
    assert found == KEPT


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_parents_read_now_is_the_text_that_is_kept(language: str) -> None:
    kept = wording.text_of(wording.TEXT_VERSION, language)
    with override(language):
        for words in (
            *wording.WORDS.values(),
            *wording.CATEGORY_MEANS.values(),
            *wording.PURPOSE_MEANS.values(),
            *wording.NEVER_SHARED,
        ):
            assert str(words) in kept


def test_the_law_in_pages_from_the_ask_page_to_the_parents(cast: Cast) -> None:
    child = child_of(cast, 3, "anna")
    asking = f"/children/{child.pk}/sharing/ask/"
    by_law = f"/children/{child.pk}/sharing/by-law/"
    assert by_law not in page(cast, "carla", asking)
    supervise(cast, child)
    assert by_law in page(cast, "carla", asking)
    told = {
        "who": cast.ines.pk,
        "ground": "asked",
        "categories": "development",
        "why": REASON,
        "until": "2027-01-31",
        "content_from": "2026-11-20",
    }
    assert "20 tekens" in sends(cast, "carla", by_law, **{**told, "why": "kort"}).content.decode()
    shared = sends(cast, "carla", by_law, **told)
    assert shared.status_code == 302
    sends(cast, "ines", f"{shared.url}confirm/", stands="yes")
    assert reads(cast, "ines", report(cast, child))
    shown = page(cast, "anna", shared.url)
    for words in (REASON, "ondertoezichtstelling", "Carla", "Niemand anders"):
        assert words in shown
    assert "Mag volgens de wet" in shown
    for words in ("Ja, dat is goed", "Akkoord", "Alles waar u geen ja op zei"):
        assert words not in shown
    assert sends(cast, "anna", shared.url, all="refused").status_code == 200, "nothing is asked"
    assert "ondertoezichtstelling" in page(cast, "anna", f"{shared.url}proof/")


def test_an_exception_in_pages(cast: Cast) -> None:
    child = child_of(cast, 13, "anna")
    request = ask(cast, child)
    assert at(request, "exempt") in page(cast, "carla", at(request))
    told = {"exempt": "disadvantage", "by": cast.koen.pk, "why": REASON}
    assert sends(cast, "carla", at(request, "exempt"), **told).status_code == 302
    shown = page(cast, "anna", at(request))
    for words in (REASON, "Koen", "moet dit nog bevestigen"):
        assert words in shown
    sends(cast, "koen", at(request, "confirm"), stands="yes")
    assert "Een jeugdhulpverlener besloot" in page(cast, "anna", at(request))
    assert REASON in page(cast, "carla", at(request, "proof"))
    assert "besloot dat anderen antwoorden" in page(cast, "carla", at(request))


def test_a_professional_confirms_what_was_written_down_in_her_name(cast: Cast) -> None:
    """Until then it opens nothing; what she disowns is nothing, and may be decided anew."""
    child = child_of(cast, 13, "anna")
    request, entry = ask(cast, child), report(cast, child)
    says(cast, "noa", request, GIVEN)
    told = {"exempt": "disadvantage", "by": cast.koen.pk, "why": REASON}
    sends(cast, "carla", at(request, "exempt"), **told)
    assert tasks.announce_to_confirm(NOW) == 1
    assert tasks.announce_to_confirm(NOW) == 0, "once"
    assert [each.to for each in mail.outbox] == [["koen@example.org"]]
    assert "Noa" not in mail.outbox[0].body
    assert "moet dit nog bevestigen" in page(cast, "anna", at(request))
    assert at(request, "confirm") in page(cast, "koen", "/agenda/")
    assert at(request, "confirm") not in page(cast, "sanne", "/agenda/")
    asked = page(cast, "koen", at(request, "confirm"))
    assert "Noa" in asked
    assert "Jansen" not in asked, "the first name is enough to know"
    for other in ("sanne", "carla", "anna", "stranger"):
        assert sends(cast, other, at(request, "confirm"), stands="yes").status_code == 404
    assert not reads(cast, "sanne", entry)
    assert sends(cast, "koen", at(request, "confirm"), stands="no").status_code == 302
    assert not reads(cast, "sanne", entry)
    assert "staat hier niet achter" in page(cast, "anna", at(request))
    assert sends(cast, "koen", at(request, "confirm"), stands="yes").status_code == 404, "once"
    sends(cast, "carla", at(request, "exempt"), **told)
    sends(cast, "koen", at(request, "confirm"), stands="yes")
    assert reads(cast, "sanne", entry)
    assert "Bevestigd door Koen" in page(cast, "anna", at(request))
    again = {**told, "exempt": "wish"}
    assert sends(cast, "carla", at(request, "exempt"), **again).status_code == 200
    assert reads(cast, "sanne", entry), "what was confirmed is not written over"


def test_a_family_supervisor_who_does_not_need_it_reads_nothing(cast: Cast) -> None:
    child = child_of(cast, 3, "anna")
    institution = supervise(cast, child)
    entry, terms = report(cast, child), Terms(["development"], REASON)
    with pytest.raises(Denied):
        share_by_law(cast.actor("carla"), child, institution, "asked", terms, cast.sanne)
    shared = share_by_law(cast.actor("carla"), child, institution, "asked", terms, cast.ines)
    assert "ontwikkeling" in page(cast, "ines", at(shared, "confirm"))
    sends(cast, "ines", at(shared, "confirm"), stands="no")
    assert not reads(cast, "ines", entry)
    assert consent.agreement(cast.actor("carla"), shared.pk).state is State.ENDED


def test_an_objection_and_the_answer_of_a_child_in_pages(cast: Cast) -> None:
    child = child_of(cast, 12, "anna", days=10)
    oscar = Guardian.objects.create(
        child=child, person=cast.oscar, kind="parent", has_authority=False, starts=child.born
    )
    request = ask(cast, child)
    says(cast, "anna", request, GIVEN)
    shown = page(cast, "carla", at(request))
    assert "Noa wordt 12" in shown
    assert "Noa wordt 12" in page(cast, "anna", at(request))
    assert "Noa wordt 12" in page(cast, "carla", "/agenda/")
    assert "Noa wordt 12" in page(cast, "anna", "/agenda/")
    said = {"how": "in_talk", "witness": "Lotte was erbij"}
    record = at(request, "record")
    refusal = sends(cast, "carla", record, who=oscar.pk, about_development="given", **said)
    assert "beslist hier niet over" in refusal.content.decode()
    sends(cast, "carla", record, who=oscar.pk, about_development="refused", **said)
    assert "Oscar Jansen beslist hier niet over" in page(cast, "anna", at(request))
    sends(cast, "carla", record, who="child", about_development="given", **said)
    assert "Noa wordt 12" not in page(cast, "carla", at(request))


def test_going_on_in_pages(cast: Cast, request_: ConsentRequest) -> None:
    for who in ("anna", "bram"):
        says(cast, who, request_, GIVEN)
    assert at(request_, "extend") not in page(cast, "carla", at(request_))
    cast.go_to(cast.actor("carla", days=(request_.ends - NOW.date()).days - 10).at)
    assert at(request_, "extend") in page(cast, "carla", at(request_))
    until = str(request_.ends.replace(month=request_.ends.month + 1))
    asked = sends(cast, "carla", at(request_, "extend"), until=until)
    assert asked.status_code == 302
    assert "Geef uw antwoord" in page(cast, "anna", "/sharing/")
    sends(cast, "anna", asked.url, all="given")
    sends(cast, "bram", asked.url, all="given", once=uuid4())
    assert "Vooraf akkoord" in page(cast, "anna", asked.url)


def test_the_page_takes_few_queries(cast: Cast, request_: ConsentRequest) -> None:
    for who in ("anna", "bram"):
        says(cast, who, request_, GIVEN)
    for who in ("anna", "carla"):
        assert queries(cast, who, at(request_)) <= MOST_QUERIES
