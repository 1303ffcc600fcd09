"""What must be true of a whole template: every name refers to something, every way leads on and
out.
"""

from collections.abc import Iterable, Iterator

import yaml
from django.utils.translation import gettext as _

from alert4you.practices.rules.language import (
    ENDED,
    PRACTICE,
    REFERRAL,
    THE_CHILD,
    THE_GROUP,
    Activity,
    AtLeast,
    Gate,
    Option,
    Phase,
    Practice,
    Rhythm,
    Taper,
    UntilAge,
    chosen_in,
)
from alert4you.practices.rules.sheet import Sheet, unknown

Nodes = dict[str, yaml.Node]


def check(sheet: Sheet, practice: Practice, top: Nodes) -> None:
    """Add to the sheet what is wrong between the parts of a template that reads well by itself."""
    phases, gates = _rows(top["phases"]), _rows(top["decisions"])
    _unique(sheet, practice, gates)
    for phase in practice.phases:
        _phase(sheet, practice, phase, _rows(phases[phase.key]))
    for gate in practice.gates:
        _gate(sheet, practice, gate, _rows(gates[gate.key]))
    asks = _rows(top["consents"]) if "consents" in top else {}
    for ask in practice.asks:
        roles = (role.key for role in practice.roles)
        _known(sheet, _rows(asks[ask.key])["to"], ask.party, roles)
    _needs(sheet, practice, practice.needs, top.get("needs"))
    _choices(sheet, practice, top)
    _of_a_child(sheet, practice, top)
    _ways(sheet, practice, phases, gates)


def _rows(node: yaml.Node) -> Nodes:
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return {key.value: value for key, value in pairs}


def _known(sheet: Sheet, node: yaml.Node, word: str, known: Iterable[str]) -> None:
    known = tuple(known)
    if word not in known:
        sheet.wrong(node, unknown(word, known))


def _unique(sheet: Sheet, practice: Practice, gates: Nodes) -> None:
    phases = {phase.key for phase in practice.phases}
    for key in sorted({gate.key for gate in practice.gates} & (phases | {ENDED, REFERRAL})):
        sheet.wrong(
            gates[key],
            _("“{key}” is also something else; give the decision another name").format(key=key),
        )


def _phase(sheet: Sheet, practice: Practice, phase: Phase, nodes: Nodes) -> None:
    ways = [gate.key for gate in practice.gates] + [each.key for each in practice.phases]
    after = [key for key in ways if key != phase.key]
    _known(sheet, nodes["then"], phase.then, after)
    _needs(sheet, practice, phase.needs, nodes.get("needs"))
    _needs(sheet, practice, phase.needs_at_end, nodes.get("needs at end"))
    rows = _rows(nodes["activities"])
    for activity in phase.activities:
        _activity(sheet, practice, phase, activity, _rows(rows[activity.key]))
    if practice.about == "group" and isinstance(phase.lasts, UntilAge):
        sheet.wrong(nodes["lasts"], _("a group has no age; write a time like: 6 months"))
    _taper(sheet, phase, nodes)
    if practice.phase(phase.then) is not None:
        _ends_by_itself(sheet, phase, nodes)


def _taper(sheet: Sheet, phase: Phase, nodes: Nodes) -> None:
    if "taper" not in phase.needs and any(
        isinstance(each.dose, Taper) for each in phase.activities
    ):
        sheet.wrong(
            nodes.get("needs", nodes["activities"]),
            _("what is tapering is planned week by week; write needs: [taper] in this phase"),
        )


def _ends_by_itself(sheet: Sheet, phase: Phase, nodes: Nodes) -> None:
    """Time moves nothing: a phase without a decision is over when what must be done is done."""
    timed = phase.lasts or any(isinstance(each.dose, Rhythm | Taper) for each in phase.activities)
    if timed:
        sheet.wrong(
            nodes["then"],
            _("a phase that ends because time passes ends with a decision; name one here"),
        )
    elif not phase.needs_at_end and not any(_asks_something(each) for each in phase.activities):
        sheet.wrong(
            nodes["then"],
            _("nothing has to be done in this phase; give an activity a number or name a decision"),
        )


def _asks_something(activity: Activity) -> bool:
    return not (isinstance(activity.dose, AtLeast) and activity.dose.count == 0)


def _activity(
    sheet: Sheet, practice: Practice, phase: Phase, activity: Activity, nodes: Nodes
) -> None:
    roles = [role.key for role in practice.roles]
    _known(sheet, nodes["by"], activity.by, roles)
    for item in activity.with_:
        _known(sheet, nodes["with"], item, (*roles, THE_CHILD, THE_GROUP))
    if practice.about == "group" and THE_CHILD in activity.with_:
        sheet.wrong(nodes["with"], _("this practice is about a group; no child can be in it"))
    if activity.consent:
        _known(sheet, nodes["consent"], activity.consent, (ask.key for ask in practice.asks))
    if activity.within and activity.within.after:
        others = [each.key for each in phase.activities if each.key != activity.key]
        _known(sheet, nodes["within"], activity.within.after, others)


def _gate(sheet: Sheet, practice: Practice, gate: Gate, nodes: Nodes) -> None:
    rows = _rows(nodes["options"])
    for option in gate.options:
        target = _rows(rows[option.key])["to"]
        if not option.to.startswith(PRACTICE):
            phases = (phase.key for phase in practice.phases)
            _known(sheet, target, option.to, (*phases, ENDED, REFERRAL))
        if option.to == f"{PRACTICE}{practice.slug}":
            sheet.wrong(target, _("a practice cannot lead to itself; name a phase to go back to"))
        _kind_fits(sheet, option, target)
    if not gate.options:
        sheet.wrong(nodes["options"], _("a decision needs at least one option"))


def _kind_fits(sheet: Sheet, option: Option, target: yaml.Node) -> None:
    if option.kind == "no-go" and option.to == ENDED:
        sheet.wrong(
            target, _("a no-go leads somewhere: to a phase, to referral or to another practice")
        )
    if option.kind == "adjust" and option.leaves:
        sheet.wrong(target, _("adjust goes on in a phase; name that phase"))
    if option.kind == "end" and not option.leaves:
        sheet.wrong(target, _("an end does not go on; write ended, referral or practice <name>"))


def _needs(
    sheet: Sheet, practice: Practice, needs: tuple[str, ...], node: yaml.Node | None
) -> None:
    for need in needs:
        if need.startswith("consent:") and node is not None:
            asks = (ask.key for ask in practice.asks)
            _known(sheet, node, need.removeprefix("consent:"), asks)


def _choices(sheet: Sheet, practice: Practice, top: Nodes) -> None:
    named = {choice.key for choice in practice.choices}
    used = chosen_in(practice)
    for key in sorted(used - named):
        places = (_where(node, f"<{key}>") for node in top.values())
        sheet.wrong(
            next((each for each in places if each is not None), top["phases"]),
            _("<{key}> is not under choices; add it there with the question to ask").format(
                key=key
            ),
        )
    for key in sorted(named - used):
        sheet.wrong(
            _rows(top["choices"])[key],
            _(
                "“{key}” is never used; write <{key}> where the number belongs, or leave it out"
            ).format(key=key),
        )


def _of_a_child(sheet: Sheet, practice: Practice, top: Nodes) -> None:
    for key in ("safety net", "offer at"):
        if practice.about == "group" and key in top:
            sheet.wrong(top[key], _("this is about a child; leave it out for a group"))


def _where(node: yaml.Node, part: str) -> yaml.Node | None:
    """The first piece of text below a node that holds `part`."""
    if isinstance(node, yaml.ScalarNode):
        return node if part in node.value else None
    pairs = node.value if isinstance(node, yaml.MappingNode) else enumerate(node.value)
    inside = (value for _key, value in pairs)
    found = (_where(each, part) for each in inside)
    return next((each for each in found if each is not None), None)


def _ways(sheet: Sheet, practice: Practice, phases: Nodes, gates: Nodes) -> None:
    """Every phase and gate is reached from the first phase, and a person can end from each."""
    if sheet.problems:
        return
    if not practice.phases:
        sheet.wrong(next(iter(gates.values())), _("there is no phase; write at least one"))
        return
    reached = _reached_from(practice, practice.phases[0].key)
    for key, node in (*phases.items(), *gates.items()):
        if key not in reached:
            sheet.wrong(
                node, _("nothing leads to “{key}”; refer to it or take it out").format(key=key)
            )
    for phase in practice.phases:
        if not any(_leaves(practice, key) for key in _reached_from(practice, phase.key)):
            sheet.wrong(
                phases[phase.key],
                _("from “{key}” there is no way out; let a decision lead to ended").format(
                    key=phase.key
                ),
            )


def _leaves(practice: Practice, key: str) -> bool:
    gate = practice.gate(key)
    return gate is not None and any(option.leaves for option in gate.options)


def _reached_from(practice: Practice, start: str) -> frozenset[str]:
    seen: set[str] = set()
    todo = [start]
    while todo:
        key = todo.pop()
        if key not in seen:
            seen.add(key)
            todo.extend(_next(practice, key))
    return frozenset(seen)


def _next(practice: Practice, key: str) -> Iterator[str]:
    if phase := practice.phase(key):
        yield phase.then
    if gate := practice.gate(key):
        yield from (option.to for option in gate.options if not option.leaves)
