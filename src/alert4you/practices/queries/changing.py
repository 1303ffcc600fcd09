"""What an organisation is changing: its drafts, and the versions they begin with."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from alert4you.kernel.decision import Decision, NotVisible
from alert4you.organisations.models import Actor
from alert4you.practices.models import Adoption, Draft, PracticeTemplate, TemplateQuerySet
from alert4you.practices.queries.adopting import adoption
from alert4you.practices.queries.templates import practice_of
from alert4you.practices.rules import drafts
from alert4you.practices.rules.adopting import may_adopt
from alert4you.practices.rules.changing import can_be_published
from alert4you.practices.rules.comparing import Change, changes
from alert4you.practices.rules.drafts import Fault, title_in
from alert4you.practices.rules.language import Practice
from alert4you.practices.rules.reading import Misread, read
from alert4you.practices.rules.remedies import Remedy, remedy
from alert4you.practices.rules.writing import Tree


def own_drafts(actor: Actor) -> QuerySet[Draft]:
    """What the actor's organisation is changing, by name of the practice."""
    mine = Draft.objects.filter(organisation=actor.organisation_id)
    return mine.select_related("saved_by__person", "based_on__owner").order_by("slug")


def own_draft(actor: Actor, slug: str) -> Draft | None:
    """The draft of a practice, or None while nobody changes it."""
    return own_drafts(actor).filter(slug=slug).first()


def draft_here(actor: Actor, slug: str) -> Draft:
    """The draft of a practice; raises NotVisible, also for that of another organisation."""
    found = own_draft(actor, slug)
    if found is None:
        raise NotVisible
    return found


def own_versions(actor: Actor, slug: str) -> TemplateQuerySet:
    """The versions that the actor's organisation published, newest first."""
    mine = PracticeTemplate.objects.filter(owner=actor.organisation_id, slug=slug)
    return mine.order_by("-version")


def starting_point(actor: Actor, slug: str) -> PracticeTemplate | None:
    """What a change begins with: the newest own version, else the adopted one, else the library's."""
    own = own_versions(actor, slug).first()
    adopted = adoption(actor.organisation_id, slug)
    library = PracticeTemplate.objects.filter(owner=None, slug=slug).newest().first()
    return own or (adopted.template if adopted else library)


def version(slug: str, template_id: UUID) -> PracticeTemplate:
    """One version, whoever's it is: they hold no personal data. Raises NotVisible."""
    versions = PracticeTemplate.objects.select_related("owner", "based_on__owner")
    found = versions.filter(slug=slug, pk=template_id).first()
    if found is None:
        raise NotVisible
    return found


@dataclass(frozen=True)
class Workbench:
    """A draft with what is wrong in it and how it looks; ``tree`` is None when only its text is left."""

    draft: Draft
    tree: Tree | None
    faults: tuple[Fault, ...]
    picture: Practice | None

    @property
    def remedies(self) -> list[Remedy]:
        """What is wrong, in the words of the screen that repairs it."""
        if self.tree is None:
            return [Remedy((), "", each.message, each.line) for each in self.faults]
        return [remedy(self.tree, each) for each in self.faults]

    @property
    def title(self) -> str:
        return title_in(self.tree, self.draft.slug)

    @property
    def changes(self) -> tuple[Change, ...]:
        """What is different from the version it began with; () while it cannot be read."""
        if self.draft.based_on is None or self.faults:
            return ()
        return changes(practice_of(self.draft.based_on), read(self.draft.text))

    @property
    def can_be_published(self) -> Decision:
        return can_be_published(self.draft, self.faults)


def workbench(draft: Draft) -> Workbench:
    """A draft as its pages show it."""
    try:
        tree: Tree | None = drafts.tree_of(draft.text)
    except Misread:
        tree = None
    return Workbench(
        draft, tree, drafts.faults(draft.text), drafts.picture_of(draft.text) if tree else None
    )


@dataclass(frozen=True)
class Here:
    """A practice in the own organisation: adopted or not, being changed or not; how many others run it."""

    may_adopt: Decision
    adoption: Adoption | None
    draft: Draft | None
    elsewhere: int


def here(actor: Actor, slug: str) -> Here:
    """What the page of a practice says to this hat about its own organisation."""
    running = Adoption.objects.filter(slug=slug, ended_at=None)
    others = running.exclude(organisation=actor.organisation_id)
    adopted = adoption(actor.organisation_id, slug)
    return Here(may_adopt(actor), adopted, own_draft(actor, slug), others.count())


def shown(actor: Actor, slug: str) -> PracticeTemplate:
    """The version on the page of a practice: the library's, else the own one, else anybody's newest.

    Raises NotVisible when there is none.
    """
    newest = PracticeTemplate.objects.filter(slug=slug).newest().select_related("owner")
    rank = {None: 0, actor.organisation_id: 1}
    found = sorted(newest, key=lambda each: (rank.get(each.owner_id, 2), each.published_at))
    if not found:
        raise NotVisible
    return found[0]
