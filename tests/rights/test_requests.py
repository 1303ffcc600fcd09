"""Asking, writing down, answering: who may, what happens, what the asker is told."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail

from alert4you.access.commands.marks import protect
from alert4you.access.models import Entry, Mark
from alert4you.children.models import Guardian
from alert4you.kernel.decision import Denied, NotVisible
from alert4you.kernel.models import AuditRecord
from alert4you.notes.commands.writing import write_note
from alert4you.organisations.models import OrganisationKind
from alert4you.retention.models import Erasure
from alert4you.rights import tasks
from alert4you.rights.commands.asking import ask, record_request
from alert4you.rights.commands.handling import (
    extend_request,
    grant_request,
    refuse_request,
    take_request,
)
from alert4you.rights.models import Ground, Remark, Right, RightsRequest
from alert4you.rights.queries import requests
from alert4you.rights.rules.asking import Asked, Heard
from alert4you.safety.commands import open_concern
from alert4you.safety.models import Act, Concern
from alert4you.safety.rules import Start
from tests.cast import NOW, TODAY, Cast, make_child

WORDS = "Hij heet niet Daan maar Daniel."


def asked(cast: Cast, right: str = "access", who: str = "anna", **more: Any) -> RightsRequest:
    return ask(cast.actor(who), cast.mila, Asked(right, cast.nursery, WORDS, **more))


def heard(cast: Cast, who: str, right: str = "access", day: date = TODAY) -> RightsRequest:
    """Carla writes down what somebody asked on paper; "child" for the child itself."""
    asker = None if who == "child" else cast.people[who]
    told = Heard(asker, "on_paper", day)
    return record_request(cast.actor("carla"), cast.mila, Asked(right, cast.nursery, WORDS), told)


def note(cast: Cast, **fields: Any) -> Entry:
    return write_note(cast.actor("fatima"), cast.mila, "Daan was blij.", **fields)


def years(cast: Cast, age: int, days: int = 0) -> None:
    """Mila turns so many years today, or so many days later."""
    born = TODAY.replace(year=TODAY.year - age) + timedelta(days=days)
    cast.mila.born = born
    cast.mila.save()


# Who may ask --------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["anna", "bram"])
def test_both_parents_ask(cast: Cast, who: str) -> None:
    assert asked(cast, who=who).is_open


@pytest.mark.parametrize("who", ["oscar", "carla", "fatima", "olga"])
def test_nobody_else_asks_in_the_software(cast: Cast, who: str) -> None:
    with pytest.raises(Denied):
        asked(cast, who=who)


@pytest.mark.parametrize(
    ("age", "days", "parents", "child"),
    [
        (12, 1, True, False),
        (12, 0, True, True),
        (16, 1, True, True),
        (16, 0, False, True),
    ],
)
def test_who_exercises_the_rights_by_age(
    cast: Cast, age: int, days: int, parents: bool, child: bool
) -> None:
    years(cast, age, days)
    for who, may in (("anna", parents), ("child", child)):
        if may:
            heard(cast, who)
        else:
            with pytest.raises(Denied):
                heard(cast, who)
    if not parents:
        with pytest.raises(Denied):
            asked(cast)


def test_staff_write_down_the_day_it_came_in_and_never_a_day_to_come(cast: Cast) -> None:
    early = heard(cast, "oscar", day=date(2026, 11, 2))
    assert requests.to_answer(cast.actor("carla"), early.pk).clock.target == date(2026, 12, 2)
    with pytest.raises(Denied):
        heard(cast, "anna", day=TODAY + timedelta(days=1))
    other = make_child(cast, "Sem", "Bakker", date(2023, 1, 1))
    stranger = Heard(cast.anna, "on_paper", TODAY)
    with pytest.raises(Denied):
        record_request(cast.actor("carla"), other, Asked("access", cast.nursery), stranger)


def test_words_are_needed_and_about_something_one_sees(cast: Cast) -> None:
    anna = cast.actor("anna")
    with pytest.raises(Denied):
        ask(anna, cast.mila, Asked("correction", cast.nursery, " "))
    with pytest.raises(Denied):
        ask(anna, cast.mila, Asked("statement", cast.nursery, WORDS))
    internal = write_note(cast.actor("carla"), cast.mila, "Intern", "care", internal=True)
    with pytest.raises(Denied):
        asked(cast, "correction", entry=internal)


# Who answers --------------------------------------------------------------------------------------


def test_the_privacy_officer_and_the_care_coordinator_have_it_on_their_list(cast: Cast) -> None:
    request = asked(cast)
    for who in ("olga", "carla"):
        assert [each.request for each in requests.work(cast.actor(who)).open] == [request]
    assert requests.work(cast.actor("olga")).open[0].child != "Mila Jansen"  # no name of a child
    for who in ("fatima", "marit", "sanne", "anna", "stranger"):
        with pytest.raises(NotVisible):
            requests.work(cast.actor(who))


def test_another_organisation_has_nothing_of_it(cast: Cast) -> None:
    request = asked(cast)
    cast.add("oskar", "privacy_officer", "elsewhere")
    assert requests.work(cast.actor("oskar")).open == []
    with pytest.raises(NotVisible):
        requests.to_answer(cast.actor("oskar"), request.pk)
    with pytest.raises(Denied):
        grant_request(cast.actor("oskar"), request, "")


def test_who_asked_it_does_not_answer_it(cast: Cast) -> None:
    Guardian.objects.create(
        child=cast.mila,
        person=cast.olga.person,
        kind="parent",
        has_authority=True,
        starts=cast.mila.born,
    )
    request = heard(cast, "anna")
    request.asked_by = cast.olga.person
    request.save()
    with pytest.raises(Denied):
        grant_request(cast.actor("olga"), request, "")


def test_the_list_says_what_is_late_and_who_has_it(cast: Cast) -> None:
    first, second = asked(cast), heard(cast, "bram", day=date(2026, 10, 1))
    take_request(cast.actor("carla"), second)
    work = requests.work(cast.actor("olga"))
    assert [each.request for each in work.open] == [second, first]
    assert (work.late, work.soon) == (1, 0)
    assert work.open[0].request.taken_by == cast.carla


def test_an_answer_is_given_once(cast: Cast) -> None:
    request = grant_request(cast.actor("olga"), asked(cast), "")
    with pytest.raises(Denied):
        refuse_request(cast.actor("carla"), request, "about_staff", "Nee")


# Correcting ---------------------------------------------------------------------------------------


def test_a_correction_stands_beside_the_words_that_stay(cast: Cast) -> None:
    entry = note(cast)
    request = asked(cast, "correction", entry=entry)
    carla = cast.actor("carla")
    with pytest.raises(Denied):
        grant_request(carla, request, "", " ")
    grant_request(carla, request, "", "Het kind heet Daniel.")
    entry.refresh_from_db()
    assert entry.text == "Daan was blij."
    for who in ("anna", "bram", "fatima", "carla"):
        page = cast.client(who).get(f"/children/{cast.mila.pk}/").content.decode()
        assert "Daan was blij." in page and "Het kind heet Daniel." in page, who


def test_who_does_not_see_it_cannot_set_it_right(cast: Cast) -> None:
    request = asked(cast, "correction", entry=note(cast))
    with pytest.raises(Denied):
        grant_request(cast.actor("olga"), request, "", "Het kind heet Daniel.")
    assert not Remark.objects.unrestricted(reason="test").exists()


def test_own_words_stand_beside_it_at_once(cast: Cast) -> None:
    request = asked(cast, "statement", entry=note(cast))
    assert not request.is_open
    assert Remark.objects.unrestricted(reason="test").get().by == cast.anna
    assert WORDS in cast.client("fatima").get(f"/children/{cast.mila.pk}/").content.decode()
    assert requests.work(cast.actor("olga")).open == []


def test_a_remark_is_seen_by_who_sees_the_entry_and_by_nobody_else(cast: Cast) -> None:
    private = write_note(cast.actor("carla"), cast.mila, "Over zorg", "care")
    asked(cast, "statement", entry=private)
    line = f"/children/{cast.mila.pk}/"
    assert WORDS in cast.client("carla").get(line).content.decode()
    assert WORDS not in cast.client("fatima").get(line).content.decode()


# Saying no ----------------------------------------------------------------------------------------


def test_who_has_no_authority_gets_the_important_facts_and_not_the_file(cast: Cast) -> None:
    request, carla = heard(cast, "oscar"), cast.actor("carla")
    with pytest.raises(Denied):
        grant_request(carla, request, "")
    with pytest.raises(Denied):
        refuse_request(carla, request, "no_authority", "U heeft geen gezag.", "")
    refuse_request(carla, request, "no_authority", "U heeft geen gezag.", "Het gaat goed met Mila.")
    assert request.facts == "Het gaat goed met Mila."
    record = AuditRecord.objects.get(name="rights.refuse_request", outcome=0)
    assert record.subject_id == cast.mila.pk and record.action == "E"
    assert "gaat goed" not in str(record.records)


def test_scores_of_staff_are_not_the_childs_data(cast: Cast) -> None:
    told = Asked("access", cast.nursery, "De scores van de pm'er")
    request = ask(cast.actor("anna"), cast.mila, told)
    refuse_request(cast.actor("olga"), request, "about_staff", "Dat gaat over de medewerker.")
    page = cast.client("anna").get(f"/rights/{request.pk}/").content.decode()
    assert "Dat gaat over de medewerker." in page
    assert "Autoriteit Persoonsgegevens" in page and "rechter" in page


def test_what_must_be_kept_is_refused_and_nobody_learns_why(cast: Cast) -> None:
    """A legal hold and an open concern give the same answer, to whoever answers and to the parents."""
    request, carla = asked(cast, "erasure"), cast.actor("carla")
    open_concern(cast.actor("fatima"), Start(cast.mila, "home", "Blauwe plekken"))
    with pytest.raises(Denied) as concern:
        grant_request(carla, request, "")
    Act.objects.unrestricted(reason="test").delete()
    Concern.objects.unrestricted(reason="test").delete()
    protect(carla, cast.mila, Mark.LEGAL_HOLD, "Klacht loopt")
    with pytest.raises(Denied) as hold:
        grant_request(carla, request, "")
    assert hold.value.decision == concern.value.decision
    refuse_request(carla, request, "must_be_kept", "Dit moeten we bewaren.")
    page = cast.client("anna").get(f"/rights/{request.pk}/").content.decode()
    assert "Dit moeten we bewaren." in page
    for word in ("veilig", "Veilig", "zorg om", "meldcode", "klacht loopt", "Klacht loopt"):
        assert word not in page.split("<main")[1].split("</main")[0], word


def test_deleting_goes_to_the_list_of_two_people(cast: Cast) -> None:
    entry = note(cast)
    grant_request(cast.actor("carla"), asked(cast, "erasure", entry=entry), "")
    proposed = Erasure.objects.unrestricted(reason="test").get()
    assert (proposed.chosen, proposed.executed_at) == ([str(entry.pk)], None)
    assert Entry.objects.unrestricted(reason="test").filter(pk=entry.pk).exists()


@pytest.mark.parametrize("right", list(Right))
def test_a_no_rests_on_a_ground_of_that_right(cast: Cast, right: Right) -> None:
    if right in ("statement", "portability"):
        return
    request = asked(cast, right)
    with pytest.raises(Denied):
        refuse_request(cast.actor("carla"), request, Ground.NO_AUTHORITY, "Nee")
    with pytest.raises(Denied):
        refuse_request(cast.actor("carla"), request, "", "Nee")
    assert request.is_open


# More time ----------------------------------------------------------------------------------------


def test_more_time_once_and_only_in_the_first_term(cast: Cast) -> None:
    request, olga = asked(cast), cast.actor("olga")
    with pytest.raises(Denied):
        extend_request(olga, request, " ")
    extend_request(olga, request, "Het dossier is groot.")
    page = cast.client("anna").get(f"/rights/{request.pk}/").content.decode()
    assert "Het dossier is groot." in page and "22 februari 2027" in page  # the 20th is a Saturday
    with pytest.raises(Denied):
        extend_request(olga, request, "Nog een keer")
    late = heard(cast, "bram", day=date(2026, 10, 1))
    with pytest.raises(Denied):
        extend_request(olga, late, "Te laat")


def test_the_youth_act_gives_no_second_term_for_deleting(cast: Cast) -> None:
    cast.nursery.kind = OrganisationKind.YOUTH_CARE_PROVIDER
    cast.nursery.save()
    request = asked(cast, "erasure")
    assert requests.asked(cast.actor("anna"), request.pk).clock.target == date(2027, 2, 20)
    with pytest.raises(Denied):
        extend_request(cast.actor("olga"), request, "Druk")


# Mail ---------------------------------------------------------------------------------------------


def test_a_mail_without_content_to_who_answers_and_to_who_asked(cast: Cast) -> None:
    request = asked(cast)
    assert tasks.announce_requests(NOW) == 2
    assert tasks.announce_requests(NOW) == 0
    assert sorted(each.to[0] for each in mail.outbox) == ["carla@example.org", "olga@example.org"]
    assert tasks.announce_answers(NOW) == 0
    grant_request(cast.actor("olga"), request, "Geheim antwoord")
    assert tasks.announce_answers(NOW) == 1
    assert tasks.announce_answers(NOW) == 0
    assert mail.outbox[-1].to == ["anna@example.org"]
    for each in mail.outbox:
        for word in ("Mila", "Anna", "Geheim", "Daan"):
            assert word not in each.subject + each.body


def test_no_mail_to_who_lost_authority_before_it_goes(cast: Cast) -> None:
    grant_request(cast.actor("olga"), asked(cast), "")
    Guardian.objects.filter(person=cast.anna).update(ends=TODAY)
    assert tasks.announce_answers(NOW) == 0


# What a parent may learn --------------------------------------------------------------------------


def test_the_other_parent_does_not_see_what_one_asked(cast: Cast) -> None:
    request = asked(cast)
    assert cast.client("bram").get(f"/rights/{request.pk}/").status_code == 404
    assert requests.asked_by(cast.actor("bram"), cast.mila) == []
