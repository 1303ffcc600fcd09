"""Documents that were made to hurt: refused within two seconds, and with little memory."""

import resource
import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models

from alert4you.practices.rules.document.reading import read_document
from alert4you.practices.rules.document.rows import Unusable
from tests.architecture.crawl import ALL, PAGES, address
from tests.architecture.world import make_world
from tests.cast import Cast
from tests.practices import documents
from tests.practices.documents import CARDS

WORD, PDF = documents.as_word(CARDS), documents.as_pdf(CARDS)
SECONDS, MEGABYTES = 2, 200
BLOCK = 10_000_000


def blanks(gigabytes: int, end: bytes = b"") -> bytes:
    """Raw deflate of that many gigabytes of blanks, made of one block again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = packer.compress(b" " * BLOCK) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(b" " * BLOCK) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + again * (gigabytes * 100 - 1) + packer.compress(end) + packer.flush()


def zip_of(name: bytes, packed: bytes, told: int) -> bytes:
    """A zip with one entry that says of itself how large it is, truly or not."""
    facts = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, 0, len(packed), told, len(name), 0)
    entry = b"PK\x03\x04" + facts + name + packed
    head = struct.pack(
        "<HHHHHHIIIHHHHHII", 20, 20, 0, 8, 0, 33, 0, len(packed), told, len(name), *[0] * 6
    )
    central = b"PK\x01\x02" + head + name
    return (
        entry
        + central
        + b"PK\x05\x06"
        + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(entry), 0)
    )


def pdf_of(
    stream: bytes, box: str = "0 0 612 792", how: str = "/FlateDecode", more: str = ""
) -> bytes:
    bodies = [
        f"<< /Type /Catalog /Pages 2 0 R {more} >>".encode(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents 4 0 R >>".encode(),
        b"<< /Length %d /Filter %s >>\nstream\n" % (len(stream), how.encode())
        + stream
        + b"\nendstream",
    ]
    made, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(made)
    return made + b"xref\n0 5\n0000000000 65535 f \n" + table + end


def zlib_of(raw: bytes) -> bytes:
    return b"\x78\xda" + raw + b"\0\0\0\0"


def nested() -> bytes:
    inner = zip_of(b"word/document.xml", blanks(4), 4_000_000_000)
    into = BytesIO()
    with ZipFile(into, "w", ZIP_DEFLATED) as file:
        for number in range(100):
            file.writestr(f"{number}.docx", inner)
    return into.getvalue()


def laughing() -> bytes:
    head = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    for one, other in zip("bcdefghij", "abcdefghi", strict=True):
        head += f'<!ENTITY {one} "{f"&{other};" * 10}">'
    return documents.with_part(WORD, "word/document.xml", f"{head}]><x>&j;</x>".encode())


def yaml_of_references() -> bytes:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    for one, other in zip("bcdefghi", "abcdefgh", strict=True):
        lines.append(f"{one}: &{one} [{', '.join([f'*{other}'] * 9)}]")
    return "\n".join(lines).encode()


BOMBS: dict[str, Callable[[], bytes]] = {
    "zip of 4 GB": lambda: zip_of(b"word/document.xml", blanks(4), 4_000_000_000),
    "zip that lies": lambda: zip_of(b"word/document.xml", blanks(4), 1_000),
    "zip in zip": nested,
    "many entries": lambda: many_entries(),
    "entities": laughing,
    "deep xml": lambda: documents.with_part(WORD, "word/document.xml", b"<a>" * 3_000_000),
    "pdf of 4 GB": lambda: pdf_of(zlib_of(blanks(4))),
    "pdf packed twice": lambda: pdf_of(
        zlib.compress(zlib_of(blanks(4))), how="[/FlateDecode /FlateDecode]"
    ),
    "pdf of many lines": lambda: pdf_of(zlib.compress(b"0 0 m 1 1 l S " * 3_000_000)),
    "huge page": lambda: pdf_of(zlib.compress(b" "), box="0 0 1e9 1e9"),
    "pages without end": lambda: PDF.replace(b"/Kids", b"/Kids [2 0 R] /Kidz"),
}


def many_entries() -> bytes:
    into = BytesIO()
    with ZipFile(into, "w") as file:
        for number in range(20_000):
            file.writestr(f"word/{number}.xml", "")
    return into.getvalue()


@pytest.mark.parametrize("bomb", BOMBS)
def test_bombs_are_refused_at_once(bomb: str) -> None:
    data = BOMBS[bomb]()
    assert len(data) < 20_000_000
    before, aside_before = used()
    with pytest.raises(Unusable):
        read_document("kaart.docx", data)
    after, aside = used()
    spent = after.ru_utime + aside.ru_utime - before.ru_utime - aside_before.ru_utime
    assert spent < SECONDS
    assert after.ru_maxrss - before.ru_maxrss < MEGABYTES * 1024
    # The reader of a PDF is a process of its own: what Python needs, and what it may have. Until it
    # runs it counts as large as this one.
    most = max((MEGABYTES + 150) * 1024, aside_before.ru_maxrss, after.ru_maxrss)
    assert aside.ru_maxrss <= most


def used() -> tuple[resource.struct_rusage, resource.struct_rusage]:
    """What this process and its children have used so far: seconds of a processor, and the most memory."""
    return resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)


ELSE = {
    "web page": (b"<html><script>alert(1)</script>", "kaart.docx"),
    "picture": (b"GIF89a" + WORD, "kaart.docx"),
    "photo": (b"\xff\xd8\xff\xe0" + b"Exif" * 100, "kaart.pdf"),
    "program": (b"MZ\x90\0" + b"\0" * 600, "kaart.txt"),
    "linux program": (b"\x7fELF" + b"\0" * 600, "kaart.docx"),
    "drawing": (b"<svg onload='alert(1)'/>", "kaart.svg"),
    "word and page": (WORD + b"<script>alert(1)</script>", "kaart.html"),
    "archive": (zip_of(b"x.txt", blanks(1), 5), "kaart.docx"),
    "old macro file": (b"\xd0\xcf\x11\xe0" + b"x" * 600, "kaart.docm"),
}


@pytest.mark.parametrize("other", [name for name in ELSE if name != "word and page"])
def test_what_is_something_else_is_refused(other: str) -> None:
    data, name = ELSE[other]
    with pytest.raises(Unusable):
        read_document(name, data)


def test_scripts_in_a_pdf_do_nothing() -> None:
    said = "/OpenAction << /S /JavaScript /JS (app.launchURL\\('http://nowhere.invalid'\\)) >>"
    with pytest.raises(Unusable):
        read_document("kaart.pdf", pdf_of(zlib.compress(b" "), more=said))


def test_paths_in_an_archive_are_never_followed(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    into = BytesIO(WORD)
    with ZipFile(into, "a") as file:
        file.writestr("../../evil.txt", "x")
        file.writestr("/tmp/evil.txt", "x")
        link = ZipInfo("word/link.xml")
        link.external_attr = 0o120777 << 16
        file.writestr(link, "/etc/passwd")
    assert len(read_document("kaart.docx", into.getvalue()).cards) == len(CARDS)
    assert list(tmp_path.iterdir()) == []


def send(cast: Cast, data: bytes, name: str = "kaart.docx") -> Any:
    return cast.client("carla").post("/practices/import/", {"file": SimpleUploadedFile(name, data)})


def test_nothing_that_was_sent_is_written_to_disk(
    cast: Cast, tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    padded = documents.with_part(WORD, "word/media/CANARY.bin", b"\x00CANARYBYTES" * 300_000)
    assert send(cast, padded, "../../CANARYNAME.docx").status_code == 302
    assert list(tmp_path.rglob("*")) == []
    kinds = {type(f) for model in apps.get_models() for f in model._meta.get_fields()}
    assert not any(issubclass(kind, models.FileField) for kind in kinds)
    for model in apps.get_app_config("practices").get_models():
        kept = str(list(model._default_manager.all().values()))
        assert "CANARYBYTES" not in kept
        assert "../" not in kept


def test_a_form_that_is_too_large_is_refused(cast: Cast) -> None:
    client = cast.client("carla")
    large = client.post(
        "/practices/import/", {"file": SimpleUploadedFile("a.txt", b"x" * 21_500_000)}
    )
    assert large.status_code == 413
    client.raise_request_exception = False
    note = f"/children/{cast.mila.pk}/note/"
    assert client.post(note, {"text": "x" * 3_000_000}).status_code == 400
    assert client.post(note, {f"field{n}": "" for n in range(1_500)}).status_code == 400
    assert settings.DATA_UPLOAD_MAX_NUMBER_FILES <= 100


FOR_PROGRAMS = ("text/html", "text/javascript", "application/json", "application/manifest+json")


def test_what_leaves_as_a_file_is_a_file(cast: Cast) -> None:
    """Under a name of ours, as the kind it is, and not to be taken for a page."""
    world, seen = make_world(cast), set()
    for hat in ("carla", "anna"):
        client = cast.client(hat)
        for page, row in PAGES.items():
            if page not in ALL or row.get("method") == "post":
                continue
            url = address(page, world.arguments)
            answer = client.get(url)
            kind = answer.headers.get("Content-Type", "")
            if answer.status_code != 200 or kind.startswith(FOR_PROGRAMS):
                continue
            seen.add(page)
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            place, _, name = answer.headers["Content-Disposition"].partition("; filename=")
            assert place in {"attachment", "inline"}, page
            assert place == "attachment" or kind in {"application/pdf", "image/jpeg"}, page
            assert name.startswith('"') and name.endswith('"') and '"' not in name[1:-1], page
            assert name.isascii() and "Mila" not in name, page
    assert seen
