"""Another child of the same group, with a file of its own that nobody of the first one may mix up."""

from datetime import date

from alert4you.access.commands.consent import answer_consent
from alert4you.access.commands.openings import break_glass
from alert4you.access.commands.team import name_on_team
from alert4you.access.models import ConsentRequest
from tests.architecture.world import CANARY, World, make_file
from tests.cast import Cast, make_child, make_guardians


def sibling_of(cast: Cast) -> Cast:
    """The same people around another child of the group: with a consent that runs, and an open file."""
    sibling = Cast(dict(cast.people))
    sibling.people["mila"] = make_child(cast, "Noor", "Bakker", date(2023, 6, 1))
    make_guardians(sibling, "noor.example")
    carla = sibling.actor("carla")
    name_on_team(carla, sibling.mila, sibling.carla, "zorgcoördinator")
    name_on_team(carla, sibling.mila, sibling.pieter, "leerkracht", "education")
    return sibling


def make_sibling(cast: Cast) -> World:
    """Another file in the same house; the school may read the day of this child."""
    sibling = sibling_of(cast)
    words = (f"{CANARY}{number}" for number in range(200, 400))
    file = make_file(sibling, words)
    request = ConsentRequest.objects.get(pk=file["request_id"])
    for parent in ("anna", "bram"):
        answer_consent(sibling.actor(parent), request, {"day": "given"})
    why = f"{next(words)} moet nu weten wat er is"
    break_glass(sibling.actor("lotte"), sibling.mila, why)
    return World(file)
