"""What files of planning systems become, row by row."""

from django.utils.translation import override

from alert4you.children.models import Child, Guardian, Placement
from alert4you.imports.commands import importing
from alert4you.organisations.models import Group, Membership, Roster
from tests.cast import Cast
from tests.imports.loading import load, look, why

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
