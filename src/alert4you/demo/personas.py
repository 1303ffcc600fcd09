"""Whom a visitor of the demo can be. People come from the stories; here stands who is shown first."""

from dataclasses import dataclass, replace
from functools import cache

from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from alert4you.organisations.models import Person
from alert4you.practices.rules.language import Words
from alert4you.scenarios.building import address_of
from alert4you.scenarios.library import library
from alert4you.scenarios.stage import Stage


@dataclass(frozen=True)
class Persona:
    """Somebody of the stories as a visitor can choose her; ``name`` is what the stories call her.

    ``profession`` is empty for a parent; ``of`` is the organisation, or the children.
    """

    name: str
    full_name: str
    profession: str
    of: str
    waits: str | Promise = ""

    @property
    def key(self) -> str:
        return slugify(self.name)

    @property
    def task(self) -> str:
        """What she does, and where."""
        if self.profession:
            return f"{self.profession}, {self.of}"
        return _("parent or guardian of %(child)s") % {"child": self.of}


@dataclass(frozen=True)
class Tale:
    """A story as a card: what it tells, and from whose sides it can be followed.

    ``child``: the full name of the child it is about; empty when it is about more than one.
    """

    slug: str
    title: Words
    summary: Words
    child: str
    sides: tuple[tuple[Persona, Words], ...]


FIRST = (
    (
        _("On the group"),
        (
            ("Fatima", _("A talk with parents to hold, and a question that waits for an answer.")),
            ("Lotte", _("A full group, and twenty seconds for a note.")),
        ),
    ),
    (
        _("Help, and keeping hold"),
        (
            ("Sanne", _("Questions with a clock, visits of this week, advice for the group.")),
            ("Carla", _("All trajectories, whose turn it is, a decision that is due.")),
            ("Marit", _("Two locations in numbers, without names.")),
        ),
    ),
    (
        _("At home"),
        (
            ("Anna", _("A plan to agree with, and who looked at your child's file.")),
            ("Bram", _("One answer is still missing: yours.")),
        ),
    ),
    (
        _("Around the family"),
        (
            (
                "Olga",
                _("Who looked, and why: a list of the week, and what parents asked about it."),
            ),
            ("Pieter", _("What parents share with school, and nothing more.")),
            ("Gemma", _("What the municipality sees: practices and numbers, no children.")),
        ),
    ),
)


def shown_first() -> list[tuple[str | Promise, list[Persona]]]:
    """The personas of the welcome page, in their groups."""
    known = everybody()
    return [
        (where, [_with(known[slugify(name)], waits) for name, waits in people])
        for where, people in FIRST
    ]


def quick() -> list[Persona]:
    """The same without groups, for the switch on every page."""
    return [persona for __, people in shown_first() for persona in people]


def everybody() -> dict[str, Persona]:
    """Everybody in the stories who can sign in, by key."""
    return dict(_everybody())


def tales() -> tuple[Tale, ...]:
    """The stories that can be followed from more than one side."""
    return _tales()


def person_of(persona: Persona) -> Person:
    """The row that the stories made; Person.DoesNotExist when a story let it go, or this is no demo."""
    return Person.objects.get(email=address_of(persona.name), is_active=True)


@cache
def _everybody() -> tuple[tuple[str, Persona], ...]:
    stage = sum((story.stage for story in library()), Stage())
    names = {each.name: each.full_name or each.name for each in stage.organisations}
    staff = [
        Persona(each.name, each.full_name, each.profession, names[each.organisation])
        for each in stage.people
    ]
    parents = {
        guardian.name: Persona(guardian.name, guardian.full_name, "", child.name)
        for child in stage.children
        for guardian in child.guardians
        if guardian.authority
    }
    return tuple((persona.key, persona) for persona in (*staff, *parents.values()))


@cache
def _tales() -> tuple[Tale, ...]:
    known = everybody()
    return tuple(
        Tale(
            story.slug,
            story.title,
            story.summary,
            story.stage.children[0].full_name if len(story.stage.children) == 1 else "",
            tuple((known[slugify(side.who)], side.words) for side in story.sides),
        )
        for story in sorted(library(), key=lambda each: (-len(each.sides), each.rows))
        if story.sides
    )


def _with(persona: Persona, waits: str | Promise) -> Persona:
    return replace(persona, waits=waits)
