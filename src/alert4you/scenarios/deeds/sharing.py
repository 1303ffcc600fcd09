"""Asking what may be shared, answering it, taking it back."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from alert4you.access.commands.consent import (
    answer_consent,
    ask_consent,
    close_request,
    confirm_exception,
    exempt_request,
    extend_consent,
    record_answer,
    share_by_law,
    withdraw_consent,
)
from alert4you.access.models import Answer, ConsentRequest, Ground, How, Purpose
from alert4you.access.queries.confirming import to_confirm
from alert4you.access.rules.consent import Terms
from alert4you.children.models import Child, Guardian
from alert4you.organisations.models import Actor, Organisation, Person
from alert4you.scenarios import finding, kinds
from alert4you.scenarios.sentences import deed
from alert4you.scenarios.world import World

FOR = {"for": kinds.PURPOSE}
WHICH = {"categories": kinds.several_of(kinds.CATEGORY), **FOR}


@deed(
    "{who} asks the parents of {child} to share with {organisation}",
    must={"why": kinds.TEXT, "categories": kinds.several_of(kinds.CATEGORY)},
    may={**FOR, "until": kinds.DAY, "from": kinds.DAY},
)
def asks(
    world: World, who: Actor, child: Child, organisation: Organisation, why: str, **more: Any
) -> None:
    """`until` is the first day after it; `from` is how far back may be read (else: from today)."""
    terms = Terms(more["categories"], why, more.get("until"), more.get("from_"))
    ask_consent(who, child, organisation, more.get("for_", Purpose.SUPPORT), terms)


@deed("{who} agrees to share {child} with {organisation}", may=WHICH)
def agrees(world: World, who: Actor, child: Child, organisation: Organisation, **more: Any) -> None:
    """To all that was asked, or to these categories."""
    _answer(_asked(world, who, child, organisation, **more), who, Answer.GIVEN, **more)


@deed("{who} refuses to share {child} with {organisation}", may=WHICH)
def refuses(
    world: World, who: Actor, child: Child, organisation: Organisation, **more: Any
) -> None:
    """All that was asked, or these categories."""
    _answer(_asked(world, who, child, organisation, **more), who, Answer.REFUSED, **more)


@deed(
    "{who} says not now to sharing {child} with {organisation}",
    may={"look again": kinds.DAY, **WHICH},
)
def not_now(
    world: World, who: Actor, child: Child, organisation: Organisation, **more: Any
) -> None:
    """Nobody asks again before `look again`."""
    _answer(_asked(world, who, child, organisation, **more), who, Answer.LATER, **more)


@deed("{who} takes back sharing {child} with {organisation}", may=FOR)
def withdraws(
    world: World, who: Actor, child: Child, organisation: Organisation, **more: Any
) -> None:
    withdraw_consent(who, _asked(world, who, child, organisation, **more))


@deed(
    "{who} writes down what {person} answers about sharing {child} with {organisation}",
    must={"answer": kinds.ANSWER, "how": kinds.HOW, "witness": kinds.TEXT},
    may=WHICH,
)
def writes_down(
    world: World,
    who: Actor,
    person: Person,
    child: Child,
    organisation: Organisation,
    **more: Any,
) -> None:
    """An answer given on paper or in a talk."""
    request = _asked(world, who, child, organisation, **more)
    guardian = Guardian.objects.on(who.today).get(child=child, person=person)
    answers = _answers(request, more["answer"], more.get("categories", ()))
    record_answer(who, request, guardian, answers, more["how"], more["witness"])


@deed("{who} ends sharing {child} with {organisation}", may=FOR)
def closes(world: World, who: Actor, child: Child, organisation: Organisation, **more: Any) -> None:
    """It is no longer needed; the answers are kept."""
    close_request(who, _asked(world, who, child, organisation, **more))


def _asked(
    world: World, who: Actor, child: Child, organisation: Organisation, **more: Any
) -> ConsentRequest:
    return finding.request_of(world, who, child, organisation, more.get("for_", ""))


def _answer(
    request: ConsentRequest,
    who: Actor,
    answer: str,
    categories: Sequence[str] = (),
    look_again: date | None = None,
    **more: Any,
) -> None:
    answer_consent(who, request, _answers(request, answer, categories), look_again)


def _answers(request: ConsentRequest, answer: str, categories: Sequence[str]) -> dict[str, str]:
    """The same answer for these categories, or for all that was asked."""
    asked = request.consents.values_list("category", flat=True)
    return dict.fromkeys(categories or asked, answer)


@deed(
    "{who} writes down what {child} answers itself about {organisation}",
    must={"answer": kinds.ANSWER, "witness": kinds.TEXT},
    may=WHICH,
)
def child_answers(
    world: World, who: Actor, child: Child, organisation: Organisation, **more: Any
) -> None:
    """In a talk, two people present; from 12 on, and in the 30 days before that birthday or the 16th."""
    request = _asked(world, who, child, organisation, **more)
    answers = _answers(request, more["answer"], more.get("categories", ()))
    record_answer(who, request, None, answers, How.IN_TALK, more["witness"])


@deed(
    "{who} asks anew whether {organisation} may go on reading about {child}",
    must={"until": kinds.DAY},
    may=FOR,
)
def asks_anew(
    world: World, who: Actor, organisation: Organisation, child: Child, until: date, **more: Any
) -> None:
    """In the last 30 days; `until` is the first day after it."""
    extend_consent(who, _asked(world, who, child, organisation, **more), until)


@deed(
    "{who} shares {child} with {organisation} under the supervision order",
    must={
        "why": kinds.TEXT,
        "categories": kinds.several_of(kinds.CATEGORY),
        "needed by": kinds.HAT,
    },
    may={"until": kinds.DAY, "from": kinds.DAY},
)
def shares_by_law(
    world: World, who: Actor, child: Child, organisation: Organisation, why: str, **more: Any
) -> None:
    """The family supervisor asks for it, and has to confirm that; no consent, and the parents see it."""
    terms = Terms(more["categories"], why, more.get("until"), more.get("from_"))
    share_by_law(who, child, organisation, Ground.ASKED, terms, more["needed_by"])


@deed(
    "{who} writes down that others sign about sharing {child} with {organisation}",
    must={"because": kinds.EXEMPTION, "why": kinds.TEXT, "decided by": kinds.HAT},
    may=FOR,
)
def exempts(
    world: World, who: Actor, child: Child, organisation: Organisation, why: str, **more: Any
) -> None:
    """What a youth-care professional decided, who has to confirm it."""
    request = _asked(world, who, child, organisation, **more)
    exempt_request(who, request, more["because"], why, more["decided_by"])


@deed("{who} confirms what was written down in the own name about sharing with {organisation}")
def confirms(world: World, who: Actor, organisation: Organisation) -> None:
    """A professional stands behind an exemption, or needs what the law lets her read."""
    for each in to_confirm(who, organisation=organisation):
        confirm_exception(who, each, True)


@deed("{who} does not stand behind what was written down about sharing with {organisation}")
def disowns(world: World, who: Actor, organisation: Organisation) -> None:
    for each in to_confirm(who, organisation=organisation):
        confirm_exception(who, each, False)
