"""From the YAML text of a template to a `Practice`, or to all that is wrong with it at once.

The language is described in docs/reference/practice-language.md.
"""

import re
from typing import Any, cast

import yaml
from django.utils.translation import gettext as _

from alert4you.practices.rules import grammar, vocabulary
from alert4you.practices.rules.checks import check
from alert4you.practices.rules.language import (
    ENDED,
    PRACTICE,
    REFERRAL,
    Activity,
    After,
    Choice,
    ConsentAsk,
    Figure,
    Gate,
    Money,
    Option,
    OptionKind,
    Phase,
    Practice,
    Role,
    SafetyNet,
    Times,
)
from alert4you.practices.rules.sheet import LOADER, NAME, Problem, Sheet, unknown

Nodes = dict[str, yaml.Node]
_WHOLE = re.compile(r"[0-9]{1,9}")
_MUST = (
    "practice",
    "row",
    "title",
    "summary",
    "source",
    "about",
    "money",
    "roles",
    "phases",
    "decisions",
    "after",
)
_MAY = (
    "for",
    "offer at",
    "follows",
    "safety net",
    "needs",
    "consents",
    "choices",
    "figures",
)


class Misread(ValueError):
    """A template that cannot be used; `problems` are all of them, in the order of the file."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def read(text: str, file: str = "template") -> Practice:
    """The practice that a template describes; `file` is how messages name it. Misread otherwise."""
    sheet = Sheet(file)
    try:
        root = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise Misread([Problem(file, line, _not_yaml(error))]) from error
    except yaml.YAMLError as error:
        raise Misread([Problem(file, 1, str(error))]) from error
    if root is None:
        raise Misread([Problem(file, 1, _("this file is empty"))])
    top = sheet.table(root, _MUST, _MAY)
    practice = _practice(sheet, top)
    if not sheet.problems:
        check(sheet, practice, top)
    if sheet.problems:
        raise Misread(sheet.problems)
    return practice


def sketch(text: str) -> Practice | None:
    """What can be made of a text with faults, to draw it while it is being written; it cannot run."""
    try:
        root = yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError:
        return None
    sheet = Sheet("sketch")
    practice = _practice(sheet, sheet.table(root, _MUST, _MAY))
    return practice if practice.phases else None


def _not_yaml(error: yaml.MarkedYAMLError) -> str:
    return _("this is not YAML: {problem}; look at the indentation and the colons").format(
        problem=error.problem or error.context
    )


def _practice(sheet: Sheet, top: Nodes) -> Practice:
    whom = sheet.table(top.get("for"), may=("ages", "settings", "indications"))
    return Practice(
        slug=sheet.name(top.get("practice")),
        row=_row(sheet, top.get("row")),
        title=sheet.words(top.get("title")),
        summary=sheet.words(top.get("summary")),
        source=sheet.text(top.get("source")),
        about=cast(Any, sheet.word(top.get("about"), vocabulary.ABOUT)),
        ages=sheet.phrase(whom.get("ages"), grammar.ages),
        settings=_words_of(sheet, whom.get("settings"), vocabulary.SETTINGS),
        indications=_words_of(sheet, whom.get("indications"), vocabulary.INDICATIONS),
        offer_at=sheet.phrase(top.get("offer at"), grammar.age),
        follows=sheet.name(top.get("follows")) or None,
        safety_net=_safety_net(sheet, top.get("safety net")),
        needs=_needs(sheet, top.get("needs")),
        money=_money(sheet, top.get("money")),
        roles=tuple(_role(sheet, *row) for row in sheet.rows(top.get("roles")).items()),
        asks=tuple(_ask(sheet, *row) for row in sheet.rows(top.get("consents")).items()),
        choices=tuple(_choice(sheet, *row) for row in sheet.rows(top.get("choices")).items()),
        figures=tuple(_figure(sheet, *row) for row in sheet.rows(top.get("figures")).items()),
        phases=tuple(_phase(sheet, *row) for row in sheet.rows(top.get("phases")).items()),
        gates=tuple(_gate(sheet, *row) for row in sheet.rows(top.get("decisions")).items()),
        after=sheet.phrase(top.get("after"), grammar.after) or After("question_without_file", None),
    )


def _row(sheet: Sheet, node: yaml.Node | None) -> int:
    return _whole(sheet, node, 1, 73)


def _whole(sheet: Sheet, node: yaml.Node | None, least: int, most: int) -> int:
    text = sheet.text(node)
    if node is None or not text:
        return least
    number = int(text) if _WHOLE.fullmatch(text) else None
    if number is not None and least <= number <= most:
        return number
    sheet.wrong(
        node, _("write a whole number from {least} to {most}").format(least=least, most=most)
    )
    return least


def _words_of(sheet: Sheet, node: yaml.Node | None, known: tuple[str, ...]) -> tuple[str, ...]:
    found = [sheet.word(item, known) for item in sheet.items(node)]
    return tuple(word for word in dict.fromkeys(found) if word)


def _needs(sheet: Sheet, node: yaml.Node | None) -> tuple[str, ...]:
    found = [_need(sheet, item) for item in sheet.items(node)]
    return tuple(need for need in dict.fromkeys(found) if need)


def _need(sheet: Sheet, node: yaml.Node) -> str:
    text = sheet.text(node)
    head, __, key = text.partition(" ")
    if head == "consent" and NAME.fullmatch(key):
        return f"consent:{key}"
    if text in vocabulary.NEEDS:
        return vocabulary.code(text)
    if text:
        sheet.wrong(node, unknown(text, (*vocabulary.NEEDS, "consent <name>")))
    return ""


def _safety_net(sheet: Sheet, node: yaml.Node | None) -> SafetyNet | None:
    table = sheet.table(node, must=("indication", "warn")) if node is not None else {}
    indication = sheet.word(table.get("indication"), vocabulary.INDICATIONS)
    warn = sheet.phrase(table.get("warn"), grammar.duration)
    return SafetyNet(indication, warn) if indication and warn else None


def _money(sheet: Sheet, node: yaml.Node | None) -> Money:
    table = sheet.table(node, must=("from", "covered"), may=("note",))
    return Money(
        payers=_words_of(sheet, table.get("from"), vocabulary.PAYERS),
        covered=cast(Any, sheet.word(table.get("covered"), vocabulary.COVERED)),
        note=sheet.words(table["note"]) if "note" in table else None,
    )


def _role(sheet: Sheet, key: str, node: yaml.Node) -> Role:
    table = sheet.table(node, must=("title", "hat"))
    return Role(key, sheet.words(table.get("title")), sheet.word(table.get("hat"), vocabulary.HATS))


def _ask(sheet: Sheet, key: str, node: yaml.Node) -> ConsentAsk:
    table = sheet.table(node, must=("title", "to", "purpose", "categories"))
    return ConsentAsk(
        key=key,
        title=sheet.words(table.get("title")),
        party=sheet.name(table.get("to")),
        purpose=sheet.word(table.get("purpose"), vocabulary.PURPOSES),
        categories=_words_of(sheet, table.get("categories"), vocabulary.CATEGORIES),
    )


def _choice(sheet: Sheet, key: str, node: yaml.Node) -> Choice:
    table = sheet.table(node, must=("title",), may=("least", "most"))
    least = _whole(sheet, table.get("least"), 1, 520)
    most = _whole(sheet, table["most"], least, 520) if "most" in table else 520
    return Choice(key, sheet.words(table.get("title")), least, most)


def _figure(sheet: Sheet, key: str, node: yaml.Node) -> Figure:
    table = sheet.table(node, must=("value", "title"))
    return Figure(key, sheet.text(table.get("value")), sheet.words(table.get("title")))


def _phase(sheet: Sheet, key: str, node: yaml.Node) -> Phase:
    table = sheet.table(
        node,
        must=("title", "activities", "then"),
        may=("needs", "needs at end", "lasts", "considering"),
    )
    activities = sheet.rows(table.get("activities"))
    return Phase(
        key=key,
        title=sheet.words(table.get("title")),
        activities=tuple(_activity(sheet, *row) for row in activities.items()),
        then=sheet.name(table.get("then")),
        needs=_needs(sheet, table.get("needs")),
        needs_at_end=_needs(sheet, table.get("needs at end")),
        lasts=sheet.phrase(table.get("lasts"), grammar.lasting),
        considering=sheet.word(table.get("considering"), vocabulary.YES_OR_NO) == "yes",
    )


def _activity(sheet: Sheet, key: str, node: yaml.Node) -> Activity:
    table = sheet.table(
        node,
        must=("title", "kind", "by", "with", "dose"),
        may=("within", "consent", "closing question"),
    )
    closing = table.get("closing question")
    return Activity(
        key=key,
        title=sheet.words(table.get("title")),
        kind=sheet.word(table.get("kind"), vocabulary.KINDS),
        by=sheet.name(table.get("by")),
        with_=tuple(sheet.name(item) for item in sheet.items(table.get("with"))),
        dose=sheet.phrase(table.get("dose"), grammar.dose) or Times(1),
        within=sheet.phrase(table.get("within"), grammar.within),
        consent=sheet.name(table.get("consent")) or None,
        closing_question=sheet.words(closing) if closing is not None else None,
    )


def _gate(sheet: Sheet, key: str, node: yaml.Node) -> Gate:
    table = sheet.table(node, must=("title", "voices", "options"))
    options = sheet.rows(table.get("options"))
    return Gate(
        key=key,
        title=sheet.words(table.get("title")),
        voices=_words_of(sheet, table.get("voices"), vocabulary.VOICES),
        options=tuple(_option(sheet, *row) for row in options.items()),
    )


def _option(sheet: Sheet, key: str, node: yaml.Node) -> Option:
    plain = key in vocabulary.OPTION_KINDS
    must = ("title", "to") if plain else ("is", "title", "to")
    table = sheet.table(node, must, may=("outcome", "is"))
    kind = sheet.word(table.get("is"), vocabulary.OPTION_KINDS) or (key if plain else "")
    return Option(
        key=key,
        kind=cast(OptionKind, kind),
        title=sheet.words(table.get("title")),
        to=_destination(sheet, table.get("to")),
        outcome=sheet.name(table.get("outcome")) or key,
    )


def _destination(sheet: Sheet, node: yaml.Node | None) -> str:
    text = sheet.text(node)
    head, __, slug = text.partition(" ")
    if head == "practice" and NAME.fullmatch(slug):
        return f"{PRACTICE}{slug}"
    if text in (ENDED, REFERRAL):
        return text
    return sheet.name(node)
