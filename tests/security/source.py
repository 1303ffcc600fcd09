"""The source of the product, as the tests of what may not stand in it read it."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PRODUCT = ROOT / "src" / "alert4you"


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PRODUCT.rglob("*.py")):
        if "migrations" not in path.parts:
            yield str(path.relative_to(PRODUCT)), ast.parse(path.read_text())


def calls() -> Iterator[tuple[str, ast.Call, str]]:
    """Each call with its file and its whole name, as `re.compile`."""
    for file, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield file, node, ast.unparse(node.func)


def imports() -> Iterator[tuple[str, str]]:
    """Each imported module, with `from hashlib import md5` as `hashlib.md5`."""
    for file, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                yield from ((file, each.name) for each in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from ((file, f"{node.module}.{each.name}") for each in node.names)


def templates() -> Iterator[tuple[str, str]]:
    for path in sorted(PRODUCT.rglob("templates/**/*")):
        if path.is_file():
            yield str(path.relative_to(PRODUCT)), path.read_text()


def scripts() -> Iterator[tuple[str, str]]:
    for path in sorted(PRODUCT.rglob("static/**/*.js")):
        yield str(path.relative_to(PRODUCT)), path.read_text()
