from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alert4you.trajectories.queries import caseload as cases


def caseload(request: HttpRequest) -> HttpResponse:
    return render(request, "trajectories/caseload.html", {"cases": cases.caseload(request.actor)})
