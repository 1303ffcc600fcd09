"""The way of a file over the pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from alert4you.children.models import Child
from alert4you.imports.models import Import, Kind
from tests.cast import Cast
from tests.imports.loading import load, look
from tests.imports.test_loading import CHILDREN, children


def bring(client: Client, text: str, kind: str = "children", name: str = "kinderen.csv") -> str:
    """Answers where one goes next."""
    file = SimpleUploadedFile(name, text.encode())
    answer = client.post(f"/imports/new/{kind}/", {"file": file})
    return answer.url if answer.status_code == 302 else answer.content.decode()


def test_from_a_file_to_what_is_mended(cast: Cast) -> None:
    marit = cast.client("marit")
    columns = bring(marit, CHILDREN)
    page = marit.get(columns).content.decode()
    assert "Wat staat in welke kolom?" in page and "Kindnummer" in page and "14-03-2025" in page
    said = {f"column{at}": field for field, at in Import.objects.get().columns.items()}
    page = marit.post(columns, said, follow=True).content.decode()
    assert "Dit zou er gebeuren" in page and "De dag 30-02-2025 bestaat niet." in page
    assert "Bewaar 1 rij" in page and children(last_name="van Dam") == 0
    here = columns.removesuffix("columns/")
    page = marit.post(f"{here}approve/", follow=True).content.decode()
    assert "Het is bewaard" in page and children(last_name="van Dam") == 1
    marit.post(f"{here}approve/")
    assert children(last_name="van Dam") == 1, "a second click does nothing"
    mend = marit.get(f"{here}left/").content.decode("utf-8-sig")
    assert mend.splitlines()[0].endswith(";waarom niet")
    assert "De dag 30-02-2025 bestaat niet." in mend and "'=1+1" in mend and "K1;Jip" in mend
    mended = mend.replace("30-02-2025;", "28-02-2025;", 1)
    again = bring(marit, mended)
    assert "waarom niet" in marit.get(again).content.decode()
    said = {f"column{at}": field for field, at in Import.objects.latest("made_at").columns.items()}
    marit.post(again, said)
    marit.post(again.replace("columns", "approve"))
    assert children(first_name="Noa") == 1
    marit.post(f"{here}forget/")
    assert Import.objects.count() == 1


def test_a_first_row_without_names_is_not_left_out_silently(cast: Cast) -> None:
    marit = cast.client("marit")
    page = marit.get(
        bring(marit, "Noor;Bakker;01-03-2024\nSem;Jansen;06-05-2023\n")
    ).content.decode()
    assert "Dit lezen we als de namen van de kolommen: Noor · Bakker · 01-03-2024" in page
    assert "telt die rij niet mee" not in marit.get(bring(marit, CHILDREN)).content.decode()


def test_a_question_is_answered_on_the_page(cast: Cast) -> None:
    head = CHILDREN.splitlines()[0]
    with override("en"):
        file = look(
            cast, "children", f"{head}\nK9;Milah;;Jansen;01-05-2023;Vlinders;01-12-2026;za\n"
        )
    marit, here = cast.client("marit", "en"), f"/imports/{file.pk}/"
    page = marit.get(here).content.decode()
    assert "A child with this last name and date of birth, and another first name" in page
    assert "Mila<" not in page, "tells nothing that the file does not tell"
    page = marit.post(f"{here}rows/2/", {"answer": "other"}, follow=True).content.decode()
    assert "another child" in page and "Save 1 row" in page
    marit.post(f"{here}approve/")
    assert Child.objects.unrestricted(reason="test").filter(last_name="Jansen").count() == 2


def test_what_cannot_be_read_is_said_and_not_kept(cast: Cast) -> None:
    marit = cast.client("marit", "en")
    assert "Save it" in bring(marit, "%PDF-1.7 no table", name="a.csv")
    assert "no rows in this file" in bring(marit, "A;B\n")
    assert "still empty" in bring(marit, "") or "no rows" in bring(marit, "")
    assert not Import.objects.exists()
    columns = bring(marit, "A;B\n1;2\n")
    page = marit.post(columns, {"column0": "born", "column1": "born"}).content.decode()
    assert "Two columns are “date of birth”" in page
    page = marit.post(columns, {"column0": "born"}).content.decode()
    assert "We miss columns: first name, last name" in page


@pytest.mark.parametrize("kind", Kind.values)
def test_every_example_loads_but_for_its_wrong_row(cast: Cast, kind: str) -> None:
    before = {"guardians": ["children"], "placements": ["children"], "rosters": ["staff"]}
    marit = cast.client("marit")

    def example(of: str) -> str:
        return marit.get(f"/imports/example/{of}/").content.decode("utf-8-sig")

    for each in before.get(kind, []):
        load(cast, each, example(each))
    counts = look(cast, kind, example(kind)).counts
    assert (counts["cannot"], sum(counts.values())) == (1, 3)


def test_as_many_queries_for_many_rows_as_for_one(cast: Cast) -> None:
    head, first, *_rest = CHILDREN.splitlines()
    marit, asked = cast.client("marit"), []
    for rows in (1, 8):
        wrong = [first.replace("K1", f"K{n}").replace("Vlinders", "Weg") for n in range(rows)]
        file = look(cast, "children", "\n".join([head, *wrong]))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert marit.get(f"/imports/{file.pk}/").status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 12
