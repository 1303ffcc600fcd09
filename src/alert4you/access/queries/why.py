"""Why a hat sees an entry, and who else sees it: the policy itself, asked rule by rule."""

from dataclasses import dataclass

from django.db.models import QuerySet

from alert4you.access import policy
from alert4you.access.models import CareTeamMember, CoachPost, Entry, Opening
from alert4you.access.rules.wording import SEEN_BECAUSE
from alert4you.children.models import Guardian, Placement
from alert4you.kernel.among import Among
from alert4you.kernel.compiled import Condition
from alert4you.kernel.wall.standing import opened
from alert4you.organisations.models import Absence, Actor, Membership, Person, Roster
from alert4you.organisations.queries import actor_of, parent_actor

AT_MOST = 60


@dataclass(frozen=True)
class Reader:
    """Somebody who may see an entry now, and why, in words."""

    name: str
    task: str
    organisation: str
    why: tuple[str, ...]


def grounds(actor: Actor, entry: Entry) -> tuple[str, ...]:
    """The names of the rules by which this hat sees the entry; empty when it does not."""
    return _grounds([actor], entry)[0]


def readers(actor: Actor, entry: Entry) -> list[Reader]:
    """Everybody who may see this entry at this moment; a handful of queries, whatever their number."""
    guardians = _guardians(actor, entry)
    with opened(reason="all who read it, whoever asks"):
        staff = list(_staff(actor, entry)[:AT_MOST])
    hats = [parent_actor(person, actor.at) for person in guardians]
    hats += [actor_of(membership, actor.at) for membership in staff]
    found = _grounds(hats, entry)
    told = [(person.name, "", "") for person in guardians]
    told += [(each.person.name, each.task, each.organisation.name) for each in staff]
    return [
        Reader(*who, tuple(str(SEEN_BECAUSE[rule]) for rule in rules))
        for who, rules in zip(told, found, strict=True)
        if rules
    ]


def _grounds(hats: list[Actor], entry: Entry) -> list[tuple[str, ...]]:
    """Per hat the rules that hold for the entry, in one query."""
    columns = {
        f"{number}_{name.replace(' ', '_')}": Condition(Entry, rule, hat)
        for number, hat in enumerate(hats)
        for name, rule in policy.rules_for(hat).items()
    }
    sees = {
        f"{number}_sees": Condition(Entry, policy.entries, hat) for number, hat in enumerate(hats)
    }
    rows = Entry.objects.unrestricted(reason="why it is seen").filter(pk=entry.pk)
    named = {f"why_{name}": column for name, column in {**columns, **sees}.items()}
    held = rows.annotate(**named).values(*named).get()
    return [
        tuple(
            name
            for name in policy.rules_for(hat)
            if held[f"why_{number}_sees"] and held[f"why_{number}_{name.replace(' ', '_')}"]
        )
        for number, hat in enumerate(hats)
    ]


def _guardians(actor: Actor, entry: Entry) -> list[Person]:
    now = Guardian.objects.on(actor.today).filter(child=entry.child_id)
    return [each.person for each in now.select_related("person").order_by("person__name")]


def _staff(actor: Actor, entry: Entry) -> QuerySet[Membership]:
    """Every hat that some rule could open the entry for, and nobody else; by name."""
    today = actor.today
    places = Placement.objects.on(today).filter(child=entry.child_id).unrestricted(reason="readers")
    rosters = Roster.objects.on(today).filter(weekday=today.weekday())
    working = rosters.filter(group__in=places.values("group")).order_by()
    there = rosters.filter(group=entry.group_id).order_by()
    named = CareTeamMember.objects.on(today).filter(child=entry.child_id)
    posts = CoachPost.objects.on(today).filter(location=entry.location_id)
    opened = Opening.objects.filter(child=entry.child_id, at__lte=actor.at, ends__gt=actor.at)
    away = Absence.objects.on(today).filter(membership__in=named.values("membership"))
    others = [each.order_by().values("membership") for each in (there, named, posts, opened)]
    hats = working.values("membership").union(*others, away.order_by().values("cover"))
    return (
        Membership.objects.on(today)
        .filter(Among("pk", hats))
        .select_related("person", "organisation")
        .order_by("person__name", "pk")
    )
