"""What went along, what the parents kept, and who signed for it: as it was at that moment."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils.translation import override

from alert4you.access.commands.consent import answer_consent, withdraw_consent
from alert4you.access.models import ConsentRequest, Entry, Mark, NegativeMark
from alert4you.kernel.decision import Denied, NotVisible
from alert4you.manifests import commands, queries
from alert4you.manifests.models import Kept, Manifest, Signed
from alert4you.manifests.rules import Receipt
from alert4you.notes.commands.writing import write_note
from alert4you.organisations.queries import system_actor
from alert4you.practices.commands.publishing import load_library
from alert4you.referrals.commands.ways import ask_party
from alert4you.trajectories.commands import growth
from alert4you.trajectories.queries.growth import growth_page
from tests.cast import NOW, TODAY, Cast
from tests.referrals.conftest import AGAIN, Way


@pytest.fixture
def way(cast: Cast) -> Any:
    load_library(system_actor(NOW))
    with override("en"):
        yield Way(cast)


@pytest.fixture
def sent(way: Way) -> Manifest:
    """To school: the plan may go, Bram says no to the development; care was never asked."""
    cast = way.cast
    write_note(cast.actor("carla"), cast.mila, "Wij denken aan een plan.", "plan")
    write_note(cast.actor("carla"), cast.mila, "Alleen voor ons.", "plan", internal=True)
    write_note(cast.actor("carla"), cast.mila, "Mila telt tot drie.", "development")
    referral = way.refer()
    request = ConsentRequest.objects.get(child=cast.mila, purpose="handover")
    answer_consent(cast.actor("anna"), request, {"plan": "given", "development": "given"})
    answer_consent(cast.actor("bram"), request, {"plan": "given", "development": "refused"})
    ask_party(cast.actor("carla"), referral, TODAY, AGAIN)
    return Manifest.objects.unrestricted(reason="test").get()


def test_it_holds_what_the_receiver_may_read_and_nothing_else(way: Way, sent: Manifest) -> None:
    pieter = Entry.objects.visible_to(way.cast.actor("pieter")).filter(child=way.cast.mila)
    gone = {pk for line in sent.sent for pk in line.sent}
    assert gone == {str(pk) for pk in pieter.values_list("pk", flat=True)}
    texts = Entry.objects.unrestricted(reason="test").filter(pk__in=gone)
    assert "Wij denken aan een plan." in set(texts.values_list("text", flat=True))
    assert [line.category for line in sent.sent] == ["plan"]


def test_what_is_only_kept_does_not_go_along(
    way: Way, cast: Cast, request: pytest.FixtureRequest
) -> None:
    told = {"child": cast.mila, "made_by": cast.olga, "reason": "AVG 18", "starts": TODAY}
    NegativeMark.objects.create(mark=Mark.ONLY_KEPT, **told)
    assert [line.sent for line in request.getfixturevalue("sent").sent] == []


def test_it_says_of_every_other_kind_why_it_stayed(sent: Manifest) -> None:
    assert {line.category: line.kept for line in sent.withheld} == {
        "day": Kept.NOT_ASKED,
        "development": Kept.DISPUTED,
        "care": Kept.NOT_ASKED,
        "talk": Kept.NOT_ASKED,
    }


def test_what_happens_later_does_not_change_it(way: Way, sent: Manifest) -> None:
    cast, before = way.cast, sent.lines
    withdraw_consent(cast.actor("anna", minutes=5), ConsentRequest.objects.get())
    write_note(cast.actor("carla", minutes=6), cast.mila, "Nog een plan.", "plan")
    assert Manifest.objects.unrestricted(reason="test").get().lines == before


@pytest.mark.parametrize("model", [Manifest, Signed])
def test_the_database_refuses_a_change(way: Way, sent: Manifest, model: Any) -> None:
    commands.sign(way.cast.actor("pieter"), sent, Receipt())
    rows = model._base_manager.all()
    field = "lines" if model is Manifest else "refused"
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        rows.update(**{field: []})
    rows.all().delete()
    assert not model._base_manager.exists(), "retention takes it away whole"


@pytest.mark.parametrize(
    ("who", "sees", "whole"),
    [
        *[(who, True, True) for who in ("anna", "bram", "carla", "fatima")],
        ("pieter", True, False),
        *[(who, False, False) for who in ("oscar", "sanne", "gemma", "stranger", "olga")],
    ],
)
def test_the_parents_and_both_sides_see_it(
    way: Way, sent: Manifest, who: str, sees: bool, whole: bool
) -> None:
    actor = way.cast.actor(who)
    if not sees:
        with pytest.raises(NotVisible):
            queries.shown(actor, sent.pk)
        return
    assert queries.shown(actor, sent.pk).whole is whole


def test_the_receiver_does_not_hear_why_something_stayed(way: Way, sent: Manifest) -> None:
    address = reverse("manifests:manifest", args=[sent.pk])
    assert "ouders zijn het niet eens" in way.cast.client("anna").get(address).content.decode()
    theirs = way.cast.client("pieter").get(address).content.decode()
    assert "Ontwikkeling" in theirs
    assert "ouders zijn het niet eens" not in theirs
    assert "niet gevraagd" not in theirs


def test_somebody_there_signs_once_in_their_own_name(way: Way, sent: Manifest) -> None:
    pieter = way.cast.actor("pieter", minutes=5)
    assert [each.pk for each in queries.to_sign(pieter)] == [sent.pk]
    signed = commands.sign(
        pieter, sent, Receipt(refused=["plan"], words="Wij maken zelf een plan.")
    )
    assert (signed.name, signed.not_taken) == ("Pieter, leerkracht", ["plan and decisions"])
    assert queries.to_sign(pieter) == []
    with pytest.raises(Denied, match="signed already"):
        commands.sign(pieter, sent, Receipt())


@pytest.mark.parametrize("who", ["anna", "carla", "sanne"])
def test_nobody_else_signs_for_the_receiver(way: Way, sent: Manifest, who: str) -> None:
    with pytest.raises(Denied, match="Only somebody of school organisation signs"):
        commands.sign(way.cast.actor(who), sent, Receipt())


def test_for_nothing_nobody_signs(way: Way) -> None:
    """The parents agreed, and there was nothing yet that they agreed to."""
    referral = way.refer(categories=["care"])
    way.says("given")
    ask_party(way.cast.actor("carla"), referral, TODAY, AGAIN)
    kept = Manifest.objects.unrestricted(reason="test").get()
    assert not kept.sent
    assert [line.category for line in kept.empty] == ["care"]
    pieter = way.cast.actor("pieter")
    assert queries.to_sign(pieter) == []
    with pytest.raises(Denied, match="nothing to sign"):
        commands.sign(pieter, kept, Receipt())


def test_what_was_not_sent_cannot_be_turned_down(way: Way, sent: Manifest) -> None:
    with pytest.raises(Denied, match="not sent"):
        commands.sign(way.cast.actor("pieter"), sent, Receipt(refused=["care"]))


PAPER = Receipt(name="Pieter, leerkracht", kept_at="map van Mila")


@pytest.mark.parametrize(
    ("who", "receipt", "why"),
    [
        ("carla", Receipt(kept_at="map"), "who signed"),
        ("carla", Receipt(name="Pieter"), "paper is kept"),
        ("pieter", PAPER, "side that sent it"),
        ("anna", PAPER, "side that sent it"),
        ("stranger", PAPER, "side that sent it"),
        ("carla", PAPER, None),
    ],
)
def test_a_signature_on_paper_is_written_down_where_it_came_from(
    way: Way, sent: Manifest, who: str, receipt: Receipt, why: str | None
) -> None:
    actor = way.cast.actor(who)
    if why:
        with pytest.raises(Denied, match=why):
            commands.record_signature(actor, sent, receipt)
        return
    signed = commands.record_signature(actor, sent, receipt)
    assert (signed.name, signed.kept_at) == ("Pieter, leerkracht", "map van Mila")


def test_on_the_pages(way: Way, sent: Manifest) -> None:
    address = reverse("manifests:manifest", args=[sent.pk])
    pieter = way.cast.client("pieter")
    assert address in pieter.get(reverse("web:today")).content.decode()
    assert address in pieter.get(reverse("manifests:manifests")).content.decode()
    assert pieter.post(address, {"words": "Dank!"}).status_code == 302
    for who in ("anna", "carla", "pieter"):
        assert "Pieter, leerkracht" in way.cast.client(who).get(address).content.decode()
    assert address not in pieter.get(reverse("web:today")).content.decode()


def test_the_growth_document_goes_with_what_is_in_it_and_what_was_left_out(way: Way) -> None:
    cast, begun = way.cast, way.begun()
    way.agree()
    way.do(begun, "observation")
    document = growth.gather_growth(cast.actor("carla", minutes=9), begun)
    seen = next(
        each.entry
        for each in growth_page(cast.actor("anna", minutes=9), begun.pk).items
        if each.entry.category == "development"
    )
    growth.leave_out(cast.actor("anna", minutes=10), document, seen)
    for who in ("anna", "bram"):
        growth.approve_growth(cast.actor(who, minutes=11), document)
    way.may_go(cast.youthcare, cast.sanne)
    growth.hand_growth(cast.actor("carla", minutes=14), document, cast.youthcare, "Sanne")
    kept = Manifest.objects.unrestricted(reason="test").get()
    told = {line.category: (len(line.sent), line.left_out) for line in kept.told}
    assert told["development"] == (1, 1)
    inside = document.rows.filter(left_out=False).count()
    assert sum(len(line.sent) for line in kept.sent) == inside > 0
