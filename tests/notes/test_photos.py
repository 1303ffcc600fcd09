"""Photos with a note: off, and no, until everybody who decides said yes; made anew from what was sent."""

import resource
import struct
import time
import zlib
from contextlib import suppress
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse
from PIL import Image

from alert4you.children.models import Child, Guardian
from alert4you.kernel.decision import Denied
from alert4you.kernel.models import AuditRecord
from alert4you.notes.commands.photos import agree_to_photos, set_photos, write_photo
from alert4you.notes.models import Note, Photo
from alert4you.notes.rules.photos import may_photograph
from alert4you.notes.rules.pictures import Picture, Unusable, picture_of
from tests.cast import Cast

WORDS = "Zij bouwde een toren van negen blokken."
HOME = {0x8825: {1: "N", 2: (52.0, 4.0, 30.0)}, 0x010F: "Tablet van thuis"}


def photo(width: int = 40, height: int = 30, kind: str = "JPEG", **more: object) -> bytes:
    into = BytesIO()
    Image.new("RGB", (width, height), "teal").save(into, kind, **more)
    return into.getvalue()


def with_exif(turn: int = 6) -> bytes:
    exif = Image.Exif()
    exif.update({0x010F: HOME[0x010F], 0x0112: turn})
    exif.get_ifd(0x8825).update(HOME[0x8825])
    return photo(exif=exif, comment=b"Fenna, Dorpsstraat 1")


@pytest.fixture
def allowed(cast: Cast) -> Cast:
    set_photos(cast.actor("marit"), True, "Alleen met de tablet van de groep.")
    return cast


def agree(cast: Cast, *parents: str, yes: bool = True) -> None:
    for each in parents:
        agree_to_photos(cast.actor(each), cast.mila, cast.nursery, yes)


def send(cast: Cast, data: bytes, who: str = "fatima") -> HttpResponse:
    file = SimpleUploadedFile("foto.jpg", data, "image/jpeg")
    url = reverse("notes:write_photo", args=[cast.mila.pk])
    return cast.client(who).post(url, {"photo": file, "text": WORDS})


def picture() -> Picture:
    return picture_of(photo())


def image(cast: Cast, who: str) -> HttpResponse:
    note = Note.objects.unrestricted(reason="test").get()
    return cast.client(who).get(reverse("notes:photo", args=[note.pk]))


def test_only_where_the_place_allows_it_and_every_parent_said_yes(cast: Cast) -> None:
    fatima = cast.actor("fatima")
    with pytest.raises(Denied):
        write_photo(fatima, cast.mila, WORDS, picture())
    agree(cast, "anna", "bram")
    with pytest.raises(Denied):
        write_photo(fatima, cast.mila, WORDS, picture())
    agree(cast, "bram", yes=False)
    set_photos(cast.actor("marit"), True, "Alleen met de tablet van de groep.")
    with pytest.raises(Denied):
        write_photo(fatima, cast.mila, WORDS, picture())
    agree(cast, "bram")
    write_photo(fatima, cast.mila, WORDS, picture())
    with pytest.raises(Denied):
        write_photo(cast.actor("anna"), cast.mila, WORDS, picture())
    with pytest.raises(Denied):
        write_photo(cast.actor("stranger"), cast.mila, WORDS, picture())


def test_from_twelve_on_no_photos(allowed: Cast) -> None:
    agree(allowed, "anna", "bram")
    Child.objects.unrestricted(reason="test").update(born=date(2014, 11, 20))
    with pytest.raises(Denied):
        write_photo(allowed.actor("fatima"), allowed.mila, WORDS, picture())


def test_on_the_line_with_its_words_for_whoever_reads_the_note(allowed: Cast) -> None:
    agree(allowed, "anna", "bram")
    assert send(allowed, photo()).status_code == 302
    for who in ("fatima", "carla", "anna", "bram"):
        assert f'alt="{WORDS}"' in page_of(allowed, who)
        found = image(allowed, who)
        assert found.headers["Content-Type"] == "image/jpeg"
        assert found.headers["Content-Disposition"].startswith("inline")
        assert "no-store" in found.headers["Cache-Control"]
        assert found.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in found.headers["Content-Security-Policy"]
    for who in ("sanne", "oscar", "stranger", "gemma", "pieter", "olga"):
        assert image(allowed, who).status_code == 404
    assert AuditRecord.objects.filter(name="notes:photo", subject_id=allowed.mila.pk).exists()


def page_of(cast: Cast, who: str) -> str:
    return cast.client(who).get(reverse("web:line", args=[cast.mila.pk])).content.decode()


def test_one_yes_taken_back_and_nobody_sees_it_any_more(allowed: Cast) -> None:
    """The words stay."""
    agree(allowed, "anna", "bram")
    send(allowed, photo())
    url = reverse("notes:photos", args=[allowed.mila.pk])
    assert allowed.client("bram").post(url, {"yes": "0"}).status_code == 302
    for who in ("fatima", "carla", "anna", "bram"):
        assert image(allowed, who).status_code == 404
        assert "line-photo" not in page_of(allowed, who)
    assert WORDS in page_of(allowed, "anna")
    allowed.client("bram").post(url, {"yes": "1"})
    assert image(allowed, "anna").status_code == 200


def test_a_yes_of_somebody_who_does_not_decide_is_none(allowed: Cast) -> None:
    for who in ("oscar", "fatima"):
        with pytest.raises(Denied):
            agree_to_photos(allowed.actor(who), allowed.mila, allowed.nursery, True)


def test_it_goes_with_its_note(allowed: Cast) -> None:
    agree(allowed, "anna", "bram")
    note = write_photo(allowed.actor("fatima"), allowed.mila, WORDS, picture())
    note.delete()
    assert not Photo.objects.unrestricted(reason="test").exists()


def test_parents_read_how_it_is_done_before_they_choose(allowed: Cast) -> None:
    url = reverse("notes:photos", args=[allowed.mila.pk])
    page = allowed.client("anna").get(url).content.decode()
    assert "Alleen met de tablet van de groep." in page
    with pytest.raises(Denied):
        set_photos(allowed.actor("marit"), True, " ")
    with pytest.raises(Denied):
        set_photos(allowed.actor("fatima"), True, "Gewoon doen.")


# What comes in ------------------------------------------------------------------------------------


def test_nothing_but_the_picture_comes_in_upright_and_small_enough() -> None:
    made = picture_of(with_exif())
    assert (made.width, made.height) == (30, 40)  # it was taken on its side
    for word in (b"Exif", b"Tablet", b"Fenna", b"GPS"):
        assert word not in made.image
    with Image.open(BytesIO(made.image)) as found:
        assert dict(found.getexif()) == {}
        assert (found.format, found.size) == ("JPEG", (30, 40))
    large = picture_of(photo(4000, 3000))
    assert (large.width, large.height) == (2048, 1536)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_kinds_become_the_same(kind: str) -> None:
    with Image.open(BytesIO(picture_of(photo(kind=kind)).image)) as found:
        assert found.format == "JPEG"


def polyglot() -> bytes:
    """A photo and an archive in one file."""
    behind = BytesIO()
    with ZipFile(behind, "w") as file:
        file.writestr("hallo.html", "<script>alert(1)</script>")
    return photo() + behind.getvalue() + b"<script>alert(1)</script>"


def test_what_stands_behind_a_photo_stays_behind() -> None:
    made = picture_of(polyglot()).image
    assert made.startswith(b"\xff\xd8") and made.endswith(b"\xff\xd9")
    assert b"PK" not in made and b"script" not in made


def chunk(kind: bytes, data: bytes) -> bytes:
    end = struct.pack(">I", zlib.crc32(kind + data))
    return struct.pack(">I", len(data)) + kind + data + end


def png(width: int, height: int, rows: bytes, *more: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


BLANK = zlib.compress(bytes(30_000_000), 9)
BAD = {
    "a bomb of 10 gigadots": png(100_000, 100_000, BLANK),
    "a bomb in its text": png(
        9, 9, BLANK, chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(99_000_000)))
    ),
    "a picture that ends early": photo(900, 900)[:700],
    "a page": b"<html><script>alert(1)</script></html>",
    "a drawing that can do things": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "another kind": photo(kind="GIF"),
    "a document": b"%PDF-1.7",
    "nothing": b"",
    "too many bytes": photo() + bytes(15_000_001),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_photo_is_refused_within_two_seconds(name: str) -> None:
    before, used = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Unusable):
        picture_of(BAD[name])
    assert time.process_time() - before < 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - used < 200_000


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_photo_with_one_wrong_byte_is_a_photo_or_none() -> None:
    """What tells of it is read with care: where it was taken stands before the picture."""
    good = with_exif()
    for at in range(good.index(b"Exif"), good.index(b"Exif") + 250):
        for wrong in (0, 1, 2, 7, 255):
            with suppress(Unusable):
                picture_of(good[:at] + bytes([wrong]) + good[at + 1 :])


def test_the_form_says_why_and_nothing_is_written(allowed: Cast) -> None:
    agree(allowed, "anna", "bram")
    page = send(allowed, BAD["a page"])
    assert "geen foto die wij kunnen lezen" in page.content.decode()
    assert WORDS in page.content.decode()
    assert not Note.objects.unrestricted(reason="test").exists()


def test_a_parent_without_a_screen_says_it_in_a_talk(cast: Cast) -> None:
    """Written down by staff of the place, as the parent's words; a no holds at once."""
    set_photos(cast.actor("marit"), True, "Alleen van spel.")
    anna, bram = (
        str(Guardian.objects.get(child=cast.mila, person=cast.people[who]).pk)
        for who in ("anna", "bram")
    )
    page, talk = f"/children/{cast.mila.pk}/photos/", {"how": "talk", "present": "Lotte"}
    for guardian in (anna, bram):
        assert (
            cast.client("fatima").post(page, {**talk, "guardian": guardian, "yes": "1"}).url == page
        )
    assert may_photograph(cast.actor("fatima"), cast.mila)
    assert "Er mogen foto" in page_of(cast, "anna")
    for who in ("koen", "sanne"):
        assert (
            cast.client(who).post(page, {**talk, "guardian": anna, "yes": "0"}).status_code == 404
        )
    cast.client("fatima").post(page, {**talk, "guardian": bram, "yes": "0"})
    assert not may_photograph(cast.actor("fatima"), cast.mila)
