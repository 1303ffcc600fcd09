"""Children one may know, and the line of one child."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alert4you.access.queries import line as lines


def children(request: HttpRequest) -> HttpResponse:
    return render(request, "web/children.html", {"children": lines.children(request.actor)})


def line(request: HttpRequest, child_id: UUID) -> HttpResponse:
    child = lines.child(request.actor, child_id)
    return render(
        request, "web/line.html", {"child": child, "entries": lines.line(request.actor, child)}
    )
