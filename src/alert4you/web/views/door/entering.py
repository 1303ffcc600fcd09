"""What all ways in share: a fresh session, what it may open, and a line in the audit trail."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from alert4you.kernel import audit
from alert4you.kernel.decision import Decision
from alert4you.kernel.mailing import send_beside
from alert4you.kernel.models import AuditRecord
from alert4you.organisations.models import Actor, Issuer, Person, Role
from alert4you.organisations.queries import actor_of, hats, parent_actor, system_actor
from alert4you.tablets.commands import forget_wrong_pins
from alert4you.tablets.models import Device, Tablet
from alert4you.tablets.queries import device_named, minutes_of, tablet_named, was_wrong
from alert4you.web.queries.sessions import came_before
from alert4you.web.rules.sessions import Door, Level, browser_named

PIN = "pin"
EXPECTED = (PIN, "code", "invitation")  # on a device of the house, or told by mail a moment ago
ABOUT = _("About your account of Alert4you")
OR_NOT = _("Was it not you? Tell the staff now.")
NEW_DEVICE = _("Somebody came in to your account with a browser that was not used for it before.")
GUESSED = _(
    "Somebody tried to come in to your account and was wrong ten times. We stopped that for a quarter "
    "of an hour."
)
BACKEND = "django.contrib.auth.backends.ModelBackend"


def come_in(
    request: HttpRequest,
    person: Person,
    way: str,
    level: Level,
    *,
    enrols: bool = False,
    issuer: Issuer | None = None,
) -> None:
    """A session with a new key that knows how sure it is who this is."""
    login(request, person, BACKEND)
    request.session.cycle_key()
    organisation = str(issuer.organisation_id) if issuer else ""
    request.session["hat"] = _first_hat(request, person, issuer)
    browser = browser_named(request.headers.get("User-Agent", ""))
    door = Door(
        staff=works(request, person), organisation=organisation, enrols=enrols, browser=browser
    )
    if tablet := tablet_here(request):
        door = door.on_tablet(str(tablet.pk), minutes_of(tablet.location.organisation_id))
    door.opened(request.now, level).keep(request.session)
    record(request, f"door.{way}", person)
    if level >= Level.CARE and way != PIN:
        _forgive(_hat(request, person))
    if way not in EXPECTED and not came_before(
        request.COOKIES.get(settings.KNOWN_COOKIE_NAME), person
    ):
        warn(person, NEW_DEVICE)


def _first_hat(request: HttpRequest, person: Person, issuer: Issuer | None) -> str:
    """The hat that is worn until she chooses another one: it does not change by itself."""
    mine = hats(person, request.now)
    hat = (mine.filter(organisation=issuer.organisation_id) if issuer else mine).first()
    return str(hat.pk) if hat else Role.PARENT.value


def go_further(request: HttpRequest, way: str) -> None:
    """A second proof was given: the session gets a new key and opens everything of this hat."""
    request.session.cycle_key()
    Door.of(request.session).raised(request.now).keep(request.session)
    record(request, f"door.{way}", request.user)
    _forgive(request.actor)


def _forgive(actor: Actor) -> None:
    """Whoever proved in her own way who she is may try her PIN again."""
    if was_wrong(actor.person_id):
        forget_wrong_pins(actor)


def device_here(request: HttpRequest) -> Device | None:
    """Which device this browser is, by its cookie; None when it was not here before."""
    return device_named(request.COOKIES.get(settings.DEVICE_COOKIE_NAME))


def tablet_here(request: HttpRequest) -> Tablet | None:
    """The shared tablet that this browser is, while it works."""
    return tablet_named(request.COOKIES.get(settings.DEVICE_COOKIE_NAME))


def warn(person: Person, what: str | Promise) -> None:
    """The owner hears by mail what may not have been her."""
    if person.email:
        words = f"{what} {OR_NOT}"
        send_beside(str(ABOUT), words, person.email)


def works(request: HttpRequest, person: Person) -> bool:
    return hats(person, request.now).exists()


def record(request: HttpRequest, name: str, person: Person | None, refused: bool = False) -> None:
    """Who came in, or tried: by id, never what was typed."""
    record = AuditRecord.of(_hat(request, person), AuditRecord.Action.EXECUTE, name)
    record.outcome = AuditRecord.Outcome.REFUSED if refused else AuditRecord.Outcome.DONE
    audit.append([record])


def _hat(request: HttpRequest, person: Person | None) -> Actor:
    if person is None:
        return system_actor(request.now)
    hat = hats(person, request.now).first()
    return actor_of(hat, request.now) if hat else parent_actor(person, request.now)


def stranger(request: HttpRequest) -> Actor:
    """Whoever knocks is nobody yet."""
    return system_actor(request.now)


def wanted(request: HttpRequest) -> str:
    """The page one was on the way to, when it is one of ours."""
    address = request.POST.get("next") or request.GET.get("next") or "/"
    ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return address if ours and address.startswith("/") else "/"


def on_to(request: HttpRequest, page: str) -> HttpResponse:
    """A next page of the door, which knows where one was going."""
    return redirect(f"{reverse(page)}?{urlencode({'next': wanted(request)})}")


def refused(request: HttpRequest, decision: Decision, page: str) -> HttpResponse:
    """This way is closed: why, and the page where one can begin again."""
    context = {"decision": decision, "back_url": reverse(page)}
    return render(request, "ui/refused.html", context, status=403)
