"""What devices ask: the key, and whether what they sent is here. JSON, without a session.

No CSRF token: nothing here acts for whoever is signed in. What may be written is proved by the stamp inside
each seal, and a request counts only with the cookie of a device, which another site cannot send along.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from alert4you.kernel.decision import NotVisible
from alert4you.offline.commands.keys import current_key
from alert4you.offline.commands.receiving import Told, receive
from alert4you.offline.commands.requests import count_request
from alert4you.offline.queries import arrivals
from alert4you.offline.queries.pack import pack_of
from alert4you.offline.rules.protocol import LARGEST, VERSION, Unclear, batch_of, ids_of
from alert4you.tablets.models import Device
from alert4you.tablets.queries import device_named


@login_not_required
@require_safe
def key(request: HttpRequest) -> JsonResponse:
    """To which key a device seals now."""
    found = current_key(request.now)
    return JsonResponse({"id": str(found.pk), "public": found.public, "version": VERSION})


@require_safe
def pack(request: HttpRequest) -> JsonResponse:
    """What the device of who is signed in may keep until the end of the day."""
    if request.actor.is_parent:
        raise NotVisible
    return JsonResponse(pack_of(request.actor, _device(request)))


@csrf_exempt
@login_not_required
@require_POST
def items(request: HttpRequest) -> JsonResponse:
    """Take what a device kept while there was no network."""
    return _answered(request, _receive)


@csrf_exempt
@login_not_required
@require_POST
def safe(request: HttpRequest) -> JsonResponse:
    """Read back what is here: only then a device may forget its own copy."""
    return _answered(request, _read_back)


def _receive(request: HttpRequest, device: Device) -> dict[str, Any]:
    """``reload``: this app is older than the server; it loads itself anew once its queue is sent."""
    batch = batch_of(request.body)
    found = [_arrival(each) for each in receive(device, batch, request.now)]
    return {"items": found, "reload": batch.version < VERSION}


def _read_back(request: HttpRequest, _device: Device) -> dict[str, Any]:
    return {"items": arrivals.read_back(ids_of(request.body))}


def _arrival(told: Told) -> dict[str, Any]:
    found = {"id": str(told.id), "state": told.state, "digest": told.digest}
    if told.refused is not None:
        found |= {"reason": str(told.refused.reason), "instead": str(told.refused.instead)}
    return found


def _device(request: HttpRequest) -> Device | None:
    return device_named(request.COOKIES.get(settings.DEVICE_COOKIE_NAME))


def _answered(
    request: HttpRequest, answer: Callable[[HttpRequest, Device], dict[str, Any]]
) -> JsonResponse:
    """What went wrong in words and in a status; whatever it is, the device keeps what it has."""
    device = _device(request)
    if device is None:
        return _refused(401, _("This device is not known here. Sign in on it once."))
    if not count_request(device.id, request.now):
        return _refused(429, _("Too often. Wait a minute."))
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        return _refused(413, _("Send fewer items at a time."))
    try:
        found = answer(request, device)
    except Unclear as unclear:
        return _refused(400, str(unclear.words))
    return JsonResponse({"version": VERSION, **found})


def _refused(status: int, words: str) -> JsonResponse:
    return JsonResponse({"version": VERSION, "error": words}, status=status)
