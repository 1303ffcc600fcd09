"""The budgets no linter knows: a file has at most 400 lines, a function at most 40."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

FILE_LINES = 400
FUNCTION_LINES = 40


def over_budget(path: Path) -> Iterator[str]:
    """One sentence for each budget that a Python file breaks."""
    source = path.read_text()
    lines = len(source.splitlines())
    if lines > FILE_LINES:
        yield f"{path}: {lines} lines; make it a folder of nouns (at most {FILE_LINES})"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                here = f"{path}:{node.lineno}: {node.name}"
                yield f"{here} has {length} lines (at most {FUNCTION_LINES})"


def main() -> int:
    """Check every Python file of the repository; 1 when one is over its budget."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    paths = [Path(name) for name in listing if "/migrations/" not in name]
    found = [line for path in paths if path.exists() for line in over_budget(path)]
    print("\n".join(found) or f"{len(paths)} files within their budgets")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
