"""What the organisation adopted comes first, in its own version and with its own numbers."""

from django.urls import reverse

from alert4you.practices.commands.adopting import adopt_practice, stop_practice
from alert4you.practices.commands.changing import begin_draft, publish_draft, rewrite_draft
from alert4you.practices.queries.templates import template
from alert4you.practices.rules.editing import mark
from alert4you.trajectories.models import Trajectory
from tests.trajectories.story import Story

NUMBERS = {"weeks-between-visits": 6, "months-until-review": 3}


def start(story: Story, practice: str = "") -> str:
    where = f"{reverse('trajectories:start')}?location={story.cast.location.pk}"
    return f"{where}&practice={practice}" if practice else where


def test_the_adopted_practice_comes_first_with_its_numbers(story: Story) -> None:
    client = story.cast.client("carla")
    before = client.get(start(story)).content.decode()
    assert "Hier werken we mee" not in before
    adopt_practice(story.cast.actor("carla"), template("structural-coaching"), NUMBERS)
    page = client.get(start(story)).content.decode()
    first = page[page.index("a4-card--link") :]
    assert first.index("structural-coaching") < first.index("Hier werken we mee")
    assert first.count("Hier werken we mee") == 1
    assert "één keer per 6 weken" in first[: first.index("Hier werken we mee") + 1500]
    assert "weeks-between" not in client.get(start(story, "structural-coaching")).content.decode()


def test_it_starts_in_the_own_version_with_the_own_numbers(story: Story) -> None:
    cast, carla = story.cast, story.cast.actor("carla")
    draft = begin_draft(carla, template("structural-coaching"))
    text = draft.text.replace("most: 26", "most: 20")
    own = publish_draft(carla, rewrite_draft(carla, draft, text, mark(draft.text)))
    adoption = adopt_practice(carla, own, NUMBERS)
    people = {"lead": cast.carla, "cover": cast.marit, "role_coach": cast.sanne}
    people |= {"role_manager": cast.marit, "role_pedagogue": cast.carla}
    people |= {"role_group-worker": cast.fatima}
    data = {name: str(who.pk) for name, who in people.items()}
    answer = cast.client("carla").post(start(story, "structural-coaching"), data)
    assert answer.status_code == 302
    begun = Trajectory.objects.unrestricted(reason="test").get()
    assert (begun.template, begun.chosen) == (own, NUMBERS)
    stop_practice(carla, adoption)
    page = cast.client("carla").get(start(story, "structural-coaching")).content.decode()
    assert "choice_weeks-between-visits" in page


def test_other_organisations_start_with_the_library(story: Story) -> None:
    adopt_practice(story.cast.actor("carla"), template("samsam"), {})
    page = story.cast.client("stranger").get(reverse("trajectories:start")).content.decode()
    assert "Hier werken we mee" not in page
