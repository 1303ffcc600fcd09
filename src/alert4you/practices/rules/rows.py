"""The list of documented practices: every row that must run, with its name and its source."""

from dataclasses import dataclass

NEWSLETTER = "Nieuwsbrief Alert4you, 2012"
BOOKLET = "NJi, resultatenboekje 2009-2013"
BROCHURE = "Kohnstamm Instituut, brochure, maart 2021"
VISION = "BMK, visie met praktijkbeschrijvingen, 2022-2023"


@dataclass(frozen=True)
class Row:
    """A row of the list; `key` is its number, with a letter for a part: "45a"."""

    key: str
    title: str
    source: str


def _rows(source: str, **titles: str) -> tuple[Row, ...]:
    return tuple(Row(key.removeprefix("row"), title, source) for key, title in titles.items())


ROWS: tuple[Row, ...] = (
    *_rows(
        NEWSLETTER,
        row1="Lindenhout and SKAR, variant 1: back sooner from medical day care",
        row2="Lindenhout and SKAR, variant 2: stay in the own day care first",
        row3="Lindenhout and SKAR, variant 3: consult by observation",
        row4="Kiekeboe: a regular visit, a notebook and a question about another child",
    ),
    *_rows(f"{NEWSLETTER}; {BOOKLET}", row5="Speelwerk and Yorneo, and the turn to the parents"),
    *_rows(
        f"{BOOKLET}; {BROCHURE}",
        row6="Coaching on the job in a fixed rhythm",
        row7="Coaching on call through the own pedagogue",
    ),
    *_rows(BOOKLET, row8="Talk with parents in three forms"),
    *_rows(BROCHURE, row9="Specialist visits and the walk-in hour"),
    *_rows(
        BOOKLET,
        row10="What the coach may take over, and the limit",
        row11="Duo team on one group",
        row12="Landing room within regular care",
    ),
    *_rows(
        f"{NEWSLETTER}; {BOOKLET}",
        row13="BSO+: for a time in a smaller group",
        row14="Angle 1: out-of-school care for all children",
    ),
    *_rows(
        NEWSLETTER,
        row15="Angle 2: integral out-of-school care for special children",
        row16="Angle 3: childcare, school and youth care on the floor",
    ),
    *_rows(
        VISION,
        row17="Kober: care team on the group",
        row18="De Kleine Kapitein",
        row19="Kober and Jong JGZ: structured talks",
        row20="De Eerste Stap: Komeetoverleg in Wijchen",
        row21="Grave: advice meeting with the empty chair",
        row22="Grave, Ravenstein and Nijmegen: on request",
        row23="Out-of-school care extra with UniK",
        row24="Stromenland: observation at three",
        row25="The care coordinator of De Eerste Stap",
        row26="JongLeren: Peuterleerplek+",
        row27="Spring: care coordinator and care protocol",
        row28="KO Morgen: internal support team",
        row29="Bink: Kansen voor Kleintjes",
        row30="Bink: Samsam",
        row31="Bink: the growth document",
        row32="Bink: talks with youth doctor and youth nurse",
        row33="Bink: Auris",
        row34="Bink: Domino",
        row35="Parents need time",
        row36="The route to a decision: an application folder",
        row37="Each municipality and each law its own form",
        row38="Mental health care through the health insurance: the way, and consent",
        row39="No youth care money on a preschool for all",
        row40="No childcare without a contract with the parents",
        row41="Who of youth care on the group counts for the ratio",
        row42="Who may be on the group: certificates and the register",
        row43="The quality register, and who pays the training",
        row44="A colleague who costs more: scale and extra cost per group",
        row45="Waiting lists: what happens meanwhile, and the numbers",
        row45a="What may be shared, and what can still be said",
        row45b="With and without an early education indication on one group",
        row45c="One named director for each trajectory and each waiting",
        row45d="Hours of guiding parents along forms and referrals",
    ),
    *_rows(
        BOOKLET,
        row46="The story of Pavel",
        row47="The story of Mieke",
        row48="The story of Rosa",
        row49="The story of Sem",
        row50="The story of Linda",
        row51="The story of Ayoub",
        row52="The story of Nina",
        row53="Two children on one group, and the sun shines",
        row54="The story of Martin",
        row55="The plus group far from home",
        row56="A plus group invites passing on",
        row57="Parents of other children",
    ),
)
