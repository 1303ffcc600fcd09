"""What a device may keep until the end of the day: who writes, what can be tapped, what helps."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Min, Q
from django.utils.text import capfirst

from alert4you.access.queries.line import children
from alert4you.children.models import Child, DayPart
from alert4you.notes.models import Activity, Card, Moment, Permission
from alert4you.notes.queries import may_of, noting_words
from alert4you.notes.rules.helps import ICONS
from alert4you.notes.rules.tagging import tags
from alert4you.offline.models import OfflineChoice
from alert4you.offline.rules.protocol import VERSION
from alert4you.offline.rules.stamps import end_of_day, stamp_of
from alert4you.organisations.models import Actor, Group, running
from alert4you.organisations.queries import groups_today, membership_of
from alert4you.tablets.models import Device


def keeps_children(organisation_id: UUID) -> bool:
    """Whether an organisation lets its devices keep what helps today's children."""
    chosen = OfflineChoice.objects.filter(organisation=organisation_id)
    return chosen.values_list("children", flat=True).first() is not False


def pack_of(actor: Actor, device: Device | None) -> dict[str, Any]:
    """For a hat that works somewhere; every row in it is read as on a page, and noted as read."""
    on, groups = keeps_children(actor.organisation_id), list(groups_today(actor))
    words = noting_words(actor)
    pack: dict[str, Any] = {
        "version": VERSION,
        "on": on,
        "hat": str(actor.membership_id),
        "name": membership_of(actor).person.name,
        "stamp": stamp_of(actor, device.id) if device else "",
        "now": actor.at.isoformat(),
        "until": end_of_day(actor.at).isoformat(),
        "group_tags": _to_tap(tags(words, "group")),
        "groups": [{"id": str(each.pk), "name": each.name} for each in groups],
    }
    if on:
        here = _here(actor, groups)
        for told, group in zip(pack["groups"], groups, strict=True):
            told["children"] = [str(each.pk) for each in here if group.pk in each.on_groups]
        pack |= {"tags": _to_tap(tags(words, "child")), "children": _children(actor, groups, here)}
    return pack


def _to_tap(words: Iterable[str]) -> list[list[str]]:
    return [[word, capfirst(word)] for word in words]


def _here(actor: Actor, groups: list[Group]) -> list[Any]:
    """The children of these groups today, by name, each once: with ``on_groups`` and ``part``."""
    coming = running(actor.today, "placements__") & Q(
        placements__group__in=groups, placements__days__weekday=actor.today.weekday()
    )
    rows: Any = children(actor).filter(coming)
    rows = rows.annotate(
        on_group=F("placements__group"),
        parts=Count("placements__days__part", distinct=True),
        only_part=Min("placements__days__part"),
    )
    found: dict[UUID, Any] = {}
    for row in rows:
        row.on_groups, row.part = set(), str(DayPart(row.only_part).label) if row.parts == 1 else ""
        found.setdefault(row.pk, row).on_groups.add(row.on_group)
    return list(found.values())


def _children(actor: Actor, groups: list[Group], here: list[Any]) -> list[dict[str, Any]]:
    about = [each.pk for each in here]
    known = Card.objects.visible_to(actor).filter(child__in=about, must_know=True)
    cards: dict[UUID, list[Any]] = {}
    for card in known.order_by("moment", "-at", "pk"):
        cards.setdefault(UUID(str(card.child_id)), []).append(_card(card))
    seen = Permission.objects.visible_to(actor).filter(child__in=about, must_know=True)
    agreed = {(each.child_id, each.activity_id): each for each in seen}
    places = {each.location_id for each in groups}
    done = Activity.objects.filter(
        Q(group__in=groups) | Q(group=None, location__in=places), ends=None
    )
    activities = list(done.order_by("name", "pk"))
    return [
        {
            "id": str(child.pk),
            "name": str(child),
            "full_name": child.full_name,
            "part": child.part,
            "cards": cards.get(child.pk, []),
            "mays": _mays(actor, child, activities, agreed),
        }
        for child in here
    ]


def _card(card: Card) -> dict[str, str]:
    moment = Moment(card.moment)
    told = {"moment": capfirst(str(moment.label)), "icon": ICONS[moment]}
    return {**told, "title": card.title, "text": card.text}


def _mays(
    actor: Actor, child: Child, activities: list[Activity], agreed: Mapping[Any, Permission]
) -> list[dict[str, str]]:
    found = [
        may_of(child, each, agreed.get((child.pk, each.pk)), actor.today) for each in activities
    ]
    return [
        {
            "name": capfirst(each.activity.name),
            "verdict": str(each.verdict),
            "label": capfirst(str(each.verdict.label)),
            "words": each.words,
        }
        for each in found
    ]
