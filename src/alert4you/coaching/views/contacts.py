"""Pages of coaching."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def complete(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    return render(request, "ui/base.html")


def log(request: HttpRequest, child_id: UUID) -> HttpResponse:
    return render(request, "ui/base.html")
