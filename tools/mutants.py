"""Would the tests notice if a rule of the policy were wrong? Breaks it in every small way, one at a time.

    python tools/mutants.py [--jobs 4] [--only NAME] [--tests tests/proof/test_every_hat.py] [--noticed FILE]

Each clause of a condition left out, each "and" made "or" and the other way round, each boundary moved,
each sign turned, each question about the hat answered the other way. Prints the score and every mutant that
no test noticed; status 1 then. Those in EQUIVALENT are no faults: each says why. With a file for the
noticed ones a run that was broken off goes on where it was; after a change, with the rules that changed.
"""

import argparse
import ast
import os
import sys
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest

POLICY = Path("src/alert4you/access/policy.py")
PROOF = [f"tests/proof/test_{name}.py" for name in ("words", "every_hat", "over_time")]
POLICY_TESTS = sorted(map(str, Path("tests/access").glob("test_policy*.py")))
CONSENT_TESTS = [f"tests/access/test_consent_{name}.py" for name in ("examples", "birthdays")]
TESTS = [*PROOF, *POLICY_TESTS, *CONSENT_TESTS, "tests/rights/test_limiting.py"]
EQUIVALENT = {
    "without mark: NegativeMark.objects.on(actor.today).filter(mark='secret_address')": (
        "the database lets no other mark name a guardian (mark_is_about_whom_it_must)"
    ),
    "without with_team: running_consents(actor.at, actor.today).filter(with_team, Exists(named))": (
        "who is named for it is on a care team: this says where PostgreSQL begins to look"
    ),
}
BOUNDARIES = {"lt": "lte", "lte": "lt", "gt": "gte", "gte": "gt"}


@dataclass(frozen=True)
class Mutant:
    """One way in which the policy is wrong: where, how, the rule as it is then, and all the functions."""

    line: int
    what: str
    rule: str
    text: str

    @property
    def name(self) -> str:
        """The same for the same mutant of the same rule, whatever stands in the others."""
        return f"{sha256(self.rule.encode()).hexdigest()[:12]} {self.what}"


def mutants(source: str) -> Iterator[Mutant]:
    """Every mutant, rule by rule, of the outermost condition first."""
    tree = ast.parse(source)
    tree.body = [each for each in tree.body if isinstance(each, ast.FunctionDef)]
    for place, rule in enumerate(tree.body):
        for number, node in enumerate(ast.walk(rule)):
            for what in _ways(node):
                copy = deepcopy(tree)
                changed = copy.body[place]
                _Change([*ast.walk(changed)][number], what).visit(changed)
                text = ast.unparse(ast.fix_missing_locations(copy))
                told = f"{what}: {ast.unparse(node).splitlines()[0][:80]}"
                yield Mutant(node.lineno, told, ast.unparse(changed), text)


def _ways(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd | ast.BitOr):
        yield from ("left only", "right only", "other operator")
    if isinstance(node, ast.AugAssign):
        yield from ("left out", "other operator")
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Invert):
        yield "sign turned"
    if isinstance(node, ast.If):
        yield "question turned"
    if isinstance(node, ast.Call):
        yield from _ways_of_asking(node)


def _ways_of_asking(node: ast.Call) -> Iterator[str]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    several = len(node.keywords) + len(node.args) > 1
    condition = name in {"filter", "exclude"} or (name == "Q" and several)
    for keyword in node.keywords:
        if keyword.arg and keyword.arg.rpartition("__")[2] in BOUNDARIES:
            yield f"boundary {keyword.arg}"
        elif keyword.arg and condition:
            yield f"without {keyword.arg}"
    if condition:
        yield from (f"without {ast.unparse(each)}" for each in node.args)
    if name == "on":
        yield "always"


class _Change(ast.NodeTransformer):
    def __init__(self, target: ast.AST, what: str) -> None:
        self.target, self.what = target, what

    def visit(self, node: ast.AST) -> ast.AST:
        return self._changed(node) if node is self.target else super().visit(node)

    def _changed(self, node: ast.AST) -> ast.AST:
        if isinstance(node, ast.BinOp | ast.AugAssign) and self.what == "other operator":
            node.op = ast.BitOr() if isinstance(node.op, ast.BitAnd) else ast.BitAnd()
            return node
        if isinstance(node, ast.BinOp):
            return node.left if self.what == "left only" else node.right
        if isinstance(node, ast.AugAssign):
            return ast.Pass()
        if isinstance(node, ast.If):
            node.test = ast.UnaryOp(ast.Not(), node.test)
            return node
        if isinstance(node, ast.UnaryOp):
            return node.operand
        if isinstance(node, ast.Call):
            return self._call(node)
        raise TypeError(ast.dump(node))

    def _call(self, node: ast.Call) -> ast.AST:
        kind, _, name = self.what.partition(" ")
        if kind == "always" and isinstance(node.func, ast.Attribute):
            node.func.attr, node.args = "all", []
        if kind == "without":
            node.args = [each for each in node.args if ast.unparse(each) != name]
        for keyword in [each for each in node.keywords if each.arg == name]:
            if kind == "without":
                node.keywords.remove(keyword)
            elif keyword.arg:
                path, _, end = keyword.arg.rpartition("__")
                keyword.arg = f"{path}__{BOUNDARIES[end]}"
        return node


class Breaking:
    """A pytest plugin: every test once as it is, and then for each mutant until one fails.

    Each mutant has a process that begins where the tests ended, with its own copy of the database in memory,
    and tells by its exit code which test noticed. The quickest come first, and that one for the next,
    often much alike.
    So it costs a second or two, and nothing is written anywhere.
    """

    def __init__(self, found: list[Mutant], jobs: int, noticed: Path) -> None:
        self.found, self.jobs, self.noticed = found, jobs, noticed
        self.alive: list[Mutant] = []
        self.running: dict[int, tuple[Mutant, list[pytest.Item]]] = {}
        self.seconds: dict[str, float] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call":
            self.seconds[report.nodeid] = report.duration

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if self._failing(session):
            raise pytest.UsageError("The tests fail without any mutant: nothing can be said.")
        session.items.sort(key=lambda item: self.seconds[item.nodeid])
        known = self.noticed.read_text().splitlines() if self.noticed.is_file() else []
        for mutant in [each for each in self.found if each.name not in known]:
            if len(self.running) == self.jobs:
                self._wait(session)
            child = os.fork()
            if not child:
                os._exit(self._noticed_by(session, mutant))
            self.running[child] = mutant, [*session.items]
        while self.running:
            self._wait(session)
        return True

    def _wait(self, session: pytest.Session) -> None:
        child, status = os.wait()
        mutant, items = self.running.pop(child)
        number = os.waitstatus_to_exitcode(status)
        if number <= 0:  # no test, or the process itself was ended
            self.alive.append(mutant)
        else:
            noticed = items[number - 1]
            session.items.remove(noticed)
            session.items.insert(0, noticed)
            with self.noticed.open("a") as file:
                file.write(f"{mutant.name}\n")

    def _failing(self, session: pytest.Session) -> int:
        """The number of the first test that fails; 0 when none does."""
        for number, (item, after) in enumerate(pairwise([*session.items, session.items[0]]), 1):
            session.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
            if session.testsfailed:
                return number
        return 0

    def _noticed_by(self, session: pytest.Session, mutant: Mutant) -> int:
        from pytest_django.plugin import blocking_manager_key

        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        # What the last test left standing is of another module than the test that comes first now.
        session._setupstate.teardown_exact(session.items[0])
        try:
            with session.config.stash[blocking_manager_key].unblock():
                wear(mutant)
            return self._failing(session)
        except Exception:  # noqa: BLE001 - a policy that cannot be compiled is noticed
            return 1


def wear(mutant: Mutant) -> None:
    """The policy becomes this mutant, wherever its functions are known by now.

    The wall stays: that it is the same as the policy is another proof, and to build it takes the longest.
    """
    from alert4you.access import policy
    from alert4you.kernel.compiled import compiled

    changed: dict[str, Any] = {**vars(policy), "policy_of": lambda *_models: lambda same: same}
    exec(mutant.text, changed)
    for name, function in vars(policy).items():
        if isinstance(function, FunctionType) and function.__module__ == policy.__name__:
            function.__code__ = changed[name].__code__
    compiled.cache_clear()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--only", default="", help="only mutants whose words hold this")
    parser.add_argument("--tests", nargs="+", default=TESTS, help="which tests must notice")
    parser.add_argument(
        "--noticed", type=Path, default=os.devnull, help="where to keep which were noticed"
    )
    options = parser.parse_args()
    found = [each for each in mutants(POLICY.read_text()) if options.only in each.what]
    breaking = Breaking(found, options.jobs, options.noticed)
    quickly = ["--hypothesis-profile", "mutants"] if "tests/proof" in str(options.tests) else []
    once = ["-q", "--tb=no", "-p", "no:cacheprovider", "-p", "no:xdist"]
    if pytest.main([*once, *quickly, *options.tests], [breaking]):
        return 1
    faults = [each for each in breaking.alive if each.what not in EQUIVALENT]
    for each in faults:
        print(f"{POLICY}:{each.line}: nobody noticed: {each.what}")
    equal = len(breaking.alive) - len(faults)
    noticed = len(found) - len(breaking.alive)
    print(f"{noticed} of {len(found) - equal} mutants noticed; {equal} more change nothing")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
