"""What is written about Mila from day to day, and what her parents asked of it."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from alert4you.access.commands.consent import answer_consent, ask_consent
from alert4you.access.rules.consent import Terms
from alert4you.children.models import Guardian
from alert4you.kernel.sealing import seal
from alert4you.notes.commands.helps import make_card
from alert4you.notes.commands.incidents import report_incident
from alert4you.notes.commands.parents import ask_through_parents
from alert4you.notes.commands.place import set_activity
from alert4you.notes.commands.writing import write_parents_words
from alert4you.notes.rules.writing import Spoken
from alert4you.offline.models import Arrival, Kept
from alert4you.retention.commands import propose_erasure
from alert4you.rights.commands.asking import ask
from alert4you.rights.commands.handling import grant_request
from alert4you.rights.rules.asking import Asked
from alert4you.safety.commands import name_member, open_concern, record
from alert4you.safety.rules import Start
from alert4you.safety.rules import Told as Safely
from alert4you.wellbeing.commands import rate, write_view
from alert4you.wellbeing.models import Notice
from tests.cast import NOW, Cast


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


def make_offline(cast: Cast, words: Iterator[str]) -> dict[str, Any]:
    """Something Lotte wrote without a network waits for Carla, who set aside another thing before."""
    made = {"device": uuid4(), "organisation": cast.nursery, "hat": cast.lotte, "kind": "note"}
    came = {"made_at": NOW, "arrived_at": NOW, "state": "waiting"}
    told = json.dumps({"kind": "note", "said": {"text": next(words)}})
    about = {"child": cast.mila, "organisation": cast.nursery, "hat": cast.lotte, "why": "refused"}
    answered = {"outcome": "aside", "answered_at": NOW, "answered_by": cast.carla}
    first, second = (
        Arrival.objects.create(item=uuid4(), digest="", **made, **came) for _each in range(2)
    )
    Kept.objects.create(arrival=first, reason=next(words), **about, **answered)
    waits = Kept.objects.create(arrival=second, refusal=next(words), sealed=seal(told), **about)
    return {"kept_id": waits.pk}


def make_retention(cast: Cast, words: Iterator[str]) -> dict[str, Any]:
    """What was asked to go of Mila: Carla proposed it, Olga did not look yet."""
    erasure = propose_erasure(cast.actor("carla"), cast.mila, reason=next(words))
    return {"erasure_id": erasure.pk, "kind": "childcare_file"}
