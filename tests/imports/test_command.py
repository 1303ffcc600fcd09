"""`alert4you import`, with files of planning systems and with the public register."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from alert4you.imports.models import Import
from alert4you.organisations.models import Location, Organisation
from tests.cast import Cast
from tests.imports.test_loading import CHILDREN, children

HEADER = """type_oko;lrk_id;actuele_naam_oko;status;opvanglocatie_adres;opvanglocatie_postcode;
opvanglocatie_woonplaats;naam_houder;kvk_nummer_houder
"""
ROWS = """KDV;123456789;De Beuk;Ingeschreven;Laan 1;1234 AB;Zwolle;Kinderen en Co;12345678
BSO;223456789;De Eik;Ingeschreven;Laan 2;1234 AB;Zwolle;Kinderen en Co;12345678
VGO;323456789;Tante Ria;Ingeschreven;Laan 3;1234 AB;Zwolle;Ria Özdemir;22345678
PSZ;423456789;De Linde;Uitgeschreven;Laan 4;1234 AB;Zwolle;Peuters;32345678
KDV;523456789;Café Kids;Ingeschreven;Laan 5;1234 AB;Zwolle;nursery organisation;42345678
"""

LRK = HEADER.replace(";\n", ";") + ROWS


def run(*words: object) -> str:
    told = StringIO()
    call_command("import_file", *map(str, words), stdout=told)
    return told.getvalue()


@pytest.mark.parametrize("code", ["utf-8", "cp1252"])
def test_the_public_register(cast: Cast, tmp_path: Path, code: str) -> None:
    file = tmp_path / "lrk.csv"
    file.write_text(LRK, encoding=code)
    looked = run("lrk", file)
    assert "3 nieuw" in looked and "--yes" in looked
    assert not Location.objects.filter(lrk_id="123456789").exists()
    run("lrk", file, "--yes")
    beech = Location.objects.get(lrk_id="123456789")
    oak = Location.objects.get(lrk_id="223456789")
    assert (beech.setting, oak.setting) == ("daycare", "after_school_care")
    assert beech.organisation == oak.organisation
    assert Location.objects.get(lrk_id="523456789").organisation == cast.nursery
    assert Location.objects.get(lrk_id="523456789").name == "Café Kids"
    assert not Organisation.objects.filter(name__in=("Ria Özdemir", "Peuters")).exists()
    assert "3 al bekend" in run("lrk", file, "--yes")
    file.write_text(LRK.replace("De Beuk", "De Berk"), encoding=code)
    assert "1 gewijzigd" in run("lrk", file, "--yes")


def test_what_closed_or_went_to_another_is_said_and_left(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "lrk.csv"
    file.write_text(LRK)
    run("lrk", file, "--yes")
    moved = LRK.replace("De Beuk;Ingeschreven", "De Beuk;Uitgeschreven")
    file.write_text(moved.replace("Kinderen en Co;12345678", "Nieuwe Houder;52345678"))
    told = run("lrk", file, "--yes")
    assert "De Beuk staat niet meer in het register" in told
    assert "De Eik hoort nu bij Nieuwe Houder" in told
    assert Location.objects.get(lrk_id="223456789").organisation.name == "Kinderen en Co"
    with pytest.raises(CommandError, match="ontbreekt"):
        file.write_text("a;b\n1;2\n")
        run("lrk", file)


def test_a_file_of_an_organisation(cast: Cast, tmp_path: Path) -> None:
    file, left = tmp_path / "kinderen.csv", tmp_path / "left.csv"
    file.write_text(CHILDREN)
    with pytest.raises(CommandError):
        run("children", file, "--organisation", cast.nursery.name, "--as", "fatima@example.org")
    own = ("--organisation", cast.nursery.name, "--as", "marit@example.org")
    assert "--yes" in run("children", file, *own)
    assert children(last_name="van Dam") == 0
    told = run("children", file, *own, "--yes", "--left", left)
    assert "rij 3: " in told and "1 nieuw" in told
    assert children(last_name="van Dam") == 1
    assert len(left.read_text(encoding="utf-8-sig").splitlines()) == 7
    assert not Import.objects.exists(), "nothing of the file is kept"
