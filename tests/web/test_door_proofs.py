"""The second proof: setting it up, giving it, losing it; and sessions that end."""

import time
from datetime import timedelta
from urllib.parse import parse_qsl, urlencode
from uuid import UUID, uuid4

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from alert4you.kernel.models import AuditRecord
from alert4you.organisations.commands import make_invitation
from alert4you.organisations.models import Membership, Role
from alert4you.web.rules.levels import LEVELS, needed
from alert4you.web.rules.sessions import Level
from tests.architecture.test_matrix import ALL
from tests.cast import NOW, TODAY, Cast
from tests.web.test_door import WORDS, sign_in


def test_every_page_says_how_sure_one_must_be() -> None:
    ours = {page for page in LEVELS if not page.startswith("demo:")}
    assert ours == set(ALL)


def test_what_is_not_in_the_table_needs_the_most() -> None:
    assert needed("web:made_yesterday", True) == Level.CARE
    assert needed("admin:index", False) == Level.CARE
    assert needed("web:today", False) == Level.CARE
    assert needed("web:today", True) == Level.DAY


def code_of(secret: str, later: int = 0) -> str:
    counter = int(time.time()) // 30 + later
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def with_password(cast: Cast, name: str) -> Client:
    person = cast.people[name]
    person = getattr(person, "person", person)
    if not person.has_usable_password() or not person.password:
        person.set_password(WORDS)
        person.save()
    client = Client()
    client.cookies["django_language"] = "en"
    sign_in(client, person.email, WORDS)
    return client


def set_up_app(client: Client) -> str:
    page = client.get("/login/second/app/")
    secret = page.context["secret"].replace(" ", "")
    assert '<a href="otpauth://totp/' in page.content.decode()  # a telephone cannot look at itself
    answer = client.post("/login/second/app/", {"code": code_of(secret)}, follow=True)
    assert answer.resolver_match.view_name == "web:recovery_codes"
    return secret


@pytest.fixture
def fatima(cast: Cast) -> tuple[Client, str]:
    """Fatima in another browser, after she set up an app in the first: password only."""
    secret = set_up_app(with_password(cast, "fatima"))
    return with_password(cast, "fatima"), secret


def prove(client: Client, code: str) -> object:
    return client.post("/login/more/", {"way": "proof", "code": code, "next": "/children/"})


def test_password_and_app(cast: Cast, fatima: tuple[Client, str]) -> None:
    client, secret = fatima
    asked = client.get("/children/", follow=True)
    assert asked.resolver_match.view_name == "web:step_up"
    before = client.session.session_key
    assert prove(client, code_of(secret, 1)).url == "/children/"
    assert client.session.session_key != before
    assert "Mila" in client.get("/children/").content.decode()
    assert AuditRecord.objects.filter(name="door.proof", outcome=0).count() == 1


def test_the_owner_hears_by_mail_of_a_new_way_in(cast: Cast, fatima: object) -> None:
    (told,) = [each for each in mail.outbox if "new way to sign in" in each.body]
    assert told.to == ["fatima@example.org"]


def test_a_code_of_the_app_works_once(cast: Cast, fatima: tuple[Client, str]) -> None:
    client, secret = fatima
    code = code_of(secret, 1)
    prove(client, code)
    other = with_password(cast, "fatima")
    assert "not the code of now" in prove(other, code).content.decode()


def test_the_app_is_not_guessed(cast: Cast, fatima: tuple[Client, str]) -> None:
    client, secret = fatima
    wrong = f"{(int(code_of(secret, 1)) + 500_000) % 10**6:06}"
    pages = [prove(client, wrong).content.decode() for _ in range(12)]
    assert all("not the code of now" in page for page in pages[:10])
    assert all("tried too often" in page for page in pages[10:])
    assert "tried too often" in prove(client, code_of(secret, 1)).content.decode()


def test_the_secret_is_not_readable_in_the_database(cast: Cast, fatima: tuple[Client, str]) -> None:
    assert fatima[1] not in str(list(Authenticator.objects.values()))


def test_with_a_second_proof_nobody_sets_up_another_with_a_password(
    cast: Cast, fatima: tuple[Client, str]
) -> None:
    client, __ = fatima
    for page in ("/login/second/", "/login/second/app/", "/login/second/passkey/"):
        assert client.get(page, follow=True).resolver_match.view_name == "web:step_up"


def test_a_code_on_paper_opens_once(cast: Cast, fatima: tuple[Client, str]) -> None:
    client, secret = fatima
    prove(client, code_of(secret, 1))
    paper = client.get("/login/recovery/").context["codes"][0]
    for comes_in in (True, False):
        other = with_password(cast, "fatima")
        assert (prove(other, paper).status_code == 302) is comes_in


def test_who_used_her_codes_makes_new_ones_and_the_old_open_nothing(
    cast: Cast, fatima: tuple[Client, str]
) -> None:
    client, secret = fatima
    prove(client, code_of(secret, 1))
    old = client.get("/login/recovery/").context["codes"]
    other = with_password(cast, "fatima")
    assert prove(other, old[0]).status_code == 302
    mail.outbox.clear()
    page = client.post("/login/recovery/?next=/keys/", follow=True)
    new = page.context["codes"]
    assert page.context["next"] == "/keys/"
    assert len(new) == 10
    assert not set(new) & set(old)
    assert "replaced by new ones" in mail.outbox[0].body
    for paper, comes_in in ((old[1], False), (new[0], True)):
        assert (prove(with_password(cast, "fatima"), paper).status_code == 302) is comes_in


def test_a_parent_sets_up_a_device_with_the_code_given_by_hand(cast: Cast) -> None:
    client = with_password(cast, "anna")
    assert client.get("/login/second/", follow=True).resolver_match.view_name == "web:step_up"
    given = make_invitation(cast.actor("carla"), cast.anna)
    answer = client.post("/login/more/", {"way": "hand", "hand-code": "1234"})
    assert "not the code" in answer.content.decode()
    client.post("/login/more/", {"way": "hand", "hand-code": given.code})
    set_up_app(client)
    assert client.get(f"/children/{cast.mila.pk}/").status_code == 200


def test_the_code_of_another_parent_opens_nothing(cast: Cast) -> None:
    client = with_password(cast, "anna")
    given = make_invitation(cast.actor("carla"), cast.bram)
    client.post("/login/more/", {"way": "hand", "hand-code": given.code})
    assert client.get("/login/second/", follow=True).resolver_match.view_name == "web:step_up"


def test_the_last_way_in_stays(cast: Cast, fatima: tuple[Client, str]) -> None:
    client, secret = fatima
    prove(client, code_of(secret, 1))
    key = Authenticator.objects.get(type="totp")
    answer = client.post(f"/keys/{key.pk}/remove/")
    assert answer.status_code == 403
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_nobody_takes_away_the_key_of_another(cast: Cast, fatima: object) -> None:
    key = Authenticator.objects.get(type="totp")
    assert cast.client("marit").post(f"/keys/{key.pk}/remove/").status_code == 404


# Sessions ----------------------------------------------------------------------------------------


def staff_session(cast: Cast, fatima: tuple[Client, str]) -> Client:
    client, secret = fatima
    prove(client, code_of(secret, 1))
    return client


@pytest.mark.parametrize(("minutes", "goes_on"), [(119, True), (120, False)])
def test_two_hours_without_a_page(
    cast: Cast, fatima: tuple[Client, str], minutes: int, goes_on: bool
) -> None:
    client = staff_session(cast, fatima)
    cast.go_to(NOW + timedelta(minutes=minutes))
    assert (client.get("/children/").status_code == 200) is goes_on


def test_twelve_hours_at_most(cast: Cast, fatima: tuple[Client, str]) -> None:
    client = staff_session(cast, fatima)
    for hour in range(1, 12):
        cast.go_to(NOW + timedelta(hours=hour))
        assert client.get("/keys/").status_code == 200, hour
    cast.go_to(NOW + timedelta(hours=12))
    answer = client.get("/keys/", follow=True)
    assert "You were away for a while" in answer.content.decode()


def test_a_session_dies_with_the_membership(cast: Cast, fatima: tuple[Client, str]) -> None:
    client = staff_session(cast, fatima)
    Membership.objects.filter(pk=cast.fatima.pk).update(ends=TODAY)
    answer = client.get("/children/", follow=True)
    assert "do not work here any more" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_session_dies_with_the_account(cast: Cast, fatima: tuple[Client, str]) -> None:
    client = staff_session(cast, fatima)
    type(cast.fatima.person).objects.filter(pk=cast.fatima.person_id).update(is_active=False)
    assert client.get("/children/").url == "/login/?next=/children/"


def test_a_parent_whose_authority_ended_sees_nothing(cast: Cast) -> None:
    client = cast.client("anna")
    assert client.get(f"/children/{cast.mila.pk}/").status_code == 200
    cast.mila.guardians.filter(person=cast.anna).update(ends=TODAY)
    assert client.get(f"/children/{cast.mila.pk}/").status_code == 404
    assert "Mila" not in client.get("/").content.decode()


def test_signing_out_everywhere(cast: Cast, fatima: tuple[Client, str]) -> None:
    client, other = staff_session(cast, fatima), cast.client("fatima")
    bystander = cast.client("lotte")
    assert client.post("/keys/everywhere/").url == "/login/"
    assert client.get("/children/").status_code == 302
    assert other.get("/children/").status_code == 302
    assert bystander.get("/children/").status_code == 200


def test_locking_ends_the_session_and_blanks_the_screen(cast: Cast) -> None:
    client = cast.client("fatima")
    assert 'action="/lock/"' in client.get("/").content.decode()
    locked = client.post("/lock/", follow=True)
    assert locked.headers["Clear-Site-Data"] == '"cache"'
    assert "no-store" in locked.headers["Cache-Control"]
    assert "Mila" not in locked.content.decode()
    assert client.get("/children/").status_code == 302
    assert cast.client("fatima").get("/lock/").status_code == 405


def test_a_part_of_a_page_is_sent_on_whole(cast: Cast) -> None:
    client = cast.client("fatima", level=Level.DAY)
    answer = client.get("/children/", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"].startswith("/login/more/")


def test_a_session_from_elsewhere_opens_nothing(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.fatima.person)
    assert client.get("/children/").url.startswith("/login/more/")


def test_the_parents_hat_of_a_colleague_needs_no_less(cast: Cast) -> None:
    client = cast.client("fatima", level=Level.DAY)
    client.post("/hats/", {"hat": Role.PARENT.value})
    assert client.get("/").status_code == 200
    assert client.get("/children/").status_code == 302


# Once more, before what weighs most --------------------------------------------------------------

CHANGES_A_WAY_IN = [
    *(f"/login/second/{page}" for page in ("", "app/", "passkey/")),
    "/login/recovery/",
    "/keys/pin/",
]


def asked_again(answer: HttpResponse) -> str:
    """Where one goes on after showing once more who one is."""
    assert answer.url.startswith("/login/more/?")
    return dict(parse_qsl(answer.url.partition("?")[2]))["next"]


def from_page(address: str) -> dict[str, str]:
    return {"Referer": f"http://testserver{address}"}


def test_changing_a_way_in_asks_a_proof_of_the_last_ten_minutes(
    cast: Cast, fatima: tuple[Client, str]
) -> None:
    client, secret = fatima
    prove(client, code_of(secret, 1))
    cast.go_to(NOW + timedelta(minutes=9, seconds=59))
    for page in CHANGES_A_WAY_IN:
        assert client.get(page).status_code == 200, page
    cast.go_to(NOW + timedelta(minutes=10))
    for page in CHANGES_A_WAY_IN:
        assert asked_again(client.get(page)) == page
        sent = client.post(page, {"pin": "482915", "code": "1"}, headers=from_page("/keys/"))
        assert asked_again(sent) == "/keys/"
    assert client.get("/children/").status_code == 200, "the daily work goes on"
    assert "weighs more" in client.get("/login/more/").content.decode()
    paper = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    assert prove(client, paper).url == "/children/"
    for page in CHANGES_A_WAY_IN:
        assert client.get(page).status_code == 200, page


ANY = UUID(int=7)
WEIGHS_MOST = [
    ("anna", reverse("rights:copy", args=[ANY, "pdf"])),
    ("olga", reverse("retention:erasure", args=[ANY])),
    ("olga", reverse("retention:choose", args=["file"])),
    ("marit", reverse("access:support", args=[ANY])),
    ("marit", reverse("web:invite", args=[ANY])),
    ("carla", reverse("web:invite_guardian", args=[ANY, ANY])),
]


@pytest.mark.parametrize(("name", "page"), WEIGHS_MOST)
def test_what_weighs_most_asks_a_proof_of_the_last_ten_minutes(
    cast: Cast, name: str, page: str
) -> None:
    """A whole file, letting somebody in, letting go for good: not with a screen that was left open."""
    client = cast.client(name)
    cast.go_to(NOW + timedelta(minutes=9, seconds=59))
    assert "/login/more/" not in client.get(page).headers.get("Location", "")
    cast.go_to(NOW + timedelta(minutes=10))
    assert asked_again(client.get(page)) == page
    assert asked_again(client.post(page, headers=from_page(page))) == page


def test_an_open_screen_takes_no_way_in_away(cast: Cast, fatima: tuple[Client, str]) -> None:
    client, secret = fatima
    prove(client, code_of(secret, 1))
    app = Authenticator.objects.get(type="totp")
    second = Authenticator.objects.create(user=cast.fatima.person, type="webauthn", data={})
    cast.go_to(NOW + timedelta(minutes=10))
    sent = client.post(f"/keys/{app.pk}/remove/", headers={"Referer": "https://evil.example/keys/"})
    assert asked_again(sent) == "/"
    assert Authenticator.objects.filter(pk__in=(app.pk, second.pk)).count() == 2


def test_who_has_nothing_to_show_it_with_comes_in_again(cast: Cast) -> None:
    """She came in with the work account, which asked two proofs itself."""
    client = cast.client("fatima", "en")
    cast.go_to(NOW + timedelta(minutes=10))
    asked = client.get("/keys/pin/", follow=True)
    assert asked.resolver_match.view_name == "web:step_up"
    assert "Log out, and come in again" in asked.content.decode()


def test_the_administration_asks_a_proof_of_the_last_ten_minutes(cast: Cast) -> None:
    """There an e-mail address is changed."""
    cast.marit.person.is_staff = cast.marit.person.is_superuser = True
    cast.marit.person.save()
    client = cast.client("marit")
    page = f"/admin/organisations/person/{cast.fatima.person_id}/change/"
    assert client.get(page).status_code == 200
    cast.go_to(NOW + timedelta(minutes=10))
    assert asked_again(client.get(page)) == page
    client.post(page, {"name": "x", "email": "eve@example.org"})
    cast.fatima.person.refresh_from_db()
    assert cast.fatima.person.email == "fatima@example.org"


def test_who_administers_and_works_nowhere_is_no_parent(cast: Cast) -> None:
    cast.oscar.is_staff = True
    cast.oscar.save()
    assert "beheerder" in cast.client("oscar").get("/").content.decode()


SAID = "Zij <b>bouwde</b> een toren.\nEn nog een."


@pytest.mark.parametrize("how", ["over", "nobody", "asked again"])
def test_what_is_sent_too_late_is_given_back_once(
    cast: Cast, fatima: tuple[Client, str], how: str
) -> None:
    """To who sent it: kept nowhere, and what is on the page is what was written."""
    client = fatima[0] if how == "asked again" else Client()
    if how == "over":
        client = staff_session(cast, fatima)
    client.cookies["django_language"] = "en"
    cast.go_to(NOW + timedelta(hours=2 if how == "over" else 0))
    page = reverse("notes:write", args=[cast.mila.pk])
    referer = {"Referer": f"http://testserver{page}?from=line"}
    answer = client.post(page, {"text": SAID, "once": str(uuid4())}, headers=referer)
    shown = answer.content.decode()
    assert (answer.status_code, answer["Cache-Control"]) == (403, "no-store, private")
    assert "Zij &lt;b&gt;bouwde&lt;/b&gt; een toren.\nEn nog een." in shown
    assert urlencode({"next": f"{page}?from=line"}) in shown
    assert SAID not in str(dict(client.session))


def test_secrets_are_not_given_back(cast: Cast) -> None:
    answer = Client().post(reverse("web:second"), {"code": "a b"})
    assert answer.status_code == 302
