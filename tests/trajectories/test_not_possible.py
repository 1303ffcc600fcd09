"""What must not be possible around indications and the growth document."""

import io
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from pypdf import PdfReader

from alert4you.access.commands.line import hold_back
from alert4you.access.models import Entry
from alert4you.children.models import Guardian
from alert4you.kernel.decision import Denied
from alert4you.trajectories.commands import growth
from alert4you.trajectories.commands.indications import record_indication, release_indication
from alert4you.trajectories.models import Indication
from alert4you.trajectories.rules.indications import Granted, Told
from tests.cast import NOW, TODAY
from tests.second_place import comes_elsewhere_too
from tests.trajectories.story import Story


def test_another_place_does_not_give_back_the_place_of_a_child(story: Story) -> None:
    cast = story.cast
    comes_elsewhere_too(cast, "plan")
    until = TODAY + timedelta(weeks=20)
    granted = Granted("medical_daycare", "Gemeente", TODAY, until, cast.youthcare)
    found = record_indication(cast.actor("carla"), cast.mila, granted)
    seen = Indication.objects.visible_to(cast.actor("rosa")).get(pk=found.pk)
    anna = Guardian.objects.get(person=cast.anna)
    for told in (Told(guardian=anna), Told(name="Sanne")):
        with pytest.raises(Denied):
            release_indication(cast.actor("rosa"), seen, "Mag weg.", told)
    assert not found.releases.exists()


def test_a_paper_holds_nothing_that_its_parents_could_not_read(story: Story) -> None:
    """Held back after it was gathered: approved without it, so not on the approved paper."""
    cast, begun = story.cast, story.begun()
    document = growth.gather_growth(cast.actor("carla", minutes=9), begun)
    talk = Entry.objects.unrestricted(reason="test").get(text="We spraken over het eten.")
    hold_back(cast.actor("carla", minutes=9), talk, NOW + timedelta(days=5), "Nog niet")
    cast.go_to(NOW + timedelta(minutes=10))
    for who in ("anna", "bram"):
        growth.approve_growth(cast.actor(who), document)
    pdf = cast.client("carla").get(reverse("trajectories:growth_pdf", args=[begun.pk]))
    assert pdf.status_code == 200
    assert "We spraken" not in PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text()


def test_nobody_approves_what_was_gathered_anew_behind_her_back(story: Story) -> None:
    cast, begun = story.cast, story.begun()
    cast.go_to(NOW + timedelta(minutes=10))
    growth.gather_growth(cast.actor("carla"), begun)
    anna = cast.client("anna")
    page = anna.get(reverse("trajectories:growth", args=[begun.pk])).content.decode()
    seen = re.search(r'name="seen" value="([^"]+)"', page)
    assert seen
    anew = growth.gather_growth(cast.actor("carla", minutes=1), begun)
    approve = reverse("trajectories:growth_approve", args=[begun.pk])
    assert anna.post(approve, {"seen": seen[1]}).status_code == 403
    assert not anew.approvals.exists()
    assert anna.post(approve, {"seen": anew.mark}).status_code == 302
