"""Changing a practice for the own organisation: a draft, its parts one by one, and its publication."""

from collections.abc import Callable

from django.db.models import Max

from alert4you.kernel.command import command
from alert4you.kernel.decision import Conflict, Denied, require
from alert4you.organisations.models import Actor
from alert4you.practices.models import Draft, PracticeTemplate
from alert4you.practices.queries.changing import own_versions, starting_point
from alert4you.practices.queries.templates import practice_of
from alert4you.practices.rules import changing, drafts, editing
from alert4you.practices.rules.adopting import may_adopt
from alert4you.practices.rules.drafts import Path
from alert4you.practices.rules.writing import Tree, lay_out, write


@command(may_adopt)
def begin_draft(actor: Actor, template: PracticeTemplate) -> Draft:
    """Start changing this version; who started before goes on with what is there."""
    text = write(practice_of(template))
    return _draft(actor, template.slug, text, template)


@command(changing.may_bring)
def bring_draft(actor: Actor, text: str) -> Draft:
    """A draft from a file. Denied when a draft of that practice is being worked on already."""
    slug = drafts.name_in(text)
    if Draft.objects.filter(organisation=actor.organisation_id, slug=slug).exists():
        raise Denied(changing.BUSY)
    return _draft(actor, slug, text, starting_point(actor, slug))


def _draft(actor: Actor, slug: str, text: str, based_on: PracticeTemplate | None) -> Draft:
    draft, __ = Draft.objects.get_or_create(
        organisation_id=actor.organisation_id,
        slug=slug,
        defaults={
            "text": text,
            "based_on": based_on,
            "saved_at": actor.at,
            "saved_by_id": actor.membership_id,
        },
    )
    return draft


@command(changing.may_change)
def change_part(actor: Actor, draft: Draft, path: Path, part: Tree, seen: str) -> Draft:
    """Replace what one screen shows. Conflict when it is not what ``seen`` marks any more."""

    def replace(tree: Tree) -> Tree:
        now = editing.own(tree, path)
        if editing.mark(now) != seen and now != part:
            raise Conflict(now)
        return editing.put(tree, path, part)

    return _edit(actor, draft, replace)


@command(changing.may_change)
def add_part(actor: Actor, draft: Draft, container: Path, key: str, title: Tree) -> Draft:
    """A new phase, activity, decision, option, role …, at the end of its list."""
    return _edit(actor, draft, lambda tree: editing.add(tree, container, key, title))


@command(changing.may_change)
def remove_part(actor: Actor, draft: Draft, path: Path) -> Draft:
    """Take a part out; what referred to it becomes something to repair."""
    return _edit(actor, draft, lambda tree: editing.remove(tree, path))


@command(changing.may_change)
def move_part(actor: Actor, draft: Draft, path: Path, by: int) -> Draft:
    """One place later, or (below 0) earlier."""
    return _edit(actor, draft, lambda tree: editing.move(tree, path, by))


@command(changing.may_rewrite)
def rewrite_draft(actor: Actor, draft: Draft, text: str, seen: str) -> Draft:
    """The whole text at once, faults and all. Conflict when it is not what ``seen`` marks any more."""
    locked = _locked(draft)
    if editing.mark(locked.text) != seen and locked.text != text:
        raise Conflict(locked.text)
    return _save(actor, locked, text)


def _edit(actor: Actor, draft: Draft, change: Callable[[Tree], Tree]) -> Draft:
    """Change the tree as it is now. Denied when the part is gone, or the text is no tree."""
    locked = _locked(draft)
    try:
        return _save(actor, locked, lay_out(change(drafts.tree_of(locked.text))))
    except (LookupError, ValueError, drafts.Misread) as gone:
        raise Denied(changing.GONE) from gone


def _locked(draft: Draft) -> Draft:
    """Two people who change a draft at once do so one after the other."""
    return Draft.objects.select_for_update().get(pk=draft.pk)


def _save(actor: Actor, draft: Draft, text: str) -> Draft:
    if not drafts.fits_in(len(text)):
        raise Denied(changing.TOO_LARGE)
    draft.text = text
    draft.saved_at, draft.saved_by_id = actor.at, actor.membership_id
    draft.save(update_fields=["text", "saved_at", "saved_by"])
    return draft


@command(changing.may_change)
def discard_draft(actor: Actor, draft: Draft) -> None:
    """Throw away what was changed since the last version."""
    draft.delete()


@command(changing.may_publish_own)
def publish_draft(actor: Actor, draft: Draft) -> PracticeTemplate:
    """The draft becomes a next version of the own organisation; what runs stays on its version."""
    locked = _locked(draft)
    require(changing.may_publish_own(actor, locked))
    newest: int = own_versions(actor, draft.slug).aggregate(n=Max("version"))["n"] or 0
    published = PracticeTemplate.objects.create(
        slug=locked.slug,
        owner_id=actor.organisation_id,
        based_on=locked.based_on,
        version=newest + 1,
        text=locked.text,
        published_at=actor.at,
        published_by_id=actor.person_id,
    )
    locked.delete()
    return published
