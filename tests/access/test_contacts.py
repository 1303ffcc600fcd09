"""Where a parent can be reached: never for the other parent or a guest, and a secret address beats all."""

import tomllib
from pathlib import Path

import pytest
from django.core import mail
from django.urls import NoReverseMatch, get_resolver, reverse

from alert4you.access.commands.consent import answer_consent, ask_consent
from alert4you.access.commands.contacts import write_contact
from alert4you.access.commands.marks import protect
from alert4you.access.models import SHAREABLE, ContactCard, Mark
from alert4you.access.queries.contacts import reach
from alert4you.access.rules.consent import Terms
from alert4you.children.models import Guardian
from alert4you.kernel.decision import Denied
from alert4you.meetings.tasks import announce_meetings
from tests.architecture.world import make_world
from tests.cast import HATS, Cast

MATRIX = tomllib.loads((Path(__file__).parent.parent / "architecture/matrix.toml").read_text())
PARENTS = ("anna", "bram")
CANARY = {"anna": ("0600000001", "Annastraat 1"), "bram": ("0600000002", "Bramlaan 2")}
# Who may find what of whom; with a secret address of Bram only who runs the place, and he himself.
SEES = {"anna": {"anna"}, "bram": {"bram"}}
SEES |= {who: {"anna", "bram"} for who in ("fatima", "lotte", "carla", "marit")}
SECRET = SEES | {who: {"anna"} for who in ("fatima", "lotte")}


def guardian(cast: Cast, name: str) -> Guardian:
    return Guardian.objects.get(child=cast.mila, person=cast.people[name])


@pytest.fixture
def reachable(cast: Cast) -> Cast:
    """Anna and Bram wrote down where they can be reached; both let Sanne and Pieter look along."""
    for name in PARENTS:
        write_contact(cast.actor(name), guardian(cast, name), *CANARY[name])
        cast.people[name].email = f"{name}-kanarie@example.org"
        cast.people[name].save()
    for party, who in ((cast.youthcare, cast.sanne), (cast.school, cast.pieter)):
        terms = Terms(SHAREABLE, "Meekijken")
        asked = ask_consent(cast.actor("carla"), cast.mila, party, "support", terms, who)
        for name in PARENTS:
            answer_consent(cast.actor(name), asked, dict.fromkeys(SHAREABLE, "given"))
    return cast


def hide(cast: Cast) -> None:
    protect(cast.actor("carla"), cast.mila, Mark.SECRET_ADDRESS, "Besluit", guardian(cast, "bram"))


@pytest.mark.parametrize("secret", [False, True])
@pytest.mark.parametrize("who", [who for who in HATS if who != "nobody"])
def test_who_sees_whose_card(reachable: Cast, who: str, secret: bool) -> None:
    if secret:
        hide(reachable)
    table = SECRET if secret else SEES
    found = reach(reachable.actor(who), reachable.mila)
    names = {"Anna Jansen": "anna", "Bram Jansen": "bram"}
    seen = {names[each.guardian.person.name] for each in found if each.card}
    assert seen == table.get(who, set())


@pytest.mark.parametrize("who", ["anna", "sanne", "pieter", "stranger"])
def test_nobody_writes_on_a_card_one_may_not_see(reachable: Cast, who: str) -> None:
    with pytest.raises(Denied):
        write_contact(reachable.actor(who), guardian(reachable, "bram"), "1", "Elders")
    assert (
        ContactCard.objects.unrestricted(reason="test").get(guardian__person=reachable.bram).address
        == "Bramlaan 2"
    )


def test_no_page_tells_more(reachable: Cast) -> None:
    """Every page, whoever is let in a little: telephone, address and e-mail only where the table says.

    Of whoever is not, and with a secret address, the matrix of all pages tells (`tests/architecture`).
    """
    world = make_world(reachable).arguments
    world |= {"guardian_id": guardian(reachable, "bram").pk}
    pages = {
        name: _addresses(name, world)
        for name, row in MATRIX["pages"].items()
        if row.get("method") != "post"
    }
    assert sum(map(len, pages.values())) > 100
    for who in ("anna", "bram", "sanne", "pieter"):
        client = reachable.client(who)
        for name, addresses in pages.items():
            for address in addresses:
                told = client.get(address).content.decode(errors="replace")
                for whose in PARENTS:
                    words = (*CANARY[whose], f"{whose}-kanarie")
                    if whose not in SEES.get(who, set()):
                        assert not [each for each in words if each in told], (who, name, whose)


def _addresses(name: str, world: dict) -> list[str]:
    space, __, page = name.partition(":")
    known = get_resolver().namespace_dict[space][1].reverse_dict.getlist(page)
    for patterns, *_rest in known:
        for __, wanted in patterns:
            try:
                return [reverse(name, kwargs={each: world[each] for each in wanted})]
            except (KeyError, NoReverseMatch):
                continue
    return []


def test_no_mail_tells_where_somebody_can_be_reached(reachable: Cast) -> None:
    make_world(reachable)
    mail.outbox.clear()
    announce_meetings(reachable.actor("carla").at)
    sent = " ".join(f"{each.subject} {each.body} {each.attachments}" for each in mail.outbox)
    assert mail.outbox
    assert not [word for name in PARENTS for word in CANARY[name] if word in sent]


def test_on_the_pages(reachable: Cast) -> None:
    base = f"/children/{reachable.mila.pk}/reach/"
    bram = guardian(reachable, "bram").pk
    for who, answer in (("anna", 404), ("sanne", 404), ("bram", 200), ("fatima", 200)):
        assert reachable.client(who).get(f"{base}{bram}/").status_code == answer
    hide(reachable)
    assert reachable.client("fatima").get(f"{base}{bram}/").status_code == 404
    assert "Bramlaan 2" in reachable.client("marit").get(base).content.decode()
    told = {"phone": "0600000009", "address": "Nieuwe weg 9"}
    assert reachable.client("bram").post(f"{base}{bram}/", told).status_code == 302
    assert (
        ContactCard.objects.unrestricted(reason="test").get(guardian=bram).address == "Nieuwe weg 9"
    )


@pytest.mark.parametrize(
    ("typed", "point"),
    [("52.2243, 5.1764", (52.2243, 5.1764)), ("", None), ("Dorpsstraat 1", None), ("152, 5", None)],
)
def test_the_place_on_the_map_is_copied_from_a_map(cast: Cast, typed: str, point: object) -> None:
    page = reverse("access:contact", args=[cast.mila.pk, guardian(cast, "anna").pk])
    answer = cast.client("anna").post(page, {"phone": "06", "address": "Hier", "point": typed})
    card = ContactCard.objects.unrestricted(reason="test").first()
    assert (answer.status_code == 302) is (point is not None or not typed)
    assert (card and card.point) == point
    if point:
        assert "52.2243, 5.1764" in cast.client("anna").get(page).content.decode()
