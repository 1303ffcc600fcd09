"""What is sent slowly is judged by what its sender is when it is here."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory
from django.urls import reverse

from alert4you.config.bodies import whole
from alert4you.notes.models import Entry
from alert4you.organisations.models import Session
from tests.cast import TODAY, Cast

TOKEN, WORDS = "t0" * 16, "Ze bouwde een toren."
application = whole(WSGIHandler())


class Slow(BytesIO):
    """A body of which the second half comes after ``meanwhile``; or never comes."""

    def __init__(self, body: bytes, meanwhile: Callable[[], object] | None) -> None:
        super().__init__(body)
        self.half, self.meanwhile = len(body) // 2, meanwhile

    def read(self, size: int | None = -1) -> bytes:
        if not self.tell():
            return super().read(min(self.half, size or 0))
        if self.meanwhile is None:
            raise OSError("gone")
        self.meanwhile()
        return super().read(size)


def sends(cast: Cast, name: str, meanwhile: Callable[[], object] | None) -> str:
    """A note about Mila, sent slowly; the status of the answer."""
    cookies = {key: each.value for key, each in cast.client(name).cookies.items()}
    cookies[settings.CSRF_COOKIE_NAME] = TOKEN
    form = {"csrfmiddlewaretoken": TOKEN, "text": WORDS, "category": "development"}
    form["readers"] = "parents"
    address = reverse("notes:write", args=[cast.mila.pk])
    environ = RequestFactory().post(address, form).environ
    body = environ["wsgi.input"].read()
    environ["HTTP_COOKIE"] = "; ".join(f"{key}={value}" for key, value in cookies.items())
    environ["wsgi.input"] = Slow(body, meanwhile)
    told: list[str] = []
    answer = application(environ, lambda status, _headers: told.append(status))
    b"".join(answer)
    return told[0]


def signed_out(cast: Cast) -> Callable[[], object]:
    return Session.objects.filter(person=cast.people["fatima"].person).delete


def dismissed(cast: Cast) -> Callable[[], object]:
    hat = cast.people["fatima"]
    hat.ends = TODAY - timedelta(days=1)
    return hat.save


def test_what_came_slowly_is_done(cast: Cast) -> None:
    assert sends(cast, "fatima", lambda: None) == "302 Found"
    assert Entry.objects.unrestricted(reason="test").exists()


@pytest.mark.parametrize("end", [signed_out, dismissed])
def test_who_was_sent_away_while_she_sent_did_nothing(
    cast: Cast, end: Callable[[Cast], Callable[[], object]]
) -> None:
    sends(cast, "fatima", end(cast))
    assert not Entry.objects.unrestricted(reason="test").exists()


def test_what_never_comes_is_asked_of_nobody(cast: Cast) -> None:
    assert sends(cast, "fatima", None) == "400 Bad Request"
    assert not Entry.objects.unrestricted(reason="test").exists()
