"""What files of planning systems become, row by row."""

import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from alert4you.children.models import Child, Guardian, Placement
from alert4you.groups.commands.card import Proof, write_fact
from alert4you.imports.commands import importing
from alert4you.imports.commands.rows.book import Book
from alert4you.imports.commands.working import work
from alert4you.imports.models import Kind, Row
from alert4you.imports.tasks import forget_files
from alert4you.kernel.decision import Denied
from alert4you.organisations.models import Group, Membership, Roster
from tests.cast import NOW, Cast
from tests.imports.loading import LONG, load, look, why

CHILDREN = """Kindnummer;Voornaam;Tussenvoegsel;Achternaam;Geboortedatum;Groep;Ingangsdatum;Dagen
K1;Jip;van;Dam;14-03-2025;Vlinders;01-12-2026;ma, di vm
K2;Noa;;Smit;30-02-2025;Vlinders;01-12-2026;ma
K3;Oud;;Smit;01-01-2010;Vlinders;01-12-2026;ma
K4;Later;;Smit;01-01-2029;Vlinders;01-12-2026;ma
K5;Weg;;Smit;01-01-2025;Wolken;01-12-2026;ma
K1;Jip;van;Dam;14-03-2025;Vlinders;01-12-2026;ma
K6;=1+1;;Smit;01-01-2025;Vlinders;01-12-2026;ma
"""


def children(**name: str) -> int:
    return Child.objects.unrestricted(reason="test").filter(**name).count()


def test_good_rows_are_saved_and_the_others_say_why(cast: Cast) -> None:
    with override("en"):
        file = look(cast, "children", CHILDREN)
    assert file.counts == {"new": 1, "cannot": 6}
    assert children(last_name="van Dam") == 0
    said = why(file)
    assert "30-02-2025 does not exist" in said[3]
    assert "too long ago" in said[4]
    assert "in the future" in said[5]
    assert "do not know group “Wolken”" in said[6]
    assert "same as row 2" in said[7]
    assert "A formula" in said[8]


def test_all_that_is_wrong_in_a_row_is_told_at_once(cast: Cast) -> None:
    header = CHILDREN.partition("\n")[0]
    with override("en"):
        file = look(
            cast,
            "children",
            f"{header}\nK1;Tim;;;31-31-2024;Zeesterren;31-02-2026;soms\nK2;=1+1;;=2;;;;",
        )
    wrong, formulas = why(file).values()
    assert wrong.startswith("“Last name” is empty. Date of birth: ")
    for word in ("31-31-2024", "31-02-2026", "do-vr", "“Zeesterren”"):
        assert wrong.count(word) == 1, word
    assert formulas.count("A formula stands in") == 2


def test_a_file_again_updates_and_doubles_nothing(cast: Cast) -> None:
    file = load(cast, "children", CHILDREN)
    assert (file.counts, file.state) == ({"new": 1, "cannot": 6}, "done")
    assert file.rows.count() == 6, "what was saved is not kept"
    assert load(cast, "children", CHILDREN).counts == {"same": 1, "cannot": 6}
    other = CHILDREN.replace("Jip;van;Dam", "Jip;van der;Dam")
    assert load(cast, "children", other).counts == {"changed": 1, "cannot": 6}
    jip = Child.objects.unrestricted(reason="test").get(last_name="van der Dam")
    days = Placement.objects.unrestricted(reason="test").get(child=jip).days
    assert set(days.values_list("weekday", "part")) == {
        (0, "morning"),
        (0, "afternoon"),
        (1, "morning"),
    }


def test_who_looks_like_a_child_that_is_here_is_asked_about(cast: Cast) -> None:
    row = "Kindnummer;Voornaam;Achternaam;Geboortedatum;Groep;Ingangsdatum;Dagen\n"
    row += "K9;mila;Jansen;01-05-2023;Vlinders;01-01-2026;ma-vr\n"
    file = load(cast, "children", row)
    assert file.counts == {"asks": 1}
    assert children(first_name__iexact="mila") == 1, "never merged nor doubled by guess"
    file = look(cast, "children", row)
    importing.answer(cast.actor("marit"), file.rows.get(), "same")
    importing.approve(cast.actor("marit"), file)
    work(file.pk, cast.actor("marit").at, LONG)
    assert children(first_name__iexact="mila") == 1
    assert load(cast, "children", row).counts == {"same": 1}, "it is known from now on"


def test_parents_come_with_what_was_shown(cast: Cast) -> None:
    load(cast, "children", CHILDREN)
    text = """Kindnummer;Naam ouder;E-mail;Relatie;Gezag;Bewijs gezag
K1;Robin Dam;robin@example.org;moeder;ja;uittreksel, gezien door Marit
K1;Sam Dam;;vader;nee;
K1;Kim Dam;;ouder;ja;
K1;Zou Dam;;buurvrouw;nee;
K8;Wie Dam;;ouder;nee;
"""
    with override("en"):
        file = load(cast, "guardians", text)
    assert file.counts == {"new": 2, "cannot": 3}
    said = why(file)
    assert "what was shown" in said[4]
    assert "do not know “buurvrouw”" in said[5]
    assert "number K8" in said[6]
    standing = Guardian.objects.filter(child__last_name="van Dam").order_by("person__name")
    assert list(standing.values_list("person__name", "has_authority")) == [
        ("Robin Dam", True),
        ("Sam Dam", False),
    ]
    assert load(cast, "guardians", text).counts == {"same": 2, "cannot": 3}


def test_places_do_not_overlap_and_get_their_last_day(cast: Cast) -> None:
    Group.objects.create(location=cast.location, name="Bijen")
    load(cast, "children", CHILDREN)
    head = "Plaatsingsnummer;Kindnummer;Groep;Begindatum;Tot en met;Dagen\n"
    with override("en"):
        file = load(
            cast, "placements", head + "P1;K1;Bijen;04-01-2027;;ma\nP2;K1;Bijen;04-01-2027;;wo"
        )
    assert file.counts == {"new": 1, "cannot": 1}
    assert "has a place on Vlinders already on Monday" in why(file)[2]
    again = load(cast, "placements", head + "P2;K1;Bijen;04-01-2027;30-06-2027;wo")
    assert again.counts == {"changed": 1}
    place = Placement.objects.unrestricted(reason="test").get(group__name="Bijen")
    assert str(place.last_day) == "2027-06-30"


def test_staff_comes_in_for_groups_only(cast: Cast) -> None:
    text = """Personeelsnummer,Naam,E-mail,Rol,Functie,In dienst
1,Noor,noor@example.org,pedagogisch medewerker,pm'er,01-12-2026
2,Els,els@example.org,locatiemanager,manager,01-12-2026
3,Marit,marit@example.org,pm,manager,01-12-2026
"""
    with override("en"):
        file = load(cast, "staff", text)
    assert file.counts == {"new": 1, "cannot": 2}
    assert "administrator" in why(file)[3]
    assert "takes herself on" in why(file)[4]
    assert Membership.objects.get(person__name="Noor").role == "group_worker"
    changed = load(cast, "staff", text.replace("pm'er", "stagebegeleider"))
    assert changed.counts == {"changed": 1, "cannot": 2}


def test_a_roster_with_unknown_people(cast: Cast) -> None:
    text = """Naam;Groep;Dagen;Vanaf;Tot en met;Datum
Fatima;Vlinders;;;;05-12-2026
Wie Is Dit;Vlinders;ma;07-12-2026;;
Lotte;Vlinders;za, zo;07-12-2026;31-12-2026;
Lotte;Vlinders;ma-vr;07-12-2026;;
"""
    with override("en"):
        file = load(cast, "rosters", text)
    assert file.counts == {"new": 2, "same": 1, "cannot": 1}
    assert "do not know colleague “Wie Is Dit”" in why(file)[3]
    saturday = Roster.objects.get(membership=cast.fatima, weekday=5)
    assert (str(saturday.starts), str(saturday.ends)) == ("2026-12-05", "2026-12-06")
    shorter = text.replace("31-12-2026", "24-12-2026")
    assert load(cast, "rosters", shorter).counts == {"changed": 1, "same": 2, "cannot": 1}


def test_who_may_not_be_deployed_there_is_not_rostered(cast: Cast) -> None:
    write_fact(cast.actor("marit"), cast.lotte, "linked", date(2026, 12, 14), None, Proof("gezien"))
    with override("en"):
        file = load(cast, "rosters", "Naam;Groep;Datum\nLotte;Vlinders;05-12-2026")
    assert "linked in the childcare register of persons only from" in why(file)[2]


def test_groups_of_a_location(cast: Cast) -> None:
    text = """Locatie;Groep;Kindplaatsen;Leeftijd van;Leeftijd tot
De Zonnebloem;Bijen;12;2;4
De Zonnebloem;Uilen;12;4;2
De Zonnebloem;Vlinders;14;;
Elders;Spechten;14;;
"""
    with override("en"):
        file = load(cast, "groups", text)
    assert file.counts == {"new": 1, "changed": 1, "cannot": 2}
    assert "highest age" in why(file)[3]
    bees = Group.objects.get(name="Bijen")
    assert (bees.places, bees.age_from_months, bees.age_to_months) == (12, 24, 48)
    assert Group.objects.filter(name="Uilen").count() == 0, "a row is saved whole or not at all"


def test_only_who_brought_a_file_goes_on_with_it_and_only_once(cast: Cast) -> None:
    file = look(cast, "children", CHILDREN)
    with pytest.raises(Denied):
        importing.approve(cast.actor("carla"), file)
    with pytest.raises(Denied):
        look(cast, "children", CHILDREN, "fatima")
    importing.approve(cast.actor("marit"), file)
    work(file.pk, cast.actor("marit").at, LONG)
    with pytest.raises(Denied):
        importing.approve(cast.actor("marit"), file)
    assert children(last_name="van Dam") == 1


def test_columns_are_remembered(cast: Cast) -> None:
    text = "A;B;C;D;E;F;G\nK1;Jip;Dam;14-03-2025;Vlinders;01-12-2026;ma\n"
    file = importing.bring(cast.actor("marit"), "children", "f.csv", io.BytesIO(text.encode()))
    assert file.columns == {}
    fields = ("reference", "first_name", "last_name", "born", "group", "starts", "days")
    chosen = {field: at for at, field in enumerate(fields)}
    importing.name_columns(cast.actor("marit"), file, chosen)
    again = importing.bring(cast.actor("carla"), "children", "g.csv", io.BytesIO(text.encode()))
    assert again.columns == chosen


def test_nothing_is_kept_after_a_week(cast: Cast) -> None:
    look(cast, "children", CHILDREN)
    assert forget_files(NOW + timedelta(days=6)) == 0
    assert forget_files(NOW + timedelta(days=7)) > 0
    assert not Row.objects.exists()


def test_who_looks_alike_is_sought_by_day_however_many_children_there_are(cast: Cast) -> None:
    """Without these two, each row of a first large file takes longer than the one before it."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL counts its tables, and chooses by that")
    book = Book(cast.actor("marit"))
    with CaptureQueriesContext(connection) as asked:
        book.open_at(Kind.CHILDREN, lambda told: told["born"], [{"born": "01-05-2023"}])
    (sought,) = (each["sql"] for each in asked if "NOT EXISTS" in each["sql"])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sought}")
        plan = str(cursor.fetchall())
    assert "child_born" in plan and "reference_of_child" in plan


@pytest.mark.parametrize(
    "titles", ["Kinderen van De Zonnebloem\n", "Lijst, per dag\n\nGemaakt op;01-11-2026\n"]
)
def test_titles_above_the_names_of_the_columns_are_passed_over(cast: Cast, titles: str) -> None:
    file = look(cast, "children", titles + CHILDREN)
    assert file.header == look(cast, "children", CHILDREN).header
    above = titles.count("\n")
    assert set(file.rows.values_list("number", flat=True)) == {
        number + above for number in range(2, len(CHILDREN.splitlines()) + 1)
    }
