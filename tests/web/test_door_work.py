"""The work account: who somebody is for one issuer of one organisation, and never an e-mail address."""

import time
from collections.abc import Iterator

import pytest
from django.test import Client

from alert4you.organisations.models import Identity, Issuer, Membership, Organisation, Role
from alert4you.web.rules.sessions import Level
from tests.cast import TODAY, Cast
from tests.web.identity_provider import OTHER_KEY, Provider, serving


@pytest.fixture
def provider() -> Iterator[Provider]:
    with serving() as found:
        yield found


def service(provider: Provider, place: Organisation, strong: bool = True) -> Issuer:
    made = Issuer(organisation=place, url=provider.url, client_id="alert4you")
    made.secret, made.asks_second_factor = "very secret", strong
    made.save()
    return made


@pytest.fixture
def issuer(cast: Cast, provider: Provider) -> Issuer:
    """The nursery's own service, which knows Fatima."""
    made = service(provider, cast.nursery)
    Identity.objects.create(person=cast.fatima.person, issuer=made, subject="subject-1")
    return made


def go(client: Client, provider: Provider, issuer: Issuer) -> object:
    client.cookies["django_language"] = "en"
    there = client.get(f"/login/organisation/{issuer.pk}/")
    return client.get(provider.authorize(there.url))


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_in_through_the_work_account(cast: Cast, provider: Provider, issuer: Issuer) -> None:
    client = Client()
    assert go(client, provider, issuer).url == "/"
    assert "Mila" in client.get("/children/").content.decode()
    assert {"nonce", "state", "code_challenge"} <= set(provider.asked)
    assert provider.asked["scope"] == "openid"


def test_without_a_second_proof_of_its_own_we_ask_for_ours(
    cast: Cast, provider: Provider, issuer: Issuer
) -> None:
    Issuer.objects.update(asks_second_factor=False)
    client = Client()
    go(client, provider, issuer)
    assert client.get("/children/", follow=True).resolver_match.view_name == "web:second"


def test_the_same_address_at_another_issuer_is_nobody(
    cast: Cast, provider: Provider, issuer: Issuer
) -> None:
    """Takeover by e-mail: the address of Fatima, her very subject, at the service of another place."""
    with serving() as evil:
        other = service(evil, cast.elsewhere)
        client = Client()
        answer = go(client, evil, other)
    assert answer.status_code == 403
    assert "not known here" in answer.content.decode()
    assert not is_in(client)


def test_another_subject_with_the_same_address_is_nobody(
    cast: Cast, provider: Provider, issuer: Issuer
) -> None:
    provider.subject = "subject-2"
    client = Client()
    assert go(client, provider, issuer).status_code == 403
    assert not is_in(client)


LIES = {
    "another issuer": {"iss": "https://elsewhere.example"},
    "for another": {"aud": "somebody-else"},
    "authorised for another": {"azp": "somebody-else"},
    "too old": {"exp": int(time.time()) - 3600},
    "of another visit": {"nonce": "made up"},
    "without nonce": {"nonce": None},
    "without subject": {"sub": None},
}


@pytest.mark.parametrize("lies", LIES.values(), ids=LIES)
def test_a_token_that_does_not_hold(
    cast: Cast, provider: Provider, issuer: Issuer, lies: dict[str, object]
) -> None:
    provider.lies = lies
    client = Client()
    assert go(client, provider, issuer).status_code == 403
    assert not is_in(client)


@pytest.mark.parametrize("algorithm", ["RS256", "none", "HS256"])
def test_a_token_that_the_service_did_not_sign(
    cast: Cast, provider: Provider, issuer: Issuer, algorithm: str
) -> None:
    provider.key, provider.algorithm = OTHER_KEY, algorithm
    client = Client()
    assert go(client, provider, issuer).status_code == 403
    assert not is_in(client)


def test_the_way_back_belongs_to_one_browser_and_works_once(
    cast: Cast, provider: Provider, issuer: Issuer
) -> None:
    client, other = Client(), Client()
    back = provider.authorize(client.get(f"/login/organisation/{issuer.pk}/").url)
    assert other.get(back).status_code == 403
    assert not is_in(other)
    assert client.get(back).status_code == 302
    assert client.get(back).status_code == 403


def test_the_answer_of_one_service_is_not_taken_for_another(
    cast: Cast, provider: Provider, issuer: Issuer
) -> None:
    second = service(provider, cast.elsewhere)
    client = Client()
    back = provider.authorize(client.get(f"/login/organisation/{issuer.pk}/").url)
    assert client.get(back.replace(str(issuer.pk), str(second.pk))).status_code == 403
    assert not is_in(client)


def test_a_service_that_calls_itself_otherwise_is_not_asked(
    cast: Cast, provider: Provider, issuer: Issuer
) -> None:
    Issuer.objects.update(url=f"{provider.url}/")
    client = Client()
    assert client.get(f"/login/organisation/{issuer.pk}/").status_code == 403


def test_who_does_not_work_there_any_more_stays_out(
    cast: Cast, provider: Provider, issuer: Issuer
) -> None:
    Membership.objects.filter(pk=cast.fatima.pk).update(ends=TODAY)
    client = Client()
    assert go(client, provider, issuer).status_code == 403
    assert not is_in(client)


def test_a_closed_service_is_not_there(cast: Cast, provider: Provider, issuer: Issuer) -> None:
    Issuer.objects.update(is_open=False)
    assert Client().get(f"/login/organisation/{issuer.pk}/").status_code == 404


def test_an_organisation_vouches_for_its_own_hats_only(
    cast: Cast, provider: Provider, issuer: Issuer
) -> None:
    """Not for her work elsewhere, and not for her own children."""
    other = Membership.objects.create(
        person=cast.fatima.person, organisation=cast.youthcare, role=Role.COACH, starts=TODAY
    )
    client = Client()
    go(client, provider, issuer)
    for hat in (str(other.pk), Role.PARENT.value):
        client.post("/hats/", {"hat": hat})
        assert client.get("/").context["actor"].organisation_id == cast.nursery.pk
    for hat in (str(other.pk), Role.PARENT.value):
        go(client, provider, issuer)
        session = client.session
        session["hat"] = hat
        session.save()
        assert client.get("/").status_code == 302 and not is_in(client)


def test_connecting_needs_two_proofs(cast: Cast, provider: Provider) -> None:
    made = service(provider, cast.nursery)
    go(cast.client("lotte", "en", Level.DAY), provider, made)
    assert not Identity.objects.exists()
    assert go(cast.client("lotte", "en"), provider, made).url == "/keys/"
    assert Identity.objects.get().person_id == cast.lotte.person_id


def test_an_account_is_one_person(cast: Cast, provider: Provider, issuer: Issuer) -> None:
    answer = go(cast.client("lotte"), provider, issuer)
    assert answer.status_code == 403
    assert Identity.objects.get().person_id == cast.fatima.person_id


def test_nobody_connects_the_service_of_another_organisation(
    cast: Cast, provider: Provider, issuer: Issuer
) -> None:
    provider.subject = "sanne at the nursery"
    assert go(cast.client("sanne"), provider, issuer).status_code == 403
    assert Identity.objects.count() == 1


def test_the_client_secret_is_sealed(cast: Cast, issuer: Issuer) -> None:
    told = str(list(Issuer.objects.values()))
    assert "very secret" not in told
    assert Issuer.objects.get().secret == "very secret"
