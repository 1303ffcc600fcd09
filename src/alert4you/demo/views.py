"""The door of the demo, and stepping into a persona. Nothing here exists in a real installation."""

from dataclasses import replace

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alert4you.access.queries.line import children
from alert4you.demo.forms import PersonaForm
from alert4you.demo.personas import Tale, everybody, person_of, shown_first, tales
from alert4you.demo.tablet import pins, the_tablet
from alert4you.kernel import clock
from alert4you.kernel.wall.standing import seen_by
from alert4you.organisations.models import Person, Role
from alert4you.organisations.queries import actor_of, hats, parent_actor
from alert4you.web.middleware import keep_device
from alert4you.web.rules.sessions import LONGEST, Door, Level, browser_named

BACKEND = "django.contrib.auth.backends.ModelBackend"
MODES = ("demo", "test")


@login_not_required
def welcome(request: HttpRequest) -> HttpResponse:
    """What this is, whom one can be, which stories one can follow."""
    return render(
        request, "demo/welcome.html", {"groups": shown_first(), "tales": tales(), "pins": pins()}
    )


@login_not_required
@require_POST
def become(request: HttpRequest) -> HttpResponse:
    """Step into a persona; on to the story's child when one is followed, else to today."""
    if settings.MODE not in MODES:
        raise Http404
    form = PersonaForm(request.POST)
    if not form.is_valid():
        return redirect("demo:welcome")
    try:
        person = person_of(everybody()[form.cleaned_data["persona"]])
    except Person.DoesNotExist:
        return redirect("demo:welcome")
    login(request, person, BACKEND)
    # A visitor has no telephone of a persona: the demo asks for no second proof, and never for a new one.
    browser = browser_named(request.headers.get("User-Agent", ""))
    opened = Door(browser=browser).opened(clock.now(), Level.CARE)
    replace(opened, proved=(clock.now() + LONGEST).isoformat()).keep(request.session)
    return _on_to(request, person, _tale(form.cleaned_data["tale"]))


@login_not_required
@require_POST
def tablet(request: HttpRequest) -> HttpResponse:
    """This browser is the tablet of the group from now on, and nobody is signed in on it."""
    here = the_tablet() if settings.MODE in MODES else None
    if here is None:
        return redirect("demo:welcome")
    logout(request)
    answer = redirect("web:tablet")
    keep_device(answer, here.device)
    return answer


def _tale(slug: str) -> Tale | None:
    return next((each for each in tales() if each.slug == slug), None)


def _on_to(request: HttpRequest, person: Person, tale: Tale | None) -> HttpResponse:
    """Put on the first hat, and find the child of the story as far as this hat may know it."""
    now = clock.now()
    hat = hats(person, now).first()
    request.session["hat"] = str(hat.pk) if hat else Role.PARENT.value
    actor = actor_of(hat, now) if hat else parent_actor(person, now)
    if tale is not None and tale.child:
        first, __, last = tale.child.partition(" ")
        with seen_by(actor):
            child = children(actor).filter(first_name=first, last_name=last).first()
        if child is not None:
            return redirect("web:line", child.pk)
    return redirect("web:today")
