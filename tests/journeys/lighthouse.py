"""The three pages people use most, measured with Lighthouse as on a phone of the middle range.

Lighthouse looks from outside, with the cookies of a pm'er of the demo. It comes
from ``tools/lighthouse``; ``make quality`` installs it there.
"""

import json
import os
import subprocess
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from alert4you.config.testing import chromium

FOLDER = Path("tools/lighthouse/node_modules").absolute()
PROGRAM = FOLDER / ".bin/lighthouse"
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-quic"
LIMITS = {"performance": 95, "accessibility": 100, "best-practices": 100}
SCRIPT = 60.0
ROUNDS = 3


@dataclass(frozen=True)
class Measured:
    """One page: scores of at most 100, times in milliseconds, and what came over in kB."""

    name: str
    scores: dict[str, int]
    words: float
    largest: float
    blocked: float
    shift: float
    script: float
    all: float

    @property
    def good(self) -> bool:
        scores = all(self.scores[name] >= limit for name, limit in LIMITS.items())
        return scores and self.script <= SCRIPT


def most_used(page: Page) -> dict[str, str]:
    """The addresses, from the Today of the pm'er that looks at it."""
    note = page.get_by_role("main").get_by_role("link", name="Tess").first.get_attribute("href")
    return {"Today": "/", "the child's line": note.removesuffix("note/"), "the note": note}


def measure(page: Page, demo: str) -> list[Measured]:
    """Every page three times, each in a new browser; the middle one by performance counts."""
    cookies = "; ".join(f"{each['name']}={each['value']}" for each in page.context.cookies())
    found = []
    for name, address in most_used(page).items():
        rounds = [_read(name, _run(demo + address, cookies)) for _ in range(ROUNDS)]
        found.append(sorted(rounds, key=lambda one: one.scores["performance"])[ROUNDS // 2])
    return found


def _run(address: str, cookies: str) -> dict[str, Any]:
    """Lighthouse's own preset: a phone, a slow 4G network and a processor four times slower."""
    command = [str(PROGRAM), address, "--quiet", f"--chrome-flags={FLAGS}", "--output=json"]
    command += [f"--extra-headers={json.dumps({'Cookie': cookies})}"]
    command += [f"--only-categories={','.join(LIMITS)}"]
    environment = {**os.environ, "CHROME_PATH": str(chromium())}
    done = subprocess.run(command, env=environment, check=True, capture_output=True)
    result = json.loads(done.stdout)
    assert result["finalDisplayedUrl"] == address  # signed in, and not sent elsewhere
    return result


def _read(name: str, result: dict[str, Any]) -> Measured:
    audits = result["audits"]
    number = {key: audit.get("numericValue") for key, audit in audits.items()}
    calls = audits["network-requests"]["details"]["items"]
    script = [call["transferSize"] for call in calls if call.get("resourceType") == "Script"]
    return Measured(
        name,
        {key: round(result["categories"][key]["score"] * 100) for key in LIMITS},
        number["first-contentful-paint"],
        number["largest-contentful-paint"],
        number["total-blocking-time"],
        number["cumulative-layout-shift"],
        sum(script) / 1024,
        sum(call["transferSize"] for call in calls) / 1024,
    )


HEAD = """# How good the pages people use most are

Measured on {day:%d %B %Y} by `make quality` with Lighthouse {version}: its own phone (412 × 823),
slow 4G and a processor four times slower, both simulated, nothing in the cache, a pm'er of the demo
signed in; the middle one of {rounds} rounds. Asked: accessibility and best practices 100, performance
at least {performance}, at most {script:.0f} kB of script, compressed.

| page | performance | accessibility | best practices | first words | largest part | blocked \
| shift | script | all |
|---|---|---|---|---|---|---|---|---|---|
"""
ROW = (
    "| {0.name} | {0.scores[performance]} | {0.scores[accessibility]} | {0.scores[best-practices]}"
    " | {first:.1f} s | {largest:.1f} s | {0.blocked:.0f} ms | {0.shift:.3f}"
    " | {0.script:.0f} kB | {0.all:.0f} kB |\n"
)
TAIL = """
First words and largest part: when they stand on the screen. Blocked: how long taps waited while the
page was made. Shift: how much of the page jumped (0 is nothing). `make test` keeps a short form of
this: script, shift, pictures, axe and complaints of the browser.
"""


def written(pages: list[Measured]) -> str:
    """The page of the documentation."""
    version = json.loads((FOLDER / "lighthouse/package.json").read_text())["version"]
    performance = LIMITS["performance"]
    head = HEAD.format(
        day=date.today(), version=version, rounds=ROUNDS, script=SCRIPT, performance=performance
    )
    rows = (ROW.format(one, first=one.words / 1000, largest=one.largest / 1000) for one in pages)
    return head + "".join(rows) + TAIL
