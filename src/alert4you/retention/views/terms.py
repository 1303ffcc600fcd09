"""How long what is kept, by which rule, and what the organisation chooses itself."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alert4you.kernel.decision import Denied
from alert4you.retention import commands
from alert4you.retention.forms import TermForm
from alert4you.retention.queries import pages


def terms(request: HttpRequest) -> HttpResponse:
    return render(request, "retention/terms.html", {"rules": pages.rules(request.actor)})


def choose(request: HttpRequest, kind: str) -> HttpResponse:
    """Another number of months for one kind of record."""
    rule = pages.rule(request.actor, kind)
    form = TermForm(request.POST or None, initial={"months": rule.term.months})
    if form.is_valid():
        try:
            commands.choose_term(request.actor, kind, form.cleaned_data["months"], once=form.once)
        except Denied as refused:
            form.add_error("months", str(refused.decision.reason))
        else:
            messages.success(request, _("Chosen. It holds from tonight on."))
            return redirect("retention:terms")
    return render(request, "retention/choose.html", {"rule": rule, "form": form})
