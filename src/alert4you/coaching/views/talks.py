"""Pages of coaching."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def prepare(request: HttpRequest, child_id: UUID) -> HttpResponse:
    return render(request, "ui/base.html")


def talk(request: HttpRequest, preparation_id: UUID) -> HttpResponse:
    return render(request, "ui/base.html")


def change(request: HttpRequest, preparation_id: UUID) -> HttpResponse:
    return render(request, "ui/base.html")
