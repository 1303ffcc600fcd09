"""Pages on paper: tagged PDF from the same words as the page."""

import json
from pathlib import Path
from typing import Any
from unicodedata import category, normalize

import typst

from alert4you.access.rules.openings import may_take_along
from alert4you.children.models import Child
from alert4you.kernel import clock
from alert4you.kernel.decision import require
from alert4you.organisations.models import Actor

PAPERS = Path(__file__).resolve().parent.parent / "templates/trajectories"
NOT_DRAWN = "could not be displayed"
NO_SIGN = "\uffff"  # so no font has it
JOINS = "\u200c\u200d"


def take_along(actor: Actor, *children: Child | None) -> None:
    """Nothing goes on paper about a child whose file is only open for a while."""
    require(may_take_along(actor, *(child for child in children if child is not None)))


def typeset(paper: str, data: dict[str, Any]) -> bytes:
    """A tagged PDF/UA-1. A sign that no font of this machine has becomes a question mark."""
    words = json.dumps(data, ensure_ascii=False)
    for plainer in (str, _drawn, _latin):
        words = plainer(words)
        try:
            return typst.compile(
                str(PAPERS / paper),
                sys_inputs={"data": words},
                pdf_standards="ua-1",
                timestamp=int(clock.now().timestamp()),
            )
        except typst.TypstError as error:
            if NOT_DRAWN not in str(error) or plainer is _latin:
                raise
    raise AssertionError


def _drawn(words: str) -> str:
    """Which signs are drawn as one that does not exist; all are looked at at once, however many.

    What joins two signs, or stands on another, is left out: that may be gone.
    """
    whole = normalize("NFC", words)
    alone = [each for each in whole if each not in JOINS and category(each)[0] != "M"]
    signs = ["?", *{each for each in alone if each > "~"}]
    told = json.dumps([NO_SIGN, *signs])
    no_sign, *looks = typst.compile(
        str(PAPERS / "signs.typ"), sys_inputs={"data": told}, format="svg"
    )
    unknown = {sign for sign, look in zip(signs, looks, strict=True) if look == no_sign}
    return "".join("?" if each in unknown else each for each in alone)


def _latin(words: str) -> str:
    return "".join(each if each < "\u0250" else "?" for each in words)
