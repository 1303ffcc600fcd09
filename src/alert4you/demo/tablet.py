"""The tablet of a group in the demo, and the PINs that a visitor may know."""

import json
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.utils.text import slugify

from alert4you.access.queries.line import children_today
from alert4you.demo.personas import Persona, everybody, person_of
from alert4you.offline.commands.keys import current_key
from alert4you.offline.commands.receiving import receive
from alert4you.offline.rules.protocol import VERSION, Batch, Sent
from alert4you.offline.rules.sealing import sealed_text
from alert4you.offline.rules.stamps import stamp_of
from alert4you.organisations.models import Membership, Role, Roster
from alert4you.organisations.queries import actor_of, at_work, groups_today, system_actor
from alert4you.tablets.commands import add_tablet, choose_pin, enrol
from alert4you.tablets.models import Device, Tablet

PINS = {"Fatima": "274951", "Lotte": "830746", "Carla": "615083"}
NAME = "Tablet van de groep"
AGO = timedelta(minutes=20)
SAID = {"category": "day", "readers": "parents", "tags": []}


def set_up(at: datetime) -> None:
    """Where Fatima works: the manager put a tablet there, and three people chose a PIN."""
    hats = {name: _hat(name, at) for name in PINS}
    for name, hat in hats.items():
        choose_pin(actor_of(hat, at), hat, PINS[name])
    place = Roster.objects.filter(membership=hats["Fatima"]).latest("starts").group.location
    runs = at_work(at).filter(organisation=place.organisation_id, role=Role.MANAGER).first()
    if runs is not None:
        here = enrol(system_actor(at), add_tablet(actor_of(runs, at), place, NAME))
        _bring_in(Device(UUID(str(here.device)), here), hats["Lotte"], at)


def pins() -> list[tuple[Persona, str]]:
    """Whose PIN a visitor may type."""
    known = everybody()
    return [(known[slugify(name)], digits) for name, digits in PINS.items()]


def the_tablet() -> Tablet | None:
    """The one that a visitor's browser can be; None when somebody took it back."""
    return Tablet.objects.filter(name=NAME, revoked_at=None).exclude(device=None).first()


def _hat(name: str, at: datetime) -> Membership:
    return at_work(at).get(person=person_of(everybody()[slugify(name)]))


def _bring_in(here: Device, author: Membership, at: datetime) -> None:
    """Written without a network, about two children with a name in it: so a person has to look."""
    actor, item, key = actor_of(author, at - AGO), uuid4(), current_key(at)
    one, other = children_today(actor, groups_today(actor)[0])[:2]
    text = f"{one.first_name} leunde tegen {other.first_name} aan bij het voorlezen."
    told = {
        "stamp": stamp_of(actor, here.id),
        "kind": "note",
        "about": [str(one.pk), str(other.pk)],
        "said": {**SAID, "text": text},
        "made_at": actor.at.isoformat(),
    }
    sealed = sealed_text(key.public, item, json.dumps(told).encode())
    batch = Batch(at, [Sent(item, str(key.pk), actor.at, sealed)], present=False, version=VERSION)
    receive(here, batch, at)
