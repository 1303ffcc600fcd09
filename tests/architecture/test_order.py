"""The house keeps its order: what import contracts cannot see."""

import ast
import re
import tomllib
from pathlib import Path
from typing import Any

from django.apps import apps

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src/alert4you"
LAYERS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][
    0
]["layers"]
RANK = {name.strip(" ()"): -i for i, row in enumerate(LAYERS) for name in row.split("|")}
MODELS = [model for model in apps.get_models() if model.__module__.startswith("alert4you.")]
SOURCES = sorted(path for path in SRC.rglob("*.py") if "migrations" not in path.parts)
REACH_FOR_ROWS = {
    "models",
    "policy",
    "queries",
    "commands",
    "tasks",
    "rules",
    "kernel",
    "demo",
    "scenarios",
    "operations",
    "country",
    "bench",
}
ROWS = {"objects", "_base_manager", "_default_manager", "raw", "cursor"}
# The facts of an entry and the step it was are read in one query, from above.
WAYS_BACK = {"trajectories.Step.entry"}
RELATIONS = {"CareTeamMember", "Signature", "NegativeMark"}


def context_of(path: Path) -> str:
    return path.relative_to(SRC).parts[0]


def nodes_of(path: Path, kind: type) -> list[Any]:
    return [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, kind)]


def test_relations_point_down_and_leave_no_way_back() -> None:
    for model, field in [(each, field) for each in MODELS for field in each._meta.get_fields()]:
        here = model.__module__.split(".")[1]
        ours = field.is_relation and field.concrete and field.related_model
        if not ours or not field.related_model.__module__.startswith("alert4you."):
            continue
        if getattr(field.remote_field, "parent_link", False):
            continue
        there = field.related_model.__module__.split(".")[1]
        assert RANK[there] <= RANK[here], field
        if there != here and field.model is model and str(field) not in WAYS_BACK:
            assert field.remote_field.hidden, f"{field} needs related_name='+'"


def test_templates_use_only_their_own_context_or_ui() -> None:
    for path in SRC.rglob("templates/**/*.html"):
        here = context_of(path)
        for name in re.findall(r"{% (?:extends|include) [\"'](\w+)/", path.read_text()):
            assert here == "web" or name in (here, "ui") or RANK[name] < RANK[here], (path, name)


def test_only_those_who_may_reach_for_rows() -> None:
    """Views, forms and templates go through queries and commands."""
    found = [
        f"{path.relative_to(SRC)}:{node.lineno}"
        for path in SOURCES
        if not REACH_FOR_ROWS & {path.stem, *path.relative_to(SRC).parts[:-1]}
        and context_of(path) != "config"
        for node in nodes_of(path, ast.Attribute)
        if node.attr in ROWS
    ]
    assert found == []


def test_what_calls_itself_pure_asks_the_database_nothing() -> None:
    """Decision 0021: the engine, the ratio and whatever else computes are handed all they need."""
    pure = [
        path
        for path in SOURCES
        if re.search(r"\bPure\b", ast.get_docstring(ast.parse(path.read_text())) or "")
    ]
    found = [
        f"{path.relative_to(SRC)}:{node.lineno}"
        for path in pure
        for node in nodes_of(path, ast.Attribute)
        if node.attr in ROWS
    ]
    assert {"engine.py", "day.py"} <= {path.name for path in pure}
    assert found == []


def test_relations_of_access_are_named_in_access_only() -> None:
    """Besides access itself only the stage of a story, which is set before anybody acts."""
    found = [
        f"{path.relative_to(SRC)}:{node.lineno}"
        for path in SOURCES
        if context_of(path) not in {"access", "scenarios"}
        for node in nodes_of(path, ast.ImportFrom)
        if RELATIONS & {alias.name for alias in node.names}
    ]
    assert found == []


def test_what_reads_unrestricted_says_why_and_never_in_a_view() -> None:
    """For commands, rules, jobs and the engine, and for columns; a page starts at ``visible_to``."""
    allowed = {
        "command",
        "commands",
        "rules",
        "tasks",
        "models",
        "guard",
        "facts",
        "line",
        "queries",
    }
    for path in SOURCES:
        if re.search(r"\.(unrestricted|alongside)\(", path.read_text()):
            outside = context_of(path) in {"demo", "scenarios", "country", "bench"}
            assert allowed & {path.stem, *path.parts} or outside, path


def test_policy_is_small_enough_to_read() -> None:
    assert len((SRC / "access/policy.py").read_text().splitlines()) <= 300
