"""What stands here already, so that nobody types it for an application."""

from alert4you.children.models import Placement
from alert4you.funding.models import Application
from alert4you.funding.rules.questions import KNOWN, questions
from alert4you.organisations.models import running
from alert4you.ui.dates import written_day


def known_words(application: Application) -> dict[str, str]:
    """By key, of the questions that nobody is asked."""
    child, lead = application.child, application.trajectory.lead
    asked = {each.key for each in questions(application.asks) if each.who == KNOWN}
    told = {"lead": f"{lead.person.name}, {lead.task}"}
    if child is not None:
        told |= {"name": child.full_name, "born": written_day(child.born)}
    if "place" in asked:
        told["place"] = _place(application)
    return {key: words for key, words in told.items() if key in asked}


def _place(application: Application) -> str:
    """Where the child is on the day of the folder, or since."""
    rows = Placement.objects.unrestricted(reason="where the child is").filter(
        running(application.day), child=application.child_id
    )
    found = rows.select_related("group__location").order_by("starts").first()
    return f"{found.group}, {found.group.location}" if found else "-"
