"""Who decides with which practices an organisation works, and with which numbers."""

from collections.abc import Mapping

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.organisations.models import Actor, Role
from alert4you.practices.models import Adoption, PracticeTemplate
from alert4you.practices.rules.language import Choice
from alert4you.practices.rules.reading import read

ADMINISTERS = {Role.CARE_COORDINATOR, Role.MANAGER, Role.PEDAGOGUE}


def may_adopt(actor: Actor) -> Decision:
    """The functional administrator: care coordinator, manager or pedagogue of any organisation."""
    if actor.role in ADMINISTERS:
        return ALLOWED
    return Decision(
        _("The care coordinator, the manager or the pedagogue decides how an organisation works."),
        _("Show this practice to one of them."),
    )


def may_adopt_with(actor: Actor, template: PracticeTemplate, chosen: Mapping[str, int]) -> Decision:
    """All numbers that the source leaves open are chosen, within their bounds."""
    choices = read(template.text).choices
    wrong = (_of_choice(each, chosen.get(each.key)) for each in choices)
    return may_adopt(actor) and next((each for each in wrong if not each), ALLOWED)


def _of_choice(choice: Choice, number: int | None) -> Decision:
    if number is None:
        return Decision(
            format_lazy(_("Still to choose: {choice}"), choice=choice.title),
            _("The source gives no number; you choose what suits you."),
        )
    if choice.least <= number <= choice.most:
        return ALLOWED
    return Decision(
        format_lazy(
            _("This number is not possible: {number}. {choice}"),
            number=number,
            choice=choice.title,
        ),
        format_lazy(_("Choose from {least} to {most}."), least=choice.least, most=choice.most),
    )


def may_stop(actor: Actor, adoption: Adoption) -> Decision:
    """What runs goes on; only nothing new is started with it by default."""
    if adoption.organisation_id != actor.organisation_id:
        return Decision(_("Each organisation decides for itself how it works."))
    return may_adopt(actor)
