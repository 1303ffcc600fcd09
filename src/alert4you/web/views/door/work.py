"""Coming in through the sign-in service of one's own organisation (OpenID Connect)."""

from dataclasses import asdict
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from alert4you.kernel.decision import Decision, Denied
from alert4you.organisations.commands import link_identity
from alert4you.organisations.models import Issuer
from alert4you.organisations.queries import hats, issuers, known_as
from alert4you.web.queries.factors import factors
from alert4you.web.queries.issuer import Visit, WorkRefused, subject_behind, way_there
from alert4you.web.rules.sessions import Door, Level
from alert4you.web.views.door.entering import come_in, record, refused

VISIT = "work"
NO_ANSWER = Decision(
    _("Signing in with your organisation did not work."),
    _("Try again in a moment, or come in another way."),
)
UNKNOWN = Decision(
    _("This work account is not known here yet."),
    _("Use the invitation of your manager first; in there you connect your work account."),
)


@login_not_required
def work(request: HttpRequest) -> HttpResponse:
    """Which organisation."""
    return render(request, "web/door/work.html", {"issuers": issuers()})


@login_not_required
def to_work(request: HttpRequest, issuer_id: UUID) -> HttpResponse:
    """Off to the service, with what only this browser knows."""
    issuer = _issuer(issuer_id)
    visit = Visit(str(issuer.pk))
    request.session[VISIT] = asdict(visit)
    try:
        return redirect(way_there(issuer, visit, _back(request, issuer)))
    except WorkRefused:
        return refused(request, NO_ANSWER, "web:login")


@login_not_required
def from_work(request: HttpRequest, issuer_id: UUID) -> HttpResponse:
    """Back again: who the service says this is, and whom we know by that."""
    issuer = _issuer(issuer_id)
    visit = Visit(**request.session.pop(VISIT, {"issuer": ""}))
    try:
        subject = _subject(request, issuer, visit)
    except WorkRefused:
        record(request, "door.work", None, refused=True)
        return refused(request, NO_ANSWER, "web:login")
    return (
        _link(request, issuer, subject) if _may_link(request) else _enter(request, issuer, subject)
    )


def _subject(request: HttpRequest, issuer: Issuer, visit: Visit) -> str:
    """Only for the visit that this browser began, to this very service."""
    told_state, code = request.GET.get("state", ""), request.GET.get("code", "")
    if visit.issuer != str(issuer.pk) or not constant_time_compare(told_state, visit.state):
        raise WorkRefused("state")
    if request.GET.get("iss", issuer.url) != issuer.url or not code:
        raise WorkRefused("answer")
    return subject_behind(issuer, visit, code, _back(request, issuer))


def _may_link(request: HttpRequest) -> bool:
    """Whoever is here already with enough proof connects the account; everybody else comes in with it."""
    door = Door.of(request.session)
    return request.user.is_authenticated and (door.enrols or door.is_own)


def _link(request: HttpRequest, issuer: Issuer, subject: str) -> HttpResponse:
    try:
        link_identity(request.actor, issuer, subject)
    except Denied as denied:
        return refused(request, denied.decision, "web:today")
    if not Door.of(request.session).is_own:
        return _enter(request, issuer, subject)
    return redirect("web:keys")


def _enter(request: HttpRequest, issuer: Issuer, subject: str) -> HttpResponse:
    person = known_as(issuer, subject)
    here = person and hats(person, request.now).filter(organisation=issuer.organisation_id)
    if person is None or not here.exists():
        record(request, "door.work", person, refused=True)
        return refused(request, UNKNOWN, "web:login")
    level = Level.CARE if issuer.asks_second_factor else Level.DAY
    come_in(request, person, "work", level, enrols=not factors(person), issuer=issuer)
    return redirect("web:today")


def _issuer(issuer_id: UUID) -> Issuer:
    issuer = issuers().filter(pk=issuer_id).first()
    if issuer is None:
        raise Http404
    return issuer


def _back(request: HttpRequest, issuer: Issuer) -> str:
    return request.build_absolute_uri(reverse("web:from_work", args=[issuer.pk]))
