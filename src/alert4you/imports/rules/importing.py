"""Who loads files, and when a step of it can be taken."""

from collections.abc import Mapping
from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alert4you.imports.models import Import, Row
from alert4you.imports.rules.columns import lacking
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor
from alert4you.organisations.rules import RUNS_THE_PLACE

A_WEEK = timedelta(days=7)
State, Outcome = Import.State, Row.Outcome
TO_SAVE = (Outcome.NEW, Outcome.CHANGED)
LEFT = (Outcome.ASKS, Outcome.CANNOT)


def may_load(actor: Actor) -> Decision:
    """Who runs a place, for the own organisation."""
    if actor.role in RUNS_THE_PLACE:
        return ALLOWED
    return Decision(_("Only whoever runs the place loads files."), _("Ask your location manager."))


def may_go_on(actor: Actor, file: Import) -> Decision:
    """Only who brought the file: the names in it are for nobody else."""
    if file.by_id != actor.membership_id:
        return Decision(_("Somebody else is busy with this file."))
    return may_load(actor)


def may_name(actor: Actor, file: Import, columns: Mapping[str, int]) -> Decision:
    """Until it is being saved one can say again what stands in which column."""
    if file.state not in (State.NAMING, State.CHECKING, State.CHECKED):
        return Decision(_("This file is being saved already."))
    missing = lacking(file.kind, columns)
    if missing:
        return Decision(
            ngettext("We miss a column: %(names)s.", "We miss columns: %(names)s.", len(missing))
            % {"names": ", ".join(missing)},
            _("Say which one it is, or add it to your file."),
        )
    if len(set(columns.values())) < len(columns):
        return Decision(_("One column was chosen for two things."))
    return may_go_on(actor, file)


def may_answer(actor: Actor, row: Row) -> Decision:
    if row.file.state != State.CHECKED or row.outcome != Outcome.ASKS:
        return Decision(_("This question has been answered, or does not stand any more."))
    return may_go_on(actor, row.file)


def may_approve(actor: Actor, file: Import) -> Decision:
    """Once, after it was looked at."""
    if file.state != State.CHECKED:
        return Decision(_("This file is not waiting for your yes (any more)."))
    return may_go_on(actor, file)
