"""What is missing in an application folder, whose turn it is, and by when somebody decides."""

from typing import Any

from django.utils.translation import override

from alert4you.children.models import Child
from alert4you.funding.queries.applications import folder
from alert4you.organisations.models import Actor, Organisation
from alert4you.scenarios import finding, kinds
from alert4you.scenarios.deeds.applications import folder_of
from alert4you.scenarios.sentences import check
from alert4you.scenarios.world import NotSo, World


@check(
    "the application of {child} as {who} sees it",
    must={"of": kinds.ORGANISATION},
    may={
        "missing": kinds.TEXTS,
        "turn": kinds.TEXT,
        "due": kinds.DAY,
        "version": kinds.NUMBER,
        "approved": kinds.TEXTS,
    },
)
def application_of(world: World, child: Child, who: Actor, of: Organisation, **more: Any) -> None:
    """`missing`: the questions without an answer; `turn`: whose turn it is, and for what."""
    with override("nl"):
        page = folder(who, folder_of(who, child, of).pk)
        told = {
            "missing": tuple(each.question.words for each in page.missing),
            "turn": f"{page.turn.who}: {page.turn.what}" if page.turn else "",
            "due": page.due,
            "version": page.application.asks.version,
            "approved": tuple(page.approved),
        }
    for key, wanted in more.items():
        if told[key] != (tuple(wanted) if isinstance(wanted, list) else wanted):
            raise NotSo(f"{key}: {told[key]}")


@check("{who} does not find the application of {child}", must={"of": kinds.ORGANISATION})
def no_application_found(world: World, who: Actor, child: Child, of: Organisation) -> None:
    try:
        folder_of(who, child, of)
    except finding.Unfound:
        return
    raise NotSo("it is there")
