"""What the shell puts on every page: the menu of this hat, who one is, what day it is."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from alert4you.kernel.clock import day_of
from alert4you.offline.rules.stamps import stamp_of
from alert4you.organisations.models import Role
from alert4you.tablets.queries import id_in
from alert4you.ui.addresses import address
from alert4you.web.rules.sessions import Door, Level

TODAY = ("web:today", _("Today"), "home")
CHILDREN = ("web:children", _("Children"), "child")
QUESTIONS = ("coaching:questions", _("Questions"), "question")
VISITS = ("coaching:visits", _("Visits"), "calendar")
TRAJECTORIES = ("trajectories:caseload", _("Trajectories"), "route")
MEETINGS = ("meetings:meetings", _("Meetings"), "people")
PRACTICES = ("practices:practices", _("Practices"), "book")
SHARING = ("access:sharing", _("Sharing"), "share")
LOOKED = ("access:looked", _("Who looked"), "eye")
RIGHTS = ("rights:rights", _("My rights"), "flag")
REVIEW = ("access:review", _("Weekly list"), "check")
OPENED = ("access:openings", _("Opened"), "unlock")
ASKED_BY_PARENTS = ("access:look_questions", _("Asked"), "question")
MARKS = ("access:marks_here", _("Marks"), "flag")
IN_THE_BACKGROUND = ("operations:work", _("Background"), "clock")
ADMINISTRATION = ("admin:index", _("Administration"), "building")

WORK_OFFLINE = {"head": "offline/head.html", "status": "offline/status.html"}
MENUS = {
    Role.GROUP_WORKER: (TODAY, CHILDREN, QUESTIONS, MEETINGS, PRACTICES),
    Role.PEDAGOGUE: (TODAY, CHILDREN, QUESTIONS, TRAJECTORIES, PRACTICES),
    Role.CARE_COORDINATOR: (TODAY, TRAJECTORIES, CHILDREN, QUESTIONS, PRACTICES),
    Role.MANAGER: (TODAY, CHILDREN, QUESTIONS, MEETINGS, PRACTICES),
    Role.COACH: (TODAY, QUESTIONS, VISITS, CHILDREN, PRACTICES),
    Role.PARTNER: (TODAY, CHILDREN, MEETINGS, PRACTICES),
    Role.MUNICIPALITY: (TODAY, MEETINGS, PRACTICES),
    Role.PRIVACY_OFFICER: (TODAY, REVIEW, OPENED, ASKED_BY_PARENTS, MARKS),
    Role.SUPPORT: (TODAY,),
    Role.PARENT: (TODAY, SHARING, LOOKED, RIGHTS),
}


@dataclass(frozen=True)
class MenuItem:
    label: str
    url: str
    icon: str
    current: bool
    count: int | None = None


@dataclass(frozen=True)
class Hat:
    name: str
    role: str
    organisation: str
    switch_url: str
    settings_url: str
    lock_url: str


@dataclass(frozen=True)
class Shared:
    """What a page needs on a shared tablet: where it locks, after how long, and what history may say."""

    minutes: int
    section: str
    template: str = "web/tablet/head.html"

    @property
    def left(self) -> str:
        """The cookie that its script sets where it could not end the session itself."""
        secure = "; Secure" if settings.SESSION_COOKIE_SECURE else ""
        return f"{settings.LEFT_COOKIE_NAME}=1; Path=/; Max-Age=86400; SameSite=Strict{secure}"


def shell(request: HttpRequest) -> dict[str, Any]:
    """Template context of every page; costs no query."""
    actor = getattr(request, "actor", None)
    if actor is None:
        nobody: dict[str, Any] = {"nav": [], "hat": None, "demo_banner": _demo_banner()}
        return {**nobody, "work_offline": WORK_OFFLINE}
    membership = request.membership
    door = Door.of(request.session)
    nav = _menu(request, actor.role) if door.level >= Level.CARE or actor.is_parent else []
    return {
        "nav": nav,
        "hat": Hat(
            request.user.name,
            membership.task if membership else _without_membership(request),
            membership.organisation.name if membership else "",
            "" if door.hat else address("web:hats"),
            "" if door.hat else address("web:keys"),
            address("web:lock") if membership else "",
        ),
        "shared": Shared(door.idle, _section(nav)) if door.tablet else None,
        "actor": actor,
        "now": request.now,
        "today": day_of(request.now),
        "demo_banner": _demo_banner(),
        "work_offline": {**WORK_OFFLINE, "stamp": _stamp(request) if nav else ""},
    }


def _stamp(request: HttpRequest) -> str:
    """Who writes on this page; empty for parents, and where the device is not known yet."""
    device = id_in(request.COOKIES.get(settings.DEVICE_COOKIE_NAME))
    return stamp_of(request.actor, device) if device and request.membership else ""


def _menu(request: HttpRequest, role: str) -> list[MenuItem]:
    offered = (
        MENUS[Role(role)] if request.membership or not request.user.is_staff else _runs_it(request)
    )
    places = [(address(name), str(label), icon) for name, label, icon in offered]
    here = max((url for url, *__ in places if _holds(url, request.path)), key=len, default="")
    return [MenuItem(label, url, icon, url == here) for url, label, icon in places]


def _runs_it(request: HttpRequest) -> list[tuple[str, Any, str]]:
    """For whoever runs the installation; whoever has a child here as well finds it on Today."""
    background = [IN_THE_BACKGROUND] if request.user.is_superuser else []
    return [TODAY, *background, ADMINISTRATION]


def _section(nav: list[MenuItem]) -> str:
    """The history of a browser keeps titles: there the page is called after its place in the menu."""
    return next((each.label for each in nav if each.current), "")


def _holds(url: str, path: str) -> bool:
    return path == url if url == "/" else path.startswith(url)


def _without_membership(request: HttpRequest) -> str:
    return str(_("administrator") if request.user.is_staff else Role.PARENT.label)


def _demo_banner() -> str:
    return "demo/banner.html" if settings.MODE == "demo" else ""
