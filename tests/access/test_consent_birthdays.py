"""When a consent ceases to hold, at the exact instant, and how a gap is kept away."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.relativedelta import relativedelta

from alert4you.access.commands.consent import (
    ask_consent,
    confirm_exception,
    exempt_request,
    extend_consent,
)
from alert4you.access.models import ConsentRequest
from alert4you.access.policy import running_consents
from alert4you.access.queries import consent
from alert4you.access.rules.consent import State, Terms
from alert4you.children.models import Child, Guardian
from alert4you.kernel.clock import day_of
from alert4you.kernel.decision import Denied
from tests.access.consenting import (
    GIVEN,
    REASON,
    REFUSED,
    ask,
    by_law,
    child_of,
    exempted,
    reads,
    report,
    says,
    supervise,
)
from tests.cast import NOW, TODAY, Cast

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
A_SECOND = timedelta(seconds=1)


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), AMSTERDAM)


def runs_at(request: ConsentRequest, at: datetime) -> bool:
    return running_consents(at, day_of(at)).filter(request=request.pk).exists()


def signed(cast: Cast, child: Child, *who: str, months: int = 3) -> ConsentRequest:
    request = ask(cast, child, months=months)
    for each in who:
        says(cast, each, request, GIVEN)
    return request


def move(request: ConsentRequest, ends: date, born: date | None = None) -> None:
    """Let it end, or the child be born, on a day of choice."""
    ConsentRequest.objects.filter(pk=request.pk).update(ends=ends)
    if born:
        about = Child.objects.unrestricted(reason="test").filter(pk=request.child_id)
        about.update(born=born)


# The nights on which the clock goes back and forward, a new year, and an ordinary night.
NIGHTS = [date(2027, 3, 28), date(2027, 3, 29), date(2026, 10, 26), date(2027, 1, 1), TODAY]
NIGHTS += [date(2027, 10, 31), date(2027, 11, 1)]


@pytest.mark.parametrize("ends", NIGHTS)
def test_it_holds_until_midnight_of_its_last_day_in_amsterdam(cast: Cast, ends: date) -> None:
    request = signed(cast, child_of(cast, 3, "anna"), "anna")
    ConsentRequest.objects.filter(pk=request.pk).update(starts=date(2026, 1, 1), ends=ends)
    request.consents.get().signatures.update(at=midnight(date(2026, 1, 1)))
    assert runs_at(request, midnight(ends) - A_SECOND)
    assert not runs_at(request, midnight(ends))


@pytest.mark.parametrize("years", [12, 16])
@pytest.mark.parametrize("birthday", [date(2027, 3, 28), date(2027, 3, 29), date(2026, 12, 1)])
def test_it_holds_until_midnight_before_the_birthday(
    cast: Cast, years: int, birthday: date
) -> None:
    who = ("anna",) if years == 12 else ("anna", "noa")
    child = child_of(cast, years - 1, "anna")
    request = signed(cast, child, *who, months=11)
    move(request, request.ends, birthday - relativedelta(years=years))
    assert runs_at(request, midnight(birthday) - A_SECOND)
    assert not runs_at(request, midnight(birthday))


@pytest.mark.parametrize(("years", "who"), [(12, ["anna"]), (16, ["anna", "noa"])])
def test_answered_ahead_there_is_no_gap(cast: Cast, years: int, who: list[str]) -> None:
    """Asked in time, 40 days before; the child says it (anew) 20 days before."""
    child = child_of(cast, years, "anna", days=40)
    birthday = midnight(TODAY + timedelta(days=40))
    request = signed(cast, child, *who)
    assert not runs_at(request, birthday)
    says(cast, "noa", request, GIVEN, days=20)
    assert runs_at(request, birthday - A_SECOND)
    assert runs_at(request, birthday)


def test_too_early_ahead_a_child_of_eleven_is_not_asked(cast: Cast) -> None:
    child = child_of(cast, 12, "anna", days=40)
    request = signed(cast, child, "anna")
    with pytest.raises(Denied):
        says(cast, "noa", request, GIVEN, days=9)
    says(cast, "noa", request, GIVEN, days=10)


@pytest.mark.parametrize(
    ("years", "days", "turns"),
    [(12, 31, None), (12, 30, 12), (12, 1, 12), (12, 0, None), (16, 30, 16), (16, 31, None)],
)
def test_a_task_thirty_days_before_for_staff_and_family(
    cast: Cast, years: int, days: int, turns: int | None
) -> None:
    child = child_of(cast, years, "anna", days=days)
    request = signed(cast, child, *(["anna", "noa"] if years == 16 or days == 0 else ["anna"]))
    request.consents.get().signatures.filter(guardian=None).update(with_parents=True)
    for who in ("carla", "anna"):
        found = [each.turn.age for each in consent.coming(cast.actor(who)) if each.turn]
        assert found == ([turns] if turns else []), who
    assert consent.coming(cast.actor("stranger")) == []


def test_the_task_is_done_when_the_child_answered(cast: Cast) -> None:
    child = child_of(cast, 16, "anna", days=20)
    request = signed(cast, child, "anna")
    request.consents.get().signatures.create(
        answer="given",
        how="in_talk",
        recorded_by=cast.carla.person,
        text_version="test",
        with_parents=True,
        at=NOW,
    )
    assert [each.turn.age for each in consent.coming(cast.actor("carla")) if each.turn] == [16]
    says(cast, "noa", request, GIVEN, hours=1)
    assert consent.coming(cast.actor("carla", hours=2)) == []


def test_at_sixteen_nothing_begins_by_itself(cast: Cast) -> None:
    """The child said yes, a parent no. That the parent decides no more is no yes of the child alone."""
    child = child_of(cast, 16, "anna", days=40)
    request, entry = ask(cast, child), report(cast, child)
    says(cast, "anna", request, REFUSED)
    says(cast, "noa", request, GIVEN)
    assert not reads(cast, "sanne", entry, days=39)
    assert not reads(cast, "sanne", entry, days=40)
    says(cast, "noa", request, GIVEN, days=41)
    assert reads(cast, "sanne", entry, days=41, hours=1)


def test_an_exception_for_a_child_ends_at_sixteen(cast: Cast) -> None:
    child = child_of(cast, 16, "anna", days=40)
    request = ask(cast, child)
    says(cast, "anna", request, REFUSED)
    says(cast, "noa", request, GIVEN)
    exempted(cast, request, "wish")
    birthday = midnight(TODAY + timedelta(days=40))
    assert runs_at(request, birthday - A_SECOND)
    assert not runs_at(request, birthday)


def test_a_child_that_cannot_weigh_it_is_represented_also_at_sixteen(cast: Cast) -> None:
    child = child_of(cast, 16, "anna", days=10)
    request, entry = ask(cast, child), report(cast, child)
    says(cast, "anna", request, GIVEN)
    assert not reads(cast, "sanne", entry)
    exempted(cast, request, "not_capable")
    assert reads(cast, "sanne", entry)
    assert reads(cast, "sanne", entry, days=10)
    assert consent.coming(cast.actor("carla")) == []
    request.consents.get().signatures.create(
        answer="given", how="in_talk", recorded_by=cast.koen.person, text_version="test", at=NOW
    )
    says(cast, "anna", request, REFUSED, days=11)
    assert not reads(cast, "sanne", entry, days=12), "the yes of the child is not enough"


@pytest.mark.parametrize("exempt", ["disadvantage", "wish", "not_capable"])
def test_under_twelve_there_is_no_exception(cast: Cast, exempt: str) -> None:
    """Not by the command, and not when it stands in the database."""
    child = child_of(cast, 11, "anna")
    request = signed(cast, child, "anna")
    says(cast, "anna", request, REFUSED, hours=1)
    with pytest.raises(Denied):
        exempt_request(cast.actor("carla"), request, exempt, REASON, cast.koen)
    request.consents.get().signatures.create(
        answer="given", how="in_talk", recorded_by=cast.koen.person, text_version="test", at=NOW
    )
    ConsentRequest.objects.filter(pk=request.pk).update(exempt=exempt, confirmed=True)
    assert not runs_at(request, NOW + timedelta(hours=2))


def test_an_exception_is_not_stretched_to_what_is_asked_later(cast: Cast) -> None:
    """The professional decided about what was asked then; what is added is confirmed anew, with all of it."""
    child = child_of(cast, 13, "anna")
    request = ask(cast, child)
    exempted(cast, request, "disadvantage")
    says(cast, "noa", request, GIVEN)
    assert runs_at(request, NOW)
    more = Terms(["development", "care"], REASON)
    ask_consent(cast.actor("carla"), child, cast.youthcare, "support", more, cast.sanne)
    says(cast, "noa", request, {"development": "given", "care": "given"})
    assert not runs_at(request, NOW)
    request.refresh_from_db()
    confirm_exception(cast.actor("koen"), request, True)
    assert runs_at(request, NOW)


def test_a_child_answers_each_kind_apart(cast: Cast) -> None:
    """Its yes to one kind opens no other."""
    child = child_of(cast, 13, "anna")
    request = ask(cast, child)
    day = request.consents.create(category="day")
    says(cast, "anna", request, {"day": "given", "development": "given"})
    says(cast, "noa", request, {"day": "given", "development": "refused"})
    running = running_consents(NOW, TODAY).filter(request=request.pk)
    assert [each.pk for each in running] == [day.pk]


def test_a_wish_is_one_after_a_no(cast: Cast) -> None:
    child = child_of(cast, 13, "anna")
    request = ask(cast, child)
    says(cast, "noa", request, GIVEN)
    with pytest.raises(Denied):
        exempt_request(cast.actor("carla"), request, "wish", REASON, cast.koen)
    says(cast, "anna", request, REFUSED)
    exempted(cast, request, "wish")
    assert runs_at(request, NOW)


def test_a_basis_in_law_ends_with_the_supervision(cast: Cast) -> None:
    child, last = child_of(cast, 3, "anna"), TODAY + timedelta(days=5)
    supervise(cast, child, ends=last)
    terms = Terms(["development"], REASON)
    request = by_law(cast, child, terms, "needed")
    assert runs_at(request, midnight(last) - A_SECOND)
    assert not runs_at(request, midnight(last))


def test_supervision_opens_nothing_that_rests_on_consent(cast: Cast) -> None:
    child = child_of(cast, 3, "anna")
    supervise(cast, child)
    assert not runs_at(ask(cast, child, "bescherming"), NOW)


@pytest.mark.parametrize(("years", "exempt"), [(3, ""), (13, ""), (13, "wish"), (16, "")])
def test_signatures_open_nothing_that_rests_on_the_law(cast: Cast, years: int, exempt: str) -> None:
    """Only the supervision by that very institution does."""
    child = child_of(cast, years, "anna")
    institution = supervise(cast, child)
    terms = Terms(["development"], REASON)
    shared = by_law(cast, child, terms)
    for guardian in (Guardian.objects.get(child=child, person=cast.anna), None):
        shared.consents.get().signatures.create(
            guardian=guardian,
            answer="given",
            how="in_app",
            recorded_by=cast.anna,
            text_version="test",
            at=NOW,
        )
    request = ConsentRequest.objects.filter(pk=shared.pk)
    request.update(exempt=exempt)
    assert runs_at(shared, NOW)
    request.update(organisation=cast.youthcare)
    assert not runs_at(shared, NOW)
    request.update(organisation=institution)
    Guardian.objects.filter(child=child, kind="supervisor").update(kind="foster_parent")
    assert not runs_at(shared, NOW)


def test_going_on_is_asked_anew_and_leaves_no_gap(cast: Cast) -> None:
    child = child_of(cast, 3, "anna", "bram")
    request, entry = signed(cast, child, "anna", "bram"), report(cast, child)
    days = (request.ends - TODAY).days
    further = request.ends + relativedelta(months=3)
    with pytest.raises(Denied):
        extend_consent(cast.actor("carla", days=days - 31), request, further)
    in_time = cast.actor("carla", days=days - 30)
    with pytest.raises(Denied):
        extend_consent(in_time, request, request.ends + relativedelta(months=12, days=1))
    follows = extend_consent(in_time, request, further)
    with pytest.raises(Denied):
        extend_consent(in_time, request, further)
    says(cast, "anna", follows, GIVEN, days=days - 20)
    assert not reads(cast, "sanne", entry, days=days), "one answer is missing"
    says(cast, "bram", follows, GIVEN, days=days - 20)
    assert consent.agreement(in_time, follows.pk).state is State.AHEAD
    assert reads(cast, "sanne", entry, days=days - 1)
    assert reads(cast, "sanne", entry, days=days)
    assert not reads(cast, "sanne", entry, days=(further - TODAY).days)
    later = cast.actor("carla", days=days)
    found = consent.standing(later, child, cast.youthcare, "support")
    assert found is not None
    assert found.request == follows


@pytest.mark.parametrize(("days", "told"), [(31, False), (30, True), (1, True)])
def test_a_task_before_it_ends(cast: Cast, days: int, told: bool) -> None:
    child = child_of(cast, 3, "anna")
    request = signed(cast, child, "anna")
    move(request, TODAY + timedelta(days=days))
    for who in ("carla", "anna"):
        assert bool(consent.coming(cast.actor(who))) is told
