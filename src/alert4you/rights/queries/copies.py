"""Everything of a child that somebody may take along, read at the moment of handing over.

It is read in the hat of who asked, by the same queries as the pages. When staff hand it to somebody who
asked outside the software, only what they may see themselves is in it as well.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from uuid import UUID

from django.db.models import Q, QuerySet

from alert4you.access.models import Answer as Answers
from alert4you.access.models import Entry
from alert4you.access.queries import consent, trail
from alert4you.access.queries import line as lines
from alert4you.access.queries.agreement import Agreement
from alert4you.access.queries.trail import Look
from alert4you.children.models import Guardian
from alert4you.organisations.models import Actor
from alert4you.organisations.queries import parent_actor
from alert4you.rights.models import Remark, Right, RightsRequest
from alert4you.rights.queries.beside import beside
from alert4you.rights.rules import contents
from alert4you.rights.rules.contents import VERSION, Contents
from alert4you.trajectories.models import Voice

LOOKS = 2000


def contents_of(actor: Actor, request: RightsRequest) -> Contents:
    """The copy of a request that ``may_hand_over`` allowed, as it is at ``actor.at``."""
    child, asker = request.child, request.asked_by
    given = request.right == Right.PORTABILITY
    reader = _reader(actor, request)
    mine = _signs_as(request)
    agreements = consent.agreements(reader, child)
    return Contents(
        VERSION,
        actor.at,
        asker.name if asker else child.full_name,
        request.organisation.name,
        given,
        contents.Child(str(child.pk), child.first_name, child.last_name, child.born),
        () if given else tuple(map(_kin, lines.guardians(reader, child))),
        () if given else tuple(map(_stay, lines.placements(reader, child))),
        () if given else tuple(map(_helper, lines.care_team(reader, child))),
        _given(actor, request) if given else _line(reader, _entries(actor, request)),
        tuple(_given_answers(agreements, mine) if given else map(_agreed, agreements)),
        () if given else tuple(map(_looked, trail.who_looked(reader, [child], LOOKS))),
    )


def _reader(actor: Actor, request: RightsRequest) -> Actor:
    """The hat of who asked; when the child itself asked, of who hands it over."""
    if request.asked_by is None or actor.is_parent:
        return actor
    return parent_actor(request.asked_by, actor.at)


def _entries(actor: Actor, request: RightsRequest) -> QuerySet[Entry]:
    """What the asker sees of the child's line; handed over by staff, only what they see as well."""
    seen = lines.line(_reader(actor, request), request.child)
    if not actor.is_parent:
        free = Q(hold_until=None) | Q(hold_until__lte=actor.at)
        ours = Entry.objects.visible_to(actor).filter(free, child=request.child, internal=False)
        seen = seen.filter(pk__in=ours.values("pk"))
    return seen.select_related("organisation", "as_plan", "as_decision")


def _line(reader: Actor, entries: QuerySet[Entry]) -> tuple[contents.Thing, ...]:
    found = list(entries)
    ids = [each.pk for each in found]
    voices, remarks = _voices(reader, ids), beside(reader, ids)
    return tuple(_thing(each, voices.get(each.pk, []), remarks.get(each.pk, [])) for each in found)


def _given(actor: Actor, request: RightsRequest) -> tuple[contents.Thing, ...]:
    """What the asker wrote here, with own words beside it; nothing of what others said about that."""
    found = list(_entries(actor, request).filter(author=request.asked_by_id, hat=None))
    ids = [each.pk for each in found]
    reader = _reader(actor, request)
    voices, remarks = _voices(reader, ids), beside(reader, ids)
    own = request.asked_by_id
    return tuple(
        _thing(
            each,
            [voice for voice in voices.get(each.pk, []) if voice.person_id == own],
            [remark for remark in remarks.get(each.pk, []) if remark.by_id == own],
        )
        for each in found
    )


def _voices(reader: Actor, entries: Collection[UUID]) -> dict[UUID, list[Voice]]:
    """What each party said of these plans, decisions and observations, oldest first."""
    about = Q(plan__in=entries) | Q(decision__in=entries) | Q(entry__in=entries)
    found: dict[UUID, list[Voice]] = {}
    said = Voice.objects.visible_to(reader).filter(about).select_related("person", "trajectory")
    for each in said.order_by("at", "pk"):
        of = each.plan_id or each.decision_id or each.entry_id
        if of is not None:
            found.setdefault(of, []).append(each)
    return found


def _thing(entry: Entry, voices: Sequence[Voice], remarks: Sequence[Remark]) -> contents.Thing:
    plan = getattr(entry, "as_plan", None)
    decision = getattr(entry, "as_decision", None)
    rows = plan.goals if plan else []
    return contents.Thing(
        str(entry.pk),
        entry.kind,
        entry.get_kind_display(),
        entry.category,
        entry.get_category_display(),
        entry.title,
        entry.text,
        entry.day,
        entry.at,
        entry.author.name,
        entry.author_task,
        entry.organisation.name if entry.organisation else "",
        str(plan.trajectory_id) if plan else "",
        plan.end_goal if plan else "",
        tuple(
            contents.Goal(row["goal"], row["who"], row["what"], row["by_parents"]) for row in rows
        ),
        decision.next_on if decision else plan.evaluation_on if plan else None,
        tuple(map(_said, voices)),
        tuple(map(_beside, remarks)),
    )


def _said(voice: Voice) -> contents.Said:
    name = voice.person.name if voice.person else ""
    return contents.Said(
        voice.of, voice.get_of_display(), name, voice.agrees, voice.words, voice.at
    )


def _beside(remark: Remark) -> contents.Beside:
    name = remark.by.name if remark.by else ""
    return contents.Beside(remark.right, name, remark.text, remark.at)


def _kin(guardian: Guardian) -> contents.Kin:
    return contents.Kin(
        str(guardian.pk),
        guardian.person.name,
        guardian.kind,
        guardian.get_kind_display(),
        guardian.has_authority,
        guardian.starts,
    )


def _stay(place: lines.Placement) -> contents.Stay:
    group = place.group
    return contents.Stay(
        str(place.pk),
        group.name,
        group.location.name,
        group.location.organisation.name,
        place.starts,
        place.ends,
    )


def _helper(member: lines.CareTeamMember) -> contents.Helper:
    hat = member.membership
    return contents.Helper(
        hat.person.name, hat.task, hat.organisation.name, member.why, member.starts
    )


def _looked(look: Look) -> contents.Looked:
    return contents.Looked(
        look.day,
        look.person,
        str(look.role),
        look.organisation,
        tuple(map(str, look.kinds)),
        str(look.why),
        look.in_emergency,
    )


def _agreed(agreement: Agreement) -> contents.Agreed:
    request = agreement.request
    return contents.Agreed(
        str(request.pk),
        request.organisation.name,
        request.purpose,
        request.get_purpose_display(),
        request.basis,
        request.why,
        request.content_from,
        request.starts,
        request.last_day,
        request.asked_at,
        request.closed_at,
        tuple(_shared(each, each.history) for each in agreement.lines),
    )


def _shared(line: consent.Line, history: Sequence[consent.Said]) -> contents.Shared:
    category = line.consent
    return contents.Shared(
        category.category,
        category.get_category_display(),
        bool(line.standing),
        tuple(
            contents.Answer(
                said.name or "",
                said.answer,
                str(Answers(said.answer).label),
                said.how,
                said.at,
                said.ended_at,
            )
            for said in history
        ),
    )


def _signs_as(request: RightsRequest) -> set[UUID | None]:
    """How the asker signs: as these guardians, or (None) as the child itself."""
    if request.asked_by_id is None:
        return {None}
    stood = Guardian.objects.filter(child=request.child_id, person=request.asked_by_id)
    return set(stood.values_list("pk", flat=True))


def _given_answers(
    agreements: Sequence[Agreement], mine: set[UUID | None]
) -> list[contents.Agreed]:
    """The agreements the asker answered, with only the own answers."""
    found = []
    for each in agreements:
        own = [(line, [s for s in line.history if s.guardian in mine]) for line in each.lines]
        shared = tuple(_shared(line, history) for line, history in own if history)
        if shared:
            found.append(replace(_agreed(each), shared=shared))
    return found
