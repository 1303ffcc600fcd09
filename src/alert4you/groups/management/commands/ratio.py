"""`alert4you ratio`: how many staff these children need, and why."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import override

from alert4you.groups.rules import ratio, wording
from alert4you.groups.rules.book import Rounding
from alert4you.groups.rules.ratio import Answer
from alert4you.kernel.clock import day_of, wall_clock

LANGUAGES = ("nl", "en")


class Command(BaseCommand):
    help = "How many staff these children need on a day, with the rule and its source."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        kinds = parser.add_subparsers(dest="kind", required=True)
        daycare = kinds.add_parser("daycare", help="one base group of day care")
        daycare.add_argument(
            "ages", nargs=4, type=_number, metavar="N", help="children of 0, 1, 2, 3 years"
        )
        bso = kinds.add_parser("bso", help="out-of-school care")
        bso.add_argument(
            "ages",
            nargs=2,
            type=_number,
            metavar="N",
            help="children of 4 to 6, and of 7 and older",
        )
        bso.add_argument(
            "--rounding", type=Rounding, choices=list(Rounding), help="else as in the rule"
        )
        for each in (daycare, bso):
            each.add_argument(
                "--on", type=_day, metavar="DATE", help="the day, like 2026-11-20 (today)"
            )
            each.add_argument("--json", action="store_true", help="for programs")
            each.add_argument("--language", choices=LANGUAGES, default="nl")

    def handle(self, *, kind: str, ages: list[int], language: str, **options: Any) -> None:
        day = options["on"] or day_of(wall_clock())
        if kind == "daycare":
            answer = ratio.daycare((ages[0], ages[1], ages[2], ages[3]), day)
        else:
            answer = ratio.bso(ages[0], ages[1], day, options["rounding"])
        with override(language):
            told = _as_data(answer, day) if options["json"] else _as_text(answer)
        self.stdout.write(told)


def _ages(parser: ArgumentParser, number: int, help: str) -> None:
    parser.add_argument("ages", nargs=number, type=_number, metavar="N", help=help)


def _as_text(answer: Answer) -> str:
    return "\n".join([wording.lead(answer), *(f"  {step}" for step in wording.steps(answer))])


def _as_data(answer: Answer, day: date) -> str:
    """``staff`` is a number or null; ``reason`` says it in the language asked for."""
    rule = answer.rule
    data = {
        "staff": answer.staff,
        "reason": wording.lead(answer),
        "lack": answer.lack,
        "on": day.isoformat(),
        "children": answer.children,
        "level": answer.level if rule else None,
        "undecided": answer.undecided,
        "by_table": answer.by_table,
        "formula": answer.formula,
        "by_formula": answer.by_formula,
        "raised_by": answer.raised_by,
        "rule": rule
        and {
            "from": rule.starts.isoformat(),
            "until": rule.ends and rule.ends.isoformat(),
            "source": rule.source,
            "url": rule.url,
            "sure": rule.sure,
        },
        "explanation": {language: _explained(answer, language) for language in LANGUAGES},
    }
    return json.dumps(data, ensure_ascii=False)


def _explained(answer: Answer, language: str) -> list[str]:
    with override(language):
        return [wording.lead(answer), *wording.steps(answer)]


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 4):
        raise ArgumentTypeError(f"{text!r} is not a number of children; write 0, 1, 2 ...")
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as unreadable:
        raise ArgumentTypeError(f"{text!r} is not a day; write it like 2026-11-20") from unreadable
