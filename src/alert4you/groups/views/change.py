"""What a change of today would mean, group by group, before it is saved."""

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alert4you.groups.forms.change import ILL, ChangeForm, CoverForm
from alert4you.groups.queries import places
from alert4you.groups.queries.day import AWAY, Day, group_on
from alert4you.groups.rules import change as rules
from alert4you.groups.rules import telling
from alert4you.groups.rules.counting import may_decide
from alert4you.organisations.commands import report_absence
from alert4you.organisations.models import Group, Role
from alert4you.organisations.queries import colleagues
from alert4you.ui.one_question import answered, require


def change(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Choose with GET and see what it does; only an absence is saved here, with POST."""
    actor = request.actor
    group = places.group(actor, group_id)
    require(may_decide(actor, group))
    found = group_on(actor, group, actor.today)
    names = {each.pk: each.name for each in group.location.groups.all()}
    form = ChangeForm(
        request.GET if "who" in request.GET else None,
        workers=[(str(each.key), each.name) for each in found.workers],
        kids=[(str(each.pk), str(each)) for each in found.names.values()],
        groups=[(str(key), name) for key, name in names.items() if key != group.pk],
    )
    page = {"group": group, "form": form, "shown": form.is_valid()}
    if form.is_valid():
        who, where = UUID(form.cleaned_data["who"]), form.cleaned_data["where"]
        page["differences"] = _told(found, names, who, where)
        if where == ILL:
            page["cover"] = cover = _cover(request, who)
            if done := cover and _away(request, group, who, cover):
                return done
    return render(request, "groups/change.html", page)


def _cover(request: HttpRequest, who: UUID) -> CoverForm | None:
    """Who can stand in for a colleague of the own organisation; None: the own employer arranges it."""
    people = list(colleagues(request.actor, Role.GROUP_WORKER))
    if all(each.pk != who for each in people):
        return None
    return CoverForm(request.POST or None, people=[each for each in people if each.pk != who])


def _away(request: HttpRequest, group: Group, who: UUID, cover: CoverForm) -> HttpResponse | None:
    today, tomorrow = request.actor.today, request.actor.today + timedelta(days=1)
    ill = colleagues(request.actor).get(pk=who)
    return answered(
        request,
        cover,
        lambda told: report_absence(
            request.actor, ill, cover.people[told["cover"]], today, tomorrow, once=cover.once
        ),
        _("Written down for today."),
        reverse("groups:day", args=[group.pk]),
    )


def _told(found: Day, names: dict[UUID, str], who: UUID, where: str) -> list[dict[str, object]]:
    """Before and after of each group that changes, in words and in numbers."""
    house = found.house
    after = (
        rules.without(house, who, AWAY) if where == ILL else rules.moved(house, who, UUID(where))
    )
    return [
        {
            "name": names[each.group],
            "before": telling.answer(each.before),
            "after": telling.answer(each.after),
            "worse": each.before.right and not each.after.right,
            "moments": [(telling.between(m.span), m, telling.state(m)) for m in each.after.moments],
        }
        for each in rules.differences(house, after)
    ]
