"""Writing down an indication, and giving its place back: the parents and the party, all of them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from alert4you.access.commands.consent import ask_consent
from alert4you.access.rules.consent import Terms
from alert4you.children.models import Guardian
from alert4you.kernel.decision import Denied
from alert4you.practices.queries.templates import template
from alert4you.trajectories.commands.indications import record_indication, release_indication
from alert4you.trajectories.commands.running import Setup, start_trajectory
from alert4you.trajectories.models import Indication
from alert4you.trajectories.queries.starting import offers, ready, subject
from alert4you.trajectories.rules.indications import Granted, Told
from tests.cast import TODAY
from tests.trajectories.story import Story

SLUG = "lindenhout-variant-2"


def indicate(story: Story, by: str = "carla", **given: Any) -> Indication:
    fields = {
        "what": "medical_daycare",
        "decided_by": "Gemeente",
        "starts": TODAY,
        "ends": TODAY + timedelta(weeks=20),
        "party": story.cast.youthcare,
    }
    return record_indication(story.cast.actor(by), story.cast.mila, Granted(**(fields | given)))


def start(story: Story) -> Any:
    parts = {"mkd-worker": story.cast.sanne, "group-worker": story.cast.fatima}
    setup = Setup(parts, {"weeks-ahead": 4})
    lead = (story.cast.carla, story.cast.marit)
    return start_trajectory(
        story.cast.actor("carla"), story.cast.mila, template(SLUG), *lead, setup
    )


def test_without_the_indication_it_does_not_start_and_the_reason_is_told(story: Story) -> None:
    story.talk()
    with override("en"), pytest.raises(Denied, match="needs a valid indication: medical day care"):
        start(story)
    whom = subject(story.cast.actor("carla"), story.cast.mila.pk, None)
    _fitting, others = offers(story.cast.actor("carla"), whom)
    unfit = {each.card.slug: each.fits for each in others}
    with override("en"):
        assert "choose a practice that needs none" in str(unfit[SLUG].instead)
    indicate(story)
    assert SLUG in {each.card.slug for each in offers(story.cast.actor("carla"), whom)[0]}
    assert start(story).pk


@pytest.mark.parametrize(
    "other",
    [
        {"what": "youth_care"},
        {"starts": TODAY - timedelta(weeks=9), "ends": TODAY},
        {"starts": TODAY + timedelta(days=1)},
    ],
)
def test_another_indication_or_one_of_another_time_is_none(story: Story, other: Any) -> None:
    story.talk()
    indicate(story, **other)
    practice = ready(story.cast.actor("carla"), _practice(), story.cast.mila)
    assert not practice.decision


def _practice() -> Any:
    from alert4you.practices.queries.templates import practice_of

    return practice_of(template(SLUG))


@pytest.mark.parametrize("by", ["anna", "carla", "fatima"])
def test_parents_and_staff_of_the_place_write_it_down(story: Story, by: str) -> None:
    indicate(story, by)
    page = story.cast.client("bram").get(
        reverse("trajectories:indications", args=[story.cast.mila.pk])
    )
    assert "Medisch kinderdagverblijf" in page.content.decode()


@pytest.mark.parametrize("by", ["sanne", "koen", "stranger", "oscar", "gemma"])
def test_nobody_else_does(story: Story, by: str) -> None:
    with pytest.raises(Denied):
        indicate(story, by)


def test_the_place_goes_when_every_parent_and_the_party_have_said_so(story: Story) -> None:
    story.talk()
    indication = indicate(story)
    started = start(story)
    story.agree()
    cast = story.cast
    release_indication(cast.actor("anna", minutes=2), indication, "Het is goed zo.")
    release_indication(cast.actor("anna", minutes=3), indication)
    release_indication(cast.actor("sanne", minutes=4), indication)
    indication.refresh_from_db()
    assert indication.released_at is None
    assert indication.releases.count() == 2
    assert story.case(started).state.net.standing == "holds"
    bram = Guardian.objects.get(child=cast.mila, person=cast.bram)
    release_indication(cast.actor("carla", minutes=5), indication, "", Told(bram))
    indication.refresh_from_db()
    assert indication.released_at is not None
    assert not ready(cast.actor("carla"), _practice(), cast.mila).decision
    assert story.case(started).state.net.standing == "released"


def test_the_party_can_be_written_down_with_a_name_but_not_without(story: Story) -> None:
    indication = indicate(story)
    with pytest.raises(Denied):
        release_indication(story.cast.actor("carla"), indication, "", Told())
    release = release_indication(story.cast.actor("carla"), indication, "", Told(name="Wietske"))
    assert (release.side, release.name, release.person_id) == ("party", "Wietske", None)


def test_who_may_not_decide_does_not_release(story: Story) -> None:
    indication, cast = indicate(story), story.cast
    oscar = Guardian.objects.get(child=cast.mila, person=cast.oscar)
    for by, told in (
        ("carla", None),
        ("koen", None),
        ("anna", Told(oscar)),
        ("carla", Told(oscar)),
    ):
        with pytest.raises(Denied):
            release_indication(cast.actor(by), indication, "", told)
    assert indication.releases.count() == 0


def test_the_party_of_another_organisation_needs_the_consent_of_the_parents(story: Story) -> None:
    indication = indicate(story)
    with pytest.raises(Denied):
        release_indication(story.cast.actor("sanne"), indication)
    ask_consent(
        story.cast.actor("carla"),
        story.cast.mila,
        story.cast.youthcare,
        "treatment",
        Terms(["plan"], "Sanne werkt aan de doelen"),
        story.cast.sanne,
    )
    story.agree()
    assert release_indication(story.cast.actor("sanne", minutes=3), indication).side == "party"


def test_on_the_pages(story: Story, queries: Callable[[Client, str], int]) -> None:
    carla, mila = story.cast.client("carla"), story.cast.mila
    address = reverse("trajectories:indications", args=[mila.pk])
    assert "geen indicatie" in carla.get(address).content.decode()
    given = {
        "what": "medical_daycare",
        "decided_by": "Gemeente",
        "starts": TODAY.isoformat(),
        "last_day": (TODAY + timedelta(days=60)).isoformat(),
        "party": str(story.cast.youthcare.pk),
    }
    new = reverse("trajectories:new_indication", args=[mila.pk])
    assert carla.post(new, given).url == address
    found = Indication.objects.unrestricted(reason="test").get()
    assert found.ends == TODAY + timedelta(days=61)
    assert carla.get(address).status_code == 200  # and says once that it was saved
    one = queries(carla, address)
    indicate(story)
    indicate(story, what="youth_care")
    assert queries(carla, address) == one <= 12
    release = reverse("trajectories:release", args=[found.pk])
    bram = Guardian.objects.get(child=mila, person=story.cast.bram)
    assert carla.post(release, {"whose": "party", "words": "Mag weg"}).status_code == 200
    assert carla.post(release, {"whose": str(bram.pk), "words": "Mag weg"}).url == address
    assert story.cast.client("anna").post(release, {"words": "Ja"}).url == address
    shown = carla.get(address).content.decode()
    assert "Mag weg" in shown
    assert "Bram Jansen" in shown
