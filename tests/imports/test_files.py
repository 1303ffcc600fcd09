"""Which files can be read, however they were saved; and which are refused, politely."""

import io
import zipfile
from datetime import date, datetime

import pytest
from django.utils.translation import override
from openpyxl import Workbook

from alert4you.imports.rules import files
from alert4you.imports.rules.cells import Cannot, days, relation
from alert4you.imports.rules.columns import guess
from alert4you.imports.rules.files import Unusable, harmless, is_formula, lines, plain

TABLE = [["Voornaam", "Achternaam"], ["Zoë", "Citroën"], ["José", "Müller"]]


def read(content: bytes, name: str = "f.csv") -> list[list[str]]:
    return [cells for __, cells in lines(name, io.BytesIO(content))]


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("mark", [";", ",", "\t", "|"])
def test_however_a_table_was_saved_it_reads_the_same(code: str, mark: str) -> None:
    text = "\r\n".join(mark.join(row) for row in [*TABLE, *TABLE[1:] * 5])
    assert read(text.encode(code)) == [*TABLE, *TABLE[1:] * 5]


def sheet(rows: list[list[object]]) -> bytes:
    book, content = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


def test_a_spreadsheet_reads_as_it_looks() -> None:
    content = sheet([["A", "B", "C", "D"], [7.0, date(2025, 3, 14), None, "x"], [], [1.5]])
    assert read(content, "f.xlsx") == [["A", "B", "C", "D"], ["7", "2025-03-14", "", "x"], ["1.5"]]
    moment = sheet([["A"], [datetime(2025, 3, 14)]])
    assert read(moment)[1] == ["2025-03-14"]


def parcel(**parts: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for name, words in parts.items():
            made.writestr(name, words)
    return content.getvalue()


DEFINED = """<?xml version="1.0" encoding="{0}"?><!--{1}--><!DOCTYPE a [<!ENTITY b "c">]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">
<c r="A1" t="str"><v>&b;</v></c></row></sheetData></worksheet>"""


def with_sheet(words: bytes, **harm: int) -> bytes:
    """A spreadsheet whose sheet is this, and whose parts are said to be packed otherwise."""
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(sheet([["a"]]))) as known,
        zipfile.ZipFile(content, "w") as made,
    ):
        for name in known.namelist():
            made.writestr(name, words if "sheet1" in name else known.read(name))
    told = content.getvalue()
    for name, number in harm.items():
        at = {"flag": 6, "packed": 8}[name]
        for sign, shift in ((b"PK\x03\x04", at), (b"PK\x01\x02", at + 2)):
            found = told.find(sign) + shift
            told = told[:found] + bytes([number]) + told[found + 1 :]
    return told


@pytest.mark.parametrize(
    "content",
    [
        with_sheet(DEFINED.format("UTF-8", "x" * 1_100).encode()),
        with_sheet(DEFINED.format("UTF-16", "").encode("utf_16")),
        with_sheet(b"", flag=1),  # with a password
        with_sheet(b"", packed=8),
        with_sheet(b"", packed=99),
        b"PK\x03\x04 not really",
        b"%PDF-1.7",
        b"\xd0\xcf\x11\xe0 of before",
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01;\nsmall picture;\n",
        parcel(a="b"),
        parcel(**{"xl/workbook.xml": '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>'}),
        b'a;b\n"' + b"x" * 200_000,
    ],
)
def test_what_cannot_be_read_is_refused_politely(content: bytes) -> None:
    with override("en"), pytest.raises(Unusable) as refused:
        read(content)
    assert "ave " in str(refused.value) or "characters" in str(refused.value)


def test_a_cell_far_away_is_named_and_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_EMPTY", 1_000)
    book = Workbook()
    book.active["A1"], book.active["A2"], book.active["A1000000"] = "name", "Sami", "x"  # type: ignore[index]
    file = io.BytesIO()
    book.save(file)
    with (
        override("en"),
        pytest.raises(Unusable, match="Below row 2 stand more than 1,000 empty rows"),
    ):
        read(file.getvalue(), "f.xlsx")


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_UNPACKED", 1_000_000)
    with pytest.raises(Unusable):
        read(parcel(bomb="0" * 2_000_000))
    monkeypatch.setattr(files, "MOST_ROWS", 3)
    assert len(read(b"a\n1\n2\n3\n")) == 4
    with pytest.raises(Unusable):
        read(b"a\n1\n2\n3\n4\n")
    with pytest.raises(Unusable):
        read(b";" * 100 + b"x\n")


def test_a_name_is_read_as_it_is_written() -> None:
    """No sign turns what follows it the other way round; marks that letters need stay."""
    for sign in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069":
        assert plain(f"Jip{sign}nesnaJ") == "JipnesnaJ"
        assert is_formula(plain(f"{sign}=1+1"))
    assert plain("\u200fمريم\u200f 👩\u200d👧") == "\u200fمريم\u200f 👩\u200d👧"


@pytest.mark.parametrize("cell", ["=1+1", "+31 6", "-", "@x", "gewoon"])
def test_what_is_downloaded_is_no_formula_and_comes_back_as_it_was(cell: str) -> None:
    assert not harmless(cell).startswith(("=", "+", "-", "@"))
    assert plain(harmless(cell)) == cell


@pytest.mark.parametrize(
    ("said", "setting", "meant"),
    [
        ("ma", "daycare", {(0, "morning"), (0, "afternoon")}),
        ("ma vm, wo nm", "daycare", {(0, "morning"), (2, "afternoon")}),
        (
            "di-do",
            "after_school_care",
            {(1, "after_school"), (2, "after_school"), (3, "after_school")},
        ),
        (
            "Maandag hele dag; vrijdag ochtend",
            "preschool",
            {(0, "morning"), (0, "afternoon"), (4, "morning")},
        ),
    ],
)
def test_days_of_the_week(said: str, setting: str, meant: set[tuple[int, str]]) -> None:
    assert set(days({"days": said}, setting)) == meant


def test_days_that_are_none() -> None:
    with pytest.raises(Cannot):
        days({"days": "soms"}, "daycare")


def test_a_word_nobody_knows_says_which_there_are() -> None:
    assert relation({"relation": "Moeder"}) == "parent"
    with override("nl"), pytest.raises(Cannot) as why:
        relation({"relation": "buur"})
    assert "pleegouder" in str(why.value)


@pytest.mark.parametrize(
    ("kind", "header", "found"),
    [
        (
            "children",
            "Kindnummer|Roepnaam|Achternaam|Geb.datum",
            "reference|first_name|last_name|born",
        ),
        (
            "children",
            "CHILD ID|First name|Surname|Date of birth",
            "reference|first_name|last_name|born",
        ),
        ("placements", "Contractnummer|Kindnummer|Stamgroep", "reference|child_reference|group"),
        ("rosters", "Medewerker|Groep|Weekdag|Iets anders", "name|group|days"),
        ("guardians", "Geboorte-datum|Ouderlijk gezag", "born|authority"),
    ],
)
def test_columns_are_guessed_in_dutch_and_english(kind: str, header: str, found: str) -> None:
    columns = guess(kind, header.split("|"), {})
    assert sorted(columns, key=columns.__getitem__) == found.split("|")
