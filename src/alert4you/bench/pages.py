"""Every page that people reach by links, one of each kind for each role: which take longest."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter

from django.test import Client
from django.urls import Resolver404, resolve

from alert4you.bench import country
from alert4you.bench.daily import _actor, _signed_in
from alert4you.kernel.wall.standing import opened
from alert4you.organisations.models import Membership, Person

LINK = re.compile(r'href="(/[^"#]*)')
NO_PAGE = re.compile(r"\.pdf$|\.csv\b|^/(?:logout|admin|static|media|demo)/|/example/")
FIRST, ROUNDS = 2, 5
LONGEST = 100.0  # ms


@dataclass(frozen=True)
class Opened:
    """A page as somebody of this role opened it; the longest it took, in milliseconds."""

    page: str
    role: str
    longest: float

    def __str__(self) -> str:
        return f"`{self.page}` of a {self.role.replace('_', ' ')} {self.longest:.0f}"


def opened_by_all() -> Iterator[Opened]:
    """Begins for each person at Today, and follows the first link to each kind of page."""
    for person in _one_of_each_role():
        client, role = _signed_in(person), _actor(person).role
        waiting, kinds = ["/"], {_kind("/")}
        while waiting:
            path = waiting.pop(0)
            answer = client.get(path)
            if answer.status_code != 200 or "html" not in answer.get("Content-Type", ""):
                continue
            yield Opened(_kind(path), role, _longest(client, path))
            for link in LINK.findall(answer.content.decode()):
                kind = "" if NO_PAGE.search(link) else _kind(link)
                if kind and kind not in kinds:
                    kinds.add(kind)
                    waiting.append(link.replace("&amp;", "&"))


def in_words(found: Sequence[Opened]) -> str:
    """Those that take longer than they may, or the three that take longest."""
    slowest = sorted(found, key=lambda each: -each.longest)
    over = [each for each in slowest if each.longest > LONGEST]
    told = ", ".join(map(str, over or slowest[:3]))
    return (
        f"{len(found)} pages, of every kind that each role reaches by links, five times each: "
        f"{len(over)} ever took over {LONGEST:.0f} ms (aim: none). {told} ms."
    )


def _one_of_each_role() -> list[Person]:
    people = country._people()
    with opened(reason=country.MEASURED):
        seen = {_actor(person).role for person in people}
        for role in Membership.objects.order_by("role").values_list("role", flat=True).distinct():
            if role not in seen:
                people.append(Membership.objects.filter(role=role).earliest("pk").person)
    return people


def _longest(client: Client, path: str) -> float:
    took = []
    for _round in range(FIRST + ROUNDS):
        start = perf_counter()
        client.get(path)
        took.append((perf_counter() - start) * 1000)
    return max(took[FIRST:])


def _kind(link: str) -> str:
    """Pages that differ only in whom or what they are about are one kind; empty: no page of ours."""
    try:
        return resolve(link.split("?")[0]).view_name
    except Resolver404:
        return ""
