"""What each clause of the policy is there for: every one of these failed when its clause was left out.

Found by `tools/mutants.py`, which breaks the policy in every small way.
"""

from datetime import timedelta

import pytest

from alert4you.access.commands.consent import answer_consent, ask_consent, withdraw_consent
from alert4you.access.commands.marks import forbid, hold_by_law, use_less
from alert4you.access.commands.openings import break_glass, let_support_in
from alert4you.access.commands.team import name_on_team, post_coach
from alert4you.access.models import CareTeamMember, ConsentRequest, Entry
from alert4you.access.rules.consent import Terms
from alert4you.children.models import Child, Placement
from alert4you.organisations.models import Absence, Group, Location, Role, Roster
from tests.access import consenting
from tests.access.seeing import agree, write
from tests.cast import LONG_AGO, NOW, TODAY, Cast, make_child

REASON = "Mila heeft een aanval en haar mentor is niet bereikbaar"


def sees(cast: Cast, name: str, entry: Entry) -> bool:
    return Entry.objects.visible_to(cast.actor(name)).filter(pk=entry.pk).exists()


def knows(cast: Cast, name: str, child: Child | None = None) -> bool:
    wanted = child or cast.mila
    return Child.objects.visible_to(cast.actor(name)).filter(pk=wanted.pk).exists()


def places(cast: Cast, name: str) -> set[str]:
    seen = Placement.objects.visible_to(cast.actor(name)).filter(child=cast.mila)
    return {place.group.name for place in seen.select_related("group")}


@pytest.fixture
def els(cast: Cast) -> Cast:
    """A group worker of the same organisation who works on no group."""
    cast.add("els", Role.GROUP_WORKER, "nursery")
    return cast


class TestOpened:
    def test_the_child_is_known_by_name_as_long_as_it_is_open(self, els: Cast) -> None:
        assert not knows(els, "els")
        break_glass(els.actor("els"), els.mila, REASON)
        assert knows(els, "els")

    def test_a_mark_hides_the_name_as_well(self, els: Cast) -> None:
        break_glass(els.actor("els"), els.mila, REASON)
        forbid(els.actor("carla"), els.mila, els.els.person, "restriction", "familie")
        assert not knows(els, "els")

    def test_who_no_longer_works_here_opened_nothing(self, els: Cast) -> None:
        break_glass(els.actor("els"), els.mila, REASON)
        els.els.ends = TODAY
        els.els.save()
        assert not knows(els, "els")

    def test_it_is_open_for_one_hat(self, els: Cast) -> None:
        els.add("tom", Role.GROUP_WORKER, "nursery")
        entry = write(els, category="care")
        break_glass(els.actor("els"), els.mila, REASON)
        assert sees(els, "els", entry) and not sees(els, "tom", entry) and not knows(els, "tom")

    def test_it_is_closed_at_the_moment_it_ends(self, els: Cast) -> None:
        entry = write(els, category="care")
        opening = break_glass(els.actor("els"), els.mila, REASON)
        els.go_to(opening.ends - timedelta(microseconds=1))
        assert sees(els, "els", entry)
        els.go_to(opening.ends)
        assert not sees(els, "els", entry)


class TestPlaces:
    @pytest.fixture
    def two_places(self, cast: Cast) -> Cast:
        """Mila is also in day treatment."""
        treatment = Location.objects.create(
            organisation=cast.youthcare, name="De Werf", setting="day_treatment"
        )
        group = Group.objects.create(location=treatment, name="Zeilers")
        Placement.objects.create(child=cast.mila, group=group, basis="youth_act", starts=LONG_AGO)
        name_on_team(cast.actor("carla"), cast.mila, cast.pieter, "leerkracht", "education")
        return cast

    @pytest.mark.parametrize(
        ("category", "seen"), [("care", {"Zeilers"}), ("day", {"Vlinders"}), ("plan", set())]
    )
    def test_a_place_in_care_is_told_by_consent_for_care_only(
        self, two_places: Cast, category: str, seen: set[str]
    ) -> None:
        agree(two_places, "school", category, purpose="education")
        assert places(two_places, "pieter") == seen

    def test_who_does_not_know_the_child_knows_no_place_of_the_own_organisation(
        self, els: Cast
    ) -> None:
        assert places(els, "els") == set()

    def test_a_parent_sees_them_until_a_restriction(self, two_places: Cast) -> None:
        assert places(two_places, "anna") == {"Vlinders", "Zeilers"}
        assert places(two_places, "oscar") == set()
        forbid(
            two_places.actor("carla"), two_places.mila, two_places.anna, "restriction", "rechter"
        )
        assert places(two_places, "anna") == set()


class TestOwnFile:
    def test_the_day_of_another_organisation_is_not_for_the_group(self, cast: Cast) -> None:
        assert not sees(
            cast, "lotte", write(cast, organisation=cast.youthcare, author=cast.koen.person)
        )

    def test_own_words_in_the_file_of_another_organisation_are_not_own_here(
        self, cast: Cast
    ) -> None:
        entry = write(cast, organisation=cast.youthcare, category="care")
        assert not sees(cast, "fatima", entry)

    def test_group_matters_of_another_organisation_stay_there(self, cast: Cast) -> None:
        entry = write(cast, child=None, organisation=cast.elsewhere)
        assert not sees(cast, "carla", entry)

    def test_group_matters_are_for_who_still_works_there(self, cast: Cast) -> None:
        entry = write(cast, child=None, group=cast.group, author=cast.carla.person)
        assert sees(cast, "lotte", entry)
        Roster.objects.filter(membership=cast.lotte).update(ends=TODAY)
        assert not sees(cast, "lotte", entry)

    def test_a_coach_reads_what_is_asked_at_her_location_only(self, cast: Cast) -> None:
        other = Location.objects.create(
            organisation=cast.nursery, name="De Maan", setting="daycare"
        )
        here = write(cast, child=None, location=cast.location, kind="question")
        there = write(cast, child=None, location=other, kind="question")
        assert sees(cast, "sanne", here) and not sees(cast, "sanne", there)
        post_coach(cast.actor("marit"), cast.sanne, other)
        assert sees(cast, "sanne", there)


class TestConsent:
    @pytest.fixture
    def named(self, cast: Cast) -> Cast:
        """Pieter of the school and Koen of youth care are both named, for the same purpose."""
        name_on_team(cast.actor("carla"), cast.mila, cast.pieter, "leerkracht", "support")
        name_on_team(cast.actor("carla"), cast.mila, cast.koen, "coach", "support")
        return cast

    def test_it_is_for_one_organisation(self, named: Cast) -> None:
        entry = write(named)
        agree(named, "school", "day", purpose="support")
        assert sees(named, "pieter", entry) and knows(named, "pieter")
        assert not sees(named, "koen", entry) and not knows(named, "koen")

    def test_it_is_for_one_child(self, named: Cast) -> None:
        sem = make_child(named, "Sem", "Bakker", named.mila.born)
        named.people["mila"], mila = sem, named.mila
        name_on_team(named.actor("carla"), sem, named.carla, "zorgcoördinator")
        name_on_team(named.actor("carla"), sem, named.pieter, "leerkracht", "support")
        for parent in (named.anna, named.bram):
            sem.guardians.create(person=parent, kind="parent", has_authority=True, starts=sem.born)
        agree(named, "school", "day", purpose="support")
        entry = write(named, child=mila)
        assert knows(named, "pieter", sem)
        assert not sees(named, "pieter", entry) and not knows(named, "pieter", mila)

    def test_consent_to_the_own_organisation_opens_nothing_of_its_own_file(self, els: Cast) -> None:
        """What the nursery may know of others is no key to the nursery's own file."""
        file = els.mila
        els.els.ends = None
        entry = write(els, category="care")
        elsewhere = write(els, category="care", organisation=els.youthcare, author=els.koen.person)

        CareTeamMember.objects.create(
            child=file, membership=els.els, purpose="handover", why="invaller", starts=TODAY
        )
        request = ask_consent(
            els.actor("carla"), file, els.nursery, "handover", Terms(["care"], "verder helpen")
        )
        for parent in ("anna", "bram"):
            answer_consent(els.actor(parent), request, {"care": "given"})
        assert sees(els, "els", elsewhere) and not sees(els, "els", entry)

    def test_a_signature_holds_from_its_instant_until_that_of_its_end(self, named: Cast) -> None:
        entry = write(named)
        request = agree(named, "school", "day", purpose="support")
        withdraw_consent(named.actor("bram", hours=1), request)
        hour, instant = timedelta(hours=1), timedelta(microseconds=1)
        actor = named.actor("pieter")
        moments = [NOW - instant, NOW, NOW + hour - instant, NOW + hour]
        seen = [Entry.objects.visible_to(actor.later(each)).contains(entry) for each in moments]
        assert seen == [False, True, True, False]

    def test_a_guest_reads_back_her_own_internal_words(self, cast: Cast) -> None:
        name_on_team(cast.actor("carla"), cast.mila, cast.pieter, "leerkracht", "education")
        agree(cast, "school", "day", purpose="education")
        own = write(cast, internal=True, author=cast.pieter.person, hat=cast.pieter)
        other = write(cast, internal=True)
        assert sees(cast, "pieter", own) and not sees(cast, "pieter", other)


@pytest.mark.parametrize(
    ("years", "signs", "confirmed", "reads"),
    [
        (13, ("anna", "bram"), True, True),
        (13, ("anna", "bram"), None, False),
        (13, ("anna", "bram"), False, False),
        (16, ("noa",), True, False),
        (16, ("noa",), None, True),
        (16, ("noa",), False, True),
    ],
)
def test_an_exception_counts_once_the_professional_confirmed_it(
    cast: Cast, years: int, signs: tuple[str, ...], confirmed: bool | None, reads: bool
) -> None:
    """Until then the young person decides as everybody of that age, also who could not according to Carla."""
    child = consenting.child_of(cast, years, "anna", "bram")
    request = consenting.ask(cast, child)
    for each in signs:
        consenting.says(cast, each, request, consenting.GIVEN)
    ConsentRequest.objects.update(exempt="not_capable", confirmed=confirmed)
    assert consenting.reads(cast, "sanne", consenting.report(cast, child)) is reads


def test_only_an_emergency_opens_what_is_only_kept(cast: Cast) -> None:
    """Whoever is let in to help with the software sees the file, and not what the parents closed."""
    cast.add("sam", Role.SUPPORT, "nursery")
    cast.add("els", Role.GROUP_WORKER, "nursery")
    entry = write(cast)
    let_support_in(cast.actor("marit"), cast.mila, cast.sam, REASON, timedelta(hours=1))
    break_glass(cast.actor("els"), cast.mila, REASON)
    assert sees(cast, "sam", entry) and sees(cast, "els", entry)
    use_less(cast.actor("marit"), cast.mila, "Dit klopt niet.", mark="only_kept")
    assert sees(cast, "els", entry) and not sees(cast, "sam", entry)


def test_what_shuts_one_out_hides_nothing_from_the_others(cast: Cast) -> None:
    """Only what is "only kept" closes for all who did not decide so; the same table holds other marks."""
    entry = write(cast)
    forbid(cast.actor("carla"), cast.mila, cast.lotte.person, "restriction", "familie")
    hold_by_law(cast.actor("olga"), cast.mila, "de rechter vroeg erom")
    assert sees(cast, "fatima", entry) and not sees(cast, "lotte", entry)


class TestCover:
    def test_only_who_was_named_stands_in(self, els: Cast) -> None:
        entry = write(els, category="care")
        els.add("tom", Role.GROUP_WORKER, "nursery")
        Absence.objects.create(
            membership=els.carla, cover=els.els, starts=TODAY, ends=TODAY + timedelta(days=2)
        )
        assert sees(els, "els", entry) and not sees(els, "tom", entry)

    def test_nobody_of_another_organisation_stands_in(self, cast: Cast) -> None:
        entry = write(cast, category="care")
        Absence.objects.create(
            membership=cast.carla, cover=cast.koen, starts=TODAY, ends=TODAY + timedelta(days=2)
        )
        assert not sees(cast, "koen", entry) and not knows(cast, "koen")
