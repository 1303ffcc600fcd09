"""A photo with a note, the picture itself, and what each parent says about photos."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alert4you.access.queries import line as lines
from alert4you.access.rules.relations import may_speak, works_here_with
from alert4you.kernel.decision import NotVisible, require
from alert4you.notes import queries
from alert4you.notes.commands.photos import (
    agree_to_photos,
    set_photos,
    write_photo,
    write_photo_answer,
)
from alert4you.notes.forms.photos import PhotoAnswerForm, PhotoForm, PhotoSettingForm
from alert4you.notes.rules.photos import Standing, may_photograph
from alert4you.organisations.rules import RUNS_THE_PLACE
from alert4you.ui.forms import Form
from alert4you.ui.one_question import Step, answered, show


def write(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """One photo of one child, and what can be seen."""
    actor = request.actor
    child = lines.child(actor, child_id)
    require(may_photograph(actor, child))
    form = PhotoForm(request.POST or None, request.FILES or None)
    done = answered(
        request,
        form,
        lambda data: write_photo(actor, child, data["text"], data["photo"], once=form.once),
        _("Saved with %(child)s. The parents can see it.") % {"child": child},
        reverse("web:today"),
    )
    return done or render(request, "notes/photo.html", {"child": child, "form": form})


def image(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """The picture, to whoever may see it now; no browser keeps it and nothing in it runs."""
    found = queries.photo(request.actor, note_id)
    return HttpResponse(
        bytes(found.image),
        content_type="image/jpeg",
        headers={
            "Content-Disposition": 'inline; filename="foto.jpg"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


def agreement(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Each parent says yes or takes it back; everybody with the child sees how it stands."""
    actor = request.actor
    child = lines.child(actor, child_id)
    require(may_speak(actor, child))
    place, stands = queries.photos_at(actor, child)
    works = not actor.is_parent and bool(works_here_with(actor, child))
    form = _answer_form(request, stands, works)
    if place and form.is_valid():
        yes = request.POST.get("yes") == "1"
        if isinstance(form, PhotoAnswerForm):
            write_photo_answer(actor, child, place, yes, form.spoken, once=form.once)
        else:
            agree_to_photos(actor, child, place, yes, once=form.once)
        return redirect("notes:photos", child.pk)
    mine = stands.of(actor) if actor.is_parent else None
    said = [(each.person.name, each.pk in stands.yes) for each in stands.decide]
    page = {
        "child": child,
        "place": place,
        "stands": stands,
        "said": said,
        "form": form,
        "may_write_down": works and stands.allowed,
        "mine": mine,
        "yes": bool(mine and mine.pk in stands.yes),
        "may_photograph": not actor.is_parent and bool(may_photograph(actor, child)),
    }
    return render(request, "notes/photos.html", page)


def _answer_form(request: HttpRequest, stands: Standing, works: bool) -> Form:
    """A parent says it here; staff write down what a parent said elsewhere."""
    data = request.POST or None
    return PhotoAnswerForm(data, guardians=stands.decide) if works else Form(data)


def setting(request: HttpRequest) -> HttpResponse:
    """Whether photos are made at this organisation, and what parents read about it."""
    actor = request.actor
    if actor.role not in RUNS_THE_PLACE:
        raise NotVisible
    own = queries.noting_words(actor)
    now = {"photos": own.photos, "words": own.photo_words} if own else {}
    form = PhotoSettingForm(request.POST or None, initial=now)
    done = answered(
        request,
        form,
        lambda data: set_photos(actor, data["photos"], data["words"], once=form.once),
        _("Saved. It holds from now on."),
        request.path,
    )
    step = Step(
        _("Photos with notes"),
        reverse("web:today"),
        _("Today"),
        lead=_(
            "A photo says much, and about a child it says a lot. So it is off until you choose it."
        ),
        why_heading=_("What the product does"),
        why=_(
            "Only of a child under 12 whose parents all said yes. Place, time and device are taken out "
            "of it. When one parent takes the yes back, nobody sees the photos any more."
        ),
    )
    return done or show(request, form, step)
