"""What waits, in words: the same for whoever decides about it and for the line."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alert4you.notes.models import Moment
from alert4you.wellbeing.models import Aspect, step_of


def in_words(kind: str, said: Mapping[str, Any]) -> str:
    """One thing per line; nothing is left out that somebody wrote or tapped."""
    lines = {"rating": _rating, "card": _card}.get(kind, _note)(said)
    return "\n".join(line for line in lines if line) or _("Nothing that can be shown.")


def is_internal(said: Mapping[str, Any]) -> bool:
    """Whether it was meant for the care team only."""
    return said.get("readers") == "team"


def _note(said: Mapping[str, Any]) -> list[str]:
    tags = said.get("tags") or []
    return [
        ", ".join(map(str, tags)) if isinstance(tags, list) else "",
        str(said.get("text") or ""),
    ]


def _rating(said: Mapping[str, Any]) -> list[str]:
    steps = {aspect: str(said.get(aspect.value) or "") for aspect in Aspect}
    return [
        f"{capfirst(aspect.label)}: {step_of(aspect, int(step)).label}"
        for aspect, step in steps.items()
        if step in ("1", "2", "3", "4", "5")
    ]


def _card(said: Mapping[str, Any]) -> list[str]:
    moment = said.get("moment")
    when = capfirst(str(Moment(moment).label)) if moment in Moment.values else ""
    return [when, str(said.get("title") or ""), str(said.get("text") or "")]
