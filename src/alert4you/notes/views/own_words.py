"""The organisation's own words for noting: what can be tapped, and what the writing aid marks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alert4you.kernel.decision import NotVisible
from alert4you.notes import queries
from alert4you.notes.commands.place import set_marked_words, set_tags
from alert4you.notes.forms.noting import MarkedWordsForm, TagsForm, lines_of
from alert4you.notes.rules.place import may_change_words
from alert4you.notes.rules.tagging import tags
from alert4you.ui.one_question import Step, answered, show


def choose_tags(request: HttpRequest) -> HttpResponse:
    """What can be tapped in place of writing."""
    actor = request.actor
    if not may_change_words(actor):
        raise NotVisible
    own = queries.noting_words(actor)
    now = {f"{about}_tags": "\n".join(tags(own, about)) for about in ("child", "group")}
    form = TagsForm(request.POST or None, initial=now)
    done = answered(
        request,
        form,
        lambda data: set_tags(
            actor, lines_of(data["child_tags"]), lines_of(data["group_tags"]), once=form.once
        ),
        _("Saved. This is what can be tapped from now on."),
        request.path,
    )
    step = Step(
        _("What can be tapped"),
        reverse("notes:aid"),
        _("The writing aid"),
        lead=_("Short words for what one sees often. A tap is a note too."),
        why_heading=_("They are counted"),
        why=_("So write what one sees: “slept”, not “sleeps badly”. What was tapped before stays."),
    )
    return done or show(request, form, step)


def aid(request: HttpRequest) -> HttpResponse:
    """Which words the writing aid marks here; everything it knows stands on the page."""
    actor = request.actor
    if not may_change_words(actor):
        raise NotVisible
    own = queries.noting_words(actor)
    now = {name: "\n".join(getattr(own, name)) for name in ("marked", "unmarked")} if own else {}
    form = MarkedWordsForm(request.POST or None, initial=now)
    done = answered(
        request,
        form,
        lambda data: set_marked_words(
            actor, lines_of(data["marked"]), lines_of(data["unmarked"]), once=form.once
        ),
        _("Saved. The aid looks with these words from now on."),
        request.path,
    )
    return done or render(request, "notes/aid_words.html", {"form": form, "kinds": queries.kinds()})
