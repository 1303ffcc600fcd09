"""Publishing practices; the actor is the installation itself."""

from alert4you.kernel.command import command
from alert4you.organisations.models import Actor
from alert4you.practices.commands.cards import load_cards
from alert4you.practices.models import PracticeTemplate
from alert4you.practices.queries.library import library_files
from alert4you.practices.queries.templates import current_template, parsed
from alert4you.practices.rules.publishing import may_publish


@command(may_publish)
def publish_practice(actor: Actor, text: str) -> PracticeTemplate:
    """A next version of the practice this YAML describes; the newest when the text is the same.

    Misread, with every problem, when the text cannot be used: nothing is published then.
    """
    slug = parsed(text).slug
    newest = current_template(slug)
    if newest is not None and newest.text == text:
        return newest
    return PracticeTemplate.objects.create(
        slug=slug,
        version=newest.version + 1 if newest else 1,
        text=text,
        published_at=actor.at,
    )


@command(may_publish)
def load_library(actor: Actor) -> list[PracticeTemplate]:
    """Publish the templates and cards that come with the product and are not there in that wording."""
    load_cards(actor)
    texts = [path.read_text("utf-8") for path in library_files()]
    return [publish_practice(actor, text) for text in texts]
