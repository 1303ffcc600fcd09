"""A tablet of the location of the cast, and browsers on which it is one."""

import pytest
from django.test import Client

from alert4you.organisations.models import Membership
from alert4you.organisations.queries import system_actor
from alert4you.tablets.commands import add_tablet, choose_pin, enrol
from alert4you.tablets.models import Tablet
from alert4you.tablets.queries import signed_name
from tests.cast import NOW, Cast

PIN = "274951"
OTHER = "830746"


@pytest.fixture
def tablet(cast: Cast) -> Tablet:
    """Marit set it up; Fatima and Lotte have a PIN."""
    waiting = add_tablet(cast.actor("marit"), cast.location, "Vlinders")
    for name, digits in (("fatima", PIN), ("lotte", OTHER)):
        choose_pin(cast.actor(name), cast.people[name], digits)
    return enrol(system_actor(NOW), waiting)


def at(tablet: Tablet) -> Client:
    """The browser of this tablet; nobody is signed in."""
    client = Client()
    client.cookies["django_language"] = "en"
    client.cookies["device"] = signed_name(tablet.device)
    return client


def types(client: Client, who: Membership, digits: str) -> str:
    """Where one goes after the PIN, or what the page says."""
    answer = client.post(f"/tablet/{who.pk}/", {"pin": digits})
    return answer.headers.get("Location", "") or answer.content.decode()
