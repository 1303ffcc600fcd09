"""Coming in with a code that was sent by mail: it opens the day messages."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from alert4you.kernel.decision import Denied
from alert4you.kernel.mailing import send_beside
from alert4you.organisations.commands import make_code, use_code
from alert4you.organisations.queries import code_asked
from alert4you.organisations.rules import OLD_CODE
from alert4you.web.forms import CodeForm, EmailForm
from alert4you.web.rules.sessions import Level
from alert4you.web.views.door.entering import (
    come_in,
    on_to,
    record,
    refused,
    stranger,
    wanted,
)

ASKED = "code"


@login_not_required
def code(request: HttpRequest) -> HttpResponse:
    """To which address; the same answer whether or not it is known."""
    form = EmailForm(request.POST or None)
    if form.is_valid():
        try:
            asked, digits = make_code(stranger(request), form.cleaned_data["email"])
        except Denied as too_often:
            form.refuse(too_often)
        else:
            request.session[ASKED] = str(asked.pk)
            if asked.person is not None:
                words = render_to_string(
                    "web/door/mail/code.txt", {"code": f"{digits[:4]} {digits[4:]}"}
                )
                send_beside(_("Your code for Alert4you"), words, asked.person.email)
            return on_to(request, "web:type_code")
    return render(request, "web/door/code.html", {"form": form, "next": wanted(request)})


@login_not_required
def type_code(request: HttpRequest) -> HttpResponse:
    """In the browser that asked for it; a code opens nothing anywhere else."""
    asked = code_asked(request.session.get(ASKED))
    form = CodeForm(request.POST or None)
    if asked is None:
        return refused(request, OLD_CODE, "web:code")
    if form.is_valid():
        try:
            person = use_code(stranger(request), asked, form.cleaned_data["code"])
        except Denied as over:
            return refused(request, over.decision, "web:code")
        if person is not None:
            del request.session[ASKED]
            come_in(request, person, "code", Level.DAY)
            return redirect(wanted(request))
        record(request, "door.code", asked.person, refused=True)
        form.add_error("code", _("This is not the code. Look in the newest mail."))
    return render(request, "web/door/type_code.html", {"form": form, "next": wanted(request)})
