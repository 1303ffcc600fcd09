"""Would the tests notice if a rule of the policy were wrong? Breaks it in every small way, one at a time.

    python tools/mutants.py [--jobs 4] [--only NAME] [--tests tests/proof/test_wall.py]

Each clause of a condition left out, each "and" made "or" and the other way round, each boundary moved,
each sign turned, each question about the hat answered the other way. Prints the score and every mutant that
no test noticed; status 1 then. Those in EQUIVALENT are no faults: each says why.
"""

import argparse
import ast
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path

POLICY = Path("src/alert4you/access/policy.py")
PROOF = [f"tests/proof/test_{name}.py" for name in ("words", "every_hat", "wall", "over_time")]
TESTS = ["tests/access", "tests/kernel/test_compiled.py", *PROOF]
EQUIVALENT: dict[str, str] = {}
BOUNDARIES = {"lt": "lte", "lte": "lt", "gt": "gte", "gte": "gt"}


@dataclass(frozen=True)
class Mutant:
    """One way in which the policy is wrong: where, how, and the whole text."""

    line: int
    what: str
    text: str


def mutants(source: str) -> Iterator[Mutant]:
    """Every mutant, in the order of the file."""
    tree = ast.parse(source)
    nodes = [
        node
        for function in tree.body
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
    ]
    for number, node in enumerate(nodes):
        for what in _ways(node):
            copy = deepcopy(tree)
            twins = [
                node
                for function in copy.body
                if isinstance(function, ast.FunctionDef)
                for node in ast.walk(function)
            ]
            _Change(twins[number], what).visit(copy)
            text = ast.unparse(ast.fix_missing_locations(copy))
            yield Mutant(node.lineno, f"{what}: {ast.unparse(node).splitlines()[0][:80]}", text)


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


def passes(policy: str, tests: list[str]) -> bool:
    """Whether the tests pass with this policy in a copy of the repository."""
    quickly = ["--hypothesis-profile", "mutants"] if "tests/proof" in " ".join(tests) else []
    with tempfile.TemporaryDirectory(prefix="alert4you-mutant-") as folder:
        copy = Path(folder)
        for part in ("src", "tests"):
            shutil.copytree(part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy("pyproject.toml", copy)
        (copy / POLICY).write_text(policy)
        run = subprocess.run(
            [
                sys.executable,
                "-m",
                "pytest",
                "-x",
                "-q",
                "-p",
                "no:cacheprovider",
                "--nomigrations",
                *quickly,
                *tests,
            ],
            cwd=copy,
            env={**os.environ, "ALERT4YOU_MODE": "test", "PYTHONPATH": str(copy / "src")},
            capture_output=True,
        )
    return run.returncode == 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--only", default="", help="only mutants whose words hold this")
    parser.add_argument("--tests", nargs="+", default=TESTS, help="which tests must notice")
    options = parser.parse_args()
    policy = POLICY.read_text()
    if not passes(policy, options.tests):
        print("The tests fail without any mutant: nothing can be said.")
        return 1
    found = [each for each in mutants(policy) if options.only in each.what]
    with ThreadPoolExecutor(options.jobs) as pool:
        lives = pool.map(passes, [each.text for each in found], repeat(options.tests))
        alive = [each for each, lived in zip(found, lives, strict=True) if lived]
    faults = [each for each in alive if each.what not in EQUIVALENT]
    for each in faults:
        print(f"{POLICY}:{each.line}: nobody noticed: {each.what}")
    equal = len(alive) - len(faults)
    print(
        f"{len(found) - len(alive)} of {len(found) - equal} mutants noticed; {equal} change nothing"
    )
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
