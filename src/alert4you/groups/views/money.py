"""What pays on a group, for who runs the place and nobody else."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alert4you.groups.commands import plus as commands
from alert4you.groups.forms.plus import MoneyForm, PayerForm
from alert4you.groups.queries import money as queries
from alert4you.groups.queries import places
from alert4you.ui.one_question import Step, answered, show


def money(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Each child its own money, and who pays for who works here."""
    group = places.group(request.actor, group_id)
    page = {"group": group, "money": queries.money(request.actor, group)}
    return render(request, "groups/money.html", page)


def of_place(request: HttpRequest, group_id: UUID, placement_id: UUID) -> HttpResponse:
    """What pays for the place of one child."""
    group = places.group(request.actor, group_id)
    placement = queries.place(request.actor, group, placement_id)
    form = MoneyForm(request.POST or None, initial={"basis": placement.basis})
    back = reverse("groups:money", args=[group.pk])
    done = answered(
        request,
        form,
        lambda told: commands.write_money(request.actor, placement, told["basis"], once=form.once),
        _("Written down."),
        back,
    )
    heading = _("What pays for the place of %(child)s?") % {"child": placement.child}
    return done or show(request, form, Step(heading, back, _("What pays"), kicker=group.name))


def payer(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Who pays for a colleague on the group."""
    group = places.group(request.actor, group_id)
    known = queries.money(request.actor, group)
    people = [each.worker for each in known.workers]
    form = PayerForm(request.POST or None, people=people, payers=queries.payers())
    back = reverse("groups:money", args=[group.pk])
    done = answered(
        request,
        form,
        lambda told: commands.say_who_pays(
            request.actor,
            form.people[told["who"]],
            group,
            form.payers[told["payer"]],
            once=form.once,
        ),
        _("Written down."),
        back,
    )
    step = Step(_("Who pays for whom?"), back, _("What pays"), kicker=group.name)
    return done or show(request, form, step)
