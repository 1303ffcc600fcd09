"""What the policy tests share: an entry, who sees it, and parents who agree."""

from alert4you.access.commands.consent import answer_consent, ask_consent
from alert4you.access.models import Category, ConsentRequest, Entry, Kind
from alert4you.access.rules.consent import Terms
from tests.cast import HATS, NOW, TODAY, Cast


def write(cast: Cast, **fields: object) -> Entry:
    """One entry in the nursery's file about Mila, written by Fatima today unless told otherwise."""
    told = {
        "child": cast.mila,
        "organisation": cast.nursery,
        "author": cast.fatima.person,
        "hat": cast.fatima,
        "kind": Kind.NOTE,
        "category": Category.DAY,
        "text": "words",
        "day": TODAY,
        "at": NOW,
        "written_at": NOW,
    }
    return Entry.objects.create(**{**told, **fields})


def who_sees(cast: Cast, entry: Entry, **later: int) -> set[str]:
    assert Entry.objects.unrestricted(reason="it exists").filter(pk=entry.pk).exists()
    people = [name for name in HATS if name != "nobody"]
    return {
        name
        for name in people
        if Entry.objects.visible_to(cast.actor(name, **later)).filter(pk=entry.pk).exists()
    }


def agree(
    cast: Cast, organisation: str, *categories: str, purpose: str = "coaching"
) -> ConsentRequest:
    request = ask_consent(
        cast.actor("carla"),
        cast.mila,
        cast.people[organisation],
        purpose,
        Terms(categories, "because"),
    )
    for parent in ("anna", "bram"):
        answer_consent(cast.actor(parent), request, dict.fromkeys(categories, "given"))
    return request
