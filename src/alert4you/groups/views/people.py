"""The mentor and the own people of each child on a group."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alert4you.groups.commands.people import choose_people
from alert4you.groups.forms.day import PeopleForm
from alert4you.groups.queries import people, places
from alert4you.groups.rules import wording
from alert4you.groups.rules.counting import may_decide
from alert4you.kernel.decision import require
from alert4you.ui.one_question import Step, answered, show


def own(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """All children with their people, first those for whom something lacks."""
    group = places.group(request.actor, group_id)
    require(may_decide(request.actor, group))
    rows = people.rows(request.actor, group)
    rules = {each.rule for row in rows for each in row.asked}
    page = {
        "group": group,
        "rows": rows,
        "lacking": sum(bool(row.asked) for row in rows),
        "rules": [line for rule in rules for line in wording.version(rule)],
    }
    return render(request, "groups/own.html", page)


def choose(request: HttpRequest, group_id: UUID, placement_id: UUID) -> HttpResponse:
    """Whom one child has here."""
    group = places.group(request.actor, group_id)
    placement = places.place(request.actor, group, placement_id)
    own = people.own_people(request.actor, [placement])[placement.pk]
    form = PeopleForm(
        request.POST or None,
        people=places.workers(request.actor, group),
        initial={"people": [str(each.pk) for each in own], "mentor": str(placement.mentor_id)},
    )
    back = reverse("groups:own_people", args=[group.pk])
    done = answered(
        request,
        form,
        lambda data: choose_people(
            request.actor,
            placement,
            form.known.get(data["mentor"]),
            [form.known[each] for each in data["people"]],
            once=form.once,
        ),
        _("Written down."),
        back,
    )
    step = Step(
        _("Whom does %(child)s have here?") % {"child": placement.child},
        back,
        group.name,
        lead=_("Each day the child comes, at least one of its own people works."),
    )
    return done or show(request, form, step)
