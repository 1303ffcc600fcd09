"""Pages of coaching."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def overview(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/base.html")


def plan(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/base.html")


def visit(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    return render(request, "ui/base.html")


def cancel(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    return render(request, "ui/base.html")
