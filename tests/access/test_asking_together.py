"""Asking for several parties or purposes at once: as one by one, with one row in the trail."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alert4you.access.commands.consent import answer_consent, ask_consent, ask_consents
from alert4you.access.models import ConsentRequest
from alert4you.access.rules.consent import Terms, Use
from alert4you.kernel.decision import Denied
from alert4you.kernel.models import AuditRecord
from alert4you.organisations.models import Organisation
from tests.cast import TODAY, Cast

NAME = "access.ask_consents"


def use(who: Organisation, purpose: str = "support", *categories: str) -> Use:
    return Use(who, purpose, Terms(categories or ("day",), f"voor {purpose}"))


def asked(cast: Cast) -> dict[tuple[str, str], set[str]]:
    """The categories of every open request, by organisation and purpose."""
    found = ConsentRequest.objects.filter(child=cast.mila, closed_at=None)
    return {
        (each.organisation.name, each.purpose): {one.category for one in each.consents.all()}
        for each in found
    }


def test_each_use_has_a_request_of_its_own(cast: Cast) -> None:
    school, care = cast.school, cast.youthcare
    uses = [use(care, "support", "day", "plan"), use(school, "education"), use(care, "coaching")]
    made = ask_consents(cast.actor("carla"), cast.mila, uses)
    assert [(each.organisation, each.purpose, each.why) for each in made] == [
        (each.organisation, each.purpose, each.terms.why) for each in uses
    ]
    assert asked(cast) == {
        (care.name, "support"): {"day", "plan"},
        (school.name, "education"): {"day"},
        (care.name, "coaching"): {"day"},
    }


def test_the_same_use_and_one_that_is_open_are_added_to(cast: Cast) -> None:
    carla = cast.actor("carla")
    first = ask_consent(carla, cast.mila, cast.youthcare, "support", Terms(["day"], "eerst"))
    school = [use(cast.school, "education", each) for each in ("day", "plan")]
    made = ask_consents(carla, cast.mila, [use(cast.youthcare, "support", "day", "care"), *school])
    assert made[0] == first and made[1] == made[2]
    assert ConsentRequest.objects.get(pk=first.pk).why == "eerst"
    assert asked(cast) == {
        (cast.youthcare.name, "support"): {"day", "care"},
        (cast.school.name, "education"): {"day", "plan"},
    }


def test_what_is_past_its_end_makes_room(cast: Cast) -> None:
    carla = cast.actor("carla")
    short = Terms(["day"], "kort", TODAY + timedelta(days=1))
    over = ask_consent(carla, cast.mila, cast.youthcare, "support", short)
    (again,) = ask_consents(
        cast.actor("carla", days=1), cast.mila, [use(cast.youthcare, "support", "plan")]
    )
    assert again != over
    assert asked(cast) == {(cast.youthcare.name, "support"): {"plan"}}


def test_the_trail_names_them_all_in_one_row(cast: Cast) -> None:
    made = ask_consents(
        cast.actor("carla"), cast.mila, [use(cast.youthcare), use(cast.school, "education")]
    )
    record = AuditRecord.objects.get(name=NAME)
    assert record.subject_id == cast.mila.pk
    assert record.records == {"consentrequest": [str(each.pk) for each in made]}


@pytest.mark.parametrize("why", ["refused", "a safety note"])
def test_one_that_cannot_be_asked_stops_them_all(cast: Cast, why: str) -> None:
    carla = cast.actor("carla")
    no = ask_consent(carla, cast.mila, cast.school, "education", Terms(["day"], "samen"))
    before = asked(cast)
    wrong = use(cast.elsewhere, "support", "safety")
    if why == "refused":
        answer_consent(cast.actor("anna"), no, {"day": "refused"})
        wrong = use(cast.school, "support")
    with pytest.raises(Denied):
        ask_consents(carla, cast.mila, [use(cast.youthcare), wrong])
    assert asked(cast) == before
    assert AuditRecord.objects.get(name=NAME).outcome == AuditRecord.Outcome.REFUSED


def test_three_cost_as_much_as_one(cast: Cast) -> None:
    carla = cast.actor("carla")
    ask_consents(carla, cast.mila, [use(cast.school)])  # what is kept is built
    numbers = []
    for uses in (
        [use(cast.youthcare)],
        [use(cast.elsewhere, purpose) for purpose in ("support", "education", "coaching")],
    ):
        with CaptureQueriesContext(connection) as made:
            ask_consents(carla, cast.mila, uses)
        numbers.append(len(made))
    assert numbers[0] == numbers[1]
