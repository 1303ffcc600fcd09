"""Word files as people really make them: boxes, merged cells, tracked changes, notes, lists."""

import re
from io import BytesIO

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml

from alert4you.practices.rules.document.reading import read_document
from tests.practices.documents import LANTERN, as_word, part, saved, with_part


def read(document):
    return read_document("a.docx", saved(document) if not isinstance(document, bytes) else document)


def table(*rows):
    document = docx.Document()
    document.add_heading("Kaart", 1)
    made = document.add_table(0, len(rows[0]))
    for row in rows:
        for cell, text in zip(made.add_row().cells, row, strict=True):
            cell.text = text
    return document, made


def answers(document):
    (card,) = read(document).cards
    return {key: told.text for key, told in card.elements.items()}


def test_a_title_over_the_whole_width_and_a_label_over_two_rows():
    document = docx.Document()
    made = document.add_table(4, 2)
    made.cell(0, 0).merge(made.cell(0, 1)).text = "De tuin"
    made.cell(1, 0).text = "Doel"
    made.cell(1, 1).text = "Rust"
    made.cell(2, 1).text = "en spelen."
    made.cell(1, 0).merge(made.cell(2, 0))
    made.cell(3, 0).text, made.cell(3, 1).text = "Vorm", "Buiten"
    (card,) = read(document).cards
    assert card.title == "De tuin"
    assert card.elements["aim"].text == "Rust\nen spelen."
    assert card.elements["form"].text == "Buiten"


def test_a_number_in_a_column_of_its_own():
    document, _ = table(
        ("1", "Doel", "Rust"), ("2", "Vorm", "Buiten"), ("3", "Doelgroep", "Peuters")
    )
    assert answers(document) == {"aim": "Rust", "form": "Buiten", "target_group": "Peuters"}


def test_a_hint_below_the_label_and_a_row_with_headings_of_columns():
    document, _ = table(
        ("Onderdeel", "Antwoord"), ("Doel\nWat wil je bereiken?", "Rust"), ("Vorm", "x")
    )
    assert answers(document) == {"aim": "Rust", "form": "x"}
    assert [each.label for each in read(document).asides] == ["columns"]


def test_labels_in_a_table_inside_a_cell():
    document = docx.Document()
    document.add_heading("Kaart", 1)
    outer = document.add_table(1, 2)
    inner = outer.cell(0, 1).add_table(2, 2)
    for row, texts in zip(inner.rows, (("Doel", "Rust"), ("Vorm", "Buiten")), strict=True):
        row.cells[0].text, row.cells[1].text = texts
    assert answers(document) == {"aim": "Rust", "form": "Buiten"}


def test_a_table_inside_an_answer_stays_in_the_answer():
    document, made = table(("Doel", "Zie hier:"), ("Vorm", "Buiten"))
    inner = made.cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "Maandag", "Tuin"
    assert answers(document) == {"aim": "Zie hier:\nMaandag Tuin", "form": "Buiten"}


def test_added_text_is_read_and_crossed_out_text_is_told():
    data = as_word([LANTERN], "headings")
    xml = part(data, "word/document.xml").decode()
    changed = '<w:ins w:id="1" w:author="x"><w:r><w:t>Nieuw. </w:t></w:r></w:ins>'
    changed += '<w:del w:id="2" w:author="x"><w:r><w:delText>Oud.</w:delText></w:r></w:del>'
    xml, times = re.subn("<w:r><w:t>Peuters", changed + "<w:r><w:t>Peuters", xml)
    assert times == 1
    found = read(with_part(data, "word/document.xml", xml.encode()))
    assert found.cards[0].elements["target_group"].text.startswith("Nieuw. Peuters")
    assert [(each.label, each.text) for each in found.asides] == [("deleted", "Oud.")]


def test_moved_text_is_read_where_it_is_now():
    data = as_word([LANTERN], "headings")
    xml = part(data, "word/document.xml").decode()
    moved = '<w:moveFrom w:id="3" w:author="x"><w:r><w:t>Elders.</w:t></w:r></w:moveFrom>'
    changed = xml.replace("<w:r><w:t>Peuters", moved + "<w:r><w:t>Peuters", 1)
    found = read(with_part(data, "word/document.xml", changed.encode()))
    assert found.cards[0].elements["target_group"].text == LANTERN.answers["target_group"]
    assert [(each.label, each.text) for each in found.asides] == [("deleted", "Elders.")]


def test_a_text_box_is_read_once():
    document = docx.Document()
    document.add_heading("Kaart", 1)
    document.add_paragraph("Doel: Rust")
    box = parse_xml(
        f'<w:r {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:v="urn:schemas-microsoft-com:vml"><mc:AlternateContent><mc:Choice Requires="wps">'
        "<w:drawing><w:txbxContent><w:p><w:r><w:t>Vorm: Buiten</w:t></w:r></w:p></w:txbxContent>"
        "</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r>"
        "<w:t>Vorm: Buiten</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    document.add_paragraph()._p.append(box)
    assert answers(document) == {"aim": "Rust", "form": "Buiten"}


def test_headers_notes_and_comments_are_told_and_kept_out_of_the_cards():
    data = as_word([LANTERN], header="Regio Oeverdam")
    note = f'<w:footnotes {nsdecls("w")}><w:footnote w:id="1"><w:p><w:r><w:t>Een noot.</w:t></w:r></w:p>'
    found = read(
        with_part(data, "word/footnotes.xml", f"{note}</w:footnote></w:footnotes>".encode())
    )
    told = {(each.label, each.text) for each in found.asides}
    assert told == {("header", "Regio Oeverdam"), ("note", "Een noot.")}


def test_an_item_with_a_bullet_is_no_label_and_an_automatic_number_is_no_bullet():
    document = docx.Document()
    document.add_heading("Kaart", 1)
    document.add_paragraph("Doel", style="List Number")
    document.add_paragraph("Rust voor:")
    for text in ("ouders", "organisatie"):
        document.add_paragraph(text, style="List Bullet")
    document.add_paragraph("Vorm", style="List Number")
    document.add_paragraph("Buiten")
    assert answers(document) == {"aim": "Rust voor:\n- ouders\n- organisatie", "form": "Buiten"}


def test_tabs_and_line_breaks_inside_paragraphs():
    document = docx.Document()
    document.add_heading("Kaart", 1)
    document.add_paragraph("Doel\tRust")
    document.add_paragraph("Vorm\tBuiten")
    document.add_paragraph("Doelgroep\nPeuters\nen kleuters")
    assert answers(document) == {
        "aim": "Rust",
        "form": "Buiten",
        "target_group": "Peuters\nen kleuters",
    }


def test_a_control_around_text_is_read():
    document = docx.Document(BytesIO(as_word([LANTERN], "headings")))
    paragraph = document.paragraphs[-1]._p
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    paragraph.addprevious(control)
    control.append(content)
    content.append(paragraph)
    assert answers(document)["obstacles"] == LANTERN.answers["obstacles"]
    assert paragraph.getparent().tag == qn("w:sdtContent")
