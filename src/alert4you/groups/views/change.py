"""What a change of a day would mean, group by group, before it is saved."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alert4you.access.queries.likely import likely
from alert4you.groups.commands import moving
from alert4you.groups.forms.change import ILL, ChangeForm, CoverForm, MoveForm
from alert4you.groups.models import Guest, Helping
from alert4you.groups.queries import moving as moves
from alert4you.groups.queries import places
from alert4you.groups.queries.day import AWAY, Day, group_on
from alert4you.groups.rules import change as rules
from alert4you.groups.rules import telling
from alert4you.groups.rules.counting import may_decide
from alert4you.groups.rules.moving import may_call_back
from alert4you.groups.views.day import asked_day
from alert4you.kernel.decision import require
from alert4you.organisations.commands import report_absence
from alert4you.organisations.forms import People
from alert4you.organisations.models import Group, Role
from alert4you.organisations.queries import colleagues
from alert4you.ui.forms import Form
from alert4you.ui.one_question import Step, answered, show

DAY = timedelta(days=1)


def change(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Choose with GET and see what it does; with POST it is saved, for as long as was said."""
    actor = request.actor
    group = places.group(actor, group_id)
    require(may_decide(actor, group))
    on = max(asked_day(request), actor.today)
    found = group_on(actor, group, on)
    groups = {each.pk: each for each in group.location.groups.all()}
    form = ChangeForm(
        request.GET if "who" in request.GET else None,
        workers=[(str(each.key), each.name) for each in found.workers],
        kids=[(str(each.pk), str(each)) for each in found.names.values()],
        groups=[(str(key), each.name) for key, each in groups.items() if key != group.pk],
    )
    page = {"group": group, "form": form, "on": on, "shown": form.is_valid()}
    if not form.is_valid():
        page["gone"] = moves.gone(actor, group)
    else:
        who, where = UUID(form.cleaned_data["who"]), form.cleaned_data["where"]
        page["differences"] = _differences(found, groups, who, where)
        if where == ILL:
            page["save"] = cover = _cover(request, group, who)
            done = cover and _away(request, group, who, cover, on)
        else:
            page["save"] = move = MoveForm(
                request.POST or None, first=on, is_child=who in found.names
            )
            page["kid"] = found.names.get(who)
            page["to"] = groups[UUID(where)]
            done = _move(request, found, who, groups[UUID(where)], move)
        if done:
            return done
    return render(request, "groups/change.html", page)


def back(request: HttpRequest, group_id: UUID, move_id: UUID) -> HttpResponse:
    """Who moved is on the own group again, from today on."""
    group = places.group(request.actor, group_id)
    found = moves.gone_from(request.actor, group, move_id)
    require(may_call_back(request.actor, found.row))
    day = reverse("groups:day", args=[group.pk])
    form = Form(request.POST or None)
    done = answered(
        request,
        form,
        lambda _data: moving.call_back(request.actor, found.row, once=form.once),
        _("Back on the own group."),
        day,
    )
    step = Step(
        _("Back to %(group)s?") % {"group": group},
        day,
        group.name,
        kicker=found.who,
        lead=_("From today on everything counts on the own group again."),
        action=_("Back to the own group"),
    )
    return done or show(request, form, step)


def _cover(request: HttpRequest, group: Group, who: UUID) -> CoverForm | None:
    """Who can stand in for a colleague of the own organisation; None: the own employer arranges it."""
    own = colleagues(request.actor, Role.GROUP_WORKER)
    if not own.filter(pk=who).exists():
        return None
    near = likely(request.actor, locations=[group.location_id])
    people = People(request.actor, own.exclude(pk=who), near)
    return CoverForm(request.POST or None, people=people)


def _away(
    request: HttpRequest, group: Group, who: UUID, cover: CoverForm, on: date
) -> HttpResponse | None:
    ill = colleagues(request.actor).get(pk=who)
    return answered(
        request,
        cover,
        lambda data: report_absence(
            request.actor, ill, data["cover"], on, on + DAY, once=cover.once
        ),
        _("Written down for this day."),
        _day(group, on),
    )


def _move(
    request: HttpRequest, found: Day, who: UUID, to: Group, form: MoveForm
) -> HttpResponse | None:
    def save(told: dict[str, Any]) -> Guest | Helping:
        period, why = (found.on, told["until"] + DAY), told["why"]
        here = request.actor, found.group, to, period
        if who in found.names:
            words = why, told["agreed"]
            return moving.move_child(here[0], found.names[who], *here[1:], words, once=form.once)
        worker = get_object_or_404(colleagues(request.actor), pk=who)
        return moving.move_worker(here[0], worker, *here[1:], why, once=form.once)

    said = _("Saved. Both groups count with it.")
    return answered(request, form, save, said, _day(found.group, found.on))


def _day(group: Group, on: date) -> str:
    return f"{reverse('groups:day', args=[group.pk])}?on={on}"


def _differences(
    found: Day, groups: dict[UUID, Group], who: UUID, where: str
) -> list[dict[str, object]]:
    """Before and after of each group that changes, in words and in numbers."""
    house = found.house
    after = (
        rules.without(house, who, AWAY) if where == ILL else rules.moved(house, who, UUID(where))
    )
    return [
        {
            "name": groups[each.group].name,
            "before": telling.answer(each.before),
            "after": telling.answer(each.after),
            "worse": each.before.right and not each.after.right,
            "moments": [(telling.between(m.span), m, telling.state(m)) for m in each.after.moments],
        }
        for each in rules.differences(house, after)
    ]
