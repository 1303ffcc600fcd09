"""The pages: one question per screen, the same page for parents and staff, few queries."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alert4you.manifests.queries import to_sign
from alert4you.organisations.models import Organisation
from alert4you.referrals.commands.needs import register_need
from alert4you.referrals.commands.ways import accept_referral, record_start
from alert4you.referrals.models import Guidance, Referral, UnmetNeed
from alert4you.referrals.rules.needs import Judged, Missing
from alert4you.ui.finding import WHOLE
from tests.cast import TODAY
from tests.referrals.conftest import AGAIN, Way

MOST = 12


def url(name: str, *args: object) -> str:
    return reverse(f"referrals:{name}", args=args)


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return str(answer.content.decode())


def newest() -> Referral:
    return Referral.objects.unrestricted(reason="test").latest("written_at")


def test_five_screens_to_a_referral(way: Way) -> None:
    cast, client = way.cast, way.cast.client("carla")
    address = url("start", cast.mila.pk)
    given = {"party": str(cast.school.pk)}
    screens: list[dict[str, object]] = [
        {},
        {"what_for": "Kijken hoe Mila leert."},
        {"categories": ["plan", "day"], "contact": str(cast.pieter.pk)},
        {"meanwhile": "Lotte leest voor."},
        {"lead": str(cast.carla.pk), "cover": str(cast.marit.pk)},
    ]
    for number, answers in enumerate(screens):
        given |= answers
        answer = client.post(address, {**given, "step": number})
        if number < len(screens) - 1:
            assert f"{number + 2} van 5" in answer.content.decode()
            assert 'value="Kijken hoe Mila leert."' in answer.content.decode() or number < 1
    referral = newest()
    assert answer.url == url("referral", referral.pk)
    assert (referral.to, referral.contact) == (cast.school, cast.pieter)
    assert (referral.lead, referral.cover, referral.meanwhile) == (
        cast.carla,
        cast.marit,
        "Lotte leest voor.",
    )


def test_a_party_is_found_by_its_name(way: Way) -> None:
    cast, client = way.cast, way.cast.client("carla")
    address = url("start", cast.mila.pk)
    many = [Organisation(name=f"School {n}", kind="school") for n in range(WHOLE)]
    Organisation.objects.bulk_create(many)
    assert str(cast.school.pk) not in text(client, address)
    assert str(cast.youthcare.pk) in text(client, address)
    told = {"step": 0, "party_find": "school org", "party_words": "", "party": ""}
    found = client.post(address, told).content.decode()
    assert f'name="party" id="id_party_1" value="{cast.school.pk}"' in found
    assert "1 van 5" in found
    then = client.post(address, {**told, "party": str(cast.school.pk), "party_found": "school org"})
    assert "2 van 5" in then.content.decode()
    assert "party_find" not in then.content.decode()
    gone = client.post(address, {"step": 0, "party": str(cast.town.pk), "party_words": ""})
    assert "Deze keuze kan niet (meer). Kies opnieuw." in gone.content.decode()


def test_somebody_outside_this_system(way: Way) -> None:
    cast, client = way.cast, way.cast.client("carla")
    address = url("start", cast.mila.pk)
    without = client.post(address, {"step": 0, "party": ""})
    assert "Kies een organisatie, of schrijf op wie het anders is." in without.content.decode()
    given = {"party": "", "party_words": "De logopedist", "what_for": "Kijken."}
    second = client.post(address, {**given, "step": 1})
    assert "3 van 4" in second.content.decode()
    led = {"meanwhile": "", "lead": str(cast.carla.pk), "cover": str(cast.marit.pk)}
    client.post(address, {**given, **led, "step": 3})
    assert newest().party == "De logopedist"


def test_a_refused_party_is_told_on_the_first_screen(way: Way) -> None:
    way.refer()
    way.says("refused", "anna")
    address = url("start", way.cast.mila.pk)
    answer = way.cast.client("carla").post(address, {"step": 0, "party": str(way.cast.school.pk)})
    assert "De ouders willen niet" in answer.content.decode()
    assert "1 van 5" in answer.content.decode()


def test_the_same_person_twice_keeps_what_was_typed(way: Way) -> None:
    cast = way.cast
    given = {"party": str(cast.school.pk), "what_for": "Kijken.", "meanwhile": "", "step": 4}
    led = {"lead": str(cast.carla.pk), "cover": str(cast.carla.pk)}
    answer = cast.client("carla").post(url("start", cast.mila.pk), {**given, **led})
    assert "dezelfde persoon" in answer.content.decode()
    assert 'value="Kijken."' in answer.content.decode()


def test_from_the_asking_to_the_end(way: Way) -> None:
    """Everything through the pages, by whoever has the lead and by the party itself."""
    referral = way.refer()
    carla, pieter = way.cast.client("carla"), way.cast.client("pieter")
    here = url("referral", referral.pk)
    assert "nog niet goedgevonden" in text(carla, here)
    text(carla, url("ask", referral.pk), 403)
    way.says("given")
    again = f"{AGAIN:%Y-%m-%d}"
    today = f"{TODAY:%Y-%m-%d}"
    carla.post(url("ask", referral.pk), {"on": today, "ask_again_on": again})
    assert referral.pk in [each.pk for each in carla.get("/agenda/").context["kept"]]
    said = {"words": "Er zijn acht wachtenden.", "obstacle": "waiting", "ask_again_on": again}
    carla.post(f"{url('answer', referral.pk)}?said=waits", said)
    for who in ("carla", "anna", "pieter"):
        assert "acht wachtenden" in text(way.cast.client(who), here)
    assert referral.pk in [each.pk for each in pieter.get("/").context["asked"]]
    pieter.post(f"{url('answer', referral.pk)}?said=yes", {"on": today, "words": "Welkom."})
    carla.post(f"{url('answer', referral.pk)}?said=started", {"on": today})
    assert "De volgende plek is begonnen" in text(carla, here)
    [manifest] = to_sign(way.cast.actor("pieter"))
    assert reverse("manifests:manifest", args=[manifest.pk]) in text(pieter, here)
    pieter.post(reverse("manifests:manifest", args=[manifest.pk]), {"words": "Dank!"})
    carla.post(url("close", referral.pk), {"outcome": "started", "words": "Overgedragen."})
    assert newest().outcome == "started"
    assert "Overgedragen." in text(way.cast.client("anna"), here)
    assert carla.get("/agenda/").context["kept"] == []


def test_a_no_and_taking_it_back_on_the_pages(way: Way) -> None:
    """The party says no by itself; the parents take the next one back; the lead is told both times."""
    referral, pieter, carla = way.asked(), way.cast.client("pieter"), way.cast.client("carla")
    assert "vraagt je om te antwoorden" in text(pieter, url("referral", referral.pk))
    no = {"words": "Wij zijn vol.", "obstacle": "no_place", "on": f"{TODAY:%Y-%m-%d}"}
    pieter.post(f"{url('answer', referral.pk)}?said=no", no)
    page = text(carla, url("referral", referral.pk))
    assert "zei nee" in page and url("register_need", way.cast.mila.pk) in page
    assert "een nee" in text(carla, "/agenda/")
    anna = way.cast.client("anna")
    assert url("revoke", referral.pk) in text(anna, url("referral", referral.pk))
    anna.post(url("revoke", referral.pk), {"words": "Wij stoppen ermee."})
    assert "Wij stoppen ermee." in text(carla, url("referral", referral.pk))


def test_support_meanwhile_and_the_lead(way: Way) -> None:
    referral, carla = way.asked(), way.cast.client("carla")
    told = {"meanwhile": "Fatima zit ernaast.", "effect_on_group": "De groep wacht vaker."}
    carla.post(url("meanwhile", referral.pk), told)
    day = f"{TODAY:%Y-%m-%d}"
    carla.post(url("support", referral.pk), {"text": "Gespeeld.", "minutes": "45", "day": day})
    page = text(way.cast.client("anna"), url("referral", referral.pk))
    for words in ("Fatima zit ernaast.", "De groep wacht vaker.", "Gespeeld.", "45 minuten steun"):
        assert words in page
    led = {"lead": str(way.cast.lotte.pk), "cover": str(way.cast.carla.pk)}
    carla.post(url("lead", referral.pk), led)
    assert newest().lead == way.cast.lotte
    assert [each.pk for each in way.cast.client("lotte").get("/agenda/").context["kept"]] == [
        referral.pk
    ]


def test_is_it_enough(way: Way) -> None:
    cast, carla = way.cast, way.cast.client("carla")
    told = {"goes_well": "yes", "enough": "yes", "words": "Ze speelt mee."}
    told |= {"help": "treatment", "what": "Behandeling.", "obstacle": "no_place"}
    told["look_again_on"] = f"{AGAIN:%Y-%m-%d}"
    address = url("register_need", cast.mila.pk)
    assert "ontbreekt er geen hulp" in carla.post(address, told).content.decode()
    answer = carla.post(address, told | {"enough": "no"})
    need = UnmetNeed.objects.unrestricted(reason="test").get()
    assert answer.url == url("need", need.pk)
    page = text(cast.client("anna"), answer.url)
    assert (
        "Gaat hier goed" in page
        and "Is niet genoeg" in page
        and "<form" not in page.split("<main")[1]
    )
    carla.post(answer.url, {"goes_well": "yes", "enough": "yes", "words": "Nu wel."})
    assert "Het is nu genoeg" in text(carla, answer.url)


def test_helping_the_parents_counts(way: Way) -> None:
    cast, carla = way.cast, way.cast.client("carla")
    referral = way.asked()
    day = f"{TODAY:%Y-%m-%d}"
    told = {"sort": "forms", "text": "Formulier ingevuld.", "minutes": "90", "day": day}
    address = url("guidance", cast.mila.pk)
    assert carla.post(address, told | {"route": str(referral.pk)}).status_code == 302
    assert Guidance.objects.get().referral == referral
    page = text(cast.client("marit"), reverse("funding:hours"))
    assert "1 uur en 30 minuten" in page
    assert "Mila" not in page and "Formulier ingevuld" not in page


def test_the_question_afterwards(way: Way) -> None:
    followed = way.follow("domino", pedagogue=way.cast.carla)
    way.work(followed, "parent-talk", 20)
    here = url("after", followed.pk)
    text(way.cast.client("carla"), here, 403)
    way.decide(followed, "direction", "end", minutes=6)
    way.cast.go_to(way.cast.actor("carla", minutes=9).at)
    ended = reverse("trajectories:trajectory", args=[followed.pk])
    assert here in text(way.cast.client("marit"), ended)
    client = way.cast.client("marit")
    assert "Vraag het Carla" in text(client, here)
    answer = client.post(here, {"text": "Een kind huilt bij het brengen."})
    assert answer.url.startswith("/questions/")


def test_a_referral_follows_from_the_decision(way: Way) -> None:
    """The page of what ended offers the way on, and remembers where it came from."""
    followed = way.follow("domino", pedagogue=way.cast.carla)
    way.decide(followed, "direction", "meet", minutes=5, early_reason="Meteen kennismaken.")
    way.cast.go_to(way.cast.actor("carla", minutes=9).at)
    way.decide(followed, "after-meeting", "no-go", minutes=1, early_reason="Toch iets anders.")
    way.cast.go_to(way.cast.actor("carla", minutes=2).at)
    carla = way.cast.client("carla")
    offered = f"{url('start', way.cast.mila.pk)}?trajectory={followed.pk}"
    assert offered in text(carla, reverse("trajectories:trajectory", args=[followed.pk]))
    told = {"party": str(way.cast.school.pk), "what_for": "Kijken.", "categories": ["plan"]}
    led = {"lead": str(way.cast.carla.pk), "cover": str(way.cast.marit.pk), "meanwhile": ""}
    carla.post(offered, {**told, **led, "step": 4})
    assert newest().trajectory == followed


def test_the_intake_prompts_for_who_can_think_along(way: Way) -> None:
    assert "Jeugdteam" in text(way.cast.client("marit"), reverse("web:register"))


def test_numbers_tell_no_names(way: Way) -> None:
    way.asked()
    for who in ("marit", "gemma"):
        page = text(way.cast.client(who), url("numbers"))
        assert "minder dan" in page and "Mila" not in page
    assert "minder dan 10" in text(way.cast.client("gemma"), "/")


def test_the_line_leads_to_its_pages(way: Way) -> None:
    referral = way.asked()
    missing = Missing("treatment", "Behandeling.", "no_place", AGAIN)
    need = register_need(
        way.cast.actor("carla"), way.cast.mila, Judged(True, False, "Te weinig."), missing
    )
    page = text(way.cast.client("anna"), reverse("web:line", args=[way.cast.mila.pk]))
    assert url("referral", referral.pk) in page
    assert url("need", need.pk) in page


def several(way: Way, number: int) -> Referral:
    """One more of everything: children who wait, answers, support, needs."""
    for each in range(number):
        child = way.another(f"Kind{each}", each)
        referral = way.asked(child)
        missing = Missing("treatment", "Behandeling.", "no_place", AGAIN)
        judged = Judged(True, False, "Te weinig.")
        register_need(way.cast.actor("carla"), child, judged, missing)
        for act in (accept_referral, record_start)[: each % 3]:
            act(way.cast.actor("carla"), referral, TODAY, "Gezegd.")
    return referral


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("carla", "referrals"),
        ("carla", "numbers"),
        ("gemma", "numbers"),
        ("carla", "today"),
        ("pieter", "today"),
        ("carla", "referral"),
        ("anna", "referral"),
        ("carla", "team"),
    ],
)
def test_as_many_queries_for_one_as_for_three(
    way: Way, queries: Callable[[Client, str], int], who: str, name: str
) -> None:
    first = way.asked()
    address = {
        "today": "/",
        "referral": url("referral", first.pk),
        "team": url("team", "kober-zorgteam"),
    }.get(name) or url(name)
    client = way.cast.client(who)
    several(way, 1)
    one = queries(client, address)
    way.cast.go_to(way.cast.actor("carla").at + timedelta(minutes=1))
    for each in range(1, 4):
        way.asked(way.another(f"Meer{each}", 10 + each))
    assert queries(client, address) == one <= MOST
