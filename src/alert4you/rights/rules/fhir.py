"""A copy for care systems: a FHIR R4B bundle, one-way and without profiles.

Childcare has no building blocks of its own in FHIR. What has a natural place goes along: the child, its
guardians (never how to reach them), the care team, plans with goals, agreements about sharing. The words of
the line are in the JSON and the document for people.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from alert4you.rights.rules.contents import Agreed, Answer, Contents, Goal, Kin, Shared, Thing

RELATION = "http://terminology.hl7.org/CodeSystem/v3-RoleCode"
RELATIONS = {"parent": "PRN", "foster_parent": "PRNFOST", "guardian": "GUARD"}
SCOPE = "http://terminology.hl7.org/CodeSystem/consentscope"
CATEGORY = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
Resource = dict[str, Any]


def as_fhir(found: Contents) -> str:
    """The bundle as JSON; raises pydantic's ``ValidationError`` when it is no valid R4B."""
    from fhir.resources.R4B.bundle import Bundle  # slow to load, and seldom needed

    entries = [
        {"fullUrl": f"urn:uuid:{each['id']}", "resource": each} for each in _resources(found)
    ]
    bundle = Bundle.model_validate(
        {"resourceType": "Bundle", "type": "collection", "timestamp": _at(found.made_at)}
        | {"entry": entries}
    )
    return bundle.model_dump_json(indent=2)


def _resources(found: Contents) -> Iterator[Resource]:
    yield _patient(found)
    yield from (_related(found, each) for each in found.guardians)
    if found.team:
        yield _team(found)
    yield from _plans(found)
    for agreed in found.agreements:
        yield from (_consent(found, agreed, each) for each in agreed.shared)


def _plans(found: Contents) -> Iterator[Resource]:
    """Every version with its goals; only the newest of a trajectory counts."""
    newest: set[str] = set()
    for plan in found.line:
        if plan.plan_of:
            counts = plan.plan_of not in newest
            newest.add(plan.plan_of)
            goals = [_goal(found, plan, goal) for goal in plan.goals]
            yield from goals
            yield _plan(found, plan, goals, counts)


def _patient(found: Contents) -> Resource:
    child = found.child
    return {
        "resourceType": "Patient",
        "id": child.id,
        "name": [{"family": child.last_name, "given": [child.first_name]}],
        "birthDate": child.born.isoformat(),
    }


def _related(found: Contents, kin: Kin) -> Resource:
    code = RELATIONS.get(kin.relation)
    coding = {"coding": [{"system": RELATION, "code": code}]} if code else {}
    return {
        "resourceType": "RelatedPerson",
        "id": kin.id,
        "active": True,
        "patient": _child(found),
        "relationship": [{**coding, "text": kin.relation_name}],
        "name": [{"text": kin.name}],
    }


def _team(found: Contents) -> Resource:
    return {
        "resourceType": "CareTeam",
        "id": _id(found.child.id, "team"),
        "status": "active",
        "subject": _child(found),
        "participant": [
            {
                "role": [{"text": each.task}],
                "member": {"display": f"{each.name}, {each.organisation}"},
                "period": {"start": each.since.isoformat()},
            }
            for each in found.team
        ],
    }


def _goal(found: Contents, plan: Thing, goal: Goal) -> Resource:
    notes = [{"text": f"{goal.who}: {goal.what}".strip(": ")}] if goal.who or goal.what else []
    return {
        "resourceType": "Goal",
        "id": _id(plan.id, goal.goal),
        "lifecycleStatus": "active",
        "description": {"text": goal.goal},
        "subject": _child(found),
        "startDate": plan.day.isoformat(),
        **({"note": notes} if notes else {}),
    }


def _plan(found: Contents, plan: Thing, goals: list[Resource], counts: bool) -> Resource:
    period = {"start": plan.day.isoformat()}
    if plan.again_on:
        period["end"] = plan.again_on.isoformat()
    return {
        "resourceType": "CarePlan",
        "id": plan.id,
        "status": "active" if counts else "revoked",
        "intent": "plan",
        "title": plan.title or plan.kind_name,
        "subject": _child(found),
        "period": period,
        "created": _at(plan.at),
        "author": {"display": plan.author},
        **({"description": plan.end_goal} if plan.end_goal else {}),
        **({"goal": [{"reference": f"urn:uuid:{each['id']}"} for each in goals]} if goals else {}),
    }


def _consent(found: Contents, agreed: Agreed, shared: Shared) -> Resource:
    """One per category; the answers of the persons who decide stand in ``verification``."""
    return {
        "resourceType": "Consent",
        "id": _id(agreed.id, shared.category),
        "status": "active" if shared.runs else "inactive",
        "scope": {"coding": [{"system": SCOPE, "code": "patient-privacy"}]},
        "category": [{"coding": [{"system": CATEGORY, "code": "INFA"}]}],
        "patient": _child(found),
        "dateTime": _at(agreed.asked_at),
        "policyRule": {"text": "AVG (GDPR)"},
        "organization": [{"display": agreed.organisation}],
        "provision": {
            "type": "permit" if shared.runs else "deny",
            "period": {
                "start": agreed.starts.isoformat(),
                "end": agreed.last_day.isoformat(),
            },
            "purpose": [{"display": agreed.purpose_name}],
            "code": [{"text": shared.category_name}],
        },
        **({"verification": [_answer(each) for each in shared.answers]} if shared.answers else {}),
    }


def _answer(answer: Answer) -> Resource:
    return {
        "verified": answer.answer == "given",
        "verificationDate": _at(answer.at),
        **({"verifiedWith": {"display": answer.name}} if answer.name else {}),
    }


def _child(found: Contents) -> dict[str, str]:
    return {"reference": f"urn:uuid:{found.child.id}"}


def _id(of: str, part: str) -> str:
    """The same for the same part of the same record, in every copy."""
    return str(uuid5(UUID(of), part))


def _at(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
