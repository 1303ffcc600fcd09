"""What the tests of consent share: a child of an age, who has authority over it, who says what."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from alert4you.access.commands.consent import (
    answer_consent,
    ask_consent,
    confirm_exception,
    exempt_request,
    record_answer,
    share_by_law,
)
from alert4you.access.commands.team import name_on_team
from alert4you.access.models import ConsentRequest, Entry
from alert4you.access.rules.consent import Terms
from alert4you.children.models import Child, Guardian
from alert4you.organisations.models import Organisation, Role
from tests.access.seeing import write
from tests.cast import LONG_AGO, NOW, TODAY, Cast, make_child

GIVEN, REFUSED = {"development": "given"}, {"development": "refused"}
REASON = "De gezinsvoogd moet weten hoe het op de groep gaat."


def child_of(cast: Cast, years: int, *parents: str, days: int = 0) -> Child:
    """Noa, so many years old today (``days`` later: not yet), known to Carla; these have authority."""
    born = TODAY - relativedelta(years=years) + timedelta(days=days)
    child = make_child(cast, "Noa", "Jansen", born)
    for each in parents:
        guardian(cast, child, each)
    name_on_team(cast.actor("carla"), child, cast.carla, "zorgcoördinator")
    return child


def guardian(cast: Cast, child: Child, name: str, **fields: object) -> Guardian:
    person = cast.people[name]
    person = getattr(person, "person", person)
    told = {"kind": "parent", "has_authority": True, "starts": LONG_AGO, **fields}
    return Guardian.objects.create(child=child, person=person, **told)


def supervise(cast: Cast, child: Child, ends: date | None = None) -> Organisation:
    """A certified institution, and Ines of it, who supervises the child without authority."""
    institution = Organisation.objects.create(
        name="bescherming organisation", kind="certified_institution"
    )
    cast.people["bescherming"] = institution
    cast.add("ines", Role.PARTNER, "bescherming")
    guardian(
        cast,
        child,
        "ines",
        kind="supervisor",
        organisation=institution,
        has_authority=False,
        ends=ends,
    )
    return institution


def ask(cast: Cast, child: Child, to: str = "youthcare", months: int = 3) -> ConsentRequest:
    """May the youth-care team read the observation report? Sanne is named for it."""
    ends = TODAY + relativedelta(months=months)
    who = {"youthcare": "sanne", "school": "pieter", "bescherming": "ines"}[to]
    return ask_consent(
        cast.actor("carla"),
        child,
        cast.people[to],
        "support",
        Terms(["development"], "Samen kijken naar de observatie.", ends),
        cast.people[who],
    )


def says(cast: Cast, who: str, request: ConsentRequest, answers: dict, **later: int) -> None:
    """A parent in the app; the child in a talk with Carla, Lotte beside her."""
    if who == "noa":
        hat = cast.actor("carla", **later)
        record_answer(hat, request, None, answers, "in_talk", "Lotte was erbij")
    else:
        answer_consent(cast.actor(who, **later), request, answers)


def exempted(cast: Cast, request: ConsentRequest, ground: str, **later: int) -> None:
    """Carla writes down what Koen decided, and Koen stands behind it."""
    exempt_request(cast.actor("carla", **later), request, ground, REASON, cast.koen)
    confirm_exception(cast.actor("koen", **later), request, True)


def by_law(cast: Cast, child: Child, terms: Terms, ground: str = "asked") -> ConsentRequest:
    """Carla writes down that Ines may read this, and Ines confirms that she needs it."""
    institution = cast.people["bescherming"]
    request = share_by_law(cast.actor("carla"), child, institution, ground, terms, cast.ines)
    return confirm_exception(cast.actor("ines"), request, True)


def report(cast: Cast, child: Child) -> Entry:
    """The observation report of the nursery."""
    return write(cast, child=child, category="development", kind="observation", at=NOW)


def reads(cast: Cast, who: str, entry: Entry, **later: int) -> bool:
    """Whether this hat reads it, by the policy itself."""
    return Entry.objects.visible_to(cast.actor(who, **later)).filter(pk=entry.pk).exists()
