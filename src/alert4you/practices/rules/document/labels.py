"""The words people use for the elements, and recognising them however they are written."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from alert4you.practices.rules.document.rows import flowing

CONTACT = "contact"
LONGEST = 90  # letters; no label is longer

WORDINGS = {
    "care_organisation": """
        zorgfunctie; zorgstructuur; zorgfunctie en zorgstructuur; zorgstructuur en zorgfunctie;
        zorgfunctie of zorgstructuur; zorgfuncties; zorgstructuren; interne zorgstructuur;
        hoe is de zorg georganiseerd; hoe de zorg is georganiseerd; hoe is de zorg geregeld;
        hoe is zorg georganiseerd; hoe is de zorg binnen de organisatie georganiseerd;
        hoe is de zorg in de organisatie georganiseerd; hoe is de zorg ingericht;
        hoe is de zorg binnen de kinderopvang georganiseerd; organisatie van de zorg;
        organisatie van zorg; zorgorganisatie; inrichting van de zorg; zorg binnen de organisatie;
        hoe zorg is georganiseerd; hoe de zorg georganiseerd is;
        how care is organised; how care is organized; how is care organised; how is care organized;
        care organisation; care organization; organisation of care; organization of care;
        care structure; care function""",
    "why_together": """
        waarom; waarom samenwerken; waarom samenwerking; waarom deze samenwerking; waarom de samenwerking;
        waarom werken we samen; waarom werken wij samen; waarom werken jullie samen;
        waarom werk je samen; waarom we samenwerken; waarom wij samenwerken; waarom samen;
        waarom is er samenwerking; waarom is samenwerking nodig; waarom wordt er samengewerkt;
        waarom werken jullie met elkaar samen; waarom is de samenwerking gestart;
        reden van samenwerking; reden voor samenwerking; reden samenwerking;
        redenen voor samenwerking; reden van de samenwerking; reden om samen te werken;
        aanleiding; aanleiding samenwerking; aanleiding voor samenwerking;
        aanleiding voor de samenwerking; aanleiding van de samenwerking; noodzaak samenwerking;
        why; why we work together; why work together; why together; why do we work together;
        reason for working together; reasons for working together; reason for cooperation;
        why cooperation; why collaboration; why we cooperate; why we collaborate""",
    "partners": """
        samenwerkingspartners; samenwerkingspartner; samenwerkingspartijen; partners; partner;
        samenwerkende partners; samenwerkende partijen; samenwerkende organisaties;
        met wie werken we samen; met wie werken wij samen; met wie werken jullie samen;
        met wie werk je samen; met wie wordt samengewerkt; met wie wordt er samengewerkt;
        met wie; wie werken er samen; wie werken samen; wie doen er mee; wie doet er mee;
        betrokken partijen; betrokken partners; betrokken organisaties; samenwerking met;
        partners in de samenwerking; ketenpartners; externe partners;
        cooperation partners; collaboration partners; collaborating partners; who works together;
        partner organisations; partner organizations; parties involved; partners involved""",
    "form": """
        vorm; vorm van samenwerking; vorm van samenwerken; vorm van de samenwerking;
        vorm samenwerking; vormen van samenwerking; samenwerkingsvorm; samenwerkingsvormen;
        hoe werken we samen; hoe werken wij samen; hoe werken jullie samen; hoe werk je samen;
        hoe wordt samengewerkt; hoe wordt er samengewerkt; hoe ziet de samenwerking eruit;
        wijze van samenwerking; wijze van samenwerken;
        manier van samenwerken; manier van samenwerking;
        form; form of working together; form of cooperation; form of collaboration;
        how we work together; how do we work together; way of working together""",
    "aim": """
        doel; doelen; doelstelling; doelstellingen; doel van de samenwerking; doel samenwerking;
        doel van samenwerking; doel van samenwerken; doel en resultaat; beoogd doel; beoogde doelen;
        wat is het doel; wat is het doel van de samenwerking; wat willen we bereiken;
        wat willen wij bereiken; wat willen jullie bereiken; wat wil je bereiken;
        waar werken we naartoe; aim; aims; goal; goals; objective; objectives; purpose;
        what is the aim; what is the goal; what we want to achieve; what do we want to achieve""",
    "target_group": """
        doelgroep; doelgroepen; beoogde doelgroep; voor wie; voor wie is het; voor wie is dit;
        voor wie bedoeld; voor welke kinderen; welke kinderen; wie is de doelgroep;
        wat is de doelgroep; om welke kinderen gaat het;
        target group; target groups; target audience; for whom; for which children; who is it for""",
    "funding": """
        financiering; bekostiging; financiering en bekostiging; bekostiging en financiering;
        financiering of bekostiging; hoe is het gefinancierd; hoe wordt het gefinancierd;
        hoe is de financiering geregeld; hoe wordt dit gefinancierd; hoe wordt het betaald;
        hoe wordt dit betaald; hoe is het bekostigd; wie betaalt; wie betaalt het; wie betaalt dit;
        wie financiert het; wie financiert; kosten en financiering; kosten en bekostiging;
        financien; financiele middelen; financiele kant; financieringsvorm; financieringsbron;
        financieringsbronnen; financiering van de samenwerking;
        funding; financing; finance; finances; who pays; who pays for it; how is it funded;
        how it is funded; how is it paid for""",
    "organisation": """
        organisatie; organisatie van de samenwerking; organisatie samenwerking;
        hoe is de samenwerking georganiseerd; hoe is het georganiseerd; hoe is dit georganiseerd;
        hoe organiseren we het; hoe organiseren we dit; hoe is het geregeld;
        organisatie en uitvoering; organisatie van de uitvoering; praktische organisatie;
        organisatie van de praktijk; organisatie van de werkwijze; hoe is de organisatie;
        hoe is de uitvoering georganiseerd; organisation; organization; how it is organised;
        how it is organized; how is it organised; how is it organized; practical organisation""",
    "success_factors": """
        succesfactoren; succesfactor; kritische succesfactoren; factoren voor succes; succes;
        successen; succesvolle factoren; succesfactoren van de samenwerking;
        wat maakt het succesvol; wat maakt dit succesvol; wat maakt de samenwerking succesvol;
        wat maakt het tot een succes; wat maakt het een succes; wat maakt dit tot een succes;
        wat maakt dit een succes; wat maakt dat het werkt; wat maakt dat dit werkt; wat werkt;
        wat werkt goed; wat gaat goed; wat gaat er goed; waar zijn we trots op;
        werkzame factoren; werkzame elementen; werkende factoren; bevorderende factoren;
        sterke punten; wat helpt; waardoor werkt het; waarom werkt het;
        success factors; success factor; what makes it work; what works; what works well;
        what makes it successful; what makes it a success; what helps; keys to success""",
    "obstacles": """
        knelpunten; knelpunt; oplossingen; oplossing; knelpunten en oplossingen;
        knelpunten of oplossingen; knelpunten met oplossingen; knelpunten oplossingen;
        knelpunten en mogelijke oplossingen; knelpunten en eventuele oplossingen;
        mogelijke oplossingen; oplossingen en knelpunten; knelpunt en oplossing;
        belemmeringen; belemmering; belemmeringen en oplossingen; belemmerende factoren;
        obstakels; obstakels en oplossingen; uitdagingen; uitdagingen en oplossingen;
        problemen en oplossingen; dilemmas; knelpunten en dilemmas; dilemmas en oplossingen;
        waar lopen we tegenaan; waar lopen wij tegenaan; waar lopen jullie tegenaan;
        waar loop je tegenaan; wat kan beter; wat zijn knelpunten;
        wat zijn de knelpunten; welke knelpunten zijn er; welke knelpunten en oplossingen zijn er;
        obstacles; obstacles and solutions; bottlenecks; bottlenecks and solutions; solutions;
        challenges; challenges and solutions; barriers; barriers and solutions;
        problems and solutions; what gets in the way""",
    "title": """
        titel; naam praktijk; naam van de praktijk; naam praktijkvoorbeeld; praktijkvoorbeeld;
        titel praktijk; titel van de praktijk; naam van het project; naam project; projectnaam;
        naam van de werkwijze; naam werkwijze; naam initiatief; naam van het initiatief;
        goede praktijk; titel praktijkkaart; praktijkkaart; title; name of the practice;
        practice; name of practice; practice card; practice name""",
    "described_by": """
        naam organisatie; naam van de organisatie; naam kinderopvangorganisatie;
        kinderopvangorganisatie; aanbieder; beschreven door; ingevuld door organisatie;
        organisatienaam; name of the organisation; name of organisation; organisation name;
        name of the organization; described by; childcare organisation; kinderopvanginstelling""",
    "year": """
        jaar; jaartal; datum; peildatum; maand en jaar; jaar van beschrijving; datum beschrijving;
        beschreven in; year; date; month and year""",
    "region": """
        regio; plaats; stad; gemeente; gemeenten; werkgebied; regio en plaats; plaats en regio;
        regio of plaats; plaats of regio; gemeente of regio; stad of regio; regio of gemeente;
        regio en gemeente; plaatsnaam; region; city; town; municipality; place; region or city;
        city or region; region and city""",
    "angle": "invalshoek; angle; perspectief",
    CONTACT: """
        contact; contactpersoon; contactpersonen; contactgegevens; contactinformatie; contactadres;
        meer informatie; voor meer informatie; meer informatie bij; meer weten; voor vragen;
        vragen; contact opnemen; contact person; contact details; contact information;
        more information; for more information; email; emailadres; mailadres; telefoon;
        telefoonnummer; telefoon en email; phone; telephone""",
}
HEADINGS_OF_COLUMNS = {
    *("onderdeel", "element", "elementen", "onderwerp", "antwoord", "beschrijving", "toelichting"),
    *("omschrijving", "vraag", "inhoud", "thema", "question", "answer", "description", "topic"),
    *("label", "format", "item", "uitwerking", "invulling", "rubriek", "kopje", "tekst"),
}
ELEMENT_KEYS = tuple(WORDINGS)[:10]
HEAD_KEYS = ("title", "described_by", "year", "region", "angle")

_NUMBERING = re.compile(
    r"^\s*(?:[-•*▪●◦–]\s*)?(?:\(?(?:\d{1,2}|[ivx]{1,4}|[a-j])[.):]\)?|\d{1,2}\s*[-–])\s*"
)
_BARE_NUMBER = re.compile(r"^\s*\d{1,2}\s+(?=[^\W\d])")
_AGAIN = re.compile(r"(?i)[\s(\[–-]*\b(?:vervolg|continued|cont\.|vv)\b[.)\]]*")
_ASIDE = re.compile(r"\s*\([^()]*\)\s*")
_OF_WHAT = re.compile(  # what a label is about, when it says so
    r"(?i)\s+(?:van|binnen|in|bij|voor|rond|rondom|of|within|in)\s+"
    r"(?:(?:de|het|deze|dit|onze|ons|jullie|the|this|our)\s+)?"
    r"(?:eigen\s+)?(?:organisatie|samenwerking|praktijk|werkwijze|project|kinderopvang|opvang|"
    r"locatie|pilot|aanpak|initiatief|organi[sz]ation|practice|project|cooperation)\W*$"
)
_ANSWERED = re.compile(r"[:?]\s+\w")  # words behind the label
TITLES_IN_TABLES = {"praktijk", "project", "werkwijze", "voorbeeld", "initiatief"}
_SIGNS = str.maketrans({"/": " en ", "&": " en ", "+": " en ", "_": " ", "*": " ", "|": " "})


@dataclass(frozen=True)
class Label:
    """A recognised label: its key, how it was written, and what followed on the same line."""

    key: str
    written: str
    rest: str = ""
    sure: bool = True
    again: bool = False
    numbered: bool = False
    inline: bool = False


def letters(text: str) -> str:
    """Only the letters of a text, small and without accents: what is compared."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if sign.isalpha() and not unicodedata.combining(sign))


def _known() -> dict[str, str]:
    found: dict[str, str] = {}
    for key, words in WORDINGS.items():
        for wording in words.split(";"):
            found.setdefault(letters(wording), key)
    return found


KNOWN = _known()
_LONG = [wording for wording in KNOWN if len(wording) >= 7]
_SMALL_WORDS = re.compile(r"\b(?:en|of|and|or|de|het|een|the|our|onze|evt|eventuele)\b")


def whole(text: str) -> Label | None:
    """The label this text is, when it is nothing but a label."""
    return _whole(text) if len(text) <= 2 * LONGEST else None


@lru_cache(maxsize=4096)
def _whole(text: str) -> Label | None:
    text = flowing(text).replace("\n", " ")
    if not text or len(text) > LONGEST or _ANSWERED.search(text):
        return None
    again = bool(_AGAIN.search(text))
    bare = _AGAIN.sub(" ", text) if again else text
    numbered = bool(_NUMBERING.match(bare) or _BARE_NUMBER.match(bare))
    shorter = (bare, _ASIDE.sub(" ", bare), _OF_WHAT.sub("", bare))
    found = next((known for each in shorter if (known := _known_as(each))), None)
    if found is None:
        return None
    return Label(found[0], text.strip(), "", found[1], again, numbered)


def _known_as(text: str) -> tuple[str, bool] | None:
    text = _BARE_NUMBER.sub("", _NUMBERING.sub("", text))
    tidy = text.casefold().translate(_SIGNS)
    plain = letters(tidy)
    if plain in KNOWN:
        return KNOWN[plain], True
    if (fewer := letters(_SMALL_WORDS.sub(" ", tidy))) in KNOWN:
        return KNOWN[fewer], True
    return _nearly(plain)


def _nearly(plain: str) -> tuple[str, bool] | None:
    """The key of the one wording it is a misspelling of; longer words may have more errors."""
    errors = 1 if len(plain) < 10 else 2 if len(plain) < 16 else 3
    near = process.extract(plain, _LONG, scorer=OSA.distance, score_cutoff=errors, limit=4)
    best = [
        wording
        for wording, distance, __ in near
        if distance == near[0][1] and wording[0] == plain[0]
    ]
    keys = {KNOWN[wording] for wording in best}
    return (keys.pop(), False) if len(keys) == 1 else None


_INLINE = re.compile(
    r"^(?P<label>[^:?\n\t\u2028]{3,80}?)\s*(?P<sign>:|\?|\s[–—-]\s)\s*(?P<rest>\S.*)$", re.DOTALL
)


def inline(text: str) -> Label | None:
    """The label a line begins with when a colon, question mark or dash divides it from the answer."""
    split = _INLINE.match(text)
    if split is None:
        return None
    label = whole(split["label"])
    exact_only = split["sign"].strip() != ":"
    if label is None or (exact_only and not label.sure):
        return None
    rest = split["rest"].removeprefix(":").strip("* ").strip()
    written = (split["label"] + split["sign"]).strip()
    return Label(label.key, written, rest, label.sure, label.again, label.numbered, inline=True)
