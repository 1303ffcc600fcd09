"""Every link between the pages of the documentation leads somewhere."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
FENCED = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\((?!\w+:)([^)#\s]*)(?:#([^)\s]+))?\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def anchors(page: Path) -> set[str]:
    """What its headings are called in an address."""
    headings = HEADING.findall(FENCED.sub("", page.read_text()))
    plain = (re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", each) for each in headings)
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in plain}


def test_every_link_leads_to_a_page_and_a_heading() -> None:
    lost, followed = [], 0
    for page in PAGES:
        for path, anchor in LINK.findall(FENCED.sub("", page.read_text())):
            followed += 1
            there = page.parent / path if path else page
            if not there.exists() or (anchor and anchor not in anchors(there)):
                lost.append(f"{page.relative_to(ROOT)}: {path}#{anchor}")
    assert lost == []
    assert followed > 100
