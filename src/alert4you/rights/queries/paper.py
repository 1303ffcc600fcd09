"""The copy as it is printed: every word in the language of the reader, plain values only."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alert4you.rights.models import Right
from alert4you.rights.rules.contents import Agreed, Beside, Contents, Looked, Said, Thing
from alert4you.ui.dates import written_day

Section = dict[str, Any]


def printed(found: Contents) -> Section:
    """What ``copy.typ`` sets: sections of blocks; a block has a head, a small line, text, points, quotes."""
    return {
        "lang": get_language() or "nl",
        "title": _title(found),
        "about": _about(found),
        "contents_title": _("Contents"),
        "sections": [each for each in _sections(found) if each["blocks"] or each["parts"]],
        "footer": _("Made on %(day)s for %(name)s.")
        % {"day": written_day(found.made_at), "name": found.asked_by},
        "page": _("page"),
    }


def _title(found: Contents) -> str:
    if found.only_given:
        return _("What %(name)s gave") % {"name": found.asked_by}
    return _("Everything about %(child)s") % {"child": found.child.first_name}


def _about(found: Contents) -> str:
    if found.only_given:
        return _("Only what you wrote, said and agreed to yourself. What staff wrote is not in it.")
    return _(
        "All that you may see today in Alert4you. People are in it by name, "
        "without address or telephone number."
    )


def _sections(found: Contents) -> list[Section]:
    child = found.child
    born = _("born on %(day)s") % {"day": written_day(child.born)}
    kin = [
        _block(
            each.name, each.relation_name if each.has_authority else _without(each.relation_name)
        )
        for each in found.guardians
    ]
    return [
        _section(
            _("The child"),
            []
            if found.only_given
            else [_block(f"{child.first_name} {child.last_name}", born), *kin],
        ),
        _section(_("Where the child goes"), [_stay(*_period(each), each) for each in found.stays]),
        _section(
            _("Who works with the child"),
            [
                _block(f"{each.name}, {each.task}", f"{each.organisation} · {each.why}")
                for each in found.team
            ],
        ),
        _section(_("The line, by month"), parts=_months(found.line)),
        _section(_("What was decided about sharing"), [_agreed(each) for each in found.agreements]),
        _section(_("Who looked"), [_looked(each) for each in found.looked]),
    ]


def _section(title: str, blocks: Iterable[Section] = (), parts: Iterable[Section] = ()) -> Section:
    """A chapter: blocks at once, or parts (months) that have blocks."""
    return {"title": title, "blocks": list(blocks), "parts": list(parts)}


def _block(
    head: str,
    small: str = "",
    text: str = "",
    points: Iterable[str] = (),
    quotes: Iterable[Section] = (),
) -> Section:
    return {
        "head": head,
        "small": small,
        "text": text,
        "points": list(points),
        "quotes": list(quotes),
    }


def _without(relation: str) -> str:
    return _("%(relation)s, without authority") % {"relation": relation}


def _period(stay: Any) -> tuple[str, str]:
    head = f"{stay.group}, {stay.location}"
    return head, _days(stay.starts, stay.ends)


def _stay(head: str, days: str, stay: Any) -> Section:
    return _block(head, f"{stay.organisation} · {days}")


def _days(starts: date, ends: date | None) -> str:
    if ends is None:
        return _("from %(day)s") % {"day": written_day(starts)}
    return _("from %(day)s until %(end)s") % {
        "day": written_day(starts),
        "end": written_day(ends),
    }


def _months(line: Iterable[Thing]) -> list[Section]:
    """Newest first, as on the page."""
    return [
        {"title": capfirst(month), "blocks": [_thing(each) for each in things]}
        for month, things in groupby(line, lambda each: date_format(each.day, "F Y"))
    ]


def _thing(thing: Thing) -> Section:
    points = [" – ".join(filter(None, (goal.goal, goal.who, goal.what))) for goal in thing.goals]
    if thing.end_goal:
        points.insert(0, _("In the end: %(goal)s") % {"goal": thing.end_goal})
    if thing.again_on:
        points.append(_("Looked at again on %(day)s") % {"day": written_day(thing.again_on)})
    return _block(
        capfirst(thing.title or thing.kind_name),
        f"{written_day(thing.day)} · {thing.author}, {thing.task}",
        thing.text,
        points,
        [*map(_said, thing.said), *map(_beside, thing.beside)],
    )


def _said(said: Said) -> Section:
    stance = {True: _("Agrees"), False: _("Does not agree"), None: ""}[said.agrees]
    head = " · ".join(filter(None, (capfirst(said.party_name), said.name, stance)))
    return {"head": head, "small": written_day(said.at), "words": said.words}


def _beside(beside: Beside) -> Section:
    own = beside.kind == Right.STATEMENT
    what = _("Own words beside this") if own else _("Set right")
    head = " · ".join(filter(None, (what, beside.name)))
    return {"head": head, "small": written_day(beside.at), "words": beside.words}


def _agreed(agreed: Agreed) -> Section:
    points = []
    for each in agreed.shared:
        state = _("is shared now") if each.runs else _("is not shared now")
        told = [
            f"{answer.name or _('the child itself')}: {answer.answer_name}, "
            f"{written_day(answer.at)}"
            for answer in each.answers
        ]
        points.append(f"{capfirst(each.category_name)} {state}. {'; '.join(told)}".strip())
    days = _days(agreed.starts, agreed.last_day)
    head = f"{agreed.organisation}, {agreed.purpose_name}"
    return _block(head, days, agreed.why, points)


def _looked(look: Looked) -> Section:
    who = " · ".join(filter(None, (look.name, look.role, look.organisation)))
    small = f"{written_day(look.day)} · {', '.join(look.kinds)}"
    if look.in_emergency:
        small = f"{small} · {_('in an emergency')}"
    return _block(who, small, look.why)
