"""Pages on paper: tagged PDF from the same words as the page."""

import json
import re
from pathlib import Path
from typing import Any

import typst

from alert4you.access.rules.openings import may_take_along
from alert4you.children.models import Child
from alert4you.kernel.decision import Denied
from alert4you.organisations.models import Actor

PAPERS = Path(__file__).resolve().parent.parent / "templates/trajectories"
UNKNOWN_SIGN = re.compile(r'the text ["`]+(.+?)["`]+ could not be displayed')


def take_along(actor: Actor, *children: Child | None) -> None:
    """Nothing goes on paper about a child whose file is only open for a while."""
    decision = may_take_along(actor, *(child for child in children if child is not None))
    if not decision:
        raise Denied(decision)


def typeset(paper: str, data: dict[str, Any]) -> bytes:
    """A tagged PDF/UA-1. A sign that no font of this machine has becomes a question mark."""
    words = json.dumps(data, ensure_ascii=False)
    while True:
        try:
            return typst.compile(
                str(PAPERS / paper), sys_inputs={"data": words}, pdf_standards="ua-1"
            )
        except typst.TypstError as error:
            unknown = UNKNOWN_SIGN.search(str(error))
            if unknown is None or unknown[1] not in words:
                raise
            words = words.replace(unknown[1], "?")
