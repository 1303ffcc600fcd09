"""Everything done so far in one document: the parents approve it first, and leave out what they want."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from alert4you.access.commands.line import hold_back
from alert4you.access.models import Entry
from alert4you.kernel.decision import Denied
from alert4you.notes.commands.writing import add_parent_words, write_note
from alert4you.trajectories.commands import growth
from alert4you.trajectories.models import GrowthDocument, Trajectory
from alert4you.trajectories.queries.growth import growth_page
from tests.cast import NOW
from tests.trajectories.story import Story


@pytest.fixture
def begun(story: Story) -> Trajectory:
    begun = story.begun()
    story.agree()
    story.do(begun, "observation")
    story.plan(begun)
    add_parent_words(story.cast.actor("anna", minutes=4), story.cast.mila, "Thuis zingt zij.")
    write_note(story.cast.actor("fatima"), story.cast.mila, "Een notitie van de dag.")
    write_note(
        story.cast.actor("carla"), story.cast.mila, "Alleen voor ons.", "care", internal=True
    )
    return begun


def gather(story: Story, begun: Trajectory, by: str = "carla") -> GrowthDocument:
    return growth.gather_growth(story.cast.actor(by, minutes=9), begun)


def page(story: Story, begun: Trajectory, by: str = "carla") -> Any:
    return growth_page(story.cast.actor(by, minutes=10), begun.pk)


def texts(shown: Any) -> str:
    return " | ".join(f"{each.what} {each.entry.text} {each.points}" for each in shown.inside)


def test_it_holds_what_was_done_and_said_and_no_notes(story: Story, begun: Trajectory) -> None:
    gather(story, begun)
    shown = texts(page(story, begun))
    for words in ("We spraken over het eten", "Gezien en gedaan", "Thuis zingt zij", "aan tafel"):
        assert words in shown
    assert "notitie" not in shown
    assert "Alleen voor ons" not in shown


def test_what_is_held_back_is_not_gathered(story: Story, begun: Trajectory) -> None:
    talk = Entry.objects.unrestricted(reason="test").get(text="We spraken over het eten.")
    until = NOW.replace(day=30)
    hold_back(story.cast.actor("carla", minutes=5), talk, until, "Eerst zelf vertellen")
    gather(story, begun)
    assert "We spraken" not in texts(page(story, begun))


def test_nobody_gives_it_before_all_parents_approve_it(story: Story, begun: Trajectory) -> None:
    document = gather(story, begun)
    carla, cast = story.cast.client("carla"), story.cast
    pdf = reverse("trajectories:growth_pdf", args=[begun.pk])
    hand = {"to": cast.youthcare, "name": "Sanne"}
    assert carla.get(pdf).status_code == 403
    growth.approve_growth(cast.actor("anna", minutes=11), document)
    assert carla.get(pdf).status_code == 403
    with pytest.raises(Denied):
        growth.hand_growth(cast.actor("carla", minutes=12), document, **hand)
    growth.approve_growth(cast.actor("bram", minutes=13), document)
    assert carla.get(pdf).status_code == 200
    with pytest.raises(Denied):
        growth.hand_growth(cast.actor("carla", minutes=13), document, **hand)
    story.may_go(cast.youthcare, cast.sanne)
    handed = growth.hand_growth(cast.actor("carla", minutes=14), document, **hand)
    assert [(each.name, each.by.name) for each in page(story, begun, "anna").handed] == [
        ("Sanne", "Carla")
    ]
    assert handed.to == cast.youthcare


def test_only_to_whom_the_parents_agreed_to_tell(story: Story, begun: Trajectory) -> None:
    document, cast = gather(story, begun), story.cast
    for who in ("anna", "bram"):
        growth.approve_growth(cast.actor(who, minutes=11), document)
    with pytest.raises(Denied):
        growth.hand_growth(cast.actor("carla", minutes=12), document, cast.school, "Pieter")


def test_a_yes_for_something_else_is_no_yes_for_this(story: Story, begun: Trajectory) -> None:
    """Sanne may help on the group and read the development; the talks in the document are more."""
    document, cast = gather(story, begun), story.cast
    for who in ("anna", "bram"):
        growth.approve_growth(cast.actor(who, minutes=11), document)
    with pytest.raises(Denied, match="(talk|gesprek)"):
        growth.hand_growth(cast.actor("carla", minutes=12), document, cast.youthcare, "Sanne")
    assert page(story, begun).may_receive == []
    story.may_go(cast.youthcare, cast.sanne)
    assert page(story, begun).may_receive == [cast.youthcare]


def test_a_parent_leaves_something_out_and_who_approved_reads_again(
    story: Story, begun: Trajectory
) -> None:
    document, cast = gather(story, begun), story.cast
    growth.approve_growth(cast.actor("bram", minutes=11), document)
    seen = next(each.entry for each in page(story, begun).items if "Gezien" in each.entry.text)
    growth.leave_out(cast.actor("anna", minutes=12), document, seen)
    assert "Gezien" not in texts(page(story, begun, "anna"))
    assert [each.person.name for each in page(story, begun).waits_for] == [
        "Anna Jansen",
        "Bram Jansen",
    ]
    assert "Gezien en gedaan" not in _shown(cast.client("carla"), begun)
    assert "Gezien en gedaan" in _shown(cast.client("bram"), begun)
    # gathered anew, it stays out
    later = gather(story, begun)
    assert later.rows.get(entry=seen).left_out
    growth.leave_out(cast.actor("bram", minutes=13), later, seen, left_out=False)
    assert "Gezien" in texts(page(story, begun))


def _shown(client: Client, begun: Trajectory) -> str:
    return str(client.get(reverse("trajectories:growth", args=[begun.pk])).content.decode())


@pytest.mark.parametrize("by", ["carla", "fatima", "sanne", "koen", "oscar"])
def test_only_parents_decide_what_is_in_it(story: Story, begun: Trajectory, by: str) -> None:
    document = gather(story, begun)
    entry = document.rows.first().entry
    actor = story.cast.actor(by, minutes=11)
    for change in (
        lambda: growth.leave_out(actor, document, entry),
        lambda: growth.add_growth_words(actor, document, "x"),
        lambda: growth.approve_growth(actor, document),
    ):
        with pytest.raises(Denied):
            change()


def test_what_was_given_stays_as_it_was(story: Story, begun: Trajectory) -> None:
    document, cast = gather(story, begun), story.cast
    for who in ("anna", "bram"):
        growth.approve_growth(cast.actor(who, minutes=11), document)
    story.may_go(cast.youthcare, cast.sanne)
    growth.hand_growth(cast.actor("carla", minutes=12), document, cast.youthcare, "Sanne")
    with pytest.raises(Denied):
        growth.add_growth_words(cast.actor("anna", minutes=13), document, "Nog iets")


def test_on_the_pages_and_on_paper(story: Story, begun: Trajectory) -> None:
    story.may_go(story.cast.youthcare, story.cast.sanne)
    story.cast.go_to(NOW + timedelta(minutes=20))
    anna, bram, carla = (story.cast.client(who) for who in ("anna", "bram", "carla"))

    def post(client: Client, page: str, **given: object) -> int:
        return client.post(reverse(f"trajectories:{page}", args=[begun.pk]), given).status_code

    assert "Verzamel" in _shown(carla, begun) or "verzamelen" in _shown(carla, begun)
    assert post(carla, "growth_gather") == 302
    assert post(anna, "growth_words", words="Mila is een doorzetter.") == 302
    assert post(anna, "growth_approve") == 302
    assert post(carla, "growth_approve") == 403
    assert post(bram, "growth_approve") == 302
    assert post(carla, "growth_hand", to=story.cast.youthcare.pk, name="Sanne de Wit") == 302
    assert "Sanne de Wit" in _shown(bram, begun)
    paper = carla.get(reverse("trajectories:growth_pdf", args=[begun.pk]))
    read = PdfReader(io.BytesIO(paper.content))
    words = " ".join(each.extract_text() for each in read.pages)
    assert "doorzetter" in words
    assert "Gezien en gedaan" in words
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_what_the_parents_refuse_is_destroyed_at_once(story: Story, begun: Trajectory) -> None:
    document, cast = gather(story, begun), story.cast
    growth.add_growth_words(cast.actor("anna", minutes=10), document, "Mila is een doorzetter.")
    gather(story, begun, "anna")
    story.cast.go_to(NOW + timedelta(minutes=20))
    address = reverse("trajectories:growth_refuse", args=[begun.pk])
    assert cast.client("carla").post(address).status_code == 404
    assert cast.client("bram").get(address).status_code == 200
    assert cast.client("bram").post(address).status_code == 302
    assert not GrowthDocument.objects.unrestricted(reason="test").exists()
    assert Entry.objects.unrestricted(reason="test").filter(text="Thuis zingt zij.").exists()


def test_what_was_given_is_not_destroyed_by_refusing(story: Story, begun: Trajectory) -> None:
    document, cast = gather(story, begun), story.cast
    for who in ("anna", "bram"):
        growth.approve_growth(cast.actor(who, minutes=11), document)
    story.may_go(cast.youthcare, cast.sanne)
    growth.hand_growth(cast.actor("carla", minutes=12), document, cast.youthcare, "Sanne")
    with pytest.raises(Denied):
        growth.refuse_growth(cast.actor("anna", minutes=13), document)
