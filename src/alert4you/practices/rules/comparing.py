"""What is different between two versions of a practice, in words. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, TypeVar

from django.utils.translation import gettext as _

from alert4you.practices.rules import wording
from alert4you.practices.rules.cards import Deed, Stop, Way, card
from alert4you.practices.rules.language import Activity, Gate, Option, Phase, Practice

T = TypeVar("T", Phase, Gate)
Deeds: TypeAlias = dict[str, tuple[Activity, Deed]]
Ways: TypeAlias = dict[str, tuple[Option, Way]]


@dataclass(frozen=True)
class Change:
    """One difference: where it is (a phase, a decision, or the practice) and what it is.

    ``before`` and ``after`` are the words of what changed; one of them is empty for what is new or gone.
    """

    kind: Literal["added", "removed", "changed"]
    where: str
    what: str
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        if self.kind == "added":
            told = _("{what} is new").format(what=self.what)
        elif self.kind == "removed":
            told = _("{what} is gone").format(what=self.what)
        else:
            told = _("{what}: {before} → {after}").format(
                what=self.what, before=self.before or "–", after=self.after or "–"
            )
        return f"{self.where}: {told}" if self.where else told


def changes(before: Practice, after: Practice) -> tuple[Change, ...]:
    """All differences that people notice, in the order of the newer version."""
    return (
        *_of_the_whole(before, after),
        *_of_parts(before, after, before.phases, after.phases),
        *_of_parts(before, after, before.gates, after.gates),
    )


def _of_the_whole(before: Practice, after: Practice) -> Iterator[Change]:
    old, new = card(before), card(after)
    rows = (
        (_("Name"), old.title, new.title),
        (_("Summary"), old.summary, new.summary),
        (_("For whom"), ", ".join(old.whom), ", ".join(new.whom)),
        (_("Who takes part"), ", ".join(old.people), ", ".join(new.people)),
        (_("Needed before the start"), ", ".join(old.needs), ", ".join(new.needs)),
        (_("What parents are asked"), _listed(old.asks), _listed(new.asks)),
        (_("What they may know"), _categories(before), _categories(after)),
        (_("Who pays"), f"{old.payers}. {old.covered}", f"{new.payers}. {new.covered}"),
        (_("Afterwards"), old.after, new.after),
    )
    for what, was, is_now in rows:
        yield from _row("", what, was, is_now)


def _row(where: str, what: str, before: object, after: object) -> Iterator[Change]:
    if str(before) != str(after):
        yield Change("changed", where, what, str(before), str(after))


def _listed(texts: Iterable[object]) -> str:
    return "; ".join(str(each) for each in texts)


def _categories(practice: Practice) -> str:
    return _listed(
        ", ".join(str(wording.word(each)) for each in ask.categories) for ask in practice.asks
    )


def _of_parts(
    before: Practice, after: Practice, old: Sequence[T], new: Sequence[T]
) -> Iterator[Change]:
    """Phases or decisions: gone, new, or changed inside."""
    stops = {each.key: each for each in card(before).stops}
    stops_now = {each.key: each for each in card(after).stops}
    known, known_now = ({each.key: each for each in parts} for parts in (old, new))
    for key in known.keys() - known_now.keys():
        yield Change("removed", "", _named(known[key]))
    for key, part in known_now.items():
        if key not in known:
            yield Change("added", "", _named(part))
        else:
            yield from _inside(known[key], part, stops.get(key), stops_now.get(key))


def _named(part: Phase | Gate) -> str:
    kind = _("The phase “{title}”") if isinstance(part, Phase) else _("The decision “{title}”")
    return kind.format(title=part.title)


def _inside(old: Any, new: Any, was: Stop | None, now: Stop | None) -> Iterator[Change]:
    if was is None or now is None:
        return
    where = str(new.title)
    yield from _row(where, _("name"), was.title, now.title)
    yield from _row(where, _("how long"), was.lasts, now.lasts)
    yield from _row(where, _("needed"), _listed(was.needs), _listed(now.needs))
    yield from _row(where, _("whom we listen to"), _listed(was.voices), _listed(now.voices))
    if isinstance(new, Phase):
        yield from _of_deeds(where, _deeds(old, was), _deeds(new, now))
    else:
        yield from _of_ways(where, _ways(old, was), _ways(new, now))


def _deeds(phase: Phase, stop: Stop) -> Deeds:
    return {
        activity.key: (activity, deed)
        for activity, deed in zip(phase.activities, stop.deeds, strict=True)
    }


def _ways(gate: Gate, stop: Stop) -> Ways:
    return {option.key: (option, way) for option, way in zip(gate.options, stop.ways, strict=True)}


def _of_deeds(where: str, old: Deeds, new: Deeds) -> Iterator[Change]:
    for key in old.keys() - new.keys():
        yield Change("removed", where, f"“{old[key][1].what}”")
    for key, (__, deed) in new.items():
        if key not in old:
            yield Change("added", where, f"“{deed.what}” ({deed.often})")
            continue
        was = old[key][1]
        what = f"“{deed.what}”"
        yield from _row(where, _("name of an activity"), was.what, deed.what)
        yield from _row(where, what, was.often, deed.often)
        yield from _row(where, what, was.within, deed.within)
        yield from _row(where, what, was.who, deed.who)
        yield from _row(where, _("{what}, consent").format(what=what), was.consent, deed.consent)


def _of_ways(where: str, old: Ways, new: Ways) -> Iterator[Change]:
    for key in old.keys() - new.keys():
        yield Change("removed", where, f"“{old[key][1].title}”")
    for key, (option, way) in new.items():
        if key not in old:
            yield Change("added", where, f"“{way.title}” → {way.leads_to}")
            continue
        before, was = old[key]
        yield from _row(where, _("name of a choice"), was.title, way.title)
        if option.to != before.to:
            yield from _row(where, f"“{way.title}”", was.leads_to, way.leads_to)
