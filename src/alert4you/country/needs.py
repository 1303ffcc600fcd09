"""Families for whom something is the matter: a question, consent given, refused or withdrawn, help."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial

from alert4you.access.commands.consent import answer_consent, withdraw_consent
from alert4you.access.commands.team import name_on_team
from alert4you.access.models import Answer, ConsentRequest
from alert4you.children.models import Child
from alert4you.coaching.commands.questions import (
    answer_question,
    ask_coach,
    ask_parents_about,
    thank_for_answer,
)
from alert4you.coaching.commands.talks import Card, hold_talk, prepare_talk
from alert4you.coaching.models import About, Level
from alert4you.country.notes import there_on
from alert4you.country.places import GROUPS, PLACE, WORKS
from alert4you.kernel.clock import noon
from alert4you.organisations.models import Actor
from alert4you.organisations.queries import parent_actor
from alert4you.practices.rules.reading import read
from alert4you.scenarios.practices import published, slugs
from alert4you.scenarios.world import World
from alert4you.trajectories.commands.running import Setup, start_trajectory

ASKED = "Een kind van deze groep speelt bijna altijd alleen. Hoe kunnen wij het helpen meedoen?"
OWN_WORDS = "Het gaat om {name}. Wij proberen het nu drie weken."
ADVICE = "Kies elke dag een kleine taak samen met één ander kind, en blijf er de eerste keren bij."
MESSAGE = "Wij zien dat {name} steun nodig heeft, en willen samen kijken wat helpt."
AGREED = "De ouders herkennen het en denken graag mee."
CHOSEN = 10  # where the source leaves a number open
WHY = "Wij willen graag samen met de coach kijken wat {name} helpt."


def asked(world: World, child: Child, ago: int, answered: bool = True) -> None:
    """The coach is asked, and says what to do on the group; no child is named."""
    _at(world, child, ago)
    worker = _worker(world)
    question = ask_coach(
        world.actor(worker),
        world.location(PLACE),
        About.CHILD,
        ASKED,
        child,
        OWN_WORDS.format(name=child.first_name),
    )
    if answered:
        _at(world, child, ago - 8)
        answer_question(world.actor("Coach"), question, ADVICE)
        _at(world, child, ago - 15)
        thank_for_answer(world.actor(worker), question)


def shared(
    world: World, child: Child, ago: int, answer: Answer | None, withdrawn: bool = False
) -> None:
    """The parents are asked whether the coach may know their child."""
    asked(world, child, ago + 8)
    _at(world, child, ago)
    why = WHY.format(name=child.first_name)
    request = ask_parents_about(world.actor(_worker(world)), child, world.hat("Coach"), why)
    if answer is not None:
        _answer(world, child, request, answer, ago - 8)
    if withdrawn:
        _at(world, child, ago - 30)
        withdraw_consent(_deciding(world, child)[0], request)


def helped(world: World, child: Child, ago: int, slug: str) -> None:
    """A practice begins after a talk with the parents; Denied when it needs something else first."""
    _at(world, child, ago + 14)
    worker = world.hat(_worker(world))
    for hat in ("Zorg", _worker(world)):
        name_on_team(world.actor(hat), child, world.hat(hat), WHY.format(name=child.first_name))
    prepared = prepare_talk(
        world.actor(_worker(world)),
        child,
        worker,
        world.today,
        Card(MESSAGE.format(name=child.first_name), Level.SOME, Level.SOME),
    )
    hold_talk(world.actor(_worker(world)), prepared, AGREED, None, "")
    _at(world, child, ago)
    template = published(slug, world.now)
    practice = read(template.text)
    parts = {
        role.key: worker
        if role.hat == "group worker"
        else world.hat("Zorg" if role.hat == "care coordinator" else "Coach")
        for role in practice.roles
        if role.hat != "parent"
    }
    chosen = {each.key: CHOSEN for each in practice.open_choices}
    setup = Setup(parts, chosen)
    start_trajectory(
        world.actor("Zorg"), child, template, world.hat("Zorg"), world.hat("Leidt"), setup
    )


def helps() -> Iterator[Callable[[World, Child], None]]:
    """A trajectory of each practice of the library that is about a child; not all can begin just so."""
    for number, slug in enumerate(slugs()):
        yield partial(helped, ago=9 + number * 11 % 90, slug=slug)


def kinds() -> tuple[Callable[[World, Child], None], ...]:
    """What can be the matter, each as often as the others."""
    return (
        partial(asked, ago=100),
        partial(asked, ago=20),
        partial(shared, ago=60, answer=Answer.GIVEN),
        partial(asked, ago=8, answered=False),
        partial(shared, ago=40, answer=Answer.REFUSED),
        partial(asked, ago=210),
        partial(shared, ago=80, answer=Answer.GIVEN, withdrawn=True),
        partial(shared, ago=8, answer=None),
    )


def _answer(world: World, child: Child, request: ConsentRequest, answer: Answer, ago: int) -> None:
    for number, actor in enumerate(_deciding(world, child)):
        _at(world, child, ago - 8 * number)
        answers = dict.fromkeys(request.consents.values_list("category", flat=True), answer)
        answer_consent(replace(actor, at=world.now), request, answers)


def _deciding(world: World, child: Child) -> list[Actor]:
    """Who has authority, at the moment of the world."""
    told = child.guardians.filter(has_authority=True).select_related("person").order_by("pk")
    return [parent_actor(each.person, world.now) for each in told]


def _worker(world: World) -> str:
    """Who of the group is there on this day."""
    day = world.today.weekday()
    return next(f"{GROUPS[0]} {number}" for number, days in enumerate(WORKS) if day in days)


def _at(world: World, child: Child, ago: int) -> None:
    """At noon on the first day that the child is there, from so many days ago on."""
    day = world.almanac.anchor - timedelta(days=ago)
    world.now = noon(there_on(child, day))
