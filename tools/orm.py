"""How the product asks the database: the rules of `docs/explanation/access.md` that no linter knows.

A filtered manager is no wall: a join, a count or an ordering from a free table into a guarded one
tells what is there without asking for whom. So questions that cross into a guarded model stand in
`queries` and the policies only, where they are read with care. `make check` runs this file.
"""

import ast
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePath
from typing import Any

PRODUCT = PurePath("src/alert4you")
# They make tables, the wall itself, and copies of all of it.
FREE = {"migrations", "kernel", "operations", "bench", "country"}

# Where a question may cross into a guarded model, and where all its rows may be read for a reason.
ASKING = {"queries", "policy"}
ACTING = ASKING | {"commands", "rules", "tasks"}
# The player of stories stands outside: what it checks is what really is in the database.
PLAYER = {"scenarios"}
SPEAKING = {
    "views",
    "forms",
    "middleware",
    "context",
    "urls",
}  # here the words of a visitor come in

LOOKUPS = {"filter", "exclude", "get", "Q", "annotate", "alias", "aggregate", "When"}
LOOKUPS |= {"get_or_create", "update_or_create", "get_object_or_404"}
NAMES = {"order_by", "values", "values_list", "only", "defer", "distinct", "earliest", "latest"}
NAMES |= {"select_related", "prefetch_related", "dates", "datetimes", "in_bulk"}
COLUMNS = {"F", "Count", "Sum", "Min", "Max", "Avg", "Prefetch", "ArrayAgg", "StringAgg"}
WRITES = {"create", "update", "get_or_create", "update_or_create"}
# What says for itself why rows are read; the second inside the question of a hat.
STATED = {"unrestricted", "alongside"}
# These bring or weigh the rows of the other side even when no field of it is named.
WHOLE = {"select_related", "prefetch_related", "order_by", "Prefetch", "Count", "Max", "Min"}


@dataclass(frozen=True)
class Where:
    """The file a call stands in: its context and its layer (`queries`, `views`, ...)."""

    path: PurePath
    explained: bool = False  # the function around it says why it reads all rows
    model: Any = None  # what the chain of the call begins with, when that can be told

    @property
    def parts(self) -> tuple[str, ...]:
        inside = self.path.relative_to(PRODUCT) if self.path.is_relative_to(PRODUCT) else self.path
        return inside.with_suffix("").parts

    def __and__(self, places: set[str]) -> bool:
        return bool(places.intersection(self.parts))


Rule = Callable[[ast.Call, Where], Iterator[str]]


def raw_sql(call: ast.Call, where: Where) -> Iterator[str]:
    """SQL in words goes around every guard."""
    name = _name(call)
    spoken = isinstance(call.func, ast.Attribute) and name in {"raw", "extra", "cursor"}
    if spoken or name in {"RawSQL", "RawQuerySet"}:
        yield f"{name}() goes around every guard: write it with the ORM, or in kernel"
    if "connection.connection" in ast.unparse(call.func):
        yield "connection.connection goes around every guard: nothing notices what is written there"


def crossing(call: ast.Call, where: Where) -> Iterator[str]:
    """A lookup, a count, an ordering or a join from one table into a guarded one."""
    if where & (ASKING | PLAYER) or (where.explained and where & ACTING):
        return
    for path in _paths(call):
        if kind := _enters(path, where.model, _name(call) in WHOLE):
            yield (
                f"{_name(call)}({path!r}) crosses into {kind}, which is guarded: "
                "ask it in queries, beginning at visible_to(actor)"
            )


def chosen_names(call: ast.Call, where: Where) -> Iterator[str]:
    """Names of fields that a visitor could choose."""
    if _name(call) in NAMES and isinstance(call.func, ast.Attribute) and where & SPEAKING:
        for given in call.args:
            if not _fixed(given):
                yield (
                    f"{_name(call)}({ast.unparse(given)}): a name of a field may not come from outside; "
                    "choose among written ones"
                )


def unpacked(call: ast.Call, where: Where) -> Iterator[str]:
    """`**` of something a visitor sent becomes the names of fields."""
    if _name(call) not in LOOKUPS | WRITES or not (where.model or _asks(call)):
        return
    for given in call.keywords:
        if given.arg is not None or _fixed(given.value):
            continue
        words = ast.unparse(given.value)
        if where & SPEAKING or any(word in words for word in ("cleaned_data", "request", "POST")):
            yield f"{_name(call)}(**{words}): name each field, or anyone fills in what they like"


def unrestricted(call: ast.Call, where: Where) -> Iterator[str]:
    """All rows, only where a rule decides, and with the reason beside it."""
    if _name(call) not in STATED:
        return
    if not where & (ACTING | PLAYER):
        yield f"{_name(call)}() here shows all rows: take them from a query that asks for whom"
    reason = next((given.value for given in call.keywords if given.arg == "reason"), None)
    if reason is None or (isinstance(reason, ast.Constant) and not str(reason.value or "").strip()):
        yield f"{_name(call)}() without a reason: say in a few words why nobody need ask"


RULES: tuple[Rule, ...] = (raw_sql, crossing, chosen_names, unpacked, unrestricted)


def findings(source: str, path: PurePath, rules: Iterable[Rule] = RULES) -> Iterator[str]:
    """One sentence for each place where this file asks in a forbidden way."""
    tree = ast.parse(source)
    if Where(path) & FREE:
        return
    explained = {
        id(call)
        for inside in ast.walk(tree)
        if isinstance(inside, ast.FunctionDef)
        and any(_name(call) in STATED for call in _calls(inside))
        for call in _calls(inside)
    }
    begun = _begun(tree)
    for call in _calls(tree):
        where = Where(path, id(call) in explained, begun.get(id(call)))
        for rule in rules:
            yield from (f"{path}:{call.lineno}: {said}" for said in rule(call, where))


# What a call says ------------------------------------------------------------------------------


def _calls(tree: ast.AST) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def _name(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _asks(call: ast.Call) -> bool:
    """Whether this is a question to the database rather than a method of that name of our own."""
    return _name(call) == "Q" or "objects" in ast.unparse(call.func)


def _fixed(given: ast.expr | None) -> bool:
    """Written in the source: a text, a NAME IN CAPITALS, a dict with written keys, an expression."""
    match given:
        case ast.Call():
            return _name(given)[:1].isupper() or _name(given) in {"asc", "desc"}
        case ast.Starred(value=inner) | ast.UnaryOp(operand=inner):
            return _fixed(inner)
        case ast.IfExp(body=one, orelse=other):
            return _fixed(one) and _fixed(other)
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name.isupper()
        case ast.Tuple(elts=each) | ast.List(elts=each) | ast.Dict(keys=each):
            return all(map(_fixed, each))
    return isinstance(given, ast.Constant)


def _paths(call: ast.Call) -> Iterator[str]:
    """The names of fields in this call, as `child__first_name`."""
    name = _name(call)
    if name in LOOKUPS:
        yield from (given.arg for given in call.keywords if given.arg)
    if name in NAMES | COLUMNS:
        for given in call.args:
            if isinstance(given, ast.Constant) and isinstance(given.value, str):
                yield given.value.lstrip("-")


def _begun(tree: ast.AST) -> dict[int, Any]:
    """Per call the model that its chain begins with, where it is written or can be followed."""
    begun = {id(call): _model(call, {}) for call in _calls(tree)}
    for inside in ast.walk(tree):
        if isinstance(inside, ast.FunctionDef):
            held = _held(inside)
            begun.update((id(call), _model(call, held)) for call in _calls(inside))
    return begun


def _held(inside: ast.FunctionDef) -> dict[str, Any]:
    """The models whose rows the names in this function stand for: `agreed = running_consents(...)`."""
    given = inside.args.args + inside.args.kwonlyargs
    held = {each.arg: _rows_of(each.annotation) for each in given}
    for node in ast.walk(inside):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                model = _model(value, held)
                held[name] = model if held.get(name, model) is model else None
    return held


def _model(node: ast.AST, held: dict[str, Any]) -> Any:
    """The model that a chain such as `Note.objects.on(day).filter()` begins with."""
    while isinstance(node, ast.Call | ast.Attribute):
        if isinstance(node, ast.Attribute) and node.attr == "objects":
            return _models().get(ast.unparse(node.value).rpartition(".")[2])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            return _answers().get(node.func.id)
        node = node.func if isinstance(node, ast.Call) else node.value
    return held.get(node.id) if isinstance(node, ast.Name) else None


@cache
def _answers() -> dict[str, Any]:
    """The functions of the product that answer with rows, and of which model."""
    answers: dict[str, Any] = {}
    for path in Path(__file__).parents[1].joinpath(PRODUCT).rglob("*.py"):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef):
                model = _rows_of(node.returns)
                answers[node.name] = model if answers.get(node.name, model) is model else None
    return answers


def _rows_of(told: ast.expr | None) -> Any:
    """The model in an annotation such as `QuerySet[Consent]`."""
    match told:
        case ast.Subscript(value=ast.Name(id=kind), slice=inner) if kind.endswith("QuerySet"):
            return _models().get(ast.unparse(inner))
    return None


# What is guarded -------------------------------------------------------------------------------


@cache
def _models() -> dict[str, Any]:
    from django.apps import apps

    return {model.__name__: model for model in apps.get_models()}


def _guarded(model: Any) -> bool:
    from alert4you.kernel.guard import GuardedQuerySet

    return isinstance(model._default_manager.none(), GuardedQuerySet)


def _relation(model: Any, name: str) -> Any:
    """The relation of that name, forward or backward, as lookups spell it; None when there is none."""
    for field in model._meta.get_fields():
        if field.is_relation and isinstance(field.related_model, type):
            back = field.auto_created and not field.concrete
            spelled = {field.name, field.get_accessor_name()} if back else {field.name}
            if name in spelled:
                return field
    return None


def _enters(path: str, start: Any, whole: bool) -> str:
    """The guarded model that this path reads from another table; empty when it stays outside."""
    steps = path.split("__")
    for model in [start] if start else _models().values():
        if found := _walk(model, steps, whole):
            return found
    return ""


def _walk(model: Any, steps: list[str], whole: bool) -> str:
    for place, step in enumerate(steps):
        field = _relation(model, step)
        if field is None:
            return ""
        target, rest = field.related_model, steps[place + 1 :]
        same_row = field.one_to_one and issubclass(model, target)
        backward = field.auto_created and not field.concrete
        if _guarded(target) and not same_row and (backward or _reads(target, rest, whole)):
            return str(target.__name__)
        model = target
    return ""


def _reads(target: Any, rest: list[str], whole: bool) -> bool:
    """A key on its own is in the table one asks; a field of the other side is not."""
    if not rest:
        return whole
    names = {field.name for field in target._meta.get_fields()}
    return rest[0] in names and rest[0] != target._meta.pk.name


def main() -> int:
    """Check every Python file of the product; 1 when one asks in a forbidden way."""
    import django

    django.setup()
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", f"{PRODUCT}/*.py"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    paths = [path for path in map(Path, listing) if path.exists()]
    found = [said for path in paths for said in findings(path.read_text(), path)]
    print("\n".join(found) or f"{len(paths)} files ask the database in the open")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
