"""Today of a privacy officer: what waits, who opened what, and whether the audit trail is sealed."""

from datetime import timedelta
from typing import Any

from alert4you.access.commands.openings import break_glass
from alert4you.access.commands.review import ask_about_look
from alert4you.access.models import Entry, Review, ReviewLine
from alert4you.children.models import Child
from alert4you.kernel.audit import append
from alert4you.kernel.models import AuditRecord
from alert4you.kernel.tasks import sign_audit_root
from alert4you.notes.commands.writing import write_note
from alert4you.web.queries.privacy_officer import Today, today
from tests.access.browsing import page
from tests.cast import NOW, TODAY, Cast

REASON = "Er is een aanval en de mentor is niet bereikbaar"


def of(cast: Cast) -> Today:
    return today(cast.actor("olga"))


def test_a_quiet_day(cast: Cast) -> None:
    shown = page(cast, "olga", "/")
    assert "Er wacht niets op je" in shown
    assert "nog niet verzegeld" in shown
    assert of(cast).asked == 0


def test_no_child_and_no_word_of_a_file(cast: Cast) -> None:
    write_note(cast.actor("fatima"), cast.mila, "kanarie")
    break_glass(cast.actor("lotte"), cast.mila, REASON)
    shown = page(cast, "olga", "/")
    assert REASON in shown
    assert "Mila" not in shown
    assert "kanarie" not in shown
    assert not Entry.objects.visible_to(cast.actor("olga")).exists()
    assert not Child.objects.visible_to(cast.actor("olga")).exists()


def test_what_waits_is_counted_for_the_own_organisation_only(cast: Cast) -> None:
    for organisation in (cast.nursery, cast.elsewhere):
        review = Review.objects.create(
            organisation=organisation, week=TODAY, made_at=NOW - timedelta(days=15)
        )
        ReviewLine.objects.create(
            review=review,
            finding="family",
            person=cast.lotte.person,
            role="group_worker",
            first_at=NOW,
        )
    read = AuditRecord.of(cast.actor("fatima"), "R", "web:line", cast.mila.pk, {"day": ["1"]})
    append([read])
    ask_about_look(cast.actor("anna"), cast.mila, cast.fatima.person, read, "Waarom?")
    found = of(cast)
    assert (found.waiting, found.late, found.asked) == (1, 1, 2)
    assert [each.asked_by for each in found.questions] == [cast.anna]
    assert "de manager weet het" in page(cast, "olga", "/")


def test_whether_the_trail_is_sealed(cast: Cast, settings: Any) -> None:
    write_note(cast.actor("fatima"), cast.mila, "iets")
    sign_audit_root(NOW)
    trail = of(cast).trail
    assert (trail.rooted_at, trail.holds, trail.is_stale) == (NOW, True, False)
    cast.go_to(NOW + timedelta(hours=25, microseconds=1))
    assert of(cast).trail.is_stale
    settings.AUDIT_KEY = "of another installation"
    assert not of(cast).trail.holds
    assert "niet van deze installatie" in page(cast, "olga", "/")


def test_the_menu_says_one_place_where_one_is(cast: Cast) -> None:
    """What parents asked stands below the weekly list in the addresses, beside it in the menu."""
    menu = page(cast, "olga", "/review/questions/").split("</nav>")[0]
    assert menu.count('aria-current="page"') == 1
    assert 'href="/review/questions/" aria-current="page"' in menu
