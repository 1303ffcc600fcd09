"""What waits for a person: who sees it, what she does with it, and what others hear of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from alert4you.access.commands.marks import forbid
from alert4you.access.commands.team import name_on_team
from alert4you.access.models import Entry
from alert4you.kernel.decision import Denied
from alert4you.kernel.models import AuditRecord
from alert4you.notes.models import Card, Note
from alert4you.offline.commands.settling import put_on_line, set_aside
from alert4you.offline.models import Kept, OfflineChoice
from alert4you.offline.queries.pack import pack_of
from alert4you.offline.rules.stamps import read_stamp
from alert4you.organisations.models import Roster
from alert4you.tablets.models import Device
from tests.cast import HATS, NOW, TODAY, Cast, make_child
from tests.offline.tablet import Tablet

pytestmark = pytest.mark.django_db
SECRET = "Zij huilde bij het afscheid"


def one() -> Kept:
    return Kept.objects.unrestricted(reason="test").select_related("arrival", "hat").get()


@pytest.fixture
def waits(cast: Cast) -> Kept:
    """Fatima wrote it on Friday morning; when it came in she was off the roster."""
    tablet = Tablet()
    item = tablet.note(cast.fatima, cast.mila, SECRET, said={"tags": ["huilde"]})
    Roster.objects.filter(membership=cast.fatima).update(ends=TODAY)
    cast.go_to(NOW + timedelta(hours=4))
    tablet.send(item, now=(NOW + timedelta(hours=4)).isoformat())
    return one()


def test_only_the_care_coordinator_sees_what_waits(cast: Cast, waits: Kept) -> None:
    page = reverse("offline:decide", args=[waits.pk])
    answers = {hat: cast.client(hat).get(page) for hat in HATS}
    assert {hat for hat, answer in answers.items() if answer.status_code == 200} == {"carla"}
    assert SECRET in answers["carla"].content.decode()
    listed = cast.client("carla").get(reverse("offline:waiting")).content.decode()
    assert "Mila" in listed
    assert "Fatima" in listed
    assert SECRET not in listed


def test_reading_it_leaves_a_trace(cast: Cast, waits: Kept) -> None:
    cast.client("carla").get(reverse("offline:decide", args=[waits.pk]))
    record = AuditRecord.objects.filter(action="R", name="offline:decide").latest("id")
    assert record.subject_id == cast.mila.pk
    assert record.records["kept"] == [str(waits.pk)]


def test_who_must_not_know_the_child_does_not_see_it_either(cast: Cast, waits: Kept) -> None:
    forbid(cast.actor("marit"), cast.mila, cast.carla.person, "restriction", "op verzoek")
    assert not Kept.objects.visible_to(cast.actor("carla")).exists()


def test_work_of_a_guest_waits_at_the_place_of_the_child(cast: Cast) -> None:
    """Never with the organisation whose consent ended: not with its care coordinator either."""
    cast.add("ria", "care_coordinator", "youthcare")
    tablet = Tablet()
    tablet.send(tablet.note(cast.sanne, cast.mila, SECRET))
    assert one().organisation_id == cast.nursery.pk
    assert Kept.objects.visible_to(cast.actor("carla")).exists()
    assert not Kept.objects.visible_to(cast.actor("ria")).exists()


def test_on_the_line_it_says_who_saw_it_and_when(cast: Cast, waits: Kept) -> None:
    client = cast.client("carla")
    page = reverse("offline:decide", args=[waits.pk])
    answer = client.post(page, {"what": "put", "reason": ""})
    assert answer.status_code == 302
    note = Note.objects.unrestricted(reason="test").get()
    assert (note.author_id, note.child_id, note.day) == (
        cast.carla.person_id,
        cast.mila.pk,
        TODAY,
    )
    assert (
        note.title
        == "Fatima (pedagogisch medewerker) schreef dit op vrijdag 20 november 2026 om 10:00"
    )
    assert note.text == f"huilde\n{SECRET}"
    assert note.organisation_id == cast.nursery.pk
    assert one().sealed == ""
    assert client.post(page, {"what": "put", "reason": ""}).status_code == 302
    assert Note.objects.unrestricted(reason="test").count() == 1


def test_setting_aside_needs_a_reason_and_deletes_the_words(cast: Cast, waits: Kept) -> None:
    client, page = cast.client("carla"), reverse("offline:decide", args=[waits.pk])
    assert client.post(page, {"what": "aside", "reason": " "}).status_code == 200
    assert one().sealed
    assert client.post(page, {"what": "aside", "reason": "Dubbel"}).status_code == 302
    assert (one().sealed, one().reason, one().answered_by_id) == ("", "Dubbel", cast.carla.pk)
    assert not Entry.objects.unrestricted(reason="test").exists()


@pytest.mark.parametrize("hat", ["fatima", "marit", "stranger", "sanne", "olga"])
def test_nobody_else_decides(cast: Cast, waits: Kept, hat: str) -> None:
    for act in (put_on_line, lambda actor, kept: set_aside(actor, kept, "x")):
        with pytest.raises(Denied):
            act(cast.actor(hat), waits)


def test_what_is_about_nobody_known_has_no_line(cast: Cast) -> None:
    tablet = Tablet()
    tablet.send(tablet.note(cast.fatima, tablet.id, SECRET))
    assert one().organisation_id == cast.nursery.pk
    with pytest.raises(Denied):
        put_on_line(cast.actor("carla"), one())


@pytest.mark.parametrize(
    ("kind", "said", "words"),
    [
        ("rating", {"itself": "2", "others": "5"}, ["met zichzelf", "straalt"]),
        ("card", {"moment": "panic", "title": "Handen", "text": "Naast haar"}, ["Handen", "Naast"]),
    ],
)
def test_faces_and_cards_are_put_in_words(
    cast: Cast, kind: str, said: dict[str, Any], words: list[str]
) -> None:
    """Of somebody else, so they are no rating and no card of the care coordinator."""
    tablet = Tablet()
    item = tablet.item(tablet.stamp(cast.fatima), kind, [cast.mila], said)
    Roster.objects.filter(membership=cast.fatima).update(ends=TODAY)
    tablet.send(item)
    note = put_on_line(cast.actor("carla"), one())
    assert all(word.lower() in note.text.lower() for word in words), note.text
    assert not Card.objects.unrestricted(reason="test").exists()


def test_who_wrote_it_hears_that_it_waits_and_no_more(cast: Cast, waits: Kept) -> None:
    ahead = reverse("web:agenda")  # what Today fetches after it is shown
    told = cast.client("fatima").get(ahead).content.decode()
    assert "1 notitie van jou" in told
    assert SECRET not in told
    assert "notitie van jou" not in cast.client("lotte").get(ahead).content.decode()
    assert "1 notitie" in cast.client("carla").get(ahead).content.decode()


def test_a_manager_hears_of_what_is_damaged_without_its_content(cast: Cast) -> None:
    tablet = Tablet()
    good = tablet.note(cast.fatima, cast.mila, SECRET)
    tablet.send(good)
    tablet.send({**tablet.note(cast.fatima, cast.mila, "x"), "sealed": "AAAA"})
    page = cast.client("marit").get(reverse("offline:devices"))
    assert page.status_code == 200


def test_an_empty_list_says_so(cast: Cast) -> None:
    page = cast.client("carla").get(reverse("offline:waiting")).content.decode()
    assert "Er wacht niets" in page


def test_the_list_asks_as_much_for_three_as_for_one(
    cast: Cast, waits: Kept, django_assert_max_num_queries: Any
) -> None:
    client, tablet = cast.client("carla"), Tablet()
    page = reverse("offline:waiting")
    with django_assert_max_num_queries(12) as one_row:
        client.get(page)
    tablet.send(*(tablet.note(cast.stranger, cast.mila, str(n)) for n in range(3)))
    with django_assert_max_num_queries(12) as more:
        client.get(page)
    assert len(one_row) == len(more)


# What a device may keep ---------------------------------------------------------------------------


def test_the_pack_holds_what_the_group_of_today_needs(cast: Cast) -> None:
    make_child(cast, "Noor", "Bakker", cast.mila.born)
    lotte = cast.client("lotte")
    lotte.post(
        f"/children/{cast.mila.pk}/helps/new/?moment=panic",
        {"text": "Ga naast haar zitten", "title": "Handen"},
    )
    lotte.get("/")
    pack = cast.client("fatima").get("/offline/pack/").json()
    assert pack["on"] is True
    assert [each["name"] for each in pack["children"]] == ["Mila", "Noor"]
    (card,) = pack["children"][0]["cards"]
    assert (card["title"], card["text"]) == ("Handen", "Ga naast haar zitten")
    (group,) = pack["groups"]
    assert group["children"] == [each["id"] for each in pack["children"]]
    assert ["sliep", "Sliep"] in pack["tags"]
    assert pack["until"].startswith("2026-11-20T23:59:59")
    record = AuditRecord.objects.filter(name="offline:pack", subject_id=cast.mila.pk)
    assert record.count() == 1


def test_the_stamp_is_of_this_hat_and_this_device_for_this_day(cast: Cast) -> None:
    tablet = Tablet()
    pack = pack_of(cast.actor("fatima"), Device(tablet.id, None))
    stamp = read_stamp(pack["stamp"])
    assert stamp is not None
    assert (stamp.membership, stamp.device) == (cast.fatima.pk, tablet.id)
    assert timezone.localtime(stamp.until).isoformat() == "2026-11-20T23:59:59+01:00"


@pytest.mark.parametrize(("hat", "names"), [("carla", []), ("stranger", []), ("sanne", [])])
def test_who_does_not_work_on_the_group_today_takes_no_child_along(
    cast: Cast, hat: str, names: list[str]
) -> None:
    pack = cast.client(hat).get("/offline/pack/").json()
    assert [each["name"] for each in pack["children"]] == names


def test_where_the_organisation_turned_it_off_no_child_is_in_it(cast: Cast) -> None:
    client = cast.client("marit")
    assert client.post(reverse("offline:devices"), {"keep": "no"}).status_code == 302
    assert OfflineChoice.objects.get().children is False
    pack = cast.client("fatima").get("/offline/pack/").json()
    assert pack["on"] is False
    assert "children" not in pack
    assert pack["groups"] == [{"id": str(cast.group.pk), "name": "Vlinders"}]
    assert "Mila" not in str(pack)


def test_the_pack_asks_as_much_for_three_children_as_for_one(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    client = cast.client("fatima")
    client.get("/offline/pack/")
    with django_assert_max_num_queries(22) as one_child:
        client.get("/offline/pack/")
    for name in ("Noor", "Sem"):
        make_child(cast, name, "Bakker", cast.mila.born)
    with django_assert_max_num_queries(22) as more:
        client.get("/offline/pack/")
    assert len(one_child) == len(more)


def test_the_care_team_of_a_guest_is_named_for_the_test(cast: Cast) -> None:
    """Without a consent a place on the team alone lets nobody write."""
    name_on_team(cast.actor("carla"), cast.mila, cast.sanne, "coach", "coaching")
    tablet = Tablet()
    told = tablet.send(tablet.note(cast.sanne, cast.mila, SECRET))
    assert [each["state"] for each in told] == ["waiting"]
