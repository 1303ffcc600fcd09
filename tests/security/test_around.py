"""What stands around the application: proxies, the mail server, and who looks after the installation."""

import ssl

import pytest
from django.core.mail.backends.smtp import EmailBackend
from django.test import Client
from django.urls import reverse

from alert4you.kernel.models import AuditRecord
from alert4you.organisations.models import Person
from tests.cast import Cast

A_PROXY, A_VISITOR = "10.0.0.1", "198.51.100.7"


@pytest.mark.parametrize(
    ("proxies", "told", "kept"),
    [
        (0, A_VISITOR, A_PROXY),
        (1, A_VISITOR, A_VISITOR),
        (1, f"192.0.2.1, {A_VISITOR}", A_VISITOR),
        (2, f"192.0.2.1, {A_VISITOR}, 10.0.0.2", A_VISITOR),
        (2, A_VISITOR, A_PROXY),
        (1, "nonsense", A_PROXY),
        (1, f"fe80::1%{'x' * 90}", "fe80::1"),
        (1, None, A_PROXY),
    ],
)
def test_the_trail_keeps_the_address_our_own_proxy_saw(
    cast: Cast, settings: object, proxies: int, told: str | None, kept: str
) -> None:
    settings.PROXIES = proxies
    more = {"HTTP_X_FORWARDED_FOR": told} if told else {}
    line = reverse("web:line", args=[cast.mila.pk])
    cast.client("carla").get(line, REMOTE_ADDR=A_PROXY, **more)
    assert AuditRecord.objects.latest("pk").address == kept


@pytest.mark.parametrize("kind", [{"use_tls": True}, {"use_ssl": True}])
def test_mail_goes_to_the_server_that_was_meant_or_not_at_all(kind: dict[str, bool]) -> None:
    context = EmailBackend(host="mail.example.nl", **kind).ssl_context
    assert context.check_hostname
    assert context.verify_mode is ssl.CERT_REQUIRED


@pytest.fixture
def beheer(cast: Cast) -> Client:
    """The browser of who looks after the installation."""
    cast.people["beheer"] = Person.objects.create(
        name="Beheer", email="beheer@example.org", is_staff=True, is_superuser=True
    )
    return cast.client("beheer")


def test_the_pages_of_who_looks_after_the_installation_are_in_dutch(beheer: Client) -> None:
    words = beheer.get("/admin/").content.decode()
    assert "Organisaties en mensen" in words
    assert "Organisations" not in words
    made = beheer.get("/admin/organisations/roster/add/").content.decode()
    assert "maandag" in made
    assert "maandag is 0" not in made
    assert ">maandag<" in beheer.get("/admin/organisations/roster/").content.decode()
    assert (
        'value="parent"' not in beheer.get("/admin/organisations/membership/add/").content.decode()
    )


def test_who_looks_after_the_installation_ends_the_sessions_of_one(
    cast: Cast, beheer: Client
) -> None:
    lost, other = cast.client("fatima"), cast.client("lotte")
    chosen = {"action": "sign_out", "_selected_action": [str(cast.fatima.person_id)]}
    answer = beheer.post("/admin/organisations/person/", chosen)
    assert answer.status_code == 302
    assert lost.get("/").status_code == 302
    assert other.get("/").status_code == 200
