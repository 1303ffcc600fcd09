"""Who gets back what was not saved yet, and when a photo may be seen."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from alert4you.access import policy
from alert4you.access.models import Entry
from alert4you.children.models import Child, Guardian
from alert4you.kernel.clock import years_before
from alert4you.kernel.models import Receipt
from alert4you.kernel.policies import policy_of
from alert4you.notes.models import AskAgain, Draft, Photo, PhotoAgreement
from alert4you.organisations.models import Actor


@policy_of(Draft)
def drafts(actor: Actor) -> Q:
    """R7: only its author, in the same hat, in time, and while that hat still works with the child."""
    hat = Q(hat=None) if actor.is_parent else Q(hat=actor.membership_id) & policy.hat_runs(actor)
    tied = Q(child=None) | Q(Exists(Child.objects.visible_to(actor).filter(pk=OuterRef("child"))))
    return Q(person=actor.person_id, ends__gt=actor.today) & hat & tied & ~Q(Exists(saved()))


def saved() -> QuerySet[Receipt]:
    """That the form in which a draft was written has been carried out."""
    return Receipt.objects.filter(once=OuterRef("once"), person_id=OuterRef("person"))


PHOTOS_UNTIL = 12  # years: from then on the child decides as well, and no photos are made here


@policy_of(Photo)
def photos(actor: Actor) -> Q:
    """Whoever reads the note sees its photo, as long as every parent with authority agrees to photos."""
    day = actor.today
    young = Q(child__born__gt=years_before(day, PHOTOS_UNTIL))
    decide = Guardian.objects.on(day).filter(child=OuterRef("child"), has_authority=True)
    yes = PhotoAgreement.objects.filter(guardian=OuterRef("pk"), ended_at=None)
    missing = decide.exclude(Exists(yes.filter(organisation=OuterRef(OuterRef("organisation")))))
    notes = Entry.objects.visible_to(actor).filter(young, pk=OuterRef("note"))
    return Q(Exists(notes.filter(Q(Exists(decide)), ~Q(Exists(missing)))))


@policy_of(PhotoAgreement, AskAgain)
def about_a_child(actor: Actor) -> Q:
    """Who knows the child."""
    return Q(Exists(Child.objects.visible_to(actor).filter(pk=OuterRef("child"))))
