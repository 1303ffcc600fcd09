"""After everything went, nothing in the database tells of the child: no word, no name."""

from collections import Counter
from datetime import date, datetime

import pytest
from django.db import connection
from django.utils import timezone

from alert4you.children.models import Child
from alert4you.kernel.verifying import verify
from alert4you.retention.models import KeptProof
from alert4you.safety.models import Act, Concern
from tests.architecture.world import CANARY, make_world
from tests.cast import NOW, TODAY, Cast
from tests.retention.conftest import Place

WORDS = (CANARY, "Mila", "Jansen")
# What is not about a child at all keeps its words until its own term.
AFTER_THE_FILE = {
    # Who agreed to what is proven for five years more, and by whom.
    ("children_child", "first_name"),
    ("children_child", "last_name"),
    ("organisations_person", "name"),
    ("access_consentrequest", "why"),
    ("access_consentrequest", "exempt_why"),
    # And what was asked about the data, and answered.
    ("rights_rightsrequest", "text"),
    ("rights_rightsrequest", "answer"),
}


def at(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 3))


def hits() -> Counter[tuple[str, str]]:
    """Every field of every table in which a word of the child still stands."""
    found: Counter[tuple[str, str]] = Counter()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"select * from {connection.ops.quote_name(table)}")
            names = [each[0] for each in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    found[table, name] += any(word in str(value) for word in WORDS)
    return +found


@pytest.fixture
def gone_by_then(cast: Cast, place: Place) -> Place:
    """One of everything about Mila; she left, the concern about her was closed."""
    make_world(cast)
    place.leaves(cast.mila)
    concern = Concern._base_manager.get()
    Act.objects.create(concern=concern, part="closed", day=TODAY, by=cast.fatima, at=NOW)
    return place


def test_no_word_and_no_name_is_left(cast: Cast, gone_by_then: Place) -> None:
    told = hits()
    assert len(told) > 20, "the words were there"
    gone_by_then.goes(at(date(2048, 1, 1)))
    assert set(hits()) == AFTER_THE_FILE
    assert KeptProof.objects.get(child=cast.mila).since == date(2048, 1, 1)
    gone_by_then.night(at(date(2052, 12, 31)))
    assert gone_by_then.listed == [], "the proof is kept five years"
    gone_by_then.goes(at(date(2053, 1, 1)))
    assert hits() == Counter()
    assert not Child.objects.unrestricted(reason="test").exists()
    connection.check_constraints()
    assert not verify().faults


def test_the_youth_care_part_of_a_file_stays_longest(cast: Cast, gone_by_then: Place) -> None:
    """Her file tells of youth care: what the coach wrote stays twenty years, and what it rests on."""
    gone_by_then.goes(at(date(2030, 1, 1)))
    kept = {table for table, _ in hits()}
    assert "trajectories_plan" in kept
