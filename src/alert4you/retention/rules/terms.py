"""The retention terms as dated data (`library/terms.yaml`), and the day on which something may go."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from alert4you.kernel.clock import months_after
from alert4you.organisations.models import OrganisationKind

FILE = Path(__file__).parent.parent / "library" / "terms.yaml"
OF_AGE_MONTHS = 18 * 12
FILE_OF: Mapping[str, str] = {
    OrganisationKind.CHILDCARE: "childcare_file",
    OrganisationKind.YOUTH_CARE_PROVIDER: "youth_care_file",
    OrganisationKind.YOUTH_HEALTH_SERVICE: "medical_file",
    OrganisationKind.MENTAL_HEALTH_CARE: "medical_file",
    OrganisationKind.CERTIFIED_INSTITUTION: "guardianship_file",
}


class Starts(StrEnum):
    """What a term counts from."""

    END_OF_CARE = "end_of_care"
    CARE_OR_LAST_ENTRY = "care_or_last_entry"
    COACHING_OR_CARE = "coaching_or_care"
    MAJORITY = "majority"
    OWN_DAY = "own_day"
    END_OF_DATA = "end_of_data"
    END_OF_EMPLOYMENT = "end_of_employment"
    YEAR_END = "year_end"
    OUT_OF_THE_INDEX = "out_of_the_index"


@dataclass(frozen=True)
class Term:
    """One version of a rule; ``months`` None: nobody gives a term, and nobody chose one yet.

    ``by_hand``: such records are not in this database, or somebody takes them away; nothing comes due.
    """

    kind: str
    since: date
    starts: Starts
    months: int | None
    choice: str
    sure: str
    source: Mapping[str, str]
    by_hand: bool = False
    chosen: bool = False


@dataclass(frozen=True)
class Facts:
    """What is known of one child in one organisation; days are the last day on which it was so.

    ``end_of_care`` is None while the child is there, ``end_of_coaching`` while a trajectory runs or when
    there was none. ``end_of_data``: when the rest of the file went. ``day``: of a record that stands alone.
    """

    end_of_care: date | None = None
    last_entry: date | None = None
    end_of_coaching: date | None = None
    born: date | None = None
    end_of_data: date | None = None
    day: date | None = None


def began(term: Term, facts: Facts) -> date | None:
    """The day a term counts from; None while it does not run yet."""
    care = facts.end_of_care
    match term.starts:
        case Starts.END_OF_CARE:
            return care
        case Starts.CARE_OR_LAST_ENTRY:
            return care and max(care, facts.last_entry or care)
        case Starts.COACHING_OR_CARE:
            return min(filter(None, (facts.end_of_coaching, care)), default=None)
        case Starts.MAJORITY:
            return care and facts.born and months_after(facts.born, OF_AGE_MONTHS)
        case Starts.END_OF_DATA:
            return facts.end_of_data
    return facts.day


def delete_on(term: Term, facts: Facts) -> date | None:
    """The day on which it goes; None while nobody can say: it is still growing, or no term was chosen."""
    start = began(term, facts)
    if start is None or term.months is None:
        return None
    return months_after(start, term.months)


def file_kind(organisation_kind: str, youth_care: bool) -> str:
    """Which file an organisation keeps of a child; youth care makes a longer one of a childcare file."""
    kind = FILE_OF.get(organisation_kind, "other_file")
    return "youth_care_file" if youth_care and kind in ("childcare_file", "other_file") else kind


def kinds_of(organisation_kind: str) -> list[str]:
    """Which kinds of record such an organisation can have, its own file first."""
    files = dict.fromkeys(file_kind(organisation_kind, each) for each in (False, True))
    notes = ["coaching_notes"] if len(files) > 1 else []
    elsewhere = ["competence_records", "fiscal_records", "risk_index", "risk_index_archive"]
    return [*files, *notes, "group_notes", "proofs", "access_log", *elsewhere]


def term(kind: str, day: date, chosen: Mapping[str, int] | None = None) -> Term:
    """The version of a rule on a day, with what an organisation chose as far as it may."""
    held = [each for each in versions()[kind] if each.since <= day]
    found = max(held, key=lambda each: each.since)
    months = (chosen or {}).get(kind)
    if months is None or not allows(found, months):
        return found
    return replace(found, months=months, chosen=True)


def allows(rule: Term, months: int) -> bool:
    """Whether an organisation may choose this number: never shorter than the law says."""
    if months < 1:
        return False
    match rule.choice:
        case "shorter":
            return rule.months is not None and months <= rule.months
        case "longer":
            return rule.months is not None and months >= rule.months
    return rule.choice == "free"


@cache
def versions() -> Mapping[str, tuple[Term, ...]]:
    """All versions of every rule, by the kind of record."""
    written = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {kind: tuple(_term(kind, row) for row in rows) for kind, rows in written.items()}


def _term(kind: str, row: Mapping[str, Any]) -> Term:
    return Term(
        kind,
        row["from"],
        Starts(row["starts"]),
        row["months"],
        row["choice"] or "",
        row["sure"],
        row["source"],
        row.get("by_hand", False),
    )
