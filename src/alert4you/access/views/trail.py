"""Who looked: parents see every colleague and helper who read about their child, and why."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from alert4you.access.queries import line as lines
from alert4you.access.queries.trail import who_looked


def looked(request: HttpRequest) -> HttpResponse:
    actor = request.actor
    if not actor.is_parent:
        return redirect("web:children")
    children = list(lines.children(actor))
    chosen = [child for child in children if str(child.pk) == request.GET.get("child")]
    context = {
        "children": children,
        "chosen": chosen[0] if chosen else None,
        "looks": who_looked(actor, chosen or children),
    }
    return render(request, "access/looked.html", context)
