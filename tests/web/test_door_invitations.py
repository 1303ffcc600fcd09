"""An invitation is for one person, works once, and only together with what was given by hand."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from alert4you.children.models import Guardian
from alert4you.organisations.models import Invitation
from tests.cast import NOW, Cast


def guardian(cast: Cast, name: str) -> Guardian:
    return Guardian.objects.get(child=cast.mila, person=cast.people[name])


def invite(cast: Cast, by: str = "carla", whom: str = "anna") -> tuple[str, Invitation]:
    """The link from the mail, and the invitation."""
    address = f"/children/{cast.mila.pk}/guardian/{guardian(cast, whom).pk}/invite/"
    page = cast.client(by, "en").post(address)
    link = re.search(r"http://testserver(/invited/\S+)", mail.outbox[-1].body).group(1)
    made = Invitation.objects.order_by("-made_at", "-pk").filter(revoked_at=None).first()
    assert made.code in page.content.decode()
    return link, made


def browser() -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    return client


def test_a_parent_comes_in_once(cast: Cast) -> None:
    link, made = invite(cast)
    client = browser()
    answer = client.post(link, {"code": made.code})
    assert answer.url == "/login/second/"
    assert client.get("/login/second/").status_code == 200
    again = browser().post(link, {"code": made.code})
    assert again.status_code == 403
    assert "has been used" in again.content.decode()
    assert "Go back and sign in" in again.content.decode()
    assert 'href="/login/"' in again.content.decode()


def test_a_double_click_comes_in_once(cast: Cast) -> None:
    link, made = invite(cast)
    client = browser()
    client.post(link, {"code": made.code})
    client.post(link, {"code": made.code})
    assert "_auth_user_id" in client.session


def test_a_mail_scanner_that_opens_the_link_changes_nothing(cast: Cast) -> None:
    link, made = invite(cast)
    before = Invitation.objects.filter(pk=made.pk).values().get()
    for _ in range(20):
        assert browser().get(link).status_code == 200
    assert Invitation.objects.filter(pk=made.pk).values().get() == before
    assert browser().post(link, {"code": made.code}).status_code == 302


def test_the_mail_names_nobody(cast: Cast) -> None:
    invite(cast)
    words = mail.outbox[-1].subject + mail.outbox[-1].body
    for name in ("Mila", "Jansen", "Anna", "nursery", "Carla"):
        assert name not in words


@pytest.mark.parametrize(("days", "status"), [(6, 302), (7, 403)])
def test_seven_days(cast: Cast, days: int, status: int) -> None:
    link, made = invite(cast)
    cast.go_to(NOW + timedelta(days=days))
    assert browser().post(link, {"code": made.code}).status_code == status


def test_a_stolen_link_is_guessed_five_times_and_then_shut(cast: Cast) -> None:
    link, made = invite(cast)
    wrong = f"{(int(made.code.replace(' ', '')) + 1) % 10**8:08}"
    answers = [browser().post(link, {"code": wrong}).status_code for _ in range(30)]
    assert answers == [200] * 5 + [403] * 25
    assert browser().post(link, {"code": made.code}).status_code == 403


def test_a_made_up_or_changed_link_looks_used(cast: Cast) -> None:
    link, made = invite(cast)
    for changed in (link[:-2] + "x/", "/invited/abc/", f"/invited/{made.pk.hex}/"):
        answer = browser().get(changed)
        assert answer.status_code == 403
        assert "has been used" in answer.content.decode()


def test_taken_back(cast: Cast) -> None:
    link, made = invite(cast)
    assert (
        "werkt tot vrijdag 27 november"
        in cast.client("marit").get("/invitations/").content.decode()
    )
    page = cast.client("marit", "en").get("/invitations/").content.decode()
    assert made.code in page and "Anna Jansen" in page
    cast.client("marit").post(f"/invitations/{made.pk}/revoke/")
    assert browser().post(link, {"code": made.code}).status_code == 403
    assert made.code not in cast.client("marit").get("/invitations/").content.decode()


def test_a_newer_invitation_ends_the_older(cast: Cast) -> None:
    link, made = invite(cast)
    newer, again = invite(cast)
    assert browser().post(link, {"code": made.code}).status_code == 403
    assert browser().post(newer, {"code": again.code}).status_code == 302


def test_a_parent_without_authority_is_not_invited(cast: Cast) -> None:
    address = f"/children/{cast.mila.pk}/guardian/{guardian(cast, 'oscar').pk}/invite/"
    assert cast.client("carla").post(address).status_code == 403
    assert mail.outbox == []


@pytest.mark.parametrize("who", ["koen", "stranger", "pieter", "gemma", "anna", "bram"])
def test_who_does_not_work_with_the_child_invites_nobody(cast: Cast, who: str) -> None:
    address = f"/children/{cast.mila.pk}/guardian/{guardian(cast, 'anna').pk}/invite/"
    assert cast.client(who).post(address).status_code == 404
    assert mail.outbox == []


def test_a_colleague_is_invited_by_who_runs_the_place(cast: Cast) -> None:
    cast.client("marit").post(f"/invitations/{cast.fatima.pk}/")
    assert mail.outbox[-1].to == ["fatima@example.org"]
    assert cast.client("marit").post(f"/invitations/{cast.koen.pk}/").status_code == 404
    assert cast.client("lotte").post(f"/invitations/{cast.fatima.pk}/").status_code == 404


def test_the_list_costs_the_same_for_one_and_for_many(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    client = cast.client("marit")
    for name in ("fatima", "lotte", "carla"):
        client.post(f"/invitations/{cast.people[name].pk}/")
        with django_assert_max_num_queries(12):
            client.get("/invitations/")
