"""When a photo of a child may be made: the place allows it, and every parent with authority said yes."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alert4you.access.queries.line import file_of
from alert4you.access.rules.relations import is_guardian, works_here_with
from alert4you.children.models import Child, Guardian
from alert4you.kernel.decision import ALLOWED, Decision
from alert4you.notes.models import NotingWords, PhotoAgreement
from alert4you.notes.policy import PHOTOS_UNTIL
from alert4you.notes.rules.writing import NOTHING_WRITTEN
from alert4you.organisations.models import Actor
from alert4you.organisations.rules import RUNS_THE_PLACE


@dataclass(frozen=True)
class Standing:
    """What was said about photos of one child at one place: who decides, and who of them said yes."""

    words: NotingWords | None
    decide: list[Guardian]
    yes: set[UUID]

    @property
    def allowed(self) -> bool:
        """The place makes photos."""
        return bool(self.words and self.words.photos)

    @property
    def agreed(self) -> bool:
        return bool(self.decide) and all(each.pk in self.yes for each in self.decide)

    def of(self, actor: Actor) -> Guardian | None:
        """This parent, if she or he decides."""
        return next((each for each in self.decide if each.person_id == actor.person_id), None)


def standing_of(child: Child, organisation_id: UUID | None, actor: Actor) -> Standing:
    decide = Guardian.objects.on(actor.today).filter(child=child, has_authority=True)
    yes = PhotoAgreement.objects.unrestricted(reason="rule").filter(
        child=child, organisation=organisation_id, ended_at=None
    )
    words = NotingWords.objects.filter(organisation=organisation_id).first()
    people = list(decide.select_related("person").order_by("pk"))
    return Standing(words, people, set(yes.values_list("guardian", flat=True)))


def may_photograph(actor: Actor, child: Child) -> Decision:
    """Staff of the child's place, where the place and all parents agreed; of a child under 12."""
    works = works_here_with(actor, child)
    if not works:
        return works
    if child.age_in_years(actor.today) >= PHOTOS_UNTIL:
        return Decision(_("Of children of 12 and older no photos are kept here."))
    stands = standing_of(child, file_of(actor, child), actor)
    if not stands.allowed:
        return Decision(_("Your organisation does not make photos."), _("Write what you see."))
    if not stands.agreed:
        return Decision(
            _("Not every parent said yes to photos of this child."),
            _("Write what you see; parents choose it themselves, on the page about photos."),
        )
    return ALLOWED


def may_write_photo(actor: Actor, child: Child, text: str) -> Decision:
    """With what can be seen, in words."""
    return may_photograph(actor, child) if text.strip() else NOTHING_WRITTEN


def may_agree_to_photos(actor: Actor, child: Child) -> Decision:
    """Each parent with authority for herself or himself."""
    return is_guardian(actor, child)


def may_set_photos(actor: Actor, photos: bool, words: str) -> Decision:
    """Whoever runs the place, with what it tells the parents."""
    if photos and not words.strip():
        return Decision(_("Parents read this before they choose. Please fill it in."))
    if actor.role in RUNS_THE_PLACE:
        return ALLOWED
    return Decision(_("The manager or the care coordinator decides this."), _("Ask one of them."))
