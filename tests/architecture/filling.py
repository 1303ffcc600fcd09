"""Fills in a form as somebody in a hurry would: the first of every choice, and a sentence everywhere else."""

from html.parser import HTMLParser
from typing import Any

WORDS = {
    "date": "2026-11-23",
    "datetime-local": "2026-11-23T10:00",
    "time": "10:00",
    "number": "1",
    "email": "nieuw@example.org",
    "week": "2026-W48",
    "month": "2026-12",
}
A_SENTENCE = "Een zin die lang genoeg is"
Body = dict[str, Any]


class Forms(HTMLParser):
    """The forms of a page that post, each as what would be sent."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, Body]] = []
        self.body: Body | None = None
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = {name: value or "" for name, value in attrs}
        if tag == "form" and about.get("method", "").lower() == "post":
            self.body = {}
            self.found.append((about.get("action", ""), self.body))
        if self.body is None:
            return
        name = about.get("name", "")
        if tag == "select":
            self.select = name
        elif tag == "option" and self.select and about.get("value"):
            self.body.setdefault(self.select, about["value"])
        elif tag == "textarea" and name:
            self.body.setdefault(name, A_SENTENCE)
        elif tag in ("input", "button") and name:
            self.body.setdefault(name, self.answer(about))

    def answer(self, about: dict[str, str]) -> str:
        given = about.get("value", "")
        return given or WORDS.get(about.get("type", "text"), A_SENTENCE)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.body = None
        elif tag == "select":
            self.select = ""


def plausible(page: str, url: str) -> list[Body]:
    """The bodies that the forms of a page would send to the page itself."""
    forms = Forms()
    forms.feed(page)
    here = url.partition("?")[0]
    bodies = [body for action, body in forms.found if action.partition("?")[0] in ("", here)]
    return [{k: v for k, v in body.items() if k != "csrfmiddlewaretoken"} for body in bodies]
