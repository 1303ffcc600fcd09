"""Who is on another group of the location for some days: by whom it was decided, why, until when."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery

from alert4you.access.queries.line import children
from alert4you.groups.models import Guest, Helping
from alert4you.kernel.decision import NotVisible
from alert4you.organisations.models import Actor, Group, running

COUNTED = "read together with the child that has a place there"
RUNS = "who runs the group decided it"


@dataclass(frozen=True)
class Gone:
    """``who`` is away from ``row.group``; ``by`` decided it."""

    row: Guest | Helping
    who: str
    why: str
    by: str
    agreed: str = ""


def where_instead(day: date, child: str, group: str) -> Subquery:
    """The name of the group where ``child`` is that day instead of on ``group``, both outer fields."""
    moves = Guest.objects.alongside(reason=COUNTED).filter(
        running(day), child=OuterRef(child), group=OuterRef(group)
    )
    return Subquery(moves.values("to__name")[:1])


def gone(actor: Actor, group: Group) -> list[Gone]:
    """From this group or to it, now and later, for whoever runs it; of children this hat may know."""
    about = Q(group=group) | Q(to=group)
    about &= Q(ends__gt=actor.today)
    moves = Guest.objects.unrestricted(reason=RUNS).filter(about).order_by("starts", "pk")
    known = children(actor).values("pk")
    helping = Helping.objects.filter(about).order_by("starts", "pk")
    return [
        *(
            Gone(each, str(each.child), each.text, each.author.name, each.agreed)
            for each in moves.filter(child__in=known).select_related(
                "child", "group", "to", "author"
            )
        ),
        *(
            Gone(each, each.membership.person.name, each.why, each.decided_by.person.name)
            for each in helping.select_related(
                "membership__person", "decided_by__person", "group", "to"
            )
        ),
    ]


def gone_from(actor: Actor, group: Group, move_id: UUID) -> Gone:
    """NotVisible otherwise."""
    found = next(
        (e for e in gone(actor, group) if e.row.pk == move_id and e.row.group == group), None
    )
    if found is None:
        raise NotVisible
    return found
