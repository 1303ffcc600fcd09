"""The tablet of a group in the demo, and the PINs that a visitor may know."""

from datetime import datetime

from django.utils.text import slugify

from alert4you.demo.personas import Persona, everybody, person_of
from alert4you.organisations.models import Membership, Role, Roster
from alert4you.organisations.queries import actor_of, at_work, system_actor
from alert4you.tablets.commands import add_tablet, choose_pin, enrol
from alert4you.tablets.models import Tablet

PINS = {"Fatima": "274951", "Lotte": "830746", "Carla": "615083"}
NAME = "Tablet van de groep"


def set_up(at: datetime) -> None:
    """Where Fatima works: the manager put a tablet there, and three people chose a PIN."""
    hats = {name: _hat(name, at) for name in PINS}
    for name, hat in hats.items():
        choose_pin(actor_of(hat, at), hat, PINS[name])
    place = Roster.objects.filter(membership=hats["Fatima"]).latest("starts").group.location
    runs = at_work(at).filter(organisation=place.organisation_id, role=Role.MANAGER).first()
    if runs is not None:
        enrol(system_actor(at), add_tablet(actor_of(runs, at), place, NAME))


def pins() -> list[tuple[Persona, str]]:
    """Whose PIN a visitor may type."""
    known = everybody()
    return [(known[slugify(name)], digits) for name, digits in PINS.items()]


def the_tablet() -> Tablet | None:
    """The one that a visitor's browser can be; None when somebody took it back."""
    return Tablet.objects.filter(name=NAME, revoked_at=None).exclude(device=None).first()


def _hat(name: str, at: datetime) -> Membership:
    return at_work(at).get(person=person_of(everybody()[slugify(name)]))
