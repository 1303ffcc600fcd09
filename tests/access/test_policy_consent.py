"""R4: what another organisation sees, and everything that ends it."""

from datetime import date, timedelta

import pytest

from alert4you.access.commands.consent import (
    answer_consent,
    ask_consent,
    close_request,
    record_answer,
    withdraw_consent,
)
from alert4you.access.commands.team import name_on_team
from alert4you.access.queries import line
from alert4you.access.rules.consent import Terms
from alert4you.children.models import Child, Guardian
from tests.access.seeing import agree, who_sees, write
from tests.cast import TODAY, Cast


class TestPartner:
    """R4: named on the team, and a running consent for organisation, purpose, category and period."""

    def test_needs_both_the_team_and_the_consent(self, cast: Cast) -> None:
        entry = write(cast)
        agree(cast, "youthcare", "day")
        assert "sanne" not in who_sees(cast, entry), "not named on the team"
        name_on_team(cast.actor("carla"), cast.mila, cast.sanne, "coach", "coaching")
        assert "sanne" in who_sees(cast, entry)
        assert "koen" not in who_sees(cast, entry), "a colleague who was not named"

    def test_named_without_consent_sees_nothing(self, cast: Cast) -> None:
        entry = write(cast)
        name_on_team(cast.actor("carla"), cast.mila, cast.sanne, "coach", "coaching")
        assert "sanne" not in who_sees(cast, entry)
        assert not Child.objects.visible_to(cast.actor("sanne")).exists()

    @pytest.mark.parametrize(
        "fields",
        [
            {"category": "care"},
            {"internal": True},
            {"category": "safety"},
            {"day": TODAY - timedelta(days=1)},
        ],
    )
    def test_sees_only_what_was_agreed(self, cast: Cast, fields: dict) -> None:
        name_on_team(cast.actor("carla"), cast.mila, cast.sanne, "coach", "coaching")
        agree(cast, "youthcare", "day", "development")
        assert "sanne" in who_sees(cast, write(cast))
        assert "sanne" not in who_sees(cast, write(cast, **fields))

    def test_another_purpose_is_another_question(self, cast: Cast) -> None:
        name_on_team(cast.actor("carla"), cast.mila, cast.sanne, "coach", "coaching")
        agree(cast, "youthcare", "day", purpose="support")
        assert "sanne" not in who_sees(cast, write(cast))
        assert not Child.objects.visible_to(cast.actor("sanne")).exists()

    def test_whose_authority_has_ended_need_not_sign(self, cast: Cast) -> None:
        entry = write(cast)
        name_on_team(cast.actor("carla"), cast.mila, cast.sanne, "coach", "coaching")
        terms = Terms(["day"], "because")
        request = ask_consent(cast.actor("carla"), cast.mila, cast.youthcare, "coaching", terms)
        answer_consent(cast.actor("anna"), request, {"day": "given"})
        assert "sanne" not in who_sees(cast, entry)
        Guardian.objects.filter(person=cast.bram).update(ends=TODAY)
        assert "sanne" in who_sees(cast, entry)

    def test_without_a_guardian_with_authority_nobody_can_agree(self, cast: Cast) -> None:
        entry = write(cast)
        name_on_team(cast.actor("carla"), cast.mila, cast.sanne, "coach", "coaching")
        agree(cast, "youthcare", "day")
        Guardian.objects.filter(child=cast.mila).update(has_authority=False)
        assert "sanne" not in who_sees(cast, entry)

    def test_where_a_child_is_belongs_to_the_day(self, cast: Cast) -> None:
        name_on_team(cast.actor("carla"), cast.mila, cast.sanne, "coach", "coaching")
        agree(cast, "youthcare", "development")
        assert list(line.placements(cast.actor("sanne"), cast.mila)) == []
        agree(cast, "youthcare", "day")
        assert len(line.placements(cast.actor("sanne"), cast.mila)) == 1

    def test_one_missing_or_refused_signature_is_no_consent(self, cast: Cast) -> None:
        entry = write(cast)
        name_on_team(cast.actor("carla"), cast.mila, cast.sanne, "coach", "coaching")
        terms = Terms(["day"], "because")
        request = ask_consent(cast.actor("carla"), cast.mila, cast.youthcare, "coaching", terms)
        answer_consent(cast.actor("anna"), request, {"day": "given"})
        assert "sanne" not in who_sees(cast, entry)
        answer_consent(cast.actor("bram"), request, {"day": "refused"})
        assert "sanne" not in who_sees(cast, entry)
        answer_consent(cast.actor("bram"), request, {"day": "given"})
        assert "sanne" in who_sees(cast, entry)

    def test_withdrawal_works_at_the_next_read(self, cast: Cast) -> None:
        entry = write(cast)
        name_on_team(cast.actor("carla"), cast.mila, cast.sanne, "coach", "coaching")
        request = agree(cast, "youthcare", "day")
        assert "sanne" in who_sees(cast, entry)
        withdraw_consent(cast.actor("bram"), request)
        assert "sanne" not in who_sees(cast, entry)

    def test_the_last_day_counts_and_the_next_does_not(self, cast: Cast) -> None:
        entry = write(cast)
        name_on_team(cast.actor("carla"), cast.mila, cast.sanne, "coach", "coaching")
        request = agree(cast, "youthcare", "day")
        days = (request.ends - TODAY).days
        assert "sanne" in who_sees(cast, entry, days=days - 1)
        assert "sanne" not in who_sees(cast, entry, days=days)

    def test_closing_the_request_ends_it(self, cast: Cast) -> None:
        entry = write(cast)
        name_on_team(cast.actor("carla"), cast.mila, cast.sanne, "coach", "coaching")
        request = agree(cast, "youthcare", "day")
        close_request(cast.actor("carla"), request)
        assert "sanne" not in who_sees(cast, entry)

    def test_a_new_guardian_with_authority_must_sign_too(self, cast: Cast) -> None:
        entry = write(cast)
        name_on_team(cast.actor("carla"), cast.mila, cast.sanne, "coach", "coaching")
        agree(cast, "youthcare", "day")
        Guardian.objects.filter(person=cast.oscar).update(has_authority=True)
        assert "sanne" not in who_sees(cast, entry)


class TestChildSigns:
    """From 12 the child signs as well, from 16 alone: on the birthday itself."""

    @pytest.mark.parametrize(
        ("born", "parents", "child", "runs"),
        [
            (date(2014, 11, 21), True, False, True),  # 12 tomorrow
            (date(2014, 11, 20), True, False, False),  # 12 today
            (date(2014, 11, 20), True, True, True),
            (date(2014, 11, 20), False, True, False),
            (date(2010, 11, 21), False, True, False),  # 16 tomorrow
            (date(2010, 11, 20), False, True, True),  # 16 today
            (date(2010, 11, 20), True, False, False),
        ],
    )
    def test_at_the_birthday(
        self, cast: Cast, born: date, parents: bool, child: bool, runs: bool
    ) -> None:
        Child.objects.unrestricted(reason="test").filter(pk=cast.mila.pk).update(born=born)
        cast.mila.refresh_from_db(from_queryset=Child.objects.unrestricted(reason="test"))
        entry = write(cast)
        name_on_team(cast.actor("carla"), cast.mila, cast.sanne, "coach", "coaching")
        terms = Terms(["day"], "because")
        request = ask_consent(cast.actor("carla"), cast.mila, cast.youthcare, "coaching", terms)
        if parents:
            for parent in ("anna", "bram"):
                answer_consent(cast.actor(parent, days=-1), request, {"day": "given"})
        if child:
            given = {"day": "given"}
            record_answer(cast.actor("carla"), request, None, given, "in_talk", "met Fatima")
        assert ("sanne" in who_sees(cast, entry)) == runs
