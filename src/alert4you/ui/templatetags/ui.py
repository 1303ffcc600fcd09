"""Template tags of the look: icons, pictures, dates in words, form fields, small parts."""

import re
from datetime import date, datetime, time
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from zlib import crc32

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from alert4you.ui import dates
from alert4you.ui.finding import Finder
from alert4you.ui.forms import control_class

register = template.Library()
DRAWINGS = Path(__file__).resolve().parent.parent / "drawings"
AVATAR_COLOURS = 6
OWN_MARKUP = {"choices", "find"}
BADGE_KINDS = {"calm", "good", "attention", "stop", "wait"}


@cache
def icons() -> dict[str, str]:
    """The strokes of every icon by name, from the one sheet they are drawn on."""
    sheet = (DRAWINGS / "icons.svg").read_text()
    return dict(re.findall(r'<symbol id="([\w-]+)">(.*?)</symbol>', sheet, re.DOTALL))


@cache
def drawing(name: str) -> str:
    """The inside of a picture's file."""
    return re.sub(r"</?svg[^>]*>", "", (DRAWINGS / "pictures" / f"{name}.svg").read_text()).strip()


def _svg(classes: str, box: str, inside: str, label: str) -> SafeString:
    """A drawing of our own, from our own files; only the label comes from elsewhere."""
    spoken = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return format_html(
        '<svg class="{}" viewBox="0 0 {}" {} focusable="false">{}</svg>',
        classes,
        box,
        mark_safe(spoken),  # noqa: S308
        mark_safe(inside),  # noqa: S308
    )


@register.simple_tag
@lru_cache(maxsize=1000)
def icon(name: str, label: str = "", size: str = "") -> SafeString:
    """An icon beside words (decorative), or with a label where it stands alone."""
    if name not in icons():
        known = ", ".join(sorted(icons()))
        raise template.TemplateSyntaxError(f"No icon {name!r}; there are: {known}")
    return _svg(f"a4-icon a4-icon--{size}" if size else "a4-icon", "24 24", icons()[name], label)


@register.simple_tag
def picture(name: str, alt: str = "") -> SafeString:
    """An illustration; without `alt` it is decoration and screen readers pass it by."""
    return _svg("a4-picture", "240 180", drawing(name), alt)


@register.filter
def plain_date(when: date | None, today: date | None = None) -> str:
    return dates.plain_date(when, today or None) if when else ""


@register.filter
def written_day(when: date | None, today: date) -> str:
    """After “until”, where “in 3 days” is no day."""
    return dates.written_day(when, today) if when else ""


@register.filter
def plain_moment(when: datetime | None, now: date | None = None) -> str:
    return dates.plain_moment(when, now or None) if when else ""


@register.filter
def clock(when: time | datetime) -> str:
    return dates.clock(when)


@register.filter
def answer_by(due: date, now: datetime) -> str:
    return dates.answer_by(due, now)


@register.filter
def is_over(due: date, now: datetime) -> bool:
    return dates.is_over(due, now)


@register.filter
def ago(when: datetime | None, now: datetime) -> str:
    return dates.ago(when, now) if when else ""


@register.simple_tag
def initials(name: str, size: str = "") -> SafeString:
    """A circle with somebody's initials, always in the same of six calm colours."""
    words = [word for word in str(name).replace("-", " ").split() if word[0].isalpha()]
    capitals = [word for word in words if word[0].isupper()] or words or ["?"]
    letters = capitals[0][0] + (capitals[-1][0] if len(capitals) > 1 else "")
    colour = crc32(str(name).encode()) % AVATAR_COLOURS
    return _circle(letters.upper(), colour, size)


@lru_cache(maxsize=1000)
def _circle(letters: str, colour: int, size: str) -> SafeString:
    size = f" a4-avatar--{size}" if size else ""
    return format_html(
        '<span class="a4-avatar a4-avatar--{}{}" aria-hidden="true">{}</span>',
        colour,
        size,
        letters,
    )


@register.simple_tag
def badge(text: str, kind: str = "calm", icon_name: str = "") -> SafeString:
    if kind not in BADGE_KINDS:
        raise template.TemplateSyntaxError(
            f"No badge {kind!r}; there are: {', '.join(sorted(BADGE_KINDS))}"
        )
    return format_html(
        '<span class="nl-data-badge a4-badge a4-badge--{}">{}{}</span>',
        kind,
        icon(icon_name) if icon_name else "",
        text,
    )


@register.simple_tag
def count(number: int, label: str = "") -> SafeString:
    """How many wait; nothing when none do. `label` says of what, to screen readers."""
    if not number:
        return SafeString("")
    spoken = format_html('<span class="a4-hidden-label"> {}</span>', label) if label else ""
    return format_html(
        '<span class="a4-count">{}{}</span>', "99+" if number > 99 else number, spoken
    )


@register.inclusion_tag("ui/submit.html")
def submit(
    label: str, icon: str = "", kind: str = "primary", name: str = "", value: str = ""
) -> dict[str, str]:
    """The button that sends the form; `name` and `value` where a form has more than one."""
    return {"label": label, "icon_name": icon, "kind": kind, "name": name, "value": value}


@register.inclusion_tag("ui/form_errors.html")
def form_errors(form: forms.BaseForm, saves: bool = True) -> dict[str, Any]:
    """What is wrong, above the form, each with a link to its field. A code at a door ``saves`` nothing."""
    wrong = [bound for bound in form if bound.errors and not bound.is_hidden]
    hidden = [error for bound in form.hidden_fields() for error in bound.errors]
    others = [*form.non_field_errors(), *hidden]
    return {
        "fields": wrong,
        "others": others,
        "saves": saves,
        "kept": saves and any(_stays(bound) for bound in form),
    }


def _stays(bound: BoundField) -> bool:
    """Whether something was typed here that is on the page again: a file or a secret is not."""
    secret = isinstance(bound.field.widget, forms.FileInput | forms.PasswordInput)
    return not (bound.is_hidden or secret) and bool(bound.value())


def _may_stay_empty(field: forms.Field) -> bool:
    """Not where no answer is one of the answers that can be tapped."""
    widget = field.widget
    taps = isinstance(widget, forms.RadioSelect) and any(key == "" for key, __ in widget.choices)
    return not (field.required or taps)


def _kind(widget: forms.Widget) -> str:
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, Finder):
        return "find"
    return "check" if isinstance(widget, forms.CheckboxInput) else "control"


def _first_words(bound: BoundField) -> bool:
    """Whether this is where one begins to write in its form: there stands what keeps it, once."""
    return bool(vars(bound.form).setdefault("first_words", bound.name) == bound.name)


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField, label: str = "", help: str = "", rows: int = 0) -> dict[str, Any]:
    """One field: label, explanation, error and control, tied together for screen readers."""
    widget, name = bound.field.widget, bound.auto_id or bound.html_name
    help_text = help or bound.help_text
    described = [f"{name}_help"] * bool(help_text) + [f"{name}_error"] * bool(bound.errors)
    attrs: dict[str, Any] = {"class": control_class(widget)}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    if rows:
        attrs["rows"] = rows
    kind = _kind(widget)
    return {
        "bound": bound,
        "kind": kind,
        "name": name,
        "label": label or bound.label,
        "optional": _may_stay_empty(bound.field),
        "help": help_text,
        "described": " ".join(described),
        "layout": getattr(widget, "layout", ""),
        "drafted": isinstance(widget, forms.Textarea) and _first_words(bound),
        "control": "" if kind in OWN_MARKUP else bound.as_widget(attrs=attrs),
        "shown": widget.shown(bound.value()) if kind == "find" else None,
    }
