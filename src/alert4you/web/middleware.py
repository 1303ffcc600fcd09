"""Turns a session into one hat, writes down what was read, and turns refusals into plain answers."""

import logging
import sys
from collections.abc import Callable
from hashlib import sha256
from ipaddress import ip_address
from typing import cast
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import (
    AuthenticationMiddleware,
    LoginRequiredMiddleware,
    get_user,
)
from django.db import DatabaseError, OperationalError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found
from django_htmx.http import HttpResponseClientRedirect

from alert4you.kernel import audit, clock, reading
from alert4you.kernel.decision import Denied, NotVisible
from alert4you.kernel.models import AuditRecord
from alert4you.kernel.namesakes import told_apart
from alert4you.kernel.wall.standing import seen_by
from alert4you.organisations.models import Membership, Person, Role
from alert4you.organisations.queries import actor_of, parent_actor
from alert4you.tablets.queries import id_in, signed_name, tablet_named, working
from alert4you.web.queries.sessions import came_before, with_newcomer
from alert4you.web.rules.levels import asks_again, needed, opens_with_pin
from alert4you.web.rules.sessions import Door

LANGUAGES = dict(settings.LANGUAGES)
PARENT_HAT = Role.PARENT.value
log = logging.getLogger(__name__)


METHODS = ("GET", "HEAD", "POST")
OF_APPLICATIONS = "/api/"  # which says itself what can be done there
NUL = "%00"
SAID = {400: "400.html", 405: "405.html", 413: "413.html"}
OF_SECRETS = {"web", "tablets", "admin"}  # what is typed there is given back to nobody
BROWSER = {
    "Cache-Control": "no-store, private",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        [
            *(f"{thing}=()" for thing in ("camera", "microphone", "geolocation", "payment", "usb")),
            *(f"publickey-credentials-{act}=(self)" for act in ("get", "create")),
        ]
    ),
}


# Only where one can dictate; what recognises the words is on the device itself (notes/dictate.js).
HEARS = {"notes:write", "notes:group", "notes:notebook"}
HEARING = BROWSER["Permissions-Policy"].replace("microphone=()", "microphone=(self)")


class BrowserMiddleware:
    """What a browser may do with an answer of ours, whatever answered; and only the methods we use."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.META["REMOTE_ADDR"] = _visitor(request)
        of_people = not request.path_info.startswith(OF_APPLICATIONS)
        if of_people and request.method not in METHODS:
            response: HttpResponse = HttpResponseNotAllowed(METHODS)
        elif of_people and (
            NUL in request.META.get("QUERY_STRING", "") or "\0" in request.path_info
        ):
            response = HttpResponse(status=400)  # what is sought with it is kept by no database
        elif not of_people and settings.SECURE_SSL_REDIRECT and not request.is_secure():
            response = HttpResponse(status=403)
        elif int(request.META.get("CONTENT_LENGTH") or 0) > settings.LARGEST_REQUEST:
            response = HttpResponse(status=413)  # before a byte of it is read
        else:
            response = self.get_response(request)
        if of_people and not response.streaming and not response.content:
            _in_words(request, response)
        if request.resolver_match and request.resolver_match.view_name in HEARS:
            response.headers.setdefault("Permissions-Policy", HEARING)
        for name, value in BROWSER.items():
            response.headers.setdefault(name, value)
        return response


class ChosenLanguageMiddleware:
    """Dutch, unless somebody chose otherwise on this device; what a browser prefers is no choice."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = _chosen_language(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def _chosen_language(request: HttpRequest) -> str:
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in LANGUAGES else settings.LANGUAGE_CODE


def _in_words(request: HttpRequest, response: HttpResponse) -> None:
    """An empty answer is an empty screen: what was refused by its size or method is said on a page."""
    if response.status_code in SAID:
        with translation.override(_chosen_language(request)):
            response.content = render_to_string(SAID[response.status_code])


class ActorMiddleware:
    """Gives every signed-in request its ``actor``; nothing read about a child leaves without a trace."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.now = clock.now()
        request.actor, request.membership = None, None
        if not request.user.is_authenticated:
            with audit.during(_circumstances(request)), seen_by(None):
                return self.get_response(request)
        put_on_hat(request)
        with (
            audit.during(_circumstances(request)),
            seen_by(request.actor),
            reading.reading() as seen,
            told_apart(),
        ):
            response = self.get_response(request)
            if seen and not _written(request, seen):
                response = unavailable()
        response["Cache-Control"] = BROWSER["Cache-Control"]
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotVisible):
            _refused(request)
            return page_not_found(request, exception)
        if isinstance(exception, Denied):
            context = {"decision": exception.decision, "back_url": "/"}
            return render(request, "ui/refused.html", context, status=403)
        return None


class PersonMiddleware(AuthenticationMiddleware):
    """Who signed in; she came along with her session, and Django looks further when that says nobody."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        known = SimpleLazyObject(lambda: request.session.person or get_user(request))
        request.user = cast("Person", known)


class SignedInMiddleware(LoginRequiredMiddleware):
    """Whoever is not signed in signs in first, and loses nothing of what was sent."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: object
    ) -> HttpResponse:
        if request.method == "POST":
            return _sent(request, _signing_in(request))
        return super().handle_no_permission(request, view_func)


class DoorMiddleware:
    """Ends sessions that are over, and asks for a second proof where a page needs it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._over(request) or self.get_response(request)
        if settings.LEFT_COOKIE_NAME in request.COOKIES:
            response.delete_cookie(settings.LEFT_COOKIE_NAME, samesite="Strict")
        new = device_id(request) is None and settings.DEVICE_COOKIE_NAME not in response.cookies
        if request.membership and new:
            keep_device(response, uuid4())
        known = request.COOKIES.get(settings.KNOWN_COOKIE_NAME)
        if request.user.is_authenticated and not came_before(known, request.user):
            kept = with_newcomer(known, request.user)
            _keep(response, settings.KNOWN_COOKIE_NAME, kept)
        return response

    def _over(self, request: HttpRequest) -> HttpResponse | None:
        if not request.user.is_authenticated:
            return None
        door = Door.of(request.session)
        over = _why_over(request, door)
        if over:
            logout(request)
            request.actor, request.membership = None, None
            messages.info(request, over)
            return _sent(request, reverse("web:tablet") if door.tablet else _signing_in(request))
        if marked := door.marked(request.now):
            marked.keep(request.session)
        return None

    def process_view(self, request: HttpRequest, *view: object) -> HttpResponse | None:
        if not request.user.is_authenticated:
            return None
        page, door = _opened(request), Door.of(request.session)
        enough = door.level >= needed(page, request.actor.is_parent)
        fresh = not asks_again(page) or door.is_fresh(request.now)
        if enough and fresh and (not door.hat or opens_with_pin(page)):
            return None
        return _sent(request, f"{reverse('web:step_up')}?{urlencode({'next': _before(request)})}")


def _opened(request: HttpRequest) -> str:
    """The page that has to open; who looks after what is being written asks it for that page."""
    page = request.resolver_match.view_name
    if page != "notes:draft" or request.method != "GET":
        return page
    try:
        return resolve(request.GET.get("page", "").partition("?")[0]).view_name
    except Resolver404:
        return page


def _before(request: HttpRequest) -> str:
    """Where one goes on after a proof; what a form sent is not sent again, so back to its page."""
    if request.method == "GET":
        return request.get_full_path()
    page = urlsplit(request.headers.get("Referer", ""))
    ours = page.netloc == request.get_host()
    return page._replace(scheme="", netloc="", fragment="").geturl() if ours else "/"


def _signing_in(request: HttpRequest) -> str:
    return f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': _before(request)})}"


def failed(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - django calls it so
    """The last resort: without the database or the log we are away for a moment; else it is our fault."""
    error = sys.exception()
    away = isinstance(error, OperationalError | audit.Unwritten)
    return unavailable() if away else HttpResponse(render_to_string("500.html"), status=500)


def unavailable() -> HttpResponse:
    """A plain page that needs no database."""
    return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": "120"})


def _why_over(request: HttpRequest, door: Door) -> str:
    """Why this session ends now; empty while it goes on."""
    if door.tablet and not working(door.tablet):
        return _("The manager took this tablet back.")
    if settings.LEFT_COOKIE_NAME in request.COOKIES:
        return _("The tablet was locked while there was no network.")
    if door.is_over(request.now):
        of_tablet = _("The tablet was not touched for a while, so it locked itself.")
        of_own = _("You were away for a while. Sign in again; what was saved is still there.")
        return of_tablet if door.idle else of_own
    chosen = request.session.get("hat", "")
    wears_parents_hat = chosen == PARENT_HAT and not door.organisation
    if door.staff and request.membership is None and not wears_parents_hat:
        return _("You do not work here any more, so your work account is closed.")
    worn = str(request.membership.pk) if request.membership else PARENT_HAT
    if chosen not in ("", worn):
        return _(
            "The role in which you were here has ended. Sign in again to go on in another one."
        )
    return ""


def device_id(request: HttpRequest) -> UUID | None:
    """Which device this is, by its own word; asks no database."""
    return id_in(request.COOKIES.get(settings.DEVICE_COOKIE_NAME))


def keep_device(response: HttpResponse, device: UUID) -> None:
    """From now on this browser is known as this device."""
    _keep(response, settings.DEVICE_COOKIE_NAME, signed_name(device))


def _keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=settings.DEVICE_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def _sent(request: HttpRequest, address: str) -> HttpResponse:
    """Elsewhere first. A part of a page cannot be a whole other page: then the browser goes there itself.

    The words of a form go back to whoever sent them, on this one page: nothing else has them.
    """
    if request.htmx:
        return HttpResponseClientRedirect(address)
    if words := _words(request):
        context = {"words": words, "go_on_url": address}
        return render(request, "web/door/not_saved.html", context, status=403)
    return redirect(address)


def _words(request: HttpRequest) -> list[str]:
    """What was written in a form; on a shared tablet the next person may stand there already."""
    if request.method != "POST":
        return []
    try:
        secret = resolve(request.path_info).namespace in OF_SECRETS
    except Resolver404:
        secret = True
    here = tablet_named(request.COOKIES.get(settings.DEVICE_COOKIE_NAME))
    if secret or (here and not request.user.is_authenticated):
        return []
    return [said for values in request.POST.lists() for said in values[1] if " " in said.strip()]


def put_on_hat(request: HttpRequest) -> None:
    """Exactly one hat per request: the one chosen in this session, else the first that runs.

    Who came in through the service of an organisation wears hats of that organisation only; who came in
    with a PIN wears the hat whose PIN it is.
    """
    chosen, door = request.session.get("hat"), Door.of(request.session)
    bound = bool(door.organisation or door.hat)
    membership = None if chosen == PARENT_HAT and not bound else _chosen(request, chosen)
    if membership is None:
        request.actor = parent_actor(request.user, request.now)
    else:
        request.actor = actor_of(membership, request.now)
    request.membership = membership


def _chosen(request: HttpRequest, chosen: str | None) -> Membership | None:
    door = Door.of(request.session)
    running = [
        hat
        for hat in request.session.hats(request.user, clock.day_of(request.now))
        if door.organisation in ("", str(hat.organisation_id)) and door.hat in ("", str(hat.pk))
    ]
    return next((hat for hat in running if str(hat.pk) == chosen), running[0] if running else None)


def _visitor(request: HttpRequest) -> str:
    """The address that our own outermost proxy saw; what stands before it a visitor may have written."""
    seen: str = request.META.get("REMOTE_ADDR", "")
    told = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if not 0 < settings.PROXIES <= len(told):
        return seen
    try:
        address, *_zone = told[-settings.PROXIES].split("%")  # a zone can be any text
        return str(ip_address(address.strip()))
    except ValueError:
        return seen


def _circumstances(request: HttpRequest) -> audit.Circumstances:
    session = sha256((request.session.session_key or "").encode()).hexdigest()[:16]
    return audit.Circumstances(uuid4(), session, request.META.get("REMOTE_ADDR", ""))


def _refused(request: HttpRequest) -> None:
    """Somebody asked for a child that is not there for this hat: that is kept as well."""
    match = request.resolver_match
    if match and "child_id" in match.kwargs:
        record = AuditRecord.of(
            request.actor, AuditRecord.Action.READ, match.view_name, match.kwargs["child_id"]
        )
        record.outcome = AuditRecord.Outcome.REFUSED
        audit.append([record])


def _written(request: HttpRequest, seen: reading.Seen) -> bool:
    page = request.resolver_match.view_name if request.resolver_match else request.path
    try:
        # Where the request is one transaction, on PostgreSQL, all of it goes with its log.
        with transaction.atomic(savepoint=False):
            reading.write(request.actor, seen, page)
    except DatabaseError:
        log.exception("the read log could not be written; nothing was shown")
        return False
    return True
