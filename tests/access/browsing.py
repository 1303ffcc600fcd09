"""What the tests of pages share: who opens and sends what, and how many queries it takes."""

from typing import Any
from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast

MOST_QUERIES = 12
SAVEPOINTS = ("SAVEPOINT", "RELEASE", "ROLLBACK")


def page(cast: Cast, who: str, address: str) -> str:
    answer = cast.client(who).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def sends(cast: Cast, hat: str, address: str, **data: Any) -> Any:
    return cast.client(hat).post(address, {"once": uuid4(), **data})


def queries(cast: Cast, who: str, address: str) -> int:
    client = cast.client(who)
    client.get(address)
    with CaptureQueriesContext(connection) as run:
        assert client.get(address).status_code == 200
    return sum(not q["sql"].startswith(SAVEPOINTS) for q in run.captured_queries)
