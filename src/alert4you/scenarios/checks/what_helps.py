"""What everybody on the group must know, what a child may do, and what runs through the parents."""

from collections.abc import Sequence
from datetime import date

from alert4you.access.models import Entry, Kind
from alert4you.children.models import Child
from alert4you.notes import queries
from alert4you.notes.models import Card, Carried, Complaint
from alert4you.notes.rules.parents import may_ask_through_parents
from alert4you.organisations.models import Actor, Group, Location, Organisation
from alert4you.scenarios import kinds
from alert4you.scenarios.deeds.what_helps import VERDICT
from alert4you.scenarios.sentences import check
from alert4you.scenarios.world import PROOF, NotSo, World, says

WORDS = {"words": kinds.TEXTS}
STANDS = kinds.one_of(
    "how a request stands", [(word, word) for word in ("asked", "carried", "declined", "answered")]
)
INCIDENT = kinds.one_of(
    "what is still to do after an incident",
    [(word, word) for word in ("agree", "tell the parents", "tell others", "nothing")],
)


@check("{who} reads what helps {child}", must=WORDS)
def reads_cards(world: World, who: Actor, child: Child, words: Sequence[str]) -> None:
    """Exactly these cards, by moment; `none` for none. Within two taps from Today."""
    found = list(queries.cards(who, child))
    wanted = [word for word in words if word != "none"]
    wrong = len(found) != len(wanted) or not all(
        any(says(card, word) for card in found) for word in wanted
    )
    if wrong:
        raise NotSo("; ".join(f"“{card.text}”" for card in found) or "none")


@check('{who} does not read the card "{quote}" of {child}')
def does_not_read(world: World, who: Actor, quote: str, child: Child) -> None:
    """The card is there, and holds."""
    holds = Card.objects.unrestricted(reason=PROOF).filter(child=child, must_know=True)
    if not any(says(card, quote) for card in holds):
        raise NotSo("there is no such card, so this proves nothing")
    if any(says(card, quote) for card in Card.objects.visible_to(who).filter(child=child)):
        raise NotSo("it is shown")


@check(
    "{who} asks whether {child} may do {activity}",
    must={"verdict": VERDICT},
    may={"words": kinds.TEXT, "because": kinds.TEXT},
)
def may_do(
    world: World, who: Actor, child: Child, activity: str, verdict: str, **told: str
) -> None:
    """An agreement about the child beats the age rule of the place."""
    found = [
        each
        for each in queries.what_child_may(who, child)
        if each.activity.name.lower() == activity.lower()
    ]
    if not found:
        raise NotSo("nothing is known about this activity")
    words, why = found[0].words, found[0].why
    told_so = told.get("words", "") in words and told.get("because", "") in why
    if found[0].verdict != verdict or not told_so:
        raise NotSo(f"{found[0].verdict}: {words} ({why})")


@check("after the incident with {child} {who} still has to", must={"do": INCIDENT})
def still_to_do(world: World, child: Child, who: Actor, do: str) -> None:
    """The one question on the page of the last incident."""
    last = queries.incidents(who, child).first()
    if last is None:
        raise NotSo("no incident was written down")
    if last.agreement_id is None:
        found = "agree"
    elif not last.parents_told:
        found = "tell the parents"
    else:
        found = "nothing" if last.closed_at else "tell others"
    if found != do:
        raise NotSo(found)


@check("the other parents of {group} heard", must=WORDS)
def others_heard(world: World, group: Group, words: Sequence[str]) -> None:
    """Exactly this; and no child is in it."""
    told = Entry.objects.unrestricted(reason=PROOF).filter(group=group, kind=Kind.INCIDENT)
    found = list(told)
    if any(each.child_id for each in found) or len(found) != len(words):
        raise NotSo("; ".join(each.text for each in found) or "nothing")
    for word in words:
        if not any(says(each, word) for each in found):
            raise NotSo("; ".join(each.text for each in found))


@check("{who} reads who helps {child} already", must={"parties": kinds.TEXTS})
def helps_already(world: World, who: Actor, child: Child, parties: Sequence[str]) -> None:
    """Exactly these, as the parents named them; `none` for none."""
    found = sorted(each.party for each in queries.involved(who, child))
    if found != sorted(each for each in parties if each != "none"):
        raise NotSo(", ".join(found) or "none")


@check('the request "{quote}"', must={"stands": STANDS}, may={"answer": kinds.TEXT})
def request_stands(world: World, quote: str, stands: str, answer: str = "") -> None:
    """Through the parents: asked, carried, declined or answered."""
    rows = Carried.objects.unrestricted(reason=PROOF)
    found = [each for each in rows if says(each, quote)]
    if not found:
        raise NotSo(f"nobody asked “{quote}”")
    state = _state(found[-1])
    if state != stands or answer not in found[-1].answer:
        raise NotSo(f"{state}: {found[-1].answer}")


@check(
    "{who} sees what can still be done about {organisation} for {child}",
    may={"not before": kinds.DAY},
)
def still_possible(
    world: World,
    who: Actor,
    organisation: Organisation,
    child: Child,
    not_before: date | None = None,
) -> None:
    """After a no: a general question without a child, the parents as carriers, a day to ask again."""
    found = [each for each in queries.refused(who, child) if each.organisation == organisation]
    if not found:
        raise NotSo("no refusal is shown")
    if not may_ask_through_parents(who, child, organisation.name, "?"):
        raise NotSo("it cannot be asked through the parents")
    if not_before is not None and found[0].again != not_before:
        raise NotSo(f"to be raised again on {found[0].again}")


@check("other parents said at {location}", must=WORDS, may={"explained with": kinds.TEXT})
def complained(
    world: World, location: Location, words: Sequence[str], explained_with: str = ""
) -> None:
    """Exactly this, the newest last; `explained with` is a piece of the explanation of the last."""
    found = list(Complaint.objects.filter(location=location).order_by("at"))
    texts = [each.text for each in found]
    if len(texts) != len(words) or not all(
        word in text for word, text in zip(words, texts, strict=True)
    ):
        raise NotSo("; ".join(texts) or "nothing")
    if explained_with not in found[-1].explained:
        raise NotSo(found[-1].explained)


def _state(request: Carried) -> str:
    if request.answered_at:
        return "answered"
    if request.carried_at:
        return "carried"
    return "declined" if request.declined_at else "asked"
