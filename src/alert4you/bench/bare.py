"""The least that the same machine asks for a page, for a row, and for what a page asks the database:
Django and the database, nothing of ours.
"""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from alert4you.kernel.clock import now
from alert4you.organisations.models import Attempt, Location

ROWS = 20
PAGE = "<ul>{% for each in rows %}<li>{{ each.name }}, {{ each.city }}</li>{% endfor %}</ul>"


def listed(_request: HttpRequest) -> HttpResponse:
    rows = Location.objects.order_by("pk")[:ROWS]
    return HttpResponse(engines["django"].from_string(PAGE).render({"rows": rows}))


def inserted(_request: HttpRequest) -> HttpResponse:
    Attempt.objects.create(key="a measurement", at=now())
    return HttpResponse()


def asked(request: HttpRequest) -> HttpResponse:
    request.META["ask"]()
    return HttpResponse()


urlpatterns = [path("listed", listed), path("inserted", inserted), path("asked", asked)]
