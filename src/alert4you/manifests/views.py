"""What went along: all of it, one hand-over, and the signature for it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alert4you.kernel.decision import Denied
from alert4you.manifests import commands, queries
from alert4you.manifests.forms import PaperForm, SignForm


def manifests(request: HttpRequest) -> HttpResponse:
    """Everything that went along, of all children this hat may know; what waits first."""
    return render(request, "manifests/manifests.html", {"rows": queries.some(request.actor)})


def manifest(request: HttpRequest, manifest_id: UUID) -> HttpResponse:
    """One hand-over; the receiver signs here, staff write down what was signed on paper."""
    shown = queries.shown(request.actor, manifest_id)
    form = None
    if shown.to_sign or shown.to_record:
        form_of = SignForm if shown.to_sign else PaperForm
        form = form_of(request.POST or None, sent=shown.manifest.sent)
    if form is not None and form.is_valid():
        act = commands.sign if shown.to_sign else commands.record_signature
        try:
            act(request.actor, shown.manifest, form.receipt, once=form.once)
        except Denied as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Signed. The parents see it too."))
            return redirect("manifests:manifest", manifest_id)
    return render(request, "manifests/manifest.html", {"shown": shown, "form": form})
