"""Pages of coaching."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def overview(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/base.html")


def ask(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/base.html")


def question(request: HttpRequest, question_id: UUID) -> HttpResponse:
    return render(request, "ui/base.html")


def pass_on(request: HttpRequest, question_id: UUID) -> HttpResponse:
    return render(request, "ui/base.html")


def thanks(request: HttpRequest, question_id: UUID) -> HttpResponse:
    return render(request, "ui/base.html")


def ask_parents(request: HttpRequest, child_id: UUID) -> HttpResponse:
    return render(request, "ui/base.html")
