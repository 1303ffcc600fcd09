"""What is agreed about Mila: her trajectory, the way to school, a meeting, what is not there."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from alert4you.access.commands.consent import ask_consent
from alert4you.access.commands.places import place_child
from alert4you.access.models import ConsentRequest
from alert4you.access.rules.consent import Terms
from alert4you.children.commands import end_placement
from alert4you.children.models import Guardian, Placement, PlusTerms
from alert4you.children.models import Terms as PlaceTerms
from alert4you.coaching.commands.contacts import Details, log_contact
from alert4you.coaching.commands.questions import ask_coach
from alert4you.coaching.commands.talks import Card, prepare_talk
from alert4you.funding.commands.applications import (
    approve,
    begin_application,
    fill,
    write_questions,
)
from alert4you.funding.commands.hours import book_hours
from alert4you.funding.commands.lines import end_line, pause_line, write_line
from alert4you.funding.models import Application
from alert4you.funding.rules.applications import parents
from alert4you.funding.rules.lines import Wanted
from alert4you.funding.rules.questions import Chosen
from alert4you.groups.commands.plus import agree_plus, decide_way_back
from alert4you.meetings.commands.planning import plan_meeting
from alert4you.meetings.commands.table import agree_on_action, name_option
from alert4you.meetings.models import Action
from alert4you.meetings.rules.planning import Terms as Planned
from alert4you.meetings.rules.planning import Topic
from alert4you.organisations.models import Group, Location, Organisation
from alert4you.planning.commands import hold_place
from alert4you.practices.queries.templates import template
from alert4you.referrals.commands.needs import register_need
from alert4you.referrals.commands.ways import start_referral
from alert4you.referrals.models import Referral, UnmetNeed
from alert4you.referrals.rules.needs import Judged, Missing
from alert4you.referrals.rules.ways import Ask, Receiver
from alert4you.trajectories.commands.growth import gather_growth
from alert4you.trajectories.commands.indications import record_indication
from alert4you.trajectories.commands.planning import write_plan
from alert4you.trajectories.commands.running import Setup, start_trajectory
from alert4you.trajectories.models import Step, Trajectory
from alert4you.trajectories.rules.indications import Granted
from alert4you.trajectories.rules.planning import Goal
from tests.cast import NOW, TODAY, Cast


def make_trajectory(cast: Cast, words: Iterator[str]) -> Trajectory:
    parts = {"observer": cast.sanne, "group-worker": cast.fatima}
    carla, practice = cast.actor("carla"), template("kansen-voor-kleintjes")
    trajectory = start_trajectory(carla, cast.mila, practice, cast.carla, cast.marit, Setup(parts))
    write_plan(carla, trajectory, 0, [Goal(next(words), "Carla", next(words))], next(words))
    return trajectory


def make_papers(cast: Cast, trajectory: Trajectory, words: Iterator[str]) -> dict[str, Any]:
    """Something that was seen in the trajectory, its growth document, and an indication."""
    carla, mila = cast.actor("carla"), cast.mila
    seen = log_contact(carla, "observation", next(words), mila)
    Step.objects.create(trajectory=trajectory, entry=seen, phase="looking", activity="observation")
    gather_growth(carla, trajectory)
    granted = Granted("youth_care", next(words), TODAY, TODAY + timedelta(weeks=9), cast.youthcare)
    indication = record_indication(carla, mila, granted)
    return {"seen_id": seen.pk, "indication_id": indication.pk}


def make_money(
    cast: Cast, trajectory: Trajectory, seen_id: UUID, words: Iterator[str]
) -> dict[str, Any]:
    """A line that was asked and whose term stands still; one that ended, with an hour."""
    carla = cast.actor("carla")
    told = {"decider": next(words), "ground": next(words), "reference": next(words)}
    asked = write_line(carla, trajectory, Wanted("youth_individual", "child", TODAY, **told))
    pause_line(carla, asked, TODAY, next(words))
    own = write_line(carla, trajectory, Wanted("own_means", "child", TODAY, **told))
    Step.objects.filter(entry=seen_id).update(minutes=30)
    book_hours(carla, own, [seen_id])
    end_line(carla, own, TODAY + timedelta(days=9), next(words))
    folder = make_folder(cast, trajectory, words)
    return {
        "money_id": asked.pk,
        "stream": "smi",
        "application_id": folder.pk,
        "key": "home",
    }


def make_folder(cast: Cast, trajectory: Trajectory, words: Iterator[str]) -> Application:
    """An application that waits for the yes of the parents; staff wrote down that Bram said yes."""
    gemma, carla = cast.actor("gemma"), cast.actor("carla")
    municipality = Organisation.objects.get(pk=gemma.organisation_id)
    asks = write_questions(gemma, municipality, "smi", Chosen(["name", "home"], contract="SMI"))
    folder = begin_application(carla, trajectory, asks, "place")
    fill(carla, folder, "home", next(words))
    bram = parents(folder, TODAY)[0]
    approve(carla, folder, bram)
    return folder


def make_referral(cast: Cast, words: Iterator[str]) -> Referral:
    """The way to the school; the parents did not answer yet."""
    receiver, ask = (
        Receiver(cast.school, contact=cast.pieter),
        Ask(next(words), ["plan"], next(words)),
    )
    carla = cast.actor("carla")
    return start_referral(carla, cast.mila, receiver, ask, cast.carla, cast.marit)


def make_need(cast: Cast, words: Iterator[str]) -> UnmetNeed:
    missing = Missing("treatment", next(words), "no_place", TODAY + timedelta(weeks=4))
    return register_need(cast.actor("carla"), cast.mila, Judged(True, False, next(words)), missing)


def make_action(cast: Cast, words: Iterator[str]) -> Action:
    """A meeting of today about Mila, to which the school is invited, with what was agreed in it."""
    guardians = Guardian.objects.filter(child=cast.mila, has_authority=True)
    begins = NOW + timedelta(hours=1)
    when = (begins, begins + timedelta(hours=1))
    about = Topic("case", next(words), cast.mila, guardians=list(guardians))
    planned = Planned("komeet", "Komeetoverleg", *when, cast.carla, cast.location)
    people = [cast.fatima, cast.pieter]
    carla = cast.actor("carla")
    meeting = plan_meeting(carla, planned, people, [about])
    item = meeting.items.unrestricted(reason="test").get()
    name_option(carla, item, next(words))
    return agree_on_action(carla, item, next(words), cast.carla, TODAY)


def make_plus(cast: Cast, words: Iterator[str]) -> dict[str, Any]:
    """A place that ends, and a plus group where Mila has a place too, with what was decided about it."""
    marit = cast.actor("marit")
    rows = Placement.objects.unrestricted(reason="test")
    first = rows.get(child=cast.mila, group=cast.group)
    place = Location.objects.create(
        organisation=cast.nursery, name="De Plus", setting="plus_group", city="Hilversum"
    )
    group = Group.objects.create(location=place, name="Uilen")
    agree_plus(marit, group, 5, 12)
    agreed = PlusTerms(next(words), (next(words),))
    terms = PlaceTerms([], purpose=next(words), review_on=TODAY + timedelta(weeks=9), plus=agreed)
    plus = place_child(marit, cast.mila, group, TODAY, None, terms)
    decide_way_back(marit, plus, "not_yet", TODAY + timedelta(weeks=4), (next(words), next(words)))
    until = TODAY + timedelta(weeks=2)
    held = hold_place(marit, cast.mila, cast.group, TODAY, [(4, "morning")], until)
    return {
        "hold_id": held.pk,
        "placement_id": end_placement(marit, first, TODAY + timedelta(weeks=30)).pk,
        "plus_group_id": group.pk,
        "plus_id": plus.pk,
    }


def make_exception(cast: Cast, words: Iterator[str]) -> ConsentRequest:
    """Written down in the name of Koen, who knows nothing else of Mila."""
    return ConsentRequest.objects.create(
        child=cast.mila,
        organisation=cast.youthcare,
        purpose="coaching",
        why=next(words),
        exempt="wish",
        exempt_why=next(words),
        rests_on=cast.koen,
        content_from=TODAY,
        starts=TODAY,
        ends=TODAY + timedelta(weeks=12),
        asked_by=cast.carla,
        asked_at=NOW,
        text_version="1",
    )


def make_asked(cast: Cast, words: Iterator[str]) -> dict[str, Any]:
    """A question, a prepared talk, what is owed of another, and a request to the parents."""
    fatima, carla = cast.actor("fatima"), cast.actor("carla")
    question = ask_coach(
        fatima, cast.location, "child", "Een kind eet niet", cast.mila, next(words)
    )
    log_contact(carla, "talk", next(words), cast.mila, details=Details(parents_present=True))
    ahead = TODAY + timedelta(days=3)
    preparation = prepare_talk(carla, cast.mila, cast.carla, ahead, Card(next(words), 2, 2))
    request = ask_consent(carla, cast.mila, cast.school, "education", Terms(["day"], next(words)))
    return {
        "question_id": question.pk,
        "preparation_id": preparation.pk,
        "request_id": request.pk,
        "exception_id": make_exception(cast, words).pk,
    }
