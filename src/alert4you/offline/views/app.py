"""What makes it an app: its name card, the worker that keeps the shell, and the page without a network.

None of them knows who asks: what a device keeps of them is the same for everybody.
"""

import json
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language

from alert4you.notes.forms.noting import GroupNoteForm, NoteForm
from alert4you.wellbeing.forms import RatingForm

PAPER = "#fbf6ec"
HERE = Path(__file__).resolve().parent.parent
SHELL = [
    "ui/alert4you.css",
    "ui/alert4you.js",
    "ui/favicon.svg",
    "django_htmx/htmx-2.min.js",
    "notes/writing.css",
    "wellbeing/wellbeing.css",
    "offline/offline.css",
    *sorted(f"offline/{each.name}" for each in (HERE / "static" / "offline").glob("*.js")),
]


@login_not_required
def manifest(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same for everybody
    """What the home screen of a tablet shows."""
    icons = [("icon-192", 192, "any"), ("icon-512", 512, "any"), ("maskable-512", 512, "maskable")]
    told = {
        "name": "Alert4you",
        "short_name": "Alert4you",
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "lang": get_language(),
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [
            {
                "src": static(f"offline/{name}.png"),
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": purpose,
            }
            for name, size, purpose in icons
        ],
    }
    return JsonResponse(told, content_type="application/manifest+json")


@login_not_required
def worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same for everybody
    """It stands at the root, so that it may speak for every page. Another version is another text."""
    files = [static(name) for name in [*SHELL, *_fonts()]]
    page_text = _page()
    shell = {
        "version": f"shell-{_digest(page_text, *files)}",
        "page": reverse("offline:page"),
        "files": files,
        "hashed": settings.MODE != "test",
    }
    text = render_to_string("offline/worker.js", {"shell": json.dumps(shell)})
    return HttpResponse(text, content_type="text/javascript; charset=utf-8")


@login_not_required
def page(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same for everybody
    """Where a device goes on without a network; it also lists what was written there."""
    return HttpResponse(_page())


def _page() -> str:
    """Without the request: nothing of who asks can stand in it."""
    forms = {
        "note": NoteForm(tags=[]),
        "group_note": GroupNoteForm(tags=[]),
        "rating": RatingForm(),
    }
    shell = {"head": "offline/head.html", "status": "offline/status.html"}
    return render_to_string("offline/page.html", {**forms, "work_offline": shell})


def _fonts() -> list[str]:
    folder = finders.find("ui/fonts")
    names = sorted(each.name for each in Path(folder).glob("*.woff2")) if folder else []
    return [f"ui/fonts/{name}" for name in names]


def _digest(*texts: str) -> str:
    return sha256("\n".join(texts).encode()).hexdigest()[:16]
