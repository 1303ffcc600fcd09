"""Where the parents and guardians of a child can be reached."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alert4you.access.commands.contacts import write_contact
from alert4you.access.forms.contacts import ContactForm
from alert4you.access.queries import contacts as queries
from alert4you.access.queries import line as lines
from alert4you.access.rules.marks import may_write_contact
from alert4you.kernel.decision import NotVisible, require
from alert4you.ui.one_question import Step, answered, show


def contacts(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """All guardians; a parent sees the own card, guests see none."""
    child = lines.child(request.actor, child_id)
    rows = queries.reach(request.actor, child)
    if all(each.hidden for each in rows):
        raise NotVisible
    return render(request, "access/contacts.html", {"child": child, "rows": rows})


def contact(request: HttpRequest, child_id: UUID, guardian_id: UUID) -> HttpResponse:
    """Change one card."""
    actor = request.actor
    child = lines.child(actor, child_id)
    found = queries.reach_of(actor, child, guardian_id)
    require(may_write_contact(actor, found.guardian))
    card = found.card
    known = {"phone": card.phone, "address": card.address, "point": card.point} if card else {}
    form = ContactForm(request.POST or None, initial=known)
    back = reverse("access:contacts", args=[child.pk])
    done = answered(
        request,
        form,
        lambda data: write_contact(
            actor,
            found.guardian,
            data["phone"],
            data["address"],
            data["point"],
            once=form.once,
        ),
        _("Saved."),
        back,
    )
    heading = _("Where can %(name)s be reached?") % {"name": found.guardian.person.name}
    return done or show(request, form, Step(heading, back, _("To reach the parents")))
