"""Pages of coaching."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def write(request: HttpRequest, child_id: UUID) -> HttpResponse:
    return render(request, "ui/base.html")


def words(request: HttpRequest, child_id: UUID) -> HttpResponse:
    return render(request, "ui/base.html")


def group(request: HttpRequest, group_id: UUID) -> HttpResponse:
    return render(request, "ui/base.html")
