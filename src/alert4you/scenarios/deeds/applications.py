"""The folder of an application: what a municipality asks, the answers, the yes of parents, and sending."""

from typing import Any

from alert4you.children.models import Child
from alert4you.funding.commands import applications as commands
from alert4you.funding.models import Application
from alert4you.funding.queries.applications import asked, folder
from alert4you.funding.rules.questions import APPLIED_FOR, Chosen, library
from alert4you.organisations.models import Actor, Organisation
from alert4you.scenarios import finding, kinds
from alert4you.scenarios.deeds.funding import IN, WORK, trajectory_of
from alert4you.scenarios.sentences import deed
from alert4you.scenarios.world import World

FORM = kinds.one_of(
    "money with a form of the municipality",
    [(each.replace("_", " "), each) for each in APPLIED_FOR],
)
QUESTIONS = kinds.several_of(
    kinds.one_of("a question of the library", [(each, each) for each in library()])
)
OF = {"of": kinds.ORGANISATION, "money": FORM}


@deed(
    "{who} writes down what {organisation} asks",
    must={"money": FORM, "questions": QUESTIONS},
    may={"of childcare": kinds.TEXTS, "of parents": kinds.TEXTS, "contract": kinds.TEXT},
)
def writes_questions(
    world: World, who: Actor, organisation: Organisation, money: str, questions: Any, **more: Any
) -> None:
    """A new version; `of childcare`, `of parents`: questions in own words."""
    chosen = Chosen(
        questions,
        more.get("of_childcare", ()),
        more.get("of_parents", ()),
        more.get("contract", ""),
    )
    commands.write_questions(who, organisation, money, chosen)


@deed(
    "{who} makes an application folder for {child}",
    must={**OF, "work": WORK},
    may={**IN, "growth document": kinds.FLAG},
)
def makes_folder(
    world: World, who: Actor, child: Child, of: Organisation, money: str, work: str, **more: Any
) -> None:
    """With the questions of a municipality; `growth document`: it goes along."""
    found = trajectory_of(world, who, child, more.get("in_"))
    sets = [each for each in asked(who, money) if each.municipality_id == of.pk]
    if not sets:
        raise finding.Unfound(f"nobody wrote down what {of} asks")
    commands.begin_application(who, found, sets[0], work, more.get("growth_document", False))


@deed(
    "{who} answers for the application of {child}",
    must={"question": kinds.TEXT, "words": kinds.TEXT, "of": kinds.ORGANISATION},
)
def answers_question(
    world: World, who: Actor, child: Child, question: str, words: str, of: Organisation
) -> None:
    """One question, by the words of the form."""
    page = folder(who, folder_of(who, child, of).pk)
    keys = [each.question.key for each in page.rows if each.question.words == question]
    if not keys:
        raise finding.Unfound(f"{question} is not asked")
    commands.fill(who, page.application, keys[0], words)


@deed("{who} lets the application of {child} go", must={"of": kinds.ORGANISATION})
def lets_go(world: World, who: Actor, child: Child, of: Organisation) -> None:
    """A parent read it."""
    found = folder_of(who, child, of)
    commands.approve(who, found, seen=found.mark)


@deed("{who} sends the application of {child}", must={"of": kinds.ORGANISATION})
def sends(world: World, who: Actor, child: Child, of: Organisation) -> None:
    """Today."""
    commands.send(who, folder_of(who, child, of), who.today)


def folder_of(who: Actor, child: Child, of: Organisation) -> Application:
    """The newest folder for this municipality."""
    rows = Application.objects.visible_to(who).filter(child=child, asks__municipality=of)
    found = rows.select_related("asks__municipality", "trajectory").order_by("-written_at").first()
    if found is None:
        raise finding.Unfound(f"{child} has no application folder for {of}")
    return found
