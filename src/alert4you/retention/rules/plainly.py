"""The rules in plain words: what a kind of record is called, and why it may go on which day."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alert4you.access.models import Kind
from alert4you.retention.models import Line
from alert4you.retention.rules.terms import Starts
from alert4you.ui.dates import written_day

KINDS: dict[str, str | Promise] = {
    "childcare_file": _("childcare file"),
    "coaching_notes": _("notes of coaching, without youth care"),
    "youth_care_file": _("youth-care file"),
    "medical_file": _("medical file"),
    "guardianship_file": _("file of a guardianship or supervision order"),
    "other_file": _("file of another kind of organisation"),
    "group_notes": _("notes of groups, without a child"),
    "proofs": _("who agreed to what, and what was asked"),
    "access_log": _("who looked (the audit trail)"),
    "competence_records": _("competences of staff"),
    "fiscal_records": _("contracts and accounts"),
    "risk_index": _("report in the index of youth at risk"),
    "risk_index_archive": _("archive of the index of youth at risk"),
}
WHAT: dict[str, str | Promise] = {
    "access.CareTeamMember": _("place on the care team"),
    "access.ContactCard": _("card with a telephone number or address"),
    "access.ConsentRequest": _("question about sharing"),
    "access.LookQuestion": _("question about who looked"),
    "access.Opening": _("opening in an emergency or for support"),
    "access.ReviewLine": _("line of a weekly list"),
    "children.Hold": _("place that is kept free"),
    "children.Placement": _("place on a group"),
    "kernel.AuditRecord": _("line of the audit trail"),
    "notes.AskAgain": _("day to ask again"),
    "rights.RightsRequest": _("request about the data"),
}
COUNTS_FROM: dict[str, str | Promise] = {
    Starts.END_OF_CARE: _("the last day of care"),
    Starts.CARE_OR_LAST_ENTRY: _("the last day of care, or the last entry when that is later"),
    Starts.COACHING_OR_CARE: _("the end of coaching, or of care when that is earlier"),
    Starts.MAJORITY: _("the day the child came of age"),
    Starts.OWN_DAY: _("the day it was written"),
    Starts.END_OF_DATA: _("the day the rest of the file went"),
    Starts.END_OF_EMPLOYMENT: _("the end of employment"),
    Starts.YEAR_END: _("the end of the year"),
    Starts.OUT_OF_THE_INDEX: _("the day it went out of the index"),
}
BEGAN: dict[str, str | Promise] = {
    Starts.END_OF_CARE: _("The last day of care was %(day)s."),
    Starts.CARE_OR_LAST_ENTRY: _("Care ended and the last entry was written by %(day)s."),
    Starts.COACHING_OR_CARE: _("Coaching, or care, ended on %(day)s."),
    Starts.MAJORITY: _("The child came of age on %(day)s."),
    Starts.OWN_DAY: _("The newest of these is of %(day)s."),
    Starts.END_OF_DATA: _("The rest of the file went on %(day)s."),
}
CHOICES: dict[str, str | Promise] = {
    "shorter": _("You may choose a shorter time."),
    "longer": _("The law says at least this long; you may choose longer."),
    "free": _("You choose how long yourselves; until then nothing comes due."),
    "": _("This cannot be changed."),
}
SURE: dict[str, str | Promise] = {
    "law": _("law"),
    "norm": _("norm in practice"),
    "choice": _("choice of this product"),
    "unconfirmed": _("not confirmed in a source"),
}


def kind_name(kind: str) -> str:
    return str(KINDS[kind])


def what_name(what: str) -> str:
    return str(Kind(what).label) if what in Kind.values else str(WHAT[what])


def why(line: Line) -> str:
    """Why records may go: from which day it counts, how long, until when."""
    if line.began is None or line.due is None or line.months is None:
        return str(_("This was asked for; the term does not matter."))
    began = str(BEGAN[line.starts]) % {"day": written_day(line.began)}
    if line.starts == Starts.OWN_DAY:
        kept = _("They are kept for %(time)s.")
        return f"{began} {kept % {'time': time(line.months)}}"
    kept = _("It is kept for %(time)s after that: until %(day)s.")
    return f"{began} {kept % {'time': time(line.months), 'day': written_day(line.due)}}"


def time(months: int) -> str:
    """24 is "2 years"; 18 is "18 months"."""
    if months % 12:
        return ngettext("%(n)s month", "%(n)s months", months) % {"n": months}
    return ngettext("%(n)s year", "%(n)s years", months // 12) % {"n": months // 12}
