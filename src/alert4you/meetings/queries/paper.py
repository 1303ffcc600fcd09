"""The minutes as they are printed: every word in the language of the reader, plain values only."""

from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alert4you.meetings.models import Action, Seat
from alert4you.meetings.queries.agenda import Page, Subject
from alert4you.ui.dates import clock, written_day


def printed(page: Page, today: date) -> dict[str, Any]:
    """What ``minutes.typ`` sets; only what this reader may read is in it."""
    meeting = page.meeting
    begins, ends = clock(meeting.begins), clock(meeting.ends)
    return {
        "lang": get_language() or "nl",
        "title": meeting.title,
        "kind": capfirst(meeting.get_kind_display()),
        "facts": [
            [_("When"), f"{written_day(meeting.day)}, {begins}–{ends}"],
            [_("Where"), meeting.place or str(meeting.location or meeting.organisation)],
            [_("Lead"), f"{meeting.lead.person.name}, {meeting.lead.task}"],
            [_("At the table"), _people(page, True) or "–"],
            [_("Could not be there"), _people(page, False) or "–"],
        ],
        "notes_title": _("Also said"),
        "notes": meeting.notes,
        "items": [_item(each, number) for number, each in enumerate(page.subjects, 1)],
        "labels": {
            "closed": _("This point is about a child that you may not know about (yet)."),
            "said": _("The parents"),
            "options": _("What we weighed"),
            "plus": _("What speaks for it"),
            "minus": _("What speaks against it"),
            "decided": _("Decided"),
            "actions": _("Who does what"),
            "heads": [_("What"), _("Who"), _("By when")],
        },
        "footer": _("Printed on %(day)s, for the reader who asked for it.")
        % {"day": written_day(today)},
        "page": _("page"),
    }


def _people(page: Page, present: bool) -> str:
    names = [_named(each) for each in page.seats if each.present is present and each.person]
    return ", ".join(names)


def _named(seat: Seat) -> str:
    return f"{seat.name} ({seat.membership.task})" if seat.membership else seat.name


def _item(subject: Subject, number: int) -> dict[str, Any]:
    if subject.closed:
        return {"closed": True, "title": _("Point %(number)d") % {"number": number}}
    return {
        "closed": False,
        "title": subject.name or capfirst(subject.item.get_sort_display()),
        "words": subject.words,
        "said": [[each.guardian.person.name, each.words] for each in subject.said],
        "options": [
            {
                "what": each.option.what,
                "chosen": _("chosen") if each == subject.chosen else "",
                "pluses": each.pluses,
                "minuses": each.minuses,
            }
            for each in subject.options
        ],
        "decision": subject.item.decision,
        "actions": [_action(each) for each in subject.actions],
    }


def _action(action: Action) -> list[str]:
    return [action.what, action.who.person.name, written_day(action.due)]
