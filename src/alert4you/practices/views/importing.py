"""Uploading a document, looking at what was recognised beside the original, and saving it as cards."""

from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alert4you.kernel.decision import NotVisible, require
from alert4you.practices.commands import importing as commands
from alert4you.practices.forms.importing import CardForm, ChosenForm, UploadForm
from alert4you.practices.models import ImportedDocument
from alert4you.practices.queries import importing as queries
from alert4you.practices.rules.document import review
from alert4you.practices.rules.document.found import Recognised
from alert4you.practices.rules.document.reading import read_document
from alert4you.practices.rules.document.rows import Unusable
from alert4you.practices.rules.importing import Outcome, may_add_cards, worth_saving


def upload(request: HttpRequest) -> HttpResponse:
    """Choose a document. What cannot be read is said here, and nothing of it is kept."""
    _require_writer(request)
    form = UploadForm(_sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file: UploadedFile = form.cleaned_data["file"]
        try:
            found = read_document(file.name or "", file.read())
        except Unusable as unusable:
            form.add_error("file", str(unusable))
        else:
            kept = commands.keep_document(request.actor, file.name or "", found)
            if len(found.cards) == 1:
                return redirect("practices:import_card", kept.pk, 1)
            return redirect("practices:imported", kept.pk)
    page = {
        "form": form,
        "waiting": queries.own_documents(request.actor).filter(saved__isnull=True),
    }
    return render(request, "practices/import.html", page)


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _require_writer(request: HttpRequest) -> None:
    require(may_add_cards(request.actor))


def imported(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """The cards of a document: which to save. Afterwards: what became of them."""
    document = _document(request, document_id)
    if document.saved is not None:
        page = {"document": document, "outcomes": [Outcome(**each) for each in document.saved]}
        return render(request, "practices/import_saved.html", page)
    found = queries.found_in(document)
    numbers = worth_saving(found)
    form = ChosenForm(_sent(request), numbers=numbers)
    if request.method == "POST" and form.is_valid():
        commands.save_document(request.actor, document, form.cleaned_data["cards"], once=form.once)
        return redirect("practices:imported", document.pk)
    page = {
        "document": document,
        "form": form,
        "rows": queries.cards_of(document, found),
        "several": len(numbers) > 1,
        "outside": review.stretches(found, None),
        "taken_out": review.taken_out(found),
        "pictures": review.pictures(found),
    }
    return render(request, "practices/imported.html", page)


def _document(request: HttpRequest, document_id: UUID) -> ImportedDocument:
    document = queries.own_document(request.actor, document_id)
    _require_writer(request)
    return document


def import_card(request: HttpRequest, document_id: UUID, number: int) -> HttpResponse:
    """One card beside its original: correct its head, and give loose pieces their place."""
    document = _document(request, document_id)
    found = queries.found_in(document)
    if document.saved is not None:
        return redirect("practices:imported", document.pk)
    if not 1 <= number <= len(found.cards):
        raise NotVisible
    at = number - 1
    card = found.cards[at]
    correction = queries.correction_of(document, found, at)
    form = CardForm(_sent(request), card=card, correction=correction)
    if request.method == "POST" and form.is_valid():
        commands.correct_card(request.actor, document, at, form.correction, once=form.once)
        return _after(request, document, found, number)
    page = {
        "document": document,
        "card": card,
        "number": number,
        "count": len(found.cards),
        "form": form,
        "sides": review.sides(card),
        "pieces": [
            (piece, form[name]) for piece, name in zip(card.unrecognised, form.pieces, strict=True)
        ],
        "original": review.stretches(found, at),
        "outside": review.stretches(found, None) if len(found.cards) == 1 else [],
        "taken_out": review.taken_out(found, at),
        "result": queries.outcomes(document, found)[at],
    }
    return render(request, "practices/import_card.html", page)


def _after(
    request: HttpRequest, document: ImportedDocument, found: Recognised, number: int
) -> HttpResponse:
    """Save when that was asked, else the next card, and after the last the overview."""
    if "save" in request.POST and not found.cards[number - 1].empty:
        commands.save_document(request.actor, document, [number - 1])
        return redirect("practices:imported", document.pk)
    if number < len(found.cards):
        return redirect("practices:import_card", document.pk, number + 1)
    return redirect("practices:imported", document.pk)


@require_POST
def forget(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Throw away what was read."""
    commands.forget_document(request.actor, _document(request, document_id))
    return redirect("practices:import")
