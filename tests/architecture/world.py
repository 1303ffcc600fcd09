"""One of everything about Mila, so that every page has something to show or to hide.

Every text holds a canary: a word that no page may show to who has no relation with her.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any

from alert4you.access.commands.consent import answer_consent, ask_consent
from alert4you.access.commands.line import hold_back
from alert4you.access.commands.marks import protect
from alert4you.access.commands.places import place_child
from alert4you.access.commands.review import ask_about_look
from alert4you.access.models import ContactCard, Mark, Opening, Review, ReviewLine
from alert4you.access.rules.consent import Terms
from alert4you.access.views.openings import ticket_of
from alert4you.children.commands import end_placement
from alert4you.children.models import Guardian, Placement, PlusTerms
from alert4you.children.models import Terms as PlaceTerms
from alert4you.coaching.commands.contacts import Details, log_contact, plan_visit
from alert4you.coaching.commands.places import open_hour
from alert4you.coaching.commands.questions import ask_coach
from alert4you.coaching.commands.rounds import hold_round
from alert4you.coaching.commands.take_overs import agree_take_overs, take_over
from alert4you.coaching.commands.talks import Card, prepare_talk
from alert4you.coaching.models import Contact, Debrief
from alert4you.coaching.rules.rounds import Told
from alert4you.groups.commands.plus import agree_plus, decide_way_back
from alert4you.kernel.audit import append
from alert4you.kernel.models import AuditRecord
from alert4you.manifests.commands import hand_over
from alert4you.manifests.models import Way as Handed
from alert4you.manifests.rules import Parcel
from alert4you.meetings.commands.planning import plan_meeting
from alert4you.meetings.commands.table import agree_on_action, name_option
from alert4you.meetings.models import Action
from alert4you.meetings.rules.planning import Terms as Planned
from alert4you.meetings.rules.planning import Topic
from alert4you.notes.commands.helps import make_card
from alert4you.notes.commands.incidents import report_incident
from alert4you.notes.commands.parents import ask_through_parents
from alert4you.notes.commands.place import set_activity
from alert4you.notes.commands.writing import write_group_note, write_note, write_parents_words
from alert4you.notes.rules.writing import Spoken
from alert4you.organisations.commands import invite
from alert4you.organisations.models import Group, Issuer, Location
from alert4you.organisations.queries import link_of, system_actor
from alert4you.practices.commands.adopting import adopt_practice
from alert4you.practices.commands.changing import begin_draft, publish_draft, rewrite_draft
from alert4you.practices.commands.importing import keep_document
from alert4you.practices.commands.publishing import load_library
from alert4you.practices.queries.templates import template
from alert4you.practices.rules.document.reading import read_document
from alert4you.practices.rules.editing import mark
from alert4you.referrals.commands.needs import register_need
from alert4you.referrals.commands.ways import start_referral
from alert4you.referrals.models import Referral, UnmetNeed
from alert4you.referrals.rules.needs import Judged, Missing
from alert4you.referrals.rules.ways import Ask, Receiver
from alert4you.retention.commands import propose_erasure
from alert4you.rights.commands.asking import ask
from alert4you.rights.commands.handling import grant_request
from alert4you.rights.rules.asking import Asked
from alert4you.safety.commands import appoint, name_member, open_concern, record
from alert4you.safety.rules import Start
from alert4you.safety.rules import Told as Safely
from alert4you.trajectories.commands.growth import gather_growth
from alert4you.trajectories.commands.indications import record_indication
from alert4you.trajectories.commands.planning import write_plan
from alert4you.trajectories.commands.running import Setup, start_trajectory
from alert4you.trajectories.models import Step, Trajectory
from alert4you.trajectories.rules.indications import Granted
from alert4you.trajectories.rules.planning import Goal
from alert4you.wellbeing.commands import rate, write_view
from alert4you.wellbeing.models import Notice
from tests.cast import NOW, TODAY, Cast

CANARY = "kanarie"


@dataclass(frozen=True)
class World:
    """What the addresses of pages are made of, by the name of the argument."""

    arguments: dict[str, Any]


def make_trajectory(cast: Cast, words: Iterator[str]) -> Trajectory:
    parts = {"observer": cast.sanne, "group-worker": cast.fatima}
    carla, practice = cast.actor("carla"), template("kansen-voor-kleintjes")
    trajectory = start_trajectory(carla, practice, cast.carla, cast.marit, cast.mila, Setup(parts))
    write_plan(carla, trajectory, 0, [Goal(next(words), "Carla", next(words))], next(words))
    return trajectory


def make_rights(cast: Cast, words: Iterator[str], note: Any) -> dict[str, Any]:
    """Anna may have a copy of everything; Bram asks to set something right."""
    anna, bram = cast.actor("anna"), cast.actor("bram")
    asked = ask(anna, cast.mila, Asked("access", cast.nursery, next(words)))
    open_one = ask(bram, cast.mila, Asked("correction", cast.nursery, next(words), note))
    ask(bram, cast.mila, Asked("statement", cast.nursery, next(words), note))
    return {
        "rights_id": grant_request(cast.actor("carla"), asked, next(words)).pk,
        "work_id": open_one.pk,
        "right": "access",
        "form": "json",
    }


def make_papers(cast: Cast, trajectory: Trajectory, words: Iterator[str]) -> dict[str, Any]:
    """Something that was seen in the trajectory, its growth document, and an indication."""
    carla, mila = cast.actor("carla"), cast.mila
    seen = log_contact(carla, "observation", next(words), mila)
    Step.objects.create(trajectory=trajectory, entry=seen, phase="looking", activity="observation")
    gather_growth(carla, trajectory)
    granted = Granted("youth_care", next(words), TODAY, TODAY + timedelta(weeks=9), cast.youthcare)
    indication = record_indication(carla, mila, granted)
    return {"seen_id": seen.pk, "indication_id": indication.pk}


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


def make_notice(cast: Cast, words: Iterator[str]) -> Notice:
    """Fatima saw three times that it goes less well; Carla wrote what she sees herself."""
    for hours in (-48, -24, 0):
        rate(cast.actor("fatima", hours=hours), cast.mila, {"itself": 2})
    write_view(cast.actor("carla"), cast.mila, next(words))
    return Notice.objects.unrestricted(reason="test").get(child=cast.mila)


def make_help(cast: Cast, words: Iterator[str]) -> dict[str, Any]:
    """What helps Mila, what happened, what runs through her parents, and a party they said no to."""
    carla, mila = cast.actor("carla"), cast.mila
    no = ask_consent(carla, mila, cast.elsewhere, "support", Terms(["day"], next(words)))
    answer_consent(cast.actor("anna"), no, {"day": "refused"})
    anna = Guardian.objects.get(child=mila, person=cast.anna)
    spoken = Spoken(anna, "talk", next(words))
    return {
        "card_id": make_card(carla, mila, "panic", next(words)).pk,
        "activity_id": set_activity(carla, cast.location, "Gereedschap", 10).pk,
        "incident_id": report_incident(carla, mila, next(words)).pk,
        "told_id": write_parents_words(carla, mila, next(words), spoken).pk,
        "notice_id": make_notice(cast, words).pk,
        "carried_id": ask_through_parents(carla, mila, next(words), next(words)).pk,
        "organisation_id": cast.elsewhere.pk,
    }


def make_coaching(cast: Cast, words: Iterator[str]) -> dict[str, Any]:
    """A visit, a walk-in hour, a task that Sanne took over, an offer to Fatima."""
    marit, sanne = cast.actor("marit"), cast.actor("sanne")
    agree_take_overs(
        marit, cast.location, cast.youthcare, ["Gesprek"], ["Groep"], TODAY + timedelta(weeks=9)
    )
    contact: Contact = log_contact(sanne, "visit", next(words), location=cast.location)
    told = Told("Het kan hier.", "Als het te vol is.")
    return {
        "visit_id": plan_visit(sanne, cast.location, TODAY).pk,
        "contact_id": contact.pk,
        "hour_id": open_hour(sanne, cast.location, TODAY, time(9), time(10)).pk,
        "take_over_id": take_over(
            sanne, cast.location, "Gesprek", TODAY + timedelta(weeks=1), next(words)
        ).pk,
        "round_id": hold_round(marit, cast.location, told, TODAY - timedelta(weeks=26)).pk,
        "debrief_id": Debrief.objects.create(worker=cast.fatima, location=cast.location, at=NOW).pk,
    }


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
    return {
        "placement_id": end_placement(marit, first, TODAY + timedelta(weeks=30)).pk,
        "plus_group_id": group.pk,
        "plus_id": plus.pk,
    }


def make_import(cast: Cast) -> dict[str, Any]:
    """A document that Carla uploaded and did not save yet."""
    found = read_document("card.txt", b"Een praktijk\n\nDoel: Samen spelen\nDoelgroep: Peuters\n")
    return {"document_id": keep_document(cast.actor("carla"), "card.txt", found).pk, "number": 1}


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
    item = meeting.items.get()
    name_option(carla, item, next(words))
    return agree_on_action(carla, item, next(words), cast.carla, TODAY)


def make_doors(cast: Cast) -> dict[str, Any]:
    """A colleague who is invited, a parent who can be, and a sign-in service that does not answer."""
    invitation = invite(cast.actor("carla"), cast.lotte)
    issuer = Issuer.objects.create(
        organisation=cast.nursery, url="https://127.0.0.1:9", client_id="alert4you"
    )
    return {
        "invitation_id": invitation.pk,
        "link": link_of(invitation),
        "issuer_id": issuer.pk,
        "membership_id": cast.fatima.pk,
        "guardian_id": Guardian.objects.get(child=cast.mila, person=cast.anna).pk,
    }


def make_safety(cast: Cast, words: Iterator[str]) -> dict[str, Any]:
    """A concern that Fatima opened; Carla is attention officer, and Lotte was named."""
    fatima = cast.actor("fatima")
    concern = open_concern(fatima, Start(cast.mila, "home", next(words)))
    return {
        "about_id": cast.mila.pk,
        "concern_id": concern.pk,
        "member_id": name_member(fatima, concern, cast.lotte, next(words)).pk,
        "act_id": record(fatima, concern, "advice", Safely(next(words), party="colleague")).pk,
        "step": "talk",
    }


def make_looking(cast: Cast, words: Iterator[str]) -> dict[str, Any]:
    """Lotte opened the file of Mila, which the parents hear tomorrow; what was found, asked and marked."""
    mila, lotte = cast.mila, cast.lotte
    opening = Opening.objects.create(
        child=mila,
        membership=lotte,
        opened_for="emergency",
        reason=next(words),
        at=NOW - timedelta(hours=2),
        ends=NOW - timedelta(hours=1),
        parents_told_at=NOW + timedelta(days=1),
    )
    read = AuditRecord.of(cast.actor("fatima"), "R", "web:line", mila.pk, {"day": ["1"]})
    append([read])
    asked = ask_about_look(cast.actor("anna"), mila, cast.fatima.person, read, next(words))
    guardian = make_cards(cast, words)
    address = protect(cast.actor("carla"), mila, Mark.SECRET_ADDRESS, next(words), guardian)
    return {
        "opening_id": opening.pk,
        "ticket": ticket_of(cast.actor("fatima"), mila.pk),
        "record": AuditRecord.objects.get(name="web:line", subject_id=mila.pk).pk,
        "asked_id": asked.pk,
        "mark_id": address.pk,
    }


def make_cards(cast: Cast, words: Iterator[str]) -> Guardian:
    """Where the parents can be reached; of Bram, who is answered, it is going to be secret."""
    for guardian in Guardian.objects.filter(child=cast.mila).order_by("person__name"):
        about = {"guardian": guardian, "written_by": guardian.person, "at": NOW}
        ContactCard.objects.create(phone=next(words), address=next(words), **about)
    return Guardian.objects.get(child=cast.mila, person=cast.bram)


def make_review(cast: Cast) -> dict[str, Any]:
    """The weekly list, with one look in it."""
    review = Review.objects.create(organisation=cast.nursery, week=TODAY, made_at=NOW)
    lotte = cast.lotte
    line = {"person": lotte.person, "role": lotte.role, "first_at": NOW, "child": cast.mila}
    found = ReviewLine.objects.create(review=review, finding="emergency", **line)
    return {"review_id": review.pk, "line_id": found.pk}


def make_retention(cast: Cast, words: Iterator[str]) -> dict[str, Any]:
    """What was asked to go of Mila: Carla proposed it, Olga did not look yet."""
    erasure = propose_erasure(cast.actor("carla"), cast.mila, reason=next(words))
    return {"erasure_id": erasure.pk, "kind": "childcare_file"}


def make_versions(cast: Cast) -> dict[str, Any]:
    """The organisation works with Samsam, changes it, and made its own version of what Mila follows."""
    carla, samsam = cast.actor("carla"), template("samsam")
    adopt_practice(carla, samsam, {})
    begin_draft(carla, samsam)
    draft = begin_draft(carla, template("kansen-voor-kleintjes"))
    other_age = draft.text.replace("2 years", "1 year")
    changed = rewrite_draft(carla, draft, other_age, mark(draft.text))
    adopt_practice(carla, publish_draft(carla, changed), {})
    return {"template_id": samsam.pk, "at": "phases/one-to-one", "into": "phases"}


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
    }


def make_file(cast: Cast, words: Iterator[str]) -> dict[str, Any]:
    """Everything that can be kept about one child."""
    fatima, carla = cast.actor("fatima"), cast.actor("carla")
    note = write_note(fatima, cast.mila, next(words))
    write_note(carla, cast.mila, next(words), "care", internal=True)
    held = write_note(carla, cast.mila, next(words), "care")
    hold_back(carla, held, NOW + timedelta(days=7), next(words))
    asked = make_asked(cast, words)
    trajectory = make_trajectory(cast, words)
    action = make_action(cast, words)
    referral = make_referral(cast, words)
    parcel = Parcel(cast.school, next(words), Handed.REFERRAL, referral, ["handover"])
    return {
        **asked,
        "meeting_id": action.item.meeting_id,
        "item_id": action.item_id,
        "action_id": action.pk,
        "child_id": cast.mila.pk,
        "entry_id": note.pk,
        "trajectory_id": trajectory.pk,
        "referral_id": referral.pk,
        "manifest_id": hand_over(carla, cast.mila, parcel).pk,
        "need_id": make_need(cast, words).pk,
        **make_help(cast, words),
        **make_plus(cast, words),
        **make_looking(cast, words),
        **make_safety(cast, words),
        **make_papers(cast, trajectory, words),
        **make_rights(cast, words, note),
        **make_retention(cast, words),
    }


def make_house(cast: Cast, words: Iterator[str]) -> dict[str, Any]:
    """What a place keeps once, beside the files of its children."""
    write_group_note(cast.actor("fatima"), cast.group, next(words))
    return {
        "group_id": cast.group.pk,
        "post_id": appoint(cast.actor("marit"), cast.carla, "officer").pk,
        "location_id": cast.location.pk,
        "practice": "kober-zorgteam",
        **make_coaching(cast, words),
        **make_review(cast),
        **make_import(cast),
        **make_doors(cast),
        "activity": "observation",
        "slug": "samsam",
        "uidb64": "MQ",
        "token": "set-password",
    }


def make_world(cast: Cast) -> World:
    words = (f"{CANARY}{number}" for number in range(100))
    load_library(system_actor(NOW))
    house = make_house(cast, words)
    return World({**house, **make_file(cast, words), **make_versions(cast)})
