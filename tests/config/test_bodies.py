"""A request is answered when all of it is here, and few are at once."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.conf import settings
from django.db import connections

from alert4you.config.bodies import by_few, whole

WORDS = b"text=Ze+bouwde+een+toren."


class Slow(BytesIO):
    """A body of which the second half comes after ``meanwhile``."""

    def __init__(self, body: bytes, meanwhile: Callable[[], object]) -> None:
        super().__init__(body)
        self.half, self.meanwhile = len(body) // 2, meanwhile

    def read(self, size: int | None = -1) -> bytes:
        if not self.tell():
            return super().read(self.half)
        self.meanwhile()
        return super().read(size)


def sent(body: BytesIO, length: int, happens: list[str]) -> bytes:
    """What the application was asked; the status of the answer is one of the things that happen."""

    def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        start("200 OK", [])
        return [environ["wsgi.input"].read(length)]

    def start(status: str, _headers: Any) -> None:
        happens.append(status)

    environ = {"CONTENT_LENGTH": str(length), "wsgi.input": body}
    return b"".join(whole(application)(environ, start))


@pytest.mark.parametrize("size", [1, 100_000])
def test_all_of_it_is_here_before_anything_is_asked(size: int) -> None:
    happens: list[str] = []
    body = WORDS * size
    slow = Slow(body, lambda: happens.append("meanwhile"))
    assert sent(slow, len(body), happens) == body
    assert happens[0] == "meanwhile"
    assert happens.index("200 OK") == len(happens) - 1


def gone() -> None:
    raise OSError("gone")


@pytest.mark.parametrize("body", [BytesIO(WORDS[:9]), Slow(WORDS, gone)])
def test_what_never_comes_is_never_asked(body: BytesIO) -> None:
    happens: list[str] = []
    assert sent(body, len(WORDS), happens) == b""
    assert happens == ["400 Bad Request"]


def test_what_is_too_large_is_left_where_it_is() -> None:
    body = BytesIO(WORDS)
    happens: list[Any] = []
    application = whole(lambda _environ, start: [start("413", [])] and [b"too large"])
    length = str(settings.LARGEST_REQUEST + 1)
    answer = application(
        {"CONTENT_LENGTH": length, "wsgi.input": body}, lambda *a: happens.append(a)
    )
    assert b"".join(answer) == b"too large"
    assert body.tell() == 0


def test_as_many_answer_at_once_as_there_are_connections() -> None:
    met, borrowed = Barrier(3), []

    def application(_environ: dict[str, Any], _start: Callable[..., Any]) -> BytesIO:
        borrowed.append(connections["default"])
        try:
            met.wait(0.5)
        except BrokenBarrierError:
            return BytesIO(b"among two")
        return BytesIO(b"among three")

    few = by_few(application, 2)
    with ThreadPoolExecutor(6) as visitors:
        told = list(visitors.map(lambda _each: few({}, lambda *_a: None), range(6)))
    assert told == [[b"among two"]] * 6
    assert len(borrowed) == 6
    assert len(set(map(id, borrowed))) == 2
