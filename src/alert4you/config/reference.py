"""The pages of the reference that are made from the code, so that they cannot disagree with it."""

import inspect
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from django.conf import settings

from alert4you.api.views.document import document
from alert4you.config.environment import VARIABLES
from alert4you.kernel.command import COMMANDS
from alert4you.practices.queries.library import library
from alert4you.practices.rules.numbers import numbers
from alert4you.practices.rules.rows import ROWS, Row
from alert4you.rights.rules.shapes import schema
from alert4you.scenarios.library import rows_played

REPOSITORY = Path(settings.SRC).parent.parent
FOLDER = REPOSITORY / "docs" / "reference"
NO_SCENARIO = "– no scenario yet –"


def commands() -> str:
    """Every command with the rule that decides who may."""
    _import("commands")
    rows = [
        (
            f"`{name}`",
            _sentence(change),
            f"`{_where(change.rule)}`",  # type: ignore[attr-defined]
            _sentence(change.rule),  # type: ignore[attr-defined]
        )
        for name, change in sorted(COMMANDS.items())
        if change.__module__.startswith("alert4you.")
    ]
    return _page(
        "Commands and their rules",
        "Every change goes through one of these. The page, the API, the command line and the "
        "scenario player call the same ones; what the rule refuses is refused everywhere.",
        _table(("command", "what it does", "rule", "who may"), rows),
    )


def contexts() -> str:
    """The order of the contexts, from top to bottom."""
    contracts = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["tool"]["importlinter"]
    rows = [
        (f"`{name}`", _sentence(import_module(f"alert4you.{name}")))
        for layer in contracts["contracts"][0]["layers"]
        for name in layer.replace("(", "").replace(")", "").split(" | ")
        if find_spec(f"alert4you.{name}")
    ]
    return _page(
        "Contexts",
        "From the roof to the foundation. A context imports only what stands below it; "
        "`make check` holds this.",
        _table(("context", "what it is about"), rows),
    )


def environment() -> str:
    """What an administrator can set."""
    rows = [(f"`{v.name}`", v.default and f"`{v.default}`", v.meaning) for v in VARIABLES]
    return _page(
        "Settings",
        "All settings come from the environment. `alert4you serve` refuses to start when one "
        "of them is unsafe, and names it.",
        _table(("variable", "without it", "meaning"), rows),
    )


def practices() -> str:
    """Every documented practice with what runs it; a row that nothing runs is seen at once."""
    played = rows_played()
    rows = [_practice_row(row, played.get(row.key, [])) for row in ROWS]
    return _page(
        "Practices",
        "The documented practices, row by row: the templates that come with this version, "
        "and the scenarios that play them, refusals included (`alert4you scenario run`). A number "
        "that its source gives stands here once; what it leaves open is chosen at adoption. "
        "`alert4you practices check FILE` reads a template of your own.",
        _table(("row", "practice", "template", "scenario", "numbers", "source"), rows),
    )


def _practice_row(row: Row, played: list[str]) -> tuple[str, ...]:
    templates = [each for each in library() if str(each.row) == row.key]
    told = [f"{key}: {number}" for each in templates for key, number in numbers(each).items()]
    return (
        row.key,
        f"**{row.title}**",
        "<br>".join(f"`{each.slug}`" for each in templates),
        "<br>".join(f"`{each}`" for each in played) or NO_SCENARIO,
        "<br>".join(told),
        "<br>".join(each.source for each in templates) or row.source,
    )


def access_matrix() -> str:
    """What every page answers to every hat, from the table that the tests hold it against."""
    table = tomllib.loads((REPOSITORY / "tests/architecture/matrix.toml").read_text())
    signs = {200: "●", 204: "●", 302: "→", 400: "–", 401: "–", 403: "–", 404: "", 405: ""}
    rows = [
        (f"`{page}`", *(signs[answer] for answer in row["answers"]))
        for page, row in table["pages"].items()
    ]
    return _page(
        "Access matrix",
        "Every page for every hat of the test cast: ● the page, → sent on, – refused with the reason, "
        "empty: not there for this hat, which looks like not there at all. fatima and lotte are group "
        "workers, carla the care coordinator, marit the manager, sanne and koen coaches, pieter a "
        "teacher, gemma of the municipality, stranger a group worker elsewhere, anna and bram the "
        "parents, oscar a parent without authority, olga the privacy officer. "
        "A page without a row fails the build.",
        _table(("page", *table["hats"]), rows),
    )


ANSWERS = {
    "test": "held",
    "doc": "written down",
    "reason": "not ours",
    "differs": "**otherwise**",
    "open": "**open**",
}


def asvs() -> str:
    """What holds each requirement of ASVS 5.0, from the table that the tests hold against themselves."""
    table = tomllib.loads((FOLDER / "asvs.toml").read_text())
    found = {
        number: next(each for each in row if each in ANSWERS)
        for number, row in table["requirements"].items()
    }
    rows = [
        (
            number,
            _level(table, number),
            row["about"],
            ANSWERS[found[number]],
            _held_by(row[found[number]]),
        )
        for number, row in table["requirements"].items()
    ]
    score = Counter(found.values())
    ours = len(found) - score["reason"]
    return _page(
        "ASVS 5.0",
        f"The security requirements of OWASP ASVS 5.0.0: all of levels 1 and 2, and {len(table['chosen'])} "
        f"of level 3. **{score['test'] + score['doc']} of the {ours} that are ours hold** "
        f"({score['test']} by tests, {score['doc']} written down), {score['differs']} we do otherwise and "
        f"say why, {score['open']} is open, "
        f"{score['reason']} are not ours: there is no such thing here, or the operator sees to it. The "
        "words are ours; theirs are at owasp.org/asvs.",
        _table(("number", "level", "in short", "", "by"), rows),
    )


def _level(table: dict[str, Any], number: str) -> str:
    section, _dot, place = number.rpartition(".")
    return str(table["levels"][section][int(place) - 1])


def _held_by(answer: str | list[str]) -> str:
    if isinstance(answer, str) and "::" not in answer:
        page, _, heading = answer.partition("#")
        return f"[{heading}](../{page.removeprefix('docs/')}#{heading})" if heading else answer
    tests = [answer] if isinstance(answer, str) else answer
    return "<br>".join(f"`{each.removeprefix('tests/')}`" for each in tests)


def api() -> str:
    """What other systems can ask, from the document that the API itself shows."""
    told = document("https://alert4you.example")
    rows = [
        (
            f"`{method.upper()} {path}`",
            f"`{operation['security'][0]['application'][0]}`",
            _shape(operation.get("requestBody", {}).get("content")),
            _shape(next(iter(operation["responses"].values()))["content"]),
            operation["description"],
        )
        for path, methods in told["paths"].items()
        for method, operation in methods.items()
    ]
    schemas = told["components"]["schemas"]
    shapes = [
        (f"**{name}**", ", ".join(_field(each, schema) for each in schema["properties"]))
        for name, schema in sorted(schemas.items())
    ]
    return _page(
        "The API",
        "What other systems can ask, below `/api/v1`; how to begin stands in "
        "[Other systems](../how-to/other-systems.md). The whole document is at `/api/v1/openapi.json`. "
        "A field in *italics* may be left out.",
        _table(("operation", "scope", "what you send", "what comes", ""), rows)
        + "\n\n"
        + _table(("shape", "fields"), shapes),
    )


def _shape(content: Any) -> str:
    return content["application/json"]["schema"]["$ref"].rsplit("/", 1)[1] if content else ""


def _field(name: str, schema: dict[str, Any]) -> str:
    return name if name in schema.get("required", ()) else f"*{name}*"


PAGES: dict[str, Callable[[], str]] = {
    "access-matrix.md": access_matrix,
    "api.md": api,
    "asvs.md": asvs,
    "commands.md": commands,
    "contexts.md": contexts,
    "export.schema.json": schema,
    "practices.md": practices,
    "settings.md": environment,
}


def _import(name: str) -> None:
    """Import this module, or all in the folder, of every context: a command is known once imported."""
    for context in settings.CONTEXTS:
        if find_spec(f"alert4you.{context}.{name}"):
            found = import_module(f"alert4you.{context}.{name}")
            for inside in iter_modules(getattr(found, "__path__", ())):
                import_module(f"{found.__name__}.{inside.name}")


def _page(title: str, lead: str, body: str) -> str:
    return f"# {title}\n\n<!-- Made by `alert4you docs`; do not edit. -->\n\n{lead}\n\n{body}\n"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(head), *map(list, rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _sentence(thing: object) -> str:
    """The first paragraph of a docstring, on one line."""
    text = inspect.getdoc(thing) or ""
    return " ".join(text.split("\n\n")[0].split()).replace("|", "\\|")


def _where(rule: Callable[..., object]) -> str:
    context = rule.__module__.split(".")[1]
    return f"{context}.{rule.__name__}"
