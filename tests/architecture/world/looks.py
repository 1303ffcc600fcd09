"""Who looked at the file of Mila, and what is kept secret in it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from alert4you.access.commands.marks import protect
from alert4you.access.commands.review import ask_about_look
from alert4you.access.models import ContactCard, Mark, Opening
from alert4you.access.views.openings import ticket_of
from alert4you.children.models import Guardian
from alert4you.kernel.audit import append
from alert4you.kernel.models import AuditRecord
from tests.cast import NOW, Cast


def make_looking(cast: Cast, words: Iterator[str]) -> dict[str, Any]:
    """Lotte opened the file of Mila, which the parents hear tomorrow; what was found, asked and marked."""
    mila, lotte = cast.mila, cast.lotte
    opening = Opening.objects.create(
        child=mila,
        membership=lotte,
        opened_for="emergency",
        reason=next(words),
        at=NOW - timedelta(hours=2),
        ends=NOW - timedelta(hours=1),
        parents_told_at=NOW + timedelta(days=1),
    )
    read = AuditRecord.of(cast.actor("fatima"), "R", "web:line", mila.pk, {"day": ["1"]})
    append([read])
    asked = ask_about_look(cast.actor("anna"), mila, cast.fatima.person, read, next(words))
    guardian = make_cards(cast, words)
    address = protect(cast.actor("carla"), mila, Mark.SECRET_ADDRESS, next(words), guardian)
    return {
        "opening_id": opening.pk,
        "ticket": ticket_of(cast.actor("fatima"), mila.pk),
        "record": AuditRecord.objects.get(name="web:line", subject_id=mila.pk).pk,
        "asked_id": asked.pk,
        "mark_id": address.pk,
    }


def make_cards(cast: Cast, words: Iterator[str]) -> Guardian:
    """Where the parents can be reached; of Bram, who is answered, it is going to be secret."""
    for guardian in Guardian.objects.filter(child=cast.mila).order_by("person__name"):
        told = {"phone": next(words), "address": next(words)}
        told |= {"written_by": guardian.person, "at": NOW}
        cards = ContactCard.objects.unrestricted(reason="test")
        cards.get_or_create(guardian=guardian, defaults=told)
    return Guardian.objects.get(child=cast.mila, person=cast.bram)
