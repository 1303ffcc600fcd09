"""The route of a practice as a picture: where lines, stations and words stand. Pure geometry.

One line from top to bottom, so that it is as legible on a phone as on paper. Phases are stations,
decisions are diamonds; a choice that goes back or jumps runs beside the line, one that leaves
branches off to the right. Lengths are units of the SVG's view box.
"""

import textwrap
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from django.utils.translation import gettext as _

from alert4you.practices.rules.cards import Deed, Stop, Way, card, parts
from alert4you.practices.rules.language import Gate, Option, Phase, Practice

Mark: TypeAlias = Literal["done", "here", "ahead"]
Words: TypeAlias = Literal["title", "text", "soft"]

WIDTH = 400
LANE = 13
TOP = 26


@dataclass(frozen=True)
class Line:
    """A line of words with its baseline."""

    x: int
    y: int
    words: str
    kind: Words


@dataclass(frozen=True)
class Station:
    """A phase (circle), a decision (diamond) or an exit (small square or flag)."""

    x: int
    y: int
    shape: Literal["phase", "decision", "exit"]
    mark: Mark
    kind: str = ""


@dataclass(frozen=True)
class Track:
    """A path: the main line, a way back or a way out. `d` is SVG path data."""

    d: str
    kind: str
    mark: Mark = "ahead"
    arrow: tuple[int, int] | None = None


@dataclass(frozen=True)
class Route:
    """The whole picture; `stops` tells the same in words."""

    width: int
    height: int
    title: str
    description: str
    tracks: tuple[Track, ...]
    stations: tuple[Station, ...]
    lines: tuple[Line, ...]
    stops: tuple[Stop, ...]
    rail: int


@dataclass
class _Drawing:
    rail: int
    y: int = TOP
    free_lane: int = 0
    at: dict[str, int] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    stations: list[Station] = field(default_factory=list)
    jumps: list[tuple[Option, int]] = field(default_factory=list)
    tracks: list[Track] = field(default_factory=list)

    def write(self, words: str, kind: Words, indent: int = 26) -> None:
        """Words beside the rail, wrapped, each line below the last."""
        size, step = {"title": (9.2, 22), "text": (7.4, 19), "soft": (7.0, 18)}[kind]
        x = self.rail + indent
        for words_in_line in textwrap.wrap(words, int((WIDTH - x - 4) / size)):
            self.lines.append(Line(x, self.y + 5, words_in_line, kind))
            self.y += step


def route(practice: Practice, here: str | None = None, done: Collection[str] = ()) -> Route:
    """The picture of a practice; `here` is the running phase, `done` the phases and gates passed."""
    told = card(practice)
    order = parts(practice)
    jumps = _jumps(practice)
    drawing = _Drawing(rail=20 + LANE * len(jumps))
    for part, stop in zip(order, told.stops, strict=True):
        mark: Mark = "here" if part.key == here else "done" if part.key in done else "ahead"
        if isinstance(part, Phase):
            _draw_phase(drawing, stop, mark)
        else:
            _draw_gate(drawing, part, stop, mark, jumps)
    _draw_rail(drawing)
    for option, y in drawing.jumps:
        _draw_jump(drawing, option, y)
    return Route(
        width=WIDTH,
        height=drawing.y + 4,
        title=_("The route of {practice}").format(practice=practice.title),
        description=_describe(told.stops, here),
        tracks=tuple(drawing.tracks),
        stations=tuple(drawing.stations),
        lines=tuple(drawing.lines),
        stops=told.stops,
        rail=drawing.rail,
    )


def _jumps(practice: Practice) -> tuple[tuple[str, str], ...]:
    """The (gate, option) pairs that go to a phase which is not simply the next part."""
    order = [part.key for part in parts(practice)]
    return tuple(
        (gate.key, option.key)
        for gate in practice.gates
        for option in gate.options
        if not option.leaves and option.to not in _following(order, gate.key)
    )


def _following(order: list[str], key: str) -> list[str]:
    place = order.index(key) + 1
    return order[place : place + 1]


def _draw_phase(drawing: _Drawing, stop: Stop, mark: Mark) -> None:
    drawing.at[stop.key] = drawing.y
    drawing.stations.append(Station(drawing.rail, drawing.y, "phase", mark))
    drawing.write(stop.title, "title")
    if stop.lasts:
        drawing.write(stop.lasts, "soft")
    for deed in stop.deeds:
        _draw_deed(drawing, deed)
    for need in stop.needs:
        drawing.write(_("needs {need}").format(need=need), "soft")
    drawing.y += 22


def _draw_deed(drawing: _Drawing, deed: Deed) -> None:
    drawing.y += 3
    drawing.write(deed.what, "text")
    drawing.write(" · ".join(each for each in (deed.often, deed.within) if each), "soft")


def _draw_gate(
    drawing: _Drawing, gate: Gate, stop: Stop, mark: Mark, jumps: Collection[tuple[str, str]]
) -> None:
    drawing.at[stop.key] = drawing.y
    drawing.stations.append(Station(drawing.rail, drawing.y, "decision", mark))
    drawing.write(stop.title, "title")
    for option, way in zip(gate.options, stop.ways, strict=True):
        drawing.y += 6
        _draw_way(drawing, option, way, (gate.key, option.key) in jumps)
    drawing.y += 22


def _draw_way(drawing: _Drawing, option: Option, way: Way, jumps: bool) -> None:
    rail, y = drawing.rail, drawing.y
    if jumps:
        drawing.jumps.append((option, y))
    drawing.tracks.append(Track(f"M{rail} {y}H{rail + 22}", option.kind))
    drawing.stations.append(Station(rail + 28, y, "exit", "ahead", option.kind))
    drawing.write(way.title, "text", indent=44)
    drawing.write(f"→ {way.leads_to}", "soft", indent=44)


def _draw_rail(drawing: _Drawing) -> None:
    """The main line between the stations, and on to the last way that branches off."""
    stops = [each for each in drawing.stations if each.shape != "exit"]
    for above, below in zip(stops, stops[1:], strict=False):
        mark: Mark = "done" if above.mark == "done" else "ahead"
        drawing.tracks.append(Track(f"M{above.x} {above.y}V{below.y}", "main", mark))
    last = max(each.y for each in drawing.stations)
    drawing.tracks.append(Track(f"M{drawing.rail} {stops[-1].y}V{last}", "main"))


def _draw_jump(drawing: _Drawing, option: Option, y: int) -> None:
    """From the decision along a lane of its own to the phase, with an arrow where it arrives."""
    lane = drawing.rail - LANE * (drawing.free_lane + 1) - 6
    drawing.free_lane += 1
    target, rail, bend = drawing.at[option.to], drawing.rail, 7
    way = 1 if target > y else -1
    d = (
        f"M{rail} {y}H{lane + bend}Q{lane} {y} {lane} {y + way * bend}"
        f"V{target - way * bend}Q{lane} {target} {lane + bend} {target}H{rail - 16}"
    )
    drawing.tracks.append(Track(d, option.kind, arrow=(rail - 13, target)))


def _describe(stops: tuple[Stop, ...], here: str | None) -> str:
    told = [_stop_in_words(stop, stop.key == here) for stop in stops]
    return " ".join(told)


def _stop_in_words(stop: Stop, is_here: bool) -> str:
    place = _("(now here)") if is_here else ""
    inside = [f"{deed.what}: {deed.often}" for deed in stop.deeds]
    inside += [f"{way.title} → {way.leads_to}" for way in stop.ways]
    return f"{stop.title} {place}: {'; '.join(inside)}.".replace(" :", ":")
