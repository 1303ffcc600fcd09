"""Dutch as people type it: words, their stems, words that say nothing, and words that mean the same.

Stems are those of Snowball's `dutch_porter`. Pure.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

import snowballstemmer  # type: ignore[import-untyped]

Stems = tuple[str, ...]

_WORD = re.compile(r"\d+-\d+|[^\W_]+(?:['’‘`][^\W_]+)*")
_PLURAL = re.compile(r"['’‘`]s$")  # baby's
_APOSTROPHES = re.compile(r"['’‘`]")
_EERT = re.compile(r"eert$")  # observeert, observeren
_DOUBLE = re.compile(r"([bdfgklmnprst])\1$")  # gezinnen, gezin
_stemmer = snowballstemmer.stemmer("dutch_porter")
_one_by_one = Lock()  # it keeps the word at hand in itself


@dataclass(frozen=True)
class Word:
    """A word where it stands in a text: [begins, ends), as it is compared, and its stem."""

    begins: int
    ends: int
    plain: str
    stem: str


def words(text: str) -> list[Word]:
    """The words of a text; `pm'er` and `0-4` are one word."""
    return [
        Word(each.start(), each.end(), plain(each[0]), stem(each[0]))
        for each in _WORD.finditer(text)
    ]


@lru_cache(maxsize=65_536)
def plain(word: str) -> str:
    """Small letters without accents and apostrophes: `Coördinator` is `coordinator`."""
    parts = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", word).casefold())
    return "".join(each for each in parts if not unicodedata.combining(each))


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """What a word has in common with its other forms; the same for `wachtlijst` and `wachtlijsten`."""
    known = plain(_PLURAL.sub("", word))
    known = _IRREGULAR.get(known, _EERT.sub("eren", known))
    with _one_by_one:
        return _DOUBLE.sub(r"\1", _stemmer.stemWord(known))


def stems(text: str) -> Stems:
    """The stems of a text in their order, words that say nothing included."""
    return tuple(each.stem for each in words(text))


# Forms that the stemmer does not bring together.
_IRREGULAR = {
    "kinderen": "kind",
    "kinder": "kind",
    "kids": "kind",
    "betaalt": "betalen",
    "betaald": "betalen",
    "kost": "kosten",
    "geweigerd": "weigeren",
    "weigert": "weigeren",
    "indicaties": "indicatie",
    "observaties": "observatie",
    "subsidies": "subsidie",
    "gemeentes": "gemeente",
    "vakanties": "vakantie",
    "gesprekken": "gesprek",
    "groepje": "groep",
    "peutertje": "peuter",
    "deelt": "delen",
    "gedeeld": "delen",
    "kijkt": "kijken",
    "helpt": "helpen",
    "drukte": "druk",
    "onrustig": "onrust",
    "rustig": "rust",
    "rustige": "rust",
    "wil": "willen",
    "wilt": "willen",
    "weet": "weten",
    "mag": "mogen",
    "ziet": "zien",
    "boze": "boos",
}

# Words that carry no meaning of their own in a question.
_SILENT = """
de het een en of maar want dus ook nog al er is zijn was waren ben bent wordt worden werd
heeft hebben heb had hadden kan kunnen kon zal zullen zou zouden moet moeten mogen wil
willen gaat gaan ging doe doet doen deed ik je jij jou jouw we wij ons onze hij zij ze hem
haar hun hen u uw men mij me mijn zich dit dat deze die daar hier waar wie wat welke welk
hoe wanneer waarom als dan om te tot van voor met bij naar in op aan uit over onder door
tussen tegen na binnen buiten per zonder tijdens niet geen wel zo te veel meer minder heel
erg echt iets niets iemand niemand alle alles elke elk ander andere anders soms vaak altijd
nooit even toch nu toen weer samen krijgen krijgt komen komt
"""
SILENT = frozenset(stem(word) for word in _SILENT.split())

# Words and short phrases that mean the same here. A search for one finds the others a little lower.
SAME: tuple[tuple[str, ...], ...] = (
    ("kind", "peuter", "kleuter", "dreumes", "baby", "leerling", "jongen", "meisje"),
    (
        "pm'er",
        "pedagogisch medewerker",
        "leidster",
        "leider",
        "juf",
        "groepsleidster",
        "pedagogisch professional",
    ),
    ("oudergesprek", "gesprek met ouders", "gesprek met de ouders", "ouderavond"),
    ("ouder", "moeder", "vader", "verzorger", "gezin", "papa", "mama"),
    (
        "jgz",
        "jeugdgezondheidszorg",
        "consultatiebureau",
        "ggd",
        "jeugdverpleegkundige",
        "jeugdarts",
        "cb",
    ),
    ("bso", "buitenschoolse opvang", "naschoolse opvang", "nso"),
    ("mkd", "medisch kinderdagverblijf", "medische dagopvang"),
    (
        "kdv",
        "kinderdagverblijf",
        "kinderopvang",
        "dagopvang",
        "opvang",
        "crèche",
        "kindercentrum",
    ),
    ("peuterspeelzaal", "psz", "peuteropvang", "voorschool", "peutergroep"),
    ("jeugdhulp", "jeugdzorg", "hulpverlening", "hulpverlener", "zorgaanbieder"),
    ("wijkteam", "jeugdteam", "buurtteam", "cjg", "sociaal team", "gezinscoach"),
    ("school", "basisschool", "onderwijs", "leerkracht", "leraar"),
    ("samenwerkingsverband", "swv", "passend onderwijs"),
    ("sbo", "speciaal basisonderwijs", "speciaal onderwijs", "speciale school"),
    ("ggz", "psychiatrie", "psycholoog", "psychiater", "geestelijke gezondheidszorg"),
    ("logopedie", "logopedist", "spraak", "taal", "taalachterstand"),
    ("gehoor", "doof", "slechthorend"),
    ("vve", "ve", "vroegschoolse educatie", "voorschoolse educatie", "doelgroepkind"),
    ("oab", "onderwijsachterstand", "onderwijsachterstanden"),
    ("smi", "sociaal-medische indicatie"),
    ("geld", "budget", "financiering", "kosten", "betalen", "subsidie", "vergoeding", "duur"),
    ("wachtlijst", "wachttijd", "wachten", "overbruggen", "overbrugging"),
    ("regie", "regisseur", "leiding", "verantwoordelijk", "trekker"),
    ("formulier", "aanvraag", "aanvragen", "papierwerk", "administratie", "beschikking"),
    ("vervoer", "bus", "taxi", "taxibus", "afstand", "ver weg", "reistijd"),
    ("druk", "onrust", "onrustig", "overprikkeld", "prikkels", "rust", "rustig"),
    ("kennis", "deskundig", "deskundigheid", "scholing", "training", "expertise"),
    ("privacy", "avg", "gegevens", "delen", "toestemming", "geheimhouding"),
    ("observatie", "observeren", "meekijken", "observator"),
    ("overleg", "mdo", "zat", "casusoverleg", "bespreking", "zorgoverleg"),
    ("coach", "coaching", "coachen", "coacht"),
    ("indicatie", "beschikking", "verwijzing"),
    ("plusgroep", "plus groep", "kleine groep", "kleinere groep", "bso+", "bso-plus"),
    ("gedrag", "gedragsprobleem", "moeilijk gedrag", "opvallend gedrag", "boos", "agressief"),
    ("daghulp", "dagbehandeling", "specialistische opvang"),
    ("doorstroom", "overgang", "overdracht", "volgende plek", "stap naar school"),
    ("gemeente", "wethouder", "ambtenaar"),
    ("zorgteam", "ondersteuningsteam", "hulpteam"),
    ("zorgcoördinator", "zorgcoordinatie", "intern begeleider", "ib'er"),
    ("vakantie", "schoolvakantie"),
    ("tip", "advies", "adviseren", "consult"),
    ("spreekuur", "inloop", "inloopspreekuur"),
)


# Right as they are, also when no card has them: never "did you mean" another word.
_RIGHT = """
aandacht aankleden adhd armoede arts auto autisme avond baan bang begrijpen beloning bijten blij blind
blijven boek boos broer buiten dag dokter dorp drinken dyslexie eenzaam emotie epilepsie eten feest
fiets foto gebit gedrag gehandicapt gezond goed grens grootouder hechting hoofd huilen huis hulp huren
jaar jas kamer kanker kapot kast kijken kind klein knippen koken kopen kracht kring laat lachen lastig
leuk lezen lief lopen luier luisteren maaltijd maand meedoen melden melk mens mishandeling moe moeilijk
muziek naam nacht niemand oma opa opvoeding oppas plassen plezier pleegzorg poep poepen pop praten raam
rekenen roepen ruzie schaar scheiding schelden schoen schoppen schreeuwen school slaan slapen sneeuw
snel snoep spel spelen speelgoed spelletje spugen stad stappen ster stem sterk stil stilstaan stoel
straf straat taart tafel tand tekenen tijd toilet trauma trots tuin vallen verdriet verhuizen vertrouwen
vlucht vluchteling voelen voeding vriend vrij vrijdag vraag waarheid wandelen warm water week weekend
bepaalt dragen honger jongere laden rondje schoenen tabel verhouding verloor vervangen verteld wachtend
wereld werk winter woede woning zand ziek ziekte zindelijk zingen zitten zomer zon zorg zus zwemmen
"""
RIGHT = frozenset(plain(word) for word in _RIGHT.split())


@lru_cache(maxsize=1)
def same() -> tuple[tuple[Stems, ...], ...]:
    """The table of words that mean the same, as stems; words that say nothing are left out."""
    return tuple(tuple(dict.fromkeys(spoken(each) for each in group)) for group in SAME)


def spoken(text: str) -> Stems:
    """The stems of a text without the words that say nothing."""
    return tuple(each for each in stems(text) if each not in SILENT)
