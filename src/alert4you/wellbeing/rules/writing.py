"""Who writes down how a child is doing, who answers a notice, who chooses the rule."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from alert4you.access.models import Entry, Kind
from alert4you.access.rules.names import no_other_child_named
from alert4you.access.rules.relations import works_here_with, works_with
from alert4you.children.models import Child
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.notes.rules.tagging import known_tags
from alert4you.organisations.models import Actor, Role
from alert4you.organisations.rules import RUNS_THE_PLACE
from alert4you.wellbeing.models import STEPS, Aspect, Notice, RuleKind, Way
from alert4you.wellbeing.rules.choosing import Chosen
from alert4you.wellbeing.rules.counting import MOST

CHOOSES = {Role.PEDAGOGUE, *RUNS_THE_PLACE}


def may_rate(actor: Actor, child: Child, steps: Mapping[str, int | None]) -> Decision:
    """Staff of the child's place; at least one thing was seen."""
    given = {name: step for name, step in steps.items() if step is not None}
    if not given:
        return Decision(
            _("Nothing was chosen yet."), _("Choose one face, or skip this child for today.")
        )
    if not set(given) <= set(Aspect.values) or not all(step in STEPS for step in given.values()):
        return Decision(_("This choice is not possible (any more). Please choose again."))
    return works_here_with(actor, child)


def may_write_view(actor: Actor, child: Child, text: str) -> Decision:
    if not text.strip():
        return Decision(_("Write in a few words what you see yourself."))
    works = works_with(actor, child)
    return no_other_child_named(text, child, actor.today) if works else works


def may_take_up(actor: Actor, notice: Notice, way: str, reason: str) -> Decision:
    if way not in Way.values:
        return Decision(_("Choose with whom you talk about it."))
    return may_answer(actor, notice, reason)


def may_answer(actor: Actor, notice: Notice, reason: str) -> Decision:
    """Staff of the child's place, once, in time, with a reason, after their own view."""
    if not reason.strip():
        return Decision(_("Write why, in a few words. The parents read it."))
    if notice.outcome:
        return Decision(_("Somebody answered this already."), _("You find it with the child."))
    if actor.today >= notice.lapses_on:
        return Decision(_("This has lapsed."), _("What you see today you can write in a note."))
    if notice.child is None:
        return Decision(_("No child."))
    works = works_here_with(actor, notice.child)
    if works and not has_own_view(actor, notice):
        return Decision(_("First write down what you see yourself."))
    return no_other_child_named(reason, notice.child, actor.today) if works else works


def has_own_view(actor: Actor, notice: Notice) -> bool:
    """Whether this person wrote an own view since the notice came."""
    views = Entry.objects.unrestricted(reason="rule").filter(kind=Kind.VIEW, child=notice.child_id)
    return views.filter(author=actor.person_id, written_at__gte=notice.written_at).exists()


def may_choose(actor: Actor) -> Decision:
    if actor.role in CHOOSES:
        return ALLOWED
    return Decision(
        _("The manager, the care coordinator or the pedagogue chooses this."),
        _("Ask one of them."),
    )


def may_watch_tags(actor: Actor, tags: Sequence[str], more: int, of: int) -> Decision:
    """Only what can be tapped, and numbers with which the count can work."""
    if tags and not 1 <= more <= of <= MOST:
        return Decision(_("Choose at most as many more as there are notes to look at."))
    known = known_tags(tags, actor.organisation_id, "child")
    return may_choose(actor) if known else known


def may_set_rule(actor: Actor, chosen: Chosen) -> Decision:
    """Numbers with which the rule can work, and what is expected adds up to a hundred."""
    rule = chosen.rule
    if not 1 <= rule.needed <= rule.of <= 8 or rule.level not in (1, 2, 3, 4):
        return Decision(_("Choose at most as many low ratings as there are ratings to look at."))
    if rule.kind == RuleKind.DEMERITS and not (rule.relief and rule.limit and rule.run_in):
        return Decision(_("For points these three numbers are needed."))
    hundred = chosen.expected
    if hundred and any(len(each) != 5 or sum(each) != 100 for each in (hundred.well, hundred.low)):
        return Decision(_("The five numbers of a hundred ratings must add up to 100."))
    if hundred and not (hundred.a_year and hundred.raters):
        return Decision(_("Also fill in how often one person looks, and how many people look."))
    return may_choose(actor)
