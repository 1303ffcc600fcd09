"""From a `Practice` back to the YAML of a template: what `reading` reads again as the same practice.

A tree is that YAML as plain data (tables, lists, texts), in the order in which it is written.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import yaml

from alert4you.practices.rules.language import (
    PRACTICE,
    Activity,
    AtLeast,
    Choice,
    Chosen,
    ConsentAsk,
    Dose,
    Duration,
    Figure,
    Gate,
    Money,
    Number,
    Option,
    Phase,
    Practice,
    Rhythm,
    Role,
    SafetyNet,
    Taper,
    Times,
    UntilAge,
    Within,
    Words,
    chosen_in,
)

Tree: TypeAlias = dict[str, Any]
_NUMBER = re.compile(r"0|[1-9][0-9]{,8}")


class _Dumper(yaml.SafeDumper):
    """Texts as they are, numbers without quotes, nothing twice by reference."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, indentless=False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    kind = "int" if _NUMBER.fullmatch(text) else "str"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{kind}", text)


_Dumper.add_representer(str, _text)


def write(practice: Practice) -> str:
    """The YAML of a practice; numbers that were filled in are no choices any more."""
    return lay_out(plain(practice))


def lay_out(tree: Mapping[str, Any]) -> str:
    """The YAML of a tree: one thing per line, an empty line before each larger part."""
    told = [_dump({key: value}) for key, value in tree.items()]
    return "".join(f"\n{part}" if part.count("\n") > 3 else part for part in told).lstrip("\n")


def _dump(part: Tree) -> str:
    written: str = yaml.dump(part, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10**6)
    return written


def plain(practice: Practice) -> Tree:
    """A practice as the tree that its YAML holds; what is left out there is left out here."""
    return _full(
        {
            "practice": practice.slug,
            "row": str(practice.row),
            "title": _words(practice.title),
            "summary": _words(practice.summary),
            "source": practice.source,
            "about": practice.about,
            "for": _whom(practice),
            "offer at": _age(practice.offer_at) if practice.offer_at else "",
            "follows": practice.follows or "",
            "money": _money(practice.money),
            "safety net": _net(practice.safety_net) if practice.safety_net else "",
            "needs": _needs(practice.needs),
            **_lists(practice),
            "after": _after(practice),
        }
    )


def _whom(practice: Practice) -> Tree:
    return _full(
        {
            "ages": _ages(practice.ages) if practice.ages else "",
            "settings": _said(practice.settings),
            "indications": _said(practice.indications),
        }
    )


def _money(money: Money) -> Tree:
    told = {"from": _said(money.payers), "covered": money.covered, "note": _words(money.note)}
    return _full(told)


def _net(net: SafetyNet) -> Tree:
    return {"indication": _say(net.indication), "warn": duration(net.warn)}


def _lists(practice: Practice) -> Tree:
    """The parts with names of their own."""
    open_ones = chosen_in(practice)
    choices = [each for each in practice.choices if each.key in open_ones]
    return {
        "roles": {each.key: _role(each) for each in practice.roles},
        "consents": {each.key: _consent(each) for each in practice.asks},
        "choices": {each.key: _choice(each) for each in choices},
        "figures": {each.key: _figure(each) for each in practice.figures},
        "phases": {each.key: _phase(each) for each in practice.phases},
        "decisions": {each.key: _gate(each) for each in practice.gates},
    }


def _role(role: Role) -> Tree:
    return {"hat": _say(role.hat), "title": _words(role.title)}


def _consent(ask: ConsentAsk) -> Tree:
    return {
        "title": _words(ask.title),
        "to": ask.party,
        "purpose": _say(ask.purpose),
        "categories": _said(ask.categories),
    }


def _figure(figure: Figure) -> Tree:
    return {"value": figure.value, "title": _words(figure.title)}


def _full(table: Mapping[str, Any]) -> Tree:
    """Without what is empty."""
    return {key: value for key, value in table.items() if value}


def _say(word: str) -> str:
    return word.replace("_", " ")


def _said(words: Iterable[str]) -> list[str]:
    return [_say(each) for each in words]


def _words(text: Words | None) -> Tree:
    return {"nl": text.nl, "en": text.en} if text else {}


def _needs(needs: Iterable[str]) -> list[str]:
    return [_say(need.replace("consent:", "consent ")) for need in needs]


def _choice(choice: Choice) -> Tree:
    bounds = {"least": choice.least if choice.least > 1 else 0}
    bounds["most"] = choice.most if choice.most < 520 else 0
    return _full({"title": _words(choice.title)} | {k: str(v) for k, v in bounds.items() if v})


def _phase(phase: Phase) -> Tree:
    return _full(
        {
            "title": _words(phase.title),
            "considering": "yes" if phase.considering else "",
            "needs": _needs(phase.needs),
            "lasts": lasting(phase.lasts) if phase.lasts else "",
            "activities": {each.key: _activity(each) for each in phase.activities},
            "needs at end": _needs(phase.needs_at_end),
            "then": phase.then,
        }
    )


def _activity(activity: Activity) -> Tree:
    return _full(
        {
            "title": _words(activity.title),
            "kind": activity.kind,
            "by": activity.by,
            "with": list(activity.with_),
            "dose": dose(activity.dose),
            "within": within(activity.within) if activity.within else "",
            "consent": activity.consent or "",
            "closing question": _words(activity.closing_question),
        }
    )


def _gate(gate: Gate) -> Tree:
    return {
        "title": _words(gate.title),
        "voices": _said(gate.voices),
        "options": {each.key: _option(each) for each in gate.options},
    }


def _option(option: Option) -> Tree:
    return _full(
        {
            "is": option.kind if option.kind != option.key else "",
            "title": _words(option.title),
            "to": option.to.replace(PRACTICE, "practice "),
            "outcome": option.outcome if option.outcome != option.key else "",
        }
    )


def _after(practice: Practice) -> str:
    lasts = practice.after.lasting
    told = "question without a new file"
    return f"{told} for {duration(lasts)}" if lasts else told


def dose(value: Dose) -> str:
    """The phrase of a dose: `once a week for 3 months`."""
    if isinstance(value, Taper):
        return "tapering"
    if isinstance(value, Rhythm):
        return _rhythm(value)
    if isinstance(value, Times):
        return _often(value.count)
    return f"at least {_times(value.count)}" if value != AtLeast(0) else "as needed"


def _often(count: Number) -> str:
    return "once" if count == 1 else "twice" if count == 2 else _times(count)


def _times(count: Number) -> str:
    return f"{_number(count)} {'time' if count == 1 else 'times'}"


def _number(count: Number) -> str:
    return f"<{count.key}>" if isinstance(count, Chosen) else str(count)


def _rhythm(value: Rhythm) -> str:
    often = _often(value.most)
    if value.least != value.most:
        often = f"{_number(value.least)} to {_times(value.most)}"
    every = f"every {duration(value.every)}"
    for one in ("day", "week", "month", "year"):
        every = f"a {one}" if every == f"every 1 {one}" else every
    told = every if often == "once" and every.startswith("every") else f"{often} {every}"
    return told + (f" for {duration(value.lasting)}" if value.lasting else "")


def duration(value: Duration) -> str:
    """`3 months`; whole years as years."""
    if value.unit == "months" and isinstance(value.count, int) and value.count % 12 == 0:
        return _many(value.count // 12, "year")
    if isinstance(value.count, Chosen):
        return f"<{value.count.key}> {value.unit}"
    return _many(value.count, value.unit[:-1])


def _many(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def lasting(value: Duration | UntilAge) -> str:
    """`3 months`, or `until 4 years 9 months`."""
    return f"until {_age(value.months)}" if isinstance(value, UntilAge) else duration(value)


def within(value: Within) -> str:
    """`2 weeks`, or `2 weeks after observation`."""
    told = duration(value.duration)
    return f"{told} after {value.after}" if value.after else told


def _ages(months: tuple[int, int]) -> str:
    return f"{_age(months[0])} to {_age(months[1])}"


def _age(months: int) -> str:
    if months < 12:
        return _many(months, "month")
    years, rest = divmod(months, 12)
    return _many(years, "year") + (f" {_many(rest, 'month')}" if rest else "")
