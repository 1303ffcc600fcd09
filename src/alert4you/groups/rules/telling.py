"""The day of a group in words: the short answer on top, and what to do where it is not enough."""

from collections.abc import Sequence
from datetime import time

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alert4you.groups.rules import wording
from alert4you.groups.rules.counting import Counts
from alert4you.groups.rules.day import Care, GroupDay, Moment, Span, State
from alert4you.groups.rules.deviation import Near
from alert4you.ui.dates import clock

NOT_ENOUGH = (State.SHORT, State.NO_SOLUTION)


def _clock(minute: int) -> str:
    return clock(time(minute // 60 % 24, minute % 60))


def between(span: Span) -> str:
    return _("from %(begins)s to %(until)s") % {
        "begins": _clock(span.begins),
        "until": _clock(span.until),
    }


def answer(told: GroupDay) -> str:
    """One sentence: is there enough on this group all day?"""
    if told.care is Care.OTHER:
        return _("The childcare ratio does not hold on this group.")
    if not told.moments:
        return _("No children come on this day.")
    tight = told.of(State.TIGHT)
    if told.of(*NOT_ENOUGH):
        return _not_enough(told)
    if tight:
        return _("All together it is enough, but one room is short %(when)s.") % {
            "when": times(tight)
        }
    if told.of(State.DEVIATION):
        return _("There is enough staff, with fewer for a while, as the law allows.")
    return _("There is enough staff all day.")


def _not_enough(told: GroupDay) -> str:
    wrong, used = told.of(*NOT_ENOUGH), [each for each in told.moments if each.kids]
    when = {"when": times(wrong)}
    if not told.of(State.SHORT):
        return _("The group is too large %(when)s.") % when
    if len(wrong) == len(used):
        return _("There is not enough staff %(when)s.") % when
    return _("There is enough staff, except %(when)s.") % when


def times(moments: Sequence[Moment]) -> str:
    """The stretches, those that follow each other as one: "from 15:00 to 15:15 and from ..."."""
    spans: list[Span] = []
    for moment in moments:
        if spans and spans[-1].until == moment.span.begins:
            spans[-1] = Span(spans[-1].begins, moment.span.until)
        else:
            spans.append(moment.span)
    said = [between(span) for span in spans]
    return (
        said[0]
        if len(said) == 1
        else _("%(some)s and %(last)s")
        % {
            "some": ", ".join(said[:-1]),
            "last": said[-1],
        }
    )


def state(moment: Moment) -> str:
    """What is the matter in one stretch, in a few words."""
    words = {
        State.EMPTY: _("no children"),
        State.RIGHT: _("enough"),
        State.DEVIATION: _("fewer for a while, allowed"),
        State.TIGHT: _("one room is short"),
        State.SHORT: ngettext("%(n)s too few", "%(n)s too few", moment.lacking)
        % {"n": moment.lacking},
        State.NO_SOLUTION: _("the group is too large"),
    }
    return words[moment.state]


def advice(told: GroupDay) -> list[str]:
    """What can be done, most urgent first; every sentence once."""
    found: dict[str, None] = {}
    for moment in told.moments:
        found.update(dict.fromkeys(_about(moment)))
    used = sum(moment.minutes for moment in told.of(State.DEVIATION))
    if used:
        text = _(
            "Fewer staff for %(used)s of the %(allowed)s minutes a day; %(left)s are left. "
            "The pedagogic plan must say how."
        )
        left = told.use.allowed - used
        found[text % {"used": used, "allowed": told.use.allowed, "left": left}] = None
    return list(found)


def _about(moment: Moment) -> list[str]:
    said = []
    when = between(moment.span)
    unclear = [
        w.name for p in moment.places for w in p.workers if w.standing.counts is Counts.UNCLEAR
    ]
    if moment.state is State.NO_SOLUTION and moment.answer.lack:
        said.append(wording.lacking(moment.answer.lack, moment.answer.rule))
        said.append(
            _("Let a child be on another group %(when)s, or come on another day.") % {"when": when}
        )
    if moment.state is State.SHORT:
        said.append(
            ngettext(
                "Put %(n)s more colleague on the roster %(when)s.",
                "Put %(n)s more colleagues on the roster %(when)s.",
                moment.lacking,
            )
            % {"n": moment.lacking, "when": when}
        )
        said += [
            _("Find out whether %(name)s counts: that is unclear now.") % {"name": n}
            for n in unclear
        ]
    if moment.state is State.TIGHT:
        said.append(
            _("Let a child join the group later, or put a colleague there %(when)s.")
            % {"when": when}
        )
    if moment.near is Near.ON_CALL and moment.kids:
        said.append(_("Alone on the group: somebody must be able to be here within 15 minutes."))
    if moment.near is Near.IN_BUILDING and moment.state is State.DEVIATION:
        said.append(_("Alone because of the deviation: one more adult must be in the building."))
    return said
