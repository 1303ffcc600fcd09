"""What a hat can do from the line; a button is there only where the rule of its command says yes."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Category
from alert4you.access.queries.agreement import Agreement
from alert4you.access.queries.line import Known
from alert4you.access.rules.relations import at_work, at_work_here, decides, may_join_with
from alert4you.coaching.rules.questions import WHO_ASK, WHO_COACH
from alert4you.organisations.models import Actor, Role
from alert4you.organisations.rules import RUNS_THE_PLACE
from alert4you.ui.addresses import address

STARTS_TRAJECTORIES = {Role.CARE_COORDINATOR, Role.PEDAGOGUE, Role.MANAGER}


@dataclass(frozen=True)
class Action:
    label: str | Promise
    icon: str
    url: str


def actions(actor: Actor, known: Known, agreements: Iterable[Agreement]) -> list[Action]:
    """The first is what this hat does most; ``agreements``: those this hat knows of."""
    if actor.is_parent:
        return _of_parents(actor, known)
    ties = known.ties
    knows_talks = ties.on_team or ties.on_group or _agreed(actor, agreements, Category.TALK)
    return _of_staff(actor, known, knows_talks)


def _agreed(actor: Actor, agreements: Iterable[Agreement], category: str) -> bool:
    """Whether the own organisation may know this category now."""
    return any(
        line.consent.category == category
        for each in agreements
        if each.request.organisation_id == actor.organisation_id
        for line in each.running
    )


def _of_parents(actor: Actor, known: Known) -> list[Action]:
    if not decides(actor, known.ties):
        return []
    return [
        _to("notes:words", _("Write something yourself"), "pencil", known),
        _to("notes:notebook", _("The notebook"), "book", known),
        _to("notes:helps", _("What helps"), "heart", known),
        _to("wellbeing:child", _("How it is going"), "sun", known),
        _to("notes:around", _("Who else helps"), "people", known),
        Action(_("What is shared"), "share", address("access:sharing")),
        _to("trajectories:indications", _("Indications"), "flag", known),
        Action(_("Who looked"), "eye", f"{address('access:looked')}?child={known.child.pk}"),
        Action(_("My rights"), "flag", f"{address('rights:rights')}?child={known.child.pk}"),
    ]


def _of_staff(actor: Actor, known: Known, knows_talks: bool) -> list[Action]:
    works = bool(at_work(actor, known.ties))
    works_here = bool(at_work_here(actor, known.ties))
    about = {"child": str(known.child.pk), "about": "child"}
    coaches = works and actor.role in WHO_COACH
    starts = works_here and actor.role in STARTS_TRAJECTORIES
    offered = [
        (coaches and not works_here, _to("coaching:log", _("Log a contact"), "eye", known)),
        (works, _to("notes:write", _("Write a note"), "pencil", known)),
        (works, _to("wellbeing:child", _("How it is going"), "sun", known)),
        (works, _to("notes:helps", _("What helps"), "heart", known)),
        (works, _to("notes:notebook", _("The notebook"), "book", known)),
        (
            works_here and actor.role in WHO_ASK,
            _with(_("Ask the coach"), "question", "coaching:ask", about),
        ),
        (coaches and works_here, _to("coaching:log", _("Log a contact"), "eye", known)),
        (works_here, _to("notes:around", _("Who else helps"), "people", known)),
        (works_here, _to("notes:words", _("Words of the parents"), "heart", known)),
        (works and knows_talks, _to("coaching:prepare_talk", _("Prepare a talk"), "talk", known)),
        (starts, _with(_("Start a trajectory"), "route", "trajectories:start", about)),
        (
            works_here and actor.role in RUNS_THE_PLACE,
            _to("planning:room", _("Room near home"), "search", known),
        ),
        (works_here, _to("groups:landing", _("Agree where it lands"), "home", known)),
        (starts, _to("referrals:start", _("Other help is needed"), "arrow", known)),
        (starts, _to("referrals:register_need", _("Is it enough?"), "flag", known)),
        (works_here, _to("referrals:guidance", _("Helped the parents"), "parents", known)),
        (
            works_here and actor.role in WHO_ASK,
            _with(_("Plan a meeting"), "people", "meetings:plan", {"sort": "case", **about}),
        ),
        (works_here, _to("access:ask", _("Ask the parents for consent"), "share", known)),
        (works_here, _to("trajectories:indications", _("Indications"), "flag", known)),
        (may_join_with(actor, known.ties), _to("access:team", _("Care team"), "people", known)),
        (works_here, _to("rights:record", _("Parents ask about data"), "flag", known)),
    ]
    return [action for allowed, action in offered if allowed]


def _to(page: str, label: str | Promise, icon: str, known: Known) -> Action:
    return Action(label, icon, address(page, known.child.pk))


def _with(label: str | Promise, icon: str, page: str, about: dict[str, str]) -> Action:
    return Action(label, icon, f"{address(page)}?{urlencode(about)}")
