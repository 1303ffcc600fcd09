"""What a parent reads with one proof: what the group wrote about the day, and nothing else."""

from alert4you.access.models import Category, Entry, Kind
from alert4you.access.queries import line
from alert4you.children.models import Child
from alert4you.organisations.models import Actor

NEWEST = 30


def days(actor: Actor) -> list[tuple[Child, list[Entry]]]:
    """By child the newest notes about the day; two queries for any number."""
    told = line.entries(actor).filter(kind=Kind.NOTE, category=Category.DAY, at__lte=actor.at)
    newest = list(told.order_by("-at", "pk")[:NEWEST])
    return [
        (child, [note for note in newest if note.child_id == child.pk])
        for child in line.children(actor)
    ]
