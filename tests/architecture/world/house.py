"""What a place keeps once, beside the files of its children."""

from collections.abc import Iterator
from datetime import time, timedelta
from typing import Any

from alert4you.access.models import Review, ReviewLine
from alert4you.api.commands import add_application
from alert4you.api.rules import may_give
from alert4you.children.models import Guardian
from alert4you.coaching.commands.contacts import log_contact, plan_visit
from alert4you.coaching.commands.places import open_hour
from alert4you.coaching.commands.rounds import hold_round
from alert4you.coaching.commands.take_overs import agree_take_overs, take_over
from alert4you.coaching.models import Contact, Debrief
from alert4you.coaching.rules.rounds import Told
from alert4you.imports.models import Import, Row
from alert4you.notes.commands.writing import write_group_note
from alert4you.organisations.commands import invite
from alert4you.organisations.models import Issuer
from alert4you.organisations.queries import link_of, system_actor
from alert4you.practices.commands.adopting import adopt_practice
from alert4you.practices.commands.changing import begin_draft, publish_draft, rewrite_draft
from alert4you.practices.commands.importing import keep_document
from alert4you.practices.queries.templates import template
from alert4you.practices.rules.document.reading import read_document
from alert4you.practices.rules.editing import mark
from alert4you.safety.commands import appoint
from alert4you.tablets.commands import add_tablet, enrol
from alert4you.tablets.models import WrongPins
from tests.architecture.world.words import HOUSE_WORD
from tests.cast import NOW, TODAY, Cast


def make_coaching(cast: Cast, words: Iterator[str]) -> dict[str, Any]:
    """A visit, a walk-in hour, a task that Sanne took over, an offer to Fatima."""
    marit, sanne = cast.actor("marit"), cast.actor("sanne")
    agree_take_overs(
        marit,
        cast.location,
        cast.youthcare,
        ["Gesprek", f"{HOUSE_WORD}1"],
        [f"{HOUSE_WORD}2"],
        TODAY + timedelta(weeks=9),
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


def make_import(cast: Cast) -> dict[str, Any]:
    """A document that Carla uploaded and did not save yet."""
    found = read_document("card.txt", b"Een praktijk\n\nDoel: huiswoord1\nDoelgroep: Peuters\n")
    return {"document_id": keep_document(cast.actor("carla"), "card.txt", found).pk, "number": 1}


def make_brought(cast: Cast) -> dict[str, Any]:
    """A file that Marit brought, with a question about one of its rows."""
    file = Import.objects.create(
        organisation=cast.nursery,
        by=cast.marit,
        kind="children",
        file_name=f"{HOUSE_WORD}5",
        language="nl",
        header=[f"{HOUSE_WORD}6"],
        counts={"asks": 1},
        state="checked",
        made_at=NOW,
    )
    said = {"cells": [f"{HOUSE_WORD}7"], "message": f"{HOUSE_WORD}8"}
    Row.objects.create(file=file, number=1, outcome="asks", **said)
    return {"file_id": file.pk, "contents": "children"}


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
        "session_name": "elsewhere",
        "membership_id": cast.fatima.pk,
        "guardian_id": Guardian.objects.get(child=cast.mila, person=cast.anna).pk,
    }


def make_review(cast: Cast) -> dict[str, Any]:
    """The weekly list, with one look in it."""
    review = Review.objects.create(organisation=cast.nursery, week=TODAY, made_at=NOW)
    lotte = cast.lotte
    line = {"person": lotte.person, "role": lotte.role, "first_at": NOW, "child": cast.mila}
    found = ReviewLine.objects.create(review=review, finding="emergency", **line)
    return {"review_id": review.pk, "line_id": found.pk}


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


def make_application(cast: Cast) -> dict[str, Any]:
    """Another system that was let in, and the number that something has there."""
    marit, day = cast.actor("marit"), TODAY + timedelta(weeks=9)
    application = add_application(marit, f"{HOUSE_WORD}1", may_give(marit), day)
    return {"system_id": application.pk, "reference": "K1", "job": "api.tell_applications"}


def make_tablet(cast: Cast) -> dict[str, Any]:
    """A shared tablet that waits for its code; Lotte was locked out on another one."""
    marit = cast.actor("marit")
    used = enrol(system_actor(NOW), add_tablet(marit, cast.location, f"{HOUSE_WORD}1"))
    wrong = WrongPins.objects.create(tablet=used, membership=cast.lotte, number=5)
    return {
        "tablet_id": add_tablet(marit, cast.location, f"{HOUSE_WORD}2").pk,
        "wrong_id": wrong.pk,
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
        **make_brought(cast),
        **make_doors(cast),
        **make_tablet(cast),
        **make_application(cast),
        "activity": "observation",
        "fact_kind": "linked",
        "slug": "samsam",
        "uidb64": "MQ",
        "token": "set-password",
    }
