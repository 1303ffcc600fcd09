"""What machines ask, before there is a host name, a session or a hat; and what they count."""

import secrets
from collections.abc import Callable
from time import perf_counter

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, JsonResponse

from alert4you.kernel.clock import now
from alert4you.operations.away import Away, Watch
from alert4you.operations.health import ready
from alert4you.operations.metrics import answered, exposed
from alert4you.web.middleware import unavailable

View = Callable[[HttpRequest], HttpResponse]


def _live(_request: HttpRequest) -> HttpResponse:
    """That this process answers; asks nothing of the database, so that nobody restarts it for that."""
    return HttpResponse("live", content_type="text/plain")


def _ready(request: HttpRequest) -> HttpResponse:
    """Whether people can work here; what is wrong is told to our own monitoring only."""
    found = ready(now())
    status = 200 if all(found.values()) else 503
    if _is_ours(request):
        return JsonResponse(found, status=status)
    return HttpResponse("ready" if status == 200 else "not ready", "text/plain", status)


def _metrics(request: HttpRequest) -> HttpResponse:
    if not _is_ours(request):
        return HttpResponseNotFound()
    return HttpResponse(exposed(now()), content_type="text/plain; version=0.0.4; charset=utf-8")


away = Away()
watch = Watch(away)
DOORS: dict[str, View] = {"/health/live": _live, "/health/ready": _ready, "/metrics": _metrics}


class MachineMiddleware:
    """Stands before all others."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if door := DOORS.get(request.path_info):
            response = door(request)
            response.headers["Cache-Control"] = "no-store"
            response.headers["X-Content-Type-Options"] = "nosniff"
            return response
        is_style = request.path_info.startswith(settings.STATIC_URL)  # of the plain page too
        if not is_style and away.is_known():
            return unavailable()
        begun = perf_counter()
        with watch.over_this_request():
            response = self.get_response(request)
        page = request.resolver_match.view_name if request.resolver_match else ""
        if response.status_code == 503 and connection.connection is None:
            away.gone()
        elif page and response.status_code != 503:
            away.there()
        answered(page, response.status_code, perf_counter() - begun)
        return response


def _is_ours(request: HttpRequest) -> bool:
    token = settings.METRICS_TOKEN
    told = request.headers.get("Authorization", "")
    return bool(token) and secrets.compare_digest(told.encode(), f"Bearer {token}".encode())
