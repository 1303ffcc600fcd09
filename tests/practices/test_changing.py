"""Changing a practice for the own organisation: part by part, together, published as a next version."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from alert4you.kernel.decision import Conflict, Denied
from alert4you.organisations.models import Membership
from alert4you.organisations.queries import system_actor
from alert4you.practices.commands import changing
from alert4you.practices.commands.adopting import adopt_practice
from alert4you.practices.commands.publishing import load_library
from alert4you.practices.models import Draft, PracticeTemplate
from alert4you.practices.queries.changing import starting_point, workbench
from alert4you.practices.queries.templates import current_templates, practice_of, template
from alert4you.practices.rules import drafts, editing, writing
from alert4you.practices.rules.reading import read
from tests.cast import LONG_AGO, NOW

PHASE = ("phases", "one-to-one")
SESSION = (*PHASE, "activities", "session")
CHANGE = "/practices/samsam/change/"
EVIL = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


@pytest.fixture(autouse=True)
def library(cast):
    load_library(system_actor(NOW))


@pytest.fixture
def draft(cast) -> Draft:
    return changing.begin_draft(cast.actor("carla"), template("samsam"))


def change(actor, draft: Draft, path, **fields) -> Draft:
    own = editing.own(drafts.tree_of(draft.text), path)
    return changing.change_part(actor, draft, path, own | fields, editing.mark(own))


def other_dose(cast, draft: Draft, phrase: str = "twice a week for 3 months") -> Draft:
    return change(cast.actor("carla"), draft, SESSION, dose=phrase)


def test_a_draft_begins_with_the_practice_as_it_is(cast, draft):
    assert read(draft.text) == practice_of(template("samsam"))
    assert draft.based_on == template("samsam")
    again = changing.begin_draft(cast.actor("marit"), template("samsam"))
    assert again == draft


def test_publishing_makes_a_next_version_of_the_own_organisation(cast, draft):
    carla = cast.actor("carla")
    first = changing.publish_draft(carla, other_dose(cast, draft))
    assert (first.owner, first.version, first.based_on) == (cast.nursery, 1, template("samsam"))
    assert not Draft.objects.exists()
    assert starting_point(carla, "samsam") == first
    second = changing.begin_draft(carla, first)
    second = changing.publish_draft(carla, other_dose(cast, second, "3 times"))
    assert (second.version, second.based_on) == (2, first)
    assert first not in current_templates()
    assert template("samsam").owner is None
    with pytest.raises(TypeError):
        first.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        PracticeTemplate.objects.create(
            slug="samsam", owner=cast.nursery, version=2, text="x", published_at=NOW
        )


UNFIT = [
    (lambda tree: tree, "different"),
    (lambda tree: editing.remove(tree, ("decisions", "review")), "repaired"),
    (lambda tree: {**tree, "practice": "other"}, "name of a practice"),
    (lambda tree: {**tree, "source": "x" * 1001}, "too long"),
]


@pytest.mark.parametrize(("changed", "why"), UNFIT)
def test_what_is_not_good_or_not_different_is_not_published(cast, draft, changed, why, settings):
    settings.LANGUAGE_CODE = "en"
    carla = cast.actor("carla")
    text = writing.lay_out(changed(drafts.tree_of(draft.text)))
    changing.rewrite_draft(carla, draft, text, editing.mark(draft.text))
    draft.refresh_from_db()
    assert draft.text == text
    with pytest.raises(Denied, match=why):
        changing.publish_draft(carla, draft)
    assert PracticeTemplate.objects.filter(owner__isnull=False).count() == 0


@pytest.mark.parametrize("who", ["fatima", "sanne", "pieter", "gemma", "anna", "stranger"])
def test_who_does_not_administer_changes_nothing(cast, draft, who):
    actor = cast.actor(who)
    commands = [
        lambda: changing.begin_draft(actor, template("auris")),
        lambda: change(actor, draft, SESSION, dose="once"),
        lambda: changing.add_part(actor, draft, ("phases",), "x", {"nl": "X"}),
        lambda: changing.remove_part(actor, draft, PHASE),
        lambda: changing.move_part(actor, draft, PHASE, -1),
        lambda: changing.rewrite_draft(actor, draft, "x", editing.mark(draft.text)),
        lambda: changing.publish_draft(actor, draft),
        lambda: changing.discard_draft(actor, draft),
        lambda: changing.bring_draft(actor, draft.text),
    ]
    before = draft.text
    for command in commands:
        with pytest.raises(Denied):
            command()
    draft.refresh_from_db()
    assert draft.text == before
    assert Draft.objects.count() == 1


def test_another_organisation_reads_a_version_and_changes_only_its_own(cast, draft):
    published = changing.publish_draft(cast.actor("carla"), other_dose(cast, draft))
    cast.people["boss"] = Membership.objects.create(
        person=cast.koen.person, organisation=cast.elsewhere, role="manager", starts=LONG_AGO
    )
    cast.koen.delete()
    again = changing.begin_draft(cast.actor("carla"), published)
    theirs = cast.client("boss")
    assert theirs.get(f"/practices/samsam/versions/{published.pk}/").status_code == 200
    assert "twice" in theirs.get(f"/practices/samsam/versions/{published.pk}.yaml").content.decode()
    assert theirs.get(f"{CHANGE}text/").status_code == 404
    assert theirs.get(f"{CHANGE}part/phases/one-to-one/").status_code == 404
    assert theirs.get(f"{CHANGE}draft.yaml").status_code == 404
    assert theirs.post(f"{CHANGE}discard/").status_code == 404
    with pytest.raises(Denied):
        change(cast.actor("boss"), again, SESSION, dose="once")
    with pytest.raises(Denied):
        changing.publish_draft(cast.actor("boss"), again)
    own = changing.begin_draft(cast.actor("boss"), published)
    assert (own.organisation, own.based_on) == (cast.elsewhere, published)


def test_two_people_change_different_parts(cast, draft):
    stale = Draft.objects.get(pk=draft.pk)
    change(cast.actor("carla"), draft, SESSION, dose="twice a week for 3 months")
    change(cast.actor("marit"), stale, PHASE, title={"nl": "Samen", "en": "Together"})
    tree = drafts.tree_of(Draft.objects.get(pk=draft.pk).text)
    assert editing.part(tree, SESSION)["dose"] == "twice a week for 3 months"
    assert editing.part(tree, PHASE)["title"]["nl"] == "Samen"


def test_who_comes_second_in_one_part_sees_both_and_loses_nothing(cast, draft):
    stale = Draft.objects.get(pk=draft.pk)
    other_dose(cast, draft)
    with pytest.raises(Conflict) as conflict:
        change(cast.actor("marit"), stale, SESSION, dose="3 times")
    assert conflict.value.theirs["dose"] == "twice a week for 3 months"


def fields_of(page: str) -> dict[str, str]:
    """The hidden fields and texts of the form on a page."""
    found = re.findall(r'<input type="hidden" name="(seen|once)" value="([^"]*)"', page)
    return dict(found)


def screen(cast, path: str, **typed) -> dict:
    """What a browser would send of the screen of the session."""
    now = {
        "title_nl": "Samen werken aan het doel",
        "title_en": "Working on the goal together",
        "kind": "session",
        "by": "extra-worker",
        "with": ["child"],
        "dose": "1 keer per week, 3 maanden lang",
        "consent": "support",
    }
    return now | typed


def test_a_part_is_changed_on_its_screen_in_plain_dutch(cast, draft):
    carla, address = cast.client("carla"), f"{CHANGE}part/{'/'.join(SESSION)}/"
    page = carla.get(address).content.decode()
    assert "1 keer per week, 3 maanden lang" in page
    data = screen(cast, address, dose="2 keer per week, 4 maanden lang", **fields_of(page))
    answer = carla.post(address, data)
    assert answer.status_code == 302, answer.content.decode()
    assert answer.url == CHANGE
    draft.refresh_from_db()
    session = read(draft.text).phase("one-to-one").activity("session")
    assert writing.dose(session.dose) == "twice a week for 4 months"
    assert "2 keer per week, 4 maanden lang" in carla.get(CHANGE).content.decode()


def test_what_cannot_be_read_is_saved_and_told_at_its_field(cast, draft):
    carla, address = cast.client("carla"), f"{CHANGE}part/{'/'.join(SESSION)}/"
    data = screen(cast, address, dose="af en toe", **fields_of(carla.get(address).content.decode()))
    answer = carla.post(address, data)
    assert answer.url == address
    page = carla.get(address).content.decode()
    assert 'value="af en toe"' in page
    assert 'id="id_dose_error"' in page
    assert "#id_dose" in carla.get(CHANGE).content.decode()
    assert carla.post(f"{CHANGE}publish/").status_code == 403
    assert not PracticeTemplate.objects.filter(owner__isnull=False).exists()


def test_a_conflict_shows_both_and_saving_again_takes_the_own(cast, draft):
    marit, address = cast.client("marit"), f"{CHANGE}part/{'/'.join(SESSION)}/"
    seen = fields_of(marit.get(address).content.decode())
    other_dose(cast, draft)
    answer = marit.post(address, screen(cast, address, dose="5 keer", **seen))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "2 keer per week, 3 maanden lang" in page
    assert 'value="5 keer"' in page
    assert "Carla" in page
    again = marit.post(address, screen(cast, address, dose="5 keer", **fields_of(page)))
    assert again.status_code == 302
    draft.refresh_from_db()
    assert editing.part(drafts.tree_of(draft.text), SESSION)["dose"] == "5 times"


def test_adding_moving_and_taking_out(cast, draft):
    carla = cast.client("carla")
    answer = carla.post(f"{CHANGE}add/phases/", {"nl": "Nazorg", "en": "Aftercare"})
    assert answer.url == f"{CHANGE}part/phases/aftercare/"
    answer = carla.post(f"{CHANGE}add/phases/aftercare/activities/", {"nl": "Bellen", "en": "Call"})
    assert answer.url.endswith("activities/call/")
    carla.post(f"{CHANGE}move/phases/aftercare/", {"up": "1"})
    draft.refresh_from_db()
    tree = drafts.tree_of(draft.text)
    assert list(tree["phases"]) == ["end-goal", "aftercare", "one-to-one"]
    assert "Bellen" in carla.get(CHANGE).content.decode()
    assert carla.get(f"{CHANGE}remove/phases/aftercare/").status_code == 200
    carla.post(f"{CHANGE}remove/phases/aftercare/")
    draft.refresh_from_db()
    assert read(draft.text) == practice_of(template("samsam"))


@pytest.mark.parametrize(
    "path",
    [
        "nothing",
        "phases",
        "phases/gone",
        "phases/one-to-one/title",
        "roles/parents/hat",
        "..",
        "a//b",
    ],
)
def test_what_is_no_part_is_not_found(cast, draft, path):
    carla = cast.client("carla")
    assert carla.get(f"{CHANGE}part/{path}/").status_code == 404
    assert carla.get(f"{CHANGE}remove/{path}/").status_code == 404
    assert carla.post(f"{CHANGE}move/{path}/").status_code == 404


def test_the_text_keeps_what_is_wrong_and_says_where(cast, draft):
    carla = cast.client("carla")
    seen = fields_of(carla.get(f"{CHANGE}text/").content.decode())
    broken = draft.text.replace("once a week", "wekly").replace("\n", "\r\n")
    carla.post(f"{CHANGE}text/", {"text": broken, **seen})
    draft.refresh_from_db()
    assert "wekly" in draft.text
    assert "\r" not in draft.text
    assert "wekly" in carla.get(f"{CHANGE}text/").content.decode()
    seen = fields_of(carla.get(f"{CHANGE}text/").content.decode())
    carla.post(f"{CHANGE}text/", {"text": "practice: [", **seen})
    draft.refresh_from_db()
    assert draft.text == "practice: ["
    assert carla.get(CHANGE).status_code == 200
    assert carla.get(f"{CHANGE}part/whole/").status_code == 404


@pytest.mark.parametrize("text", ["a: &x [1]\nb: *x", "[" * 100, "a: !!python/name:os.system"])
def test_what_yaml_can_do_besides_comes_in_nowhere(cast, draft, text):
    carla = cast.client("carla")
    seen = fields_of(carla.get(f"{CHANGE}text/").content.decode())
    page = carla.post(f"{CHANGE}text/", {"text": text, **seen}).content.decode()
    assert text.split("\n")[0].replace("&", "&amp;") in page
    file = SimpleUploadedFile("x.yaml", f"practice: x\n{text}".encode())
    assert carla.post("/practices/ours/bring/", {"file": file}).status_code == 200
    draft.refresh_from_db()
    assert text not in draft.text
    assert Draft.objects.count() == 1


def bring(cast, content: bytes, who: str = "carla"):
    file = SimpleUploadedFile("practice.yaml", content)
    return cast.client(who).post("/practices/ours/bring/", {"file": file})


def test_a_practice_goes_out_as_a_file_and_comes_in_as_a_draft(cast):
    answer = cast.client("carla").get(f"/practices/samsam/versions/{template('samsam').pk}.yaml")
    assert answer["Content-Disposition"] == 'attachment; filename="samsam-1.yaml"'
    assert answer.content.decode() == template("samsam").text
    assert bring(cast, answer.content).url == CHANGE
    draft = Draft.objects.get()
    assert read(draft.text) == practice_of(template("samsam"))
    assert draft.based_on == template("samsam")
    assert bring(cast, answer.content).status_code == 200
    assert Draft.objects.count() == 1


def test_a_new_practice_is_brought_in_published_and_found(cast):
    text = template("samsam").text.replace("practice: samsam", "practice: our-own")
    bring(cast, text.encode())
    published = changing.publish_draft(cast.actor("carla"), Draft.objects.get())
    assert (published.slug, published.based_on) == ("our-own", None)
    adopt_practice(cast.actor("carla"), published, {})
    for who in ("carla", "stranger", "anna"):
        assert cast.client(who).get("/practices/our-own/").status_code == 200
    assert "our-own" in cast.client("fatima").get("/practices/ours/").content.decode()


@pytest.mark.parametrize(
    "content",
    [b"", b"no yaml: [", b"title: x", b"practice: ours", b"\xff\xfe\x00", b"x" * 500_000, b"- a"],
)
def test_a_file_that_is_no_practice_is_refused_with_a_message(cast, content):
    answer = bring(cast, content)
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert not Draft.objects.exists()


def test_texts_are_shown_and_never_run(cast, draft):
    carla = cast.actor("carla")
    for path in ((), PHASE, SESSION):
        draft = change(carla, draft, path, title={"nl": EVIL, "en": EVIL})
    published = changing.publish_draft(carla, draft)
    adoption = adopt_practice(carla, published, {})
    changing.begin_draft(carla, published)
    pages = [
        "/practices/ours/",
        f"/practices/samsam/versions/{published.pk}/",
        f"/practices/samsam/adopt/?seen={adoption.pk}",
        CHANGE,
        f"{CHANGE}text/",
        f"{CHANGE}part/whole/",
        f"{CHANGE}part/{'/'.join(SESSION)}/",
        f"{CHANGE}remove/phases/one-to-one/",
        "/practices/samsam/spread/",
    ]
    for address in pages:
        answer = cast.client("carla").get(address)
        assert answer.status_code == 200, address
        assert "<script>alert" not in answer.content.decode(), address
        assert "<img src=x" not in answer.content.decode(), address


def test_throwing_away_changes_nothing_else(cast, draft):
    cast.client("carla").post(f"{CHANGE}discard/")
    assert not Draft.objects.exists()
    assert template("samsam").version == 1


def test_publishing_by_hand_leads_to_the_numbers(cast, draft):
    other_dose(cast, draft)
    carla = cast.client("carla")
    page = carla.get(f"{CHANGE}publish/").content.decode()
    assert "één keer per week, 3 maanden lang → 2 keer per week, 3 maanden lang" in page
    answer = carla.post(f"{CHANGE}publish/")
    published = PracticeTemplate.objects.get(owner=cast.nursery)
    assert answer.url == f"/practices/samsam/adopt/?version={published.pk}"
    assert carla.post(f"{CHANGE}publish/").url == "/practices/ours/"
    assert PracticeTemplate.objects.filter(owner=cast.nursery).count() == 1


def test_a_draft_with_a_fault_is_still_drawn(cast, draft):
    changing.remove_part(cast.actor("carla"), draft, ("decisions", "review"))
    draft.refresh_from_db()
    bench = workbench(draft)
    assert bench.faults
    assert bench.picture is not None
    assert "Eén op één" in cast.client("carla").get(CHANGE).content.decode()
