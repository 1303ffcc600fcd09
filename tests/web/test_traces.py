"""Searching and printing leave a trace too."""

from alert4you.kernel.models import AuditRecord
from tests.cast import Cast


def test_a_search_leaves_a_trace_without_the_words(cast: Cast) -> None:
    assert "Mila Jansen" in cast.client("marit").get("/children/?q=mila").content.decode()
    trace = AuditRecord.objects.get(name="web:children", subject_id=None)
    assert trace.records["found"] == ["1"]
    assert "mila" not in str(trace.records)


def test_a_search_that_finds_nobody_leaves_a_trace_as_well(cast: Cast) -> None:
    cast.client("marit").get("/children/?q=zzzz")
    assert AuditRecord.objects.get(name="web:children").records["found"] == ["0"]


def test_what_goes_on_paper_leaves_a_trace(cast: Cast) -> None:
    client, printed = cast.client("fatima"), f"/children/{cast.mila.pk}/printed/"
    page = client.get(f"/children/{cast.mila.pk}/").content.decode()
    assert f'action="{printed}"' in page
    assert "Afgedrukt op vrijdag 20 november 2026 door Fatima" in page, (
        "“vandaag” is no day on paper"
    )
    assert client.post(printed).status_code == 204
    trace = AuditRecord.objects.get(name="web:printed")
    assert (trace.subject_id, trace.person_id) == (cast.mila.pk, cast.fatima.person_id)
    assert client.get(printed).status_code == 405
