"""What was found in a document, for another program and for somebody at a command line."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from alert4you.practices.rules.document.found import FoundCard, Piece, Recognised
from alert4you.practices.rules.document.rows import Where
from alert4you.practices.rules.elements import ELEMENTS


def as_json(found: Recognised) -> list[dict[str, Any]]:
    """Each card with its elements; what stands outside the cards is told with the first."""
    told = [_card(found, card, number) for number, card in enumerate(found.cards)]
    if told:
        told[0]["outside"] = [_piece(each) for each in found.loose]
    return told


def _card(found: Recognised, card: FoundCard, number: int) -> dict[str, Any]:
    return {
        "title": card.title,
        "organisation": card.described_by,
        "year": card.year,
        "region": card.region,
        "angle": card.angle,
        "elements": {key: told.text for key, told in card.elements.items()},
        "missing": list(card.missing),
        "unsure": [key for key, told in card.elements.items() if not told.sure],
        "unrecognised": [_piece(each) for each in card.unrecognised],
        "removed": [
            {"kind": each.kind, "where": place(each.where)}
            for each in found.removed
            if each.card == number or (each.card is None and number == 0)
        ],
        "outside": [],
    }


def _piece(piece: Piece) -> dict[str, str]:
    return {"label": piece.label, "text": piece.text, "where": place(piece.where)}


def place(where: Where) -> str:
    """Where something stands, in words."""
    if where.page:
        return _("page {page}, line {line}").format(page=where.page, line=where.line)
    return _("line {line}").format(line=where.line)


def removed_kinds() -> dict[str, str]:
    """What was taken out, in words."""
    return {
        "email": _("e-mail address"),
        "phone": _("telephone number"),
        "contact": _("contact person"),
    }


def in_lines(found: Recognised) -> Iterator[str]:
    """Per card what was recognised, missing, not recognised and removed."""
    for card in found.cards:
        yield from _of_card(card)
    for piece in found.loose:
        yield _("Outside the cards ({where}): {text}").format(
            where=place(piece.where), text=_short(piece)
        )
    for each in found.removed:
        yield _("Taken out ({where}): {kind}").format(
            where=place(each.where), kind=removed_kinds()[each.kind]
        )
    beside = sum(1 for each in found.asides if each.text)
    if beside:
        yield _("Headers, footers, page numbers and notes left out: {count}").format(count=beside)
    pictures = sum(1 for each in found.asides if not each.text)
    if pictures:
        yield _("Pictures that were not read: {count}").format(count=pictures)


def _of_card(card: FoundCard) -> Iterator[str]:
    head = (card.described_by, card.region, str(card.year or ""))
    yield ", ".join((card.title or _("No title"), *(each for each in head if each)))
    if card.empty:
        yield "  " + _("Empty: there are labels, but no answers.")
        return
    for key, told in card.elements.items():
        sign = "" if told.sure else " " + _("(please check)")
        yield f"  {ELEMENTS[key]}: {told.label}{sign} ({place(told.where)})"
    if card.missing:
        names = ", ".join(str(ELEMENTS[key]) for key in card.missing)
        yield "  " + _("Missing: {names}").format(names=names)
    for piece in card.unrecognised:
        yield "  " + _("Not recognised ({where}): {text}").format(
            where=place(piece.where), text=_short(piece)
        )


def _short(piece: Piece) -> str:
    text = " ".join(f"{piece.label} {piece.text}".split())
    return text if len(text) <= 100 else f"{text[:99]}…"
