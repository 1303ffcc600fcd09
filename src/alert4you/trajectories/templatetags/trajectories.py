"""Small parts of the pages of trajectories: voices, beads, who has it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import template
from django.utils.translation import gettext as _

from alert4you.trajectories.models import Voice, VoiceOf
from alert4you.trajectories.rules.beside import columns
from alert4you.ui.dates import plain_date

register = template.Library()

LOOKS = {
    VoiceOf.PARENTS: ("parents", "parents"),
    VoiceOf.GROUP_WORKER: ("worker", "hand"),
    VoiceOf.CARE: ("care", "coach"),
    VoiceOf.MANAGER: ("worker", "building"),
    VoiceOf.SCHOOL: ("care", "school"),
    VoiceOf.CHILD: ("child", "child"),
    VoiceOf.GUARDIAN: ("parents", "person"),
}


@register.filter
def party(of: str) -> str:
    """Whose voice, in words: "ouders"."""
    label = str(VoiceOf(of).label)
    return label[:1].upper() + label[1:]


@register.inclusion_tag("trajectories/voice.html")
def voice(said: Voice, today: date) -> dict[str, Any]:
    """What one party said, with its look and whether it agrees."""
    stance, kind = {
        True: (_("Agrees"), "good"),
        False: (_("Does not agree"), "attention"),
        None: ("", "calm"),
    }[said.agrees]
    look, icon = LOOKS[VoiceOf(said.of)]
    return {
        "look": look,
        "icon_name": icon,
        "whose": party(said.of),
        "name": said.person.name if said.person else "",
        "words": said.words,
        "how": said.get_how_display(),
        "recorded_by": said.recorded_by.name if said.recorded_by else "",
        "when": plain_date(said.at, today),
        "stance": stance,
        "stance_kind": kind,
    }


@register.inclusion_tag("trajectories/views.html")
def views(
    voices: Iterable[Voice], today: date, asked: Sequence[str] = (), level: int = 4
) -> dict[str, Any]:
    """What each side said, side by side; ``asked``: whose voice must be heard; ``level`` of the heads."""
    return {"columns": columns(voices, asked), "today": today, "level": level}


@register.filter
def side(of: str) -> str:
    """The head of a column."""
    return str(
        {
            "parents": _("The parents"),
            "group": _("The group"),
            "outside": _("Who looks from outside"),
        }[of]
    )


@register.inclusion_tag("trajectories/voice.html")
def silent_voice(of: str) -> dict[str, Any]:
    """A party that has not spoken yet."""
    look, icon = LOOKS[VoiceOf(of)]
    return {"look": look, "icon_name": icon, "whose": party(of), "words": ""}
