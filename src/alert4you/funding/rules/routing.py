"""The money router: from what is known to which sorts of money fit, which could, and which cannot, and why.

A pure function. It proposes; persons ask and decide. Every answer quotes a rule of ``library/grounds.yaml``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from alert4you.funding.models import Work
from alert4you.funding.rules.streams import Ground, Stream, grounds, streams
from alert4you.organisations.models import Setting

CHILDCARE = {
    Setting.DAYCARE,
    Setting.PRESCHOOL,
    Setting.AFTER_SCHOOL_CARE,
    Setting.PLUS_GROUP,
}
EARLY = {Setting.DAYCARE, Setting.PRESCHOOL}
EARLY_MONTHS = range(30, 48)
SCHOOL_MONTHS = 48
ON_THE_GROUP = {Work.GROUP, Work.CHILD}


class Verdict(StrEnum):
    """``FITS``: it can be this. ``ASK``: it could, when somebody says yes first. ``REFUSED``: it cannot."""

    FITS = "fits"
    ASK = "ask"
    REFUSED = "refused"


@dataclass(frozen=True)
class Facts:
    """What the router is told. ``months``: the age of the child; None when there is no child.

    ``contract`` and ``allowance``: whether the parents have them, None when nobody said. ``decision``: a
    decision of the Youth Act runs, ``named``: the child stands in it (or will) by name. ``early``: an
    indication for early education runs. ``agreed``: the sorts of money that the municipality agreed on
    here. ``asker``: who wants to ask ("parents", "childcare", "provider", "school").
    """

    work: Work
    setting: str
    months: int | None = None
    contract: bool | None = None
    allowance: bool | None = None
    decision: bool = False
    named: bool = False
    early: bool = False
    agreed: frozenset[str] = frozenset()
    asker: str = "childcare"


@dataclass(frozen=True)
class Route:
    """One sort of money with the verdict, the rule that says so, and who asks for it."""

    stream: Stream
    verdict: Verdict
    ground: Ground
    applicant: str


Found = tuple[Verdict, str]
FITS, ASK, REFUSED = Verdict.FITS, Verdict.ASK, Verdict.REFUSED


def routes(facts: Facts) -> list[Route]:
    """All sorts of money, what fits first; "no money" always fits, as the last of those."""
    found = [_route(facts, stream) for stream in streams().values()]
    return sorted(found, key=lambda each: [FITS, ASK, REFUSED].index(each.verdict))


def route(facts: Facts, stream: str) -> Route:
    return _route(facts, streams()[stream])


def _route(facts: Facts, stream: Stream) -> Route:
    verdict, ground = JUDGES[stream.key](facts)
    can = facts.asker in stream.applicants
    return Route(stream, verdict, grounds()[ground], facts.asker if can else stream.applicants[0])


def _contract(facts: Facts) -> Found:
    if facts.work != Work.PLACE:
        return REFUSED, "place_only"
    if facts.setting not in CHILDCARE:
        return REFUSED, "not_childcare"
    if facts.contract is None:
        return ASK, "ask_contract"
    return (FITS, "contract_pays_place") if facts.contract else (REFUSED, "no_contract")


def _smi(facts: Facts) -> Found:
    if facts.work != Work.PLACE:
        return REFUSED, "place_only"
    if facts.setting not in CHILDCARE:
        return REFUSED, "not_childcare"
    if facts.allowance:
        return REFUSED, "smi_no_allowance"
    if facts.allowance is None:
        return ASK, "ask_allowance"
    return _agreed(facts, "smi", "smi_temporary")


def _youth_individual(facts: Facts) -> Found:
    refused = {
        Work.PLACE: "youth_act_no_place",
        Work.PARENTS: "youth_act_under_18",
        Work.EARLY_EDUCATION: "early_is_own_money",
    }
    if facts.work in refused:
        return REFUSED, refused[facts.work]
    if facts.setting == Setting.PRESCHOOL and facts.work in ON_THE_GROUP:
        return REFUSED, "preschool_is_prevention"
    if facts.work == Work.GROUP:
        if not facts.named or facts.months is None:
            return REFUSED, "group_not_on_one_child"
        return (FITS, "named_in_decision") if facts.decision else (ASK, "youth_needs_decision")
    return (FITS, "youth_decision_runs") if facts.decision else (ASK, "youth_needs_decision")


def _youth_prevention(facts: Facts) -> Found:
    if facts.work in (Work.PLACE, Work.TREATMENT):
        return REFUSED, "prevention_is_not_care"
    if facts.work == Work.EARLY_EDUCATION:
        return REFUSED, "early_is_own_money"
    return _agreed(facts, "youth_prevention", "prevention_without_decision")


def _early_education(facts: Facts) -> Found:
    if facts.setting not in EARLY or facts.work in (Work.TREATMENT, Work.PARENTS):
        return REFUSED, "early_place"
    if facts.work == Work.GROUP:
        return _agreed(facts, "early_education", "agreed_here")
    if facts.months is None or facts.months not in EARLY_MONTHS:
        return REFUSED, "early_age"
    if not facts.early:
        return REFUSED, "early_indication"
    if facts.work == Work.CHILD and "early_education" not in facts.agreed:
        return REFUSED, "early_not_individual"
    return _agreed(facts, "early_education", "early_fits")


def _zvw(facts: Facts) -> Found:
    if facts.work in (Work.TREATMENT, Work.PARENTS):
        return ASK, "zvw_referral"
    return REFUSED, "zvw_not_on_group"


def _wmo(facts: Facts) -> Found:
    return (ASK, "wmo_parent") if facts.work == Work.PARENTS else (REFUSED, "wmo_adult")


def _partnership(facts: Facts) -> Found:
    if facts.work not in ON_THE_GROUP:
        return REFUSED, "partnership_education"
    if "partnership" in facts.agreed:
        return FITS, "agreed_here"
    young = facts.months is not None and facts.months < SCHOOL_MONTHS
    return (REFUSED, "partnership_from_four") if young else (ASK, "partnership_school")


def _subsidy(facts: Facts) -> Found:
    if facts.work in (Work.PLACE, Work.TREATMENT):
        return REFUSED, "no_subsidy_for_help"
    return _agreed(facts, "subsidy", "subsidy_activity")


def _agreed(facts: Facts, stream: str, ground: str) -> Found:
    return (FITS, ground) if stream in facts.agreed else (ASK, "needs_agreement")


JUDGES: Mapping[str, Callable[[Facts], Found]] = {
    "wko_contract": _contract,
    "smi": _smi,
    "youth_individual": _youth_individual,
    "youth_prevention": _youth_prevention,
    "early_education": _early_education,
    "zvw": _zvw,
    "wmo": _wmo,
    "partnership": _partnership,
    "subsidy": _subsidy,
    "own_means": lambda _facts: (FITS, "own_choice"),
    "none": lambda _facts: (FITS, "none_is_legal"),
}
