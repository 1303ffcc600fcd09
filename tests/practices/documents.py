"""Makes documents with practice cards in them: Word, PDF and text, in the ways people lay them out.

The practices are invented for the tests.
"""

import json
import textwrap
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO

import docx
import typst

LABELS = {
    "care_organisation": "Zorgfunctie/zorgstructuur",
    "why_together": "Waarom samenwerken",
    "partners": "Samenwerkingspartners",
    "form": "Vorm van samenwerking",
    "aim": "Doel",
    "target_group": "Doelgroep",
    "funding": "Financiering",
    "organisation": "Organisatie",
    "success_factors": "Succesfactoren",
    "obstacles": "Knelpunten en oplossingen",
}
OTHERWISE = {
    "care_organisation": "1. HOE IS DE ZORG GEORGANISEERD?",
    "why_together": "2. Waarom werken we samen?",
    "partners": "3. Met wie werken we samen",
    "form": "4. samenwerkingsvorm",
    "aim": "5. Doelstelling:",
    "target_group": "6. Doel groep",
    "funding": "7. financering",
    "organisation": "8. Organisatie van de samenwerking",
    "success_factors": "9. Wat maakt het succesvol?",
    "obstacles": "10. Knelpunten / oplossingen",
}


@dataclass(frozen=True)
class Told:
    """A card as somebody writes it down."""

    title: str
    origin: str
    answers: dict[str, str]
    labels: dict[str, str] = field(default_factory=lambda: LABELS)

    def without(self, *keys: str) -> "Told":
        return replace(self, answers={k: v for k, v in self.answers.items() if k not in keys})

    def rows(self) -> list[tuple[str, str]]:
        return [(self.labels[key], answer) for key, answer in self.answers.items()]


LANTERN = Told(
    "De lantaarn op de groep",
    "Het Lantaarnhuis, Oeverdam, maart 2024",
    {
        "care_organisation": "Twee vaste begeleiders horen bij alle groepen. Zij kijken mee, doen voor "
        "en schrijven samen met de groep op wat werkt. De groep vraagt hen zelf.",
        "why_together": "Kinderen moesten te vaak weg van hun eigen groep. Samen zien we eerder wat "
        "een kind nodig heeft.",
        "partners": "Het consultatiebureau, het wijkteam Oeverdam en de logopedist.",
        "form": "Elke dinsdag loopt een begeleider mee. Eens in de zes weken praten we samen.",
        "aim": "Een kind houdt zijn plek. Het doel is dat de groep daarna zelf verder kan.",
        "target_group": "Peuters van twee tot vier jaar die veel vragen van de groep.",
        "funding": "De gemeente betaalt 12 uur per week (2022-2023), de rest betalen we zelf: € 4.500.",
        "organisation": "De coördinator plant de uren en bewaakt de afspraken met ouders.",
        "success_factors": "Ouders zitten vanaf het begin aan tafel. De lijnen zijn kort en de "
        "begeleiders kennen de groep.",
        "obstacles": "Er is veel verloop in het wijkteam. Daarom is er nu een vaste vervanger.",
    },
)
HARBOUR = Told(
    "Samen in de haven",
    "Kinderopvang De Sluis, Westerveer, 2023",
    {
        "care_organisation": "Een zorgcoördinator houdt overzicht over zes locaties.",
        "why_together": "School en opvang zagen hetzelfde kind, maar wisten dat niet van elkaar.",
        "partners": "Basisschool Het Anker, de jeugdverpleegkundige en ouders.",
        "form": "Een gesprek met vaste stoelen aan tafel, vier keer per jaar.",
        "aim": "Een zachte stap naar groep een.",
        "target_group": "Kinderen die bijna vier worden.",
        "funding": "Subsidie van de gemeente Westerveer voor voorschoolse educatie.",
        "organisation": "De opvang nodigt uit, de school zit voor.",
        "success_factors": "Iedereen kent elkaar bij naam; ouders vertellen eerst.",
        "obstacles": "Vakanties lopen niet gelijk. We plannen een half jaar vooruit.",
    },
    OTHERWISE,
)
WILLOW = Told(
    "De wilgentuin na school",
    "BSO De Wilg, Noorderbrug, november 2022",
    {
        "care_organisation": "De pedagogisch coach is het eerste aanspreekpunt.",
        "why_together": "Na een lange schooldag is het voor sommige kinderen te druk.",
        "partners": "Het samenwerkingsverband en een speltherapeut.",
        "form": "De speltherapeut is twee middagen op de locatie.",
        "aim": "Rust, zodat spelen weer lukt.",
        "target_group": "Kinderen van zes tot twaalf jaar.",
        "funding": "Eigen middelen.",
        "organisation": "De coach maakt het rooster.",
        "success_factors": "De tuin. Kinderen kiezen zelf.",
        "obstacles": "Bij slecht weer is er binnen weinig plek; de gymzaal helpt.",
    },
)
CARDS = (LANTERN, HARBOUR, WILLOW)


# Text -----------------------------------------------------------------------------------------


def as_text(cards: Sequence[Told], layout: str = "inline") -> bytes:
    """``layout``: inline, own, pipes, tabs, spaces, swapped (spaces), headings or bold."""
    told = "\n\n".join(f"{_text_title(card, layout)}\n\n{_TEXT[layout](card)}" for card in cards)
    return f"{told}\n".encode()


def _text_title(card: Told, layout: str) -> str:
    mark = "# " if layout in {"headings", "pipes", "bold"} else ""
    return f"{mark}{card.title}\n{card.origin}"


def _beside(card: Told, swapped: bool) -> str:
    lines: list[str] = []
    for label, answer in card.rows():
        left = textwrap.wrap(label, 25, break_long_words=False)
        right = textwrap.wrap(answer, 46)
        for at in range(max(len(left), len(right))):
            name = left[at] if at < len(left) else ""
            words = right[at] if at < len(right) else ""
            lines.append((f"{words:<50}{name}" if swapped else f"{name:<30}{words}").rstrip())
        lines.append("")
    return "\n".join(lines)


_TEXT = {
    "inline": lambda card: "\n".join(f"{a.rstrip(':')}: {b}" for a, b in card.rows()),
    "own": lambda card: "\n\n".join(f"{a}\n{textwrap.fill(b, 60)}" for a, b in card.rows()),
    "pipes": lambda card: (
        "| Onderdeel | Antwoord |\n|---|---|\n"
        + "\n".join(f"| {a} | {b} |" for a, b in card.rows())
    ),
    "tabs": lambda card: "\n".join(f"{a}\t{b}" for a, b in card.rows()),
    "spaces": lambda card: _beside(card, swapped=False),
    "swapped": lambda card: _beside(card, swapped=True),
    "headings": lambda card: "\n\n".join(f"## {a}\n\n{b}" for a, b in card.rows()),
    "bold": lambda card: "\n\n".join(f"**{a}**\n{b}" for a, b in card.rows()),
}
TEXT_LAYOUTS = tuple(_TEXT)


# Word -----------------------------------------------------------------------------------------


def as_word(cards: Sequence[Told], layout: str = "table", header: str = "") -> bytes:
    """``layout``: table, swapped, headings, bold, lead (label and answer in one paragraph)."""
    document = docx.Document()
    if header:
        document.sections[0].header.paragraphs[0].text = header
    for card in cards:
        document.add_heading(card.title, 1)
        document.add_paragraph(card.origin)
        _WORD[layout](document, card)
    return saved(document)


def saved(document) -> bytes:
    into = BytesIO()
    document.save(into)
    return into.getvalue()


def _word_table(document, card: Told, swapped: bool = False) -> None:
    table = document.add_table(0, 2)
    for label, answer in card.rows():
        cells = table.add_row().cells
        cells[0].text, cells[1].text = (answer, label) if swapped else (label, answer)


def _word_headings(document, card: Told) -> None:
    for label, answer in card.rows():
        document.add_heading(label, 2)
        document.add_paragraph(answer)


def _word_bold(document, card: Told) -> None:
    for label, answer in card.rows():
        document.add_paragraph().add_run(label).bold = True
        document.add_paragraph(answer)


def _word_lead(document, card: Told) -> None:
    for label, answer in card.rows():
        paragraph = document.add_paragraph()
        paragraph.add_run(label).bold = True
        paragraph.add_run(f" {answer}")


_WORD = {
    "table": _word_table,
    "swapped": lambda document, card: _word_table(document, card, swapped=True),
    "headings": _word_headings,
    "bold": _word_bold,
    "lead": _word_lead,
}
WORD_LAYOUTS = tuple(_WORD)


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The Word file with one part replaced or added."""
    into = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as old,
        zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, content)
    return into.getvalue()


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as file:
        return file.read(name)


# PDF ------------------------------------------------------------------------------------------

HEADER = "Praktijken uit de regio"
_TOP = """#set page(paper: "a5", margin: 1.5cm, header: [%s], footer: context align(center)[
Pagina #counter(page).display() van #counter(page).final().first()])
#set text(lang: "nl", size: 10pt, hyphenate: %s)
#set par(justify: %s)
"""


def as_pdf(
    cards: Sequence[Told], layout: str = "table", *, justified: bool = False, pages: bool = False
) -> bytes:
    """``layout``: table (with lines), bare (without), swapped, headings or inline.

    Small pages, so that answers run over; ``pages``: each card begins on a new one.
    """
    between = "#pagebreak(weak: true)\n" if pages else ""
    told = between.join(
        f"= {_typ(card.title)}\n{_typ(card.origin)}\n\n{_PDF[layout](card)}\n" for card in cards
    )
    justify = "true" if justified else "false"
    return compiled(_TOP % (HEADER, justify, justify) + told)


def compiled(source: str, **inputs: str) -> bytes:
    return typst.compile(source.encode(), sys_inputs=inputs)


def _typ(text: str) -> str:
    return f"#{json.dumps(text, ensure_ascii=False)}"


def _pdf_table(card: Told, options: str, swapped: bool = False) -> str:
    cells = []
    for label, answer in card.rows():
        pair = (answer, label) if swapped else (label, answer)
        cells += [f"[{_typ(each)}]" for each in pair]
    widths = "(3fr, 2fr)" if swapped else "(2fr, 3fr)"
    return f"#table(columns: {widths}, {options} {', '.join(cells)})\n"


_PDF = {
    "table": lambda card: _pdf_table(card, ""),
    "middle": lambda card: _pdf_table(card, "align: horizon,"),
    "bare": lambda card: _pdf_table(card, "stroke: none,"),
    "swapped": lambda card: _pdf_table(card, "", swapped=True),
    "swapped bare": lambda card: _pdf_table(card, "stroke: none,", swapped=True),
    "headings": lambda card: "\n".join(f"== {_typ(a)}\n{_typ(b)}\n" for a, b in card.rows()),
    "inline": lambda card: "\n".join(
        f"*{_typ(a.rstrip(':') + ':')}* {_typ(b)}\n" for a, b in card.rows()
    ),
}
PDF_LAYOUTS = tuple(_PDF)
