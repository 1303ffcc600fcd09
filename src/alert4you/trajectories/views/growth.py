"""The growth document: gathered, read and approved by the parents, given, and on paper."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alert4you.access.models import Entry
from alert4you.kernel.decision import Denied, NotVisible, require
from alert4you.trajectories.commands import growth as commands
from alert4you.trajectories.forms.growth import HandForm, WordsForm
from alert4you.trajectories.models import GrowthDocument
from alert4you.trajectories.queries.growth import GrowthPage, growth_page, printed
from alert4you.trajectories.views.paper import take_along, typeset


def growth(request: HttpRequest, trajectory_id: UUID) -> HttpResponse:
    """What is in it, who still has to read it, and to whom it was given."""
    page = growth_page(request.actor, trajectory_id)
    return _show(request, page)


def _show(request: HttpRequest, page: GrowthPage, words: WordsForm | None = None) -> HttpResponse:
    said = page.document.words if page.document else ""
    context = {
        "page": page,
        "words": words or WordsForm(initial={"words": said}),
        "asked": request.actor.is_parent and request.actor.person_id in page.mine_to_approve,
    }
    return render(request, "trajectories/growth.html", context)


@require_POST
def gather(request: HttpRequest, trajectory_id: UUID) -> HttpResponse:
    """Everything there is now, as a new document."""
    page = growth_page(request.actor, trajectory_id)
    commands.gather_growth(request.actor, page.trajectory)
    messages.success(request, _("Gathered. The parents read it first."))
    return redirect("trajectories:growth", trajectory_id)


@require_POST
def item(request: HttpRequest, trajectory_id: UUID, seen_id: UUID) -> HttpResponse:
    """Leave one thing out, or (``back``) put it in again."""
    page = growth_page(request.actor, trajectory_id)
    entry = next((each.entry for each in page.items if each.entry.pk == seen_id), None)
    if entry is None:
        raise NotVisible
    _leave_out(request, _document(page), entry)
    return redirect("trajectories:growth", trajectory_id)


def _leave_out(request: HttpRequest, document: GrowthDocument, entry: Entry) -> None:
    left_out = "back" not in request.POST
    commands.leave_out(request.actor, document, entry, left_out)
    messages.success(request, _("Left out.") if left_out else _("It is in the document again."))


@require_POST
def words(request: HttpRequest, trajectory_id: UUID) -> HttpResponse:
    """The parents' own words."""
    page = growth_page(request.actor, trajectory_id)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return _show(request, page, form)
    commands.add_growth_words(request.actor, _document(page), form.cleaned_data["words"])
    messages.success(request, _("Your words stand first in the document."))
    return redirect("trajectories:growth", trajectory_id)


@require_POST
def approve(request: HttpRequest, trajectory_id: UUID) -> HttpResponse:
    """This parent has read it, and it may go out."""
    page = growth_page(request.actor, trajectory_id)
    seen = request.POST.get("seen", "")
    commands.approve_growth(request.actor, _document(page), seen=seen)
    messages.success(request, _("Thank you. You have approved the document."))
    return redirect("trajectories:growth", trajectory_id)


def refuse(request: HttpRequest, trajectory_id: UUID) -> HttpResponse:
    """The parents do not want the document: it is destroyed at once."""
    page = growth_page(request.actor, trajectory_id)
    document = _document(page)
    if not request.actor.is_parent or not page.may_change:
        raise NotVisible
    if request.method == "POST":
        commands.refuse_growth(request.actor, document)
        messages.success(request, _("The document was destroyed."))
        return redirect("trajectories:growth", trajectory_id)
    context = {
        "heading": _("Destroy this document?"),
        "text": _("It goes nowhere, and nothing of it is kept. The notes it was made of stay."),
        "action": _("Yes, destroy it"),
        "kind": "primary nl-button--negative",
        "cancel_url": reverse("trajectories:growth", args=[trajectory_id]),
    }
    return render(request, "ui/confirm.html", context)


def hand(request: HttpRequest, trajectory_id: UUID) -> HttpResponse:
    """Write down to whom it is given."""
    page = growth_page(request.actor, trajectory_id)
    document = _document(page)
    require(page.may_print)
    receivers = {str(each.pk): each for each in page.may_receive}
    form = HandForm(
        request.POST or None, receivers=[(pk, each.name) for pk, each in receivers.items()]
    )
    if form.is_valid():
        given = form.cleaned_data
        try:
            commands.hand_growth(
                request.actor, document, receivers[given["to"]], given["name"], once=form.once
            )
        except Denied as denied:
            form.refuse(denied)
        else:
            messages.success(request, _("It is written down to whom it was given."))
            return redirect("trajectories:growth", trajectory_id)
    return render(request, "trajectories/growth_hand.html", {"page": page, "form": form})


def pdf(request: HttpRequest, trajectory_id: UUID) -> HttpResponse:
    """The document on paper; for staff only when the parents have approved it."""
    page = growth_page(request.actor, trajectory_id)
    _document(page)
    require(page.may_print)
    take_along(request.actor, page.trajectory.child)
    name = slugify(f"{_('growth document')} {page.trajectory.child}")
    return HttpResponse(
        typeset("growth.typ", printed(page, request.actor.today)),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}.pdf"'},
    )


def _document(page: GrowthPage) -> GrowthDocument:
    if page.document is None:
        raise NotVisible
    return page.document
