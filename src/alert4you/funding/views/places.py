"""What pays on a group, for whoever runs the place and nobody else."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alert4you.access.queries.likely import likely_organisations
from alert4you.funding.commands import places as commands
from alert4you.funding.forms.places import GroundForm, PayerForm
from alert4you.funding.queries import places as queries
from alert4you.groups.queries.places import payers
from alert4you.organisations.forms import Organisations
from alert4you.ui.one_question import Step, answered, show


def group(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Each child its own money, and who pays for whoever works here."""
    page = queries.group_money(request.actor, group_id)
    return render(request, "funding/group.html", {"page": page, "group": page.group})


def place(request: HttpRequest, group_id: UUID, placement_id: UUID) -> HttpResponse:
    """What pays for the place of one child."""
    placement = queries.place(request.actor, group_id, placement_id)
    form = GroundForm(request.POST or None, initial={"basis": placement.basis})
    back = reverse("funding:group", args=[group_id])
    done = answered(
        request,
        form,
        lambda data: commands.write_ground(request.actor, placement, data["basis"], once=form.once),
        _("Written down."),
        back,
    )
    heading = _("What pays for the place of %(child)s?") % {"child": placement.child}
    step = Step(heading, back, _("What pays"), kicker=placement.group.name)
    return done or show(request, form, step)


def payer(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Who pays for a colleague on the group, and what it costs more."""
    page = queries.group_money(request.actor, group_id)
    people = [each.worker for each in page.workers]
    paying = Organisations(payers(), likely_organisations(request.actor))
    form = PayerForm(request.POST or None, people=people, payers=paying)
    back = reverse("funding:group", args=[group_id])
    done = answered(
        request,
        form,
        lambda data: commands.say_who_pays(
            request.actor,
            form.people[data["who"]],
            page.group,
            data["payer"],
            data["extra"],
            data["scale"],
            once=form.once,
        ),
        _("Written down."),
        back,
    )
    step = Step(_("Who pays for whom?"), back, _("What pays"), kicker=page.group.name)
    return done or show(request, form, step)
