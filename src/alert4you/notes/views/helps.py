"""What helps a child, and what it may do: cards, and agreements that beat the age rule."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alert4you.access.queries import line as lines
from alert4you.access.rules.relations import works_here_with
from alert4you.children.models import Child
from alert4you.kernel.decision import Decision, NotVisible, require
from alert4you.notes import queries
from alert4you.notes.commands import helps as commands
from alert4you.notes.commands.helps import make_card
from alert4you.notes.commands.place import set_activity
from alert4you.notes.forms.helps import ActivityForm, CardForm, PermissionForm
from alert4you.notes.models import Moment
from alert4you.notes.rules.helps import (
    ICONS,
    knows_what_helps,
    may_end_agreed,
    may_end_card,
    may_end_permission,
)
from alert4you.notes.rules.place import SETS_RULES
from alert4you.organisations.models import Actor
from alert4you.ui.one_question import Step, answered, show


def helps(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Everything one must know about a child on one page."""
    actor = request.actor
    child = lines.child(actor, child_id)
    cards = list(queries.cards(actor, child))
    mays, knows = queries.what_child_may(actor, child), knows_what_helps(actor, child)
    own_file = lines.file_of(actor, child)
    page = {
        "child": child,
        "cards": [(card, ICONS[Moment(card.moment)]) for card in cards],
        "earlier": queries.earlier_cards(actor, child),
        "mays": [(may, _may_end(actor, child, may, knows, own_file)) for may in mays],
        "incidents": queries.incidents(actor, child),
        "may_add": knows,
    }
    return render(request, "notes/helps.html", page)


def new_card(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """First for which moment, then what helps."""
    actor = request.actor
    child = lines.child(actor, child_id)
    require(knows_what_helps(actor, child))
    moment = request.GET.get("moment", "")
    if moment not in Moment.values:
        moments = [(each, ICONS[each]) for each in Moment]
        return render(request, "notes/which_moment.html", {"child": child, "moments": moments})
    form = CardForm(request.POST or None)
    done = answered(
        request,
        form,
        lambda data: make_card(actor, child, moment, data["text"], data["title"], once=form.once),
        _("Everybody on the group sees it now."),
        _back(child),
    )
    label = capfirst(Moment(moment).label)
    return done or show(
        request, form, _card_step(child, label, reverse("notes:new_card", args=[child.pk]))
    )


def change_card(request: HttpRequest, card_id: UUID) -> HttpResponse:
    """A new version."""
    actor = request.actor
    card = queries.card(actor, card_id)
    child = _child(card.child)
    require(may_end_card(actor, card))
    form = CardForm(request.POST or None, initial={"text": card.text, "title": card.title})
    done = answered(
        request,
        form,
        lambda data: commands.change_card(actor, card, data["text"], data["title"], once=form.once),
        _("The card is changed."),
        _back(child),
    )
    return done or show(
        request, form, _card_step(child, capfirst(card.get_moment_display()), _back(child))
    )


def end_card(request: HttpRequest, card_id: UUID) -> HttpResponse:
    """Are you sure?"""
    card = queries.card(request.actor, card_id)
    child = _child(card.child)
    require(may_end_card(request.actor, card))
    if request.method == "POST":
        commands.end_card(request.actor, card)
        messages.success(request, _("The card is taken away. What was written stays on the line."))
        return redirect(_back(child))
    page = {
        "heading": _("Take this card away?"),
        "text": card.text,
        "action": _("It is no longer needed"),
        "cancel_url": _back(child),
    }
    return render(request, "ui/confirm.html", page)


def permit(request: HttpRequest, child_id: UUID, activity_id: UUID) -> HttpResponse:
    """Something else for this child than the rule of the place."""
    actor = request.actor
    child = lines.child(actor, child_id)
    now = queries.may_child(actor, child, activity_id)
    require(works_here_with(actor, child))
    initial = PermissionForm.of(now.permission)
    form = PermissionForm(request.POST or None, initial=initial)
    done = answered(
        request,
        form,
        lambda data: commands.permit(
            actor,
            child,
            now.activity,
            data["verdict"],
            data["text"],
            data["agreed_with"],
            once=form.once,
        ),
        _("Agreed. Everybody on the group sees it."),
        _back(child),
    )
    step = Step(
        capfirst(now.activity.name),
        _back(child),
        _("What helps %(child)s") % {"child": child},
        lead=now.why,
        kicker=child.first_name,
        action=_("Save what was agreed"),
        why_heading=_("This beats the age"),
        why=_(
            "What you agree with the parents holds for this child, older or younger than the rule."
        ),
    )
    return done or show(request, form, step)


def end_permission(request: HttpRequest, permission_id: UUID) -> HttpResponse:
    """Are you sure? With the rule that holds again."""
    actor = request.actor
    agreed = queries.permission(actor, permission_id)
    child = _child(agreed.child)
    require(may_end_permission(actor, agreed))
    if request.method == "POST":
        commands.end_permission(actor, agreed)
        messages.success(request, _("This agreement does not hold any more."))
        return redirect(_back(child))
    rule = queries.may_of(child, agreed.activity, None, actor.today)
    now = _("Then this holds again for %(child)s: %(verdict)s.")
    page = {
        "heading": _("Stop this agreement about %(activity)s?")
        % {"activity": agreed.activity.name},
        "text": f"“{agreed.text}”",
        "then": now % {"child": child.first_name, "verdict": rule.verdict.label},
        "why": rule.why,
        "action": _("Stop this agreement"),
        "cancel_url": _back(child),
    }
    return render(request, "notes/end_permission.html", page)


def activities(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """The rules of a group: what is done here, and from what age."""
    actor = request.actor
    group = queries.group(actor, group_id)
    sets = actor.role in SETS_RULES and group.location.organisation_id == actor.organisation_id
    form = ActivityForm(request.POST or None) if sets else None
    if form:
        done = answered(
            request,
            form,
            lambda data: set_activity(
                actor,
                group.location,
                data["name"],
                data["age_from"],
                data["how"],
                None if data["whole_place"] else group,
                once=form.once,
            ),
            _("The rule holds from now on."),
            reverse("notes:activities", args=[group.pk]),
        )
        if done:
            return done
    page = {"group": group, "activities": queries.activities(group), "form": form}
    return render(request, "notes/activities.html", page)


def _card_step(child: Child, moment: str, back: str) -> Step:
    return Step(
        moment,
        back,
        _("What helps %(child)s") % {"child": child},
        kicker=child.first_name,
        action=_("Save the card"),
        why_heading=_("Who reads this?"),
        why=_(
            "Everybody who works on the group today, also who stands in. The parents read it too."
        ),
    )


def _may_end(
    actor: Actor, child: Child, may: queries.May, knows: Decision, own_file: UUID | None
) -> bool:
    agreed = may.permission
    return bool(agreed and may_end_agreed(actor, child, agreed, knows, own_file))


def _back(child: Child) -> str:
    return reverse("notes:helps", args=[child.pk])


def _child(child: Child | None) -> Child:
    if child is None:
        raise NotVisible
    return child
