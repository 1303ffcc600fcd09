"""Mila comes at two organisations at once."""

from alert4you.access.commands.consent import answer_consent, ask_consent
from alert4you.access.commands.team import name_on_team
from alert4you.access.rules.consent import Terms
from alert4you.children.models import LegalBasis, Placement
from alert4you.organisations.models import Group, Location
from tests.cast import LONG_AGO, Cast


def comes_elsewhere_too(cast: Cast, category: str) -> None:
    """There Rosa is care coordinator; the parents share what is of ``category`` with her."""
    place = Location.objects.create(
        organisation=cast.elsewhere, name="De Brug", setting="after_school_care", city="Hilversum"
    )
    there = Group.objects.create(location=place, name="Spechten")
    Placement.objects.create(
        child=cast.mila, group=there, basis=LegalBasis.CONTRACT, starts=LONG_AGO
    )
    terms = Terms([category], "Samen kijken")
    asked = ask_consent(cast.actor("carla"), cast.mila, cast.elsewhere, "coaching", terms)
    for who in ("anna", "bram"):
        answer_consent(cast.actor(who), asked, {category: "given"})
    rosa = cast.add("rosa", "care_coordinator", "elsewhere")
    name_on_team(cast.actor("rosa"), cast.mila, rosa, "zorgcoördinator")
