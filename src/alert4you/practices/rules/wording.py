"""The phrases of a practice in the language of the reader: doses, terms, ages. Pure text."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alert4you.practices.rules.language import (
    AtLeast,
    Chosen,
    Dose,
    Duration,
    Number,
    Rhythm,
    Taper,
    Times,
    UntilAge,
    Within,
)

WORDS = {
    "daycare": gettext_lazy("day care"),
    "preschool": gettext_lazy("preschool"),
    "after_school_care": gettext_lazy("out-of-school care"),
    "plus_group": gettext_lazy("plus group"),
    "medical_daycare": gettext_lazy("medical day care"),
    "day_treatment": gettext_lazy("day treatment"),
    "school": gettext_lazy("school"),
    "municipality": gettext_lazy("municipality"),
    "operator": gettext_lazy("childcare organisation"),
    "own_means": gettext_lazy("own means"),
    "subsidy": gettext_lazy("subsidy"),
    "education_disadvantage_policy": gettext_lazy("money against educational disadvantage (OAB)"),
    "youth_act": gettext_lazy("Youth Act"),
    "social_medical_indication": gettext_lazy("social-medical indication"),
    "indication": gettext_lazy("the indication"),
    "parents": gettext_lazy("parents"),
    "nobody": gettext_lazy("nobody"),
    "unknown": gettext_lazy("not known"),
    "early_education": gettext_lazy("early education"),
    "social_medical": gettext_lazy("social-medical indication"),
    "youth_care": gettext_lazy("youth care"),
    "group_worker": gettext_lazy("group worker"),
    "care": gettext_lazy("youth care"),
    "manager": gettext_lazy("location manager"),
    "child": gettext_lazy("the child"),
    "guardian": gettext_lazy("family guardian"),
}


def dose(value: Dose) -> str:
    """`3 times`, `once a week for 3 months`, `as often as needed`."""
    if isinstance(value, Times):
        return times(value.count)
    if isinstance(value, AtLeast):
        if value.count == 0:
            return _("as often as needed")
        return _("at least {times}").format(times=times(value.count))
    if isinstance(value, Taper):
        return _("less and less often, as the plan says")
    return _rhythm(value)


def times(count: Number) -> str:
    """`2 times`; a number still to choose reads so."""
    if isinstance(count, Chosen):
        return _("a number of times (you choose)")
    return ngettext("once", "{count} times", count).format(count=count)


def _rhythm(value: Rhythm) -> str:
    often = times(value.most)
    if value.least != value.most:
        often = _("{least} to {most}").format(least=value.least, most=times(value.most))
    turn = _("{often} {every}").format(often=often, every=_every(value.every))
    if value.lasting is None:
        return turn
    return _("{turn} for {duration}").format(turn=turn, duration=duration(value.lasting))


def _every(value: Duration) -> str:
    if value == Duration(12, "months"):
        return _("a year")
    if isinstance(value.count, Chosen) or value.count > 1:
        return _("every {duration}").format(duration=duration(value))
    return {"days": _("a day"), "weeks": _("a week"), "months": _("a month")}[value.unit]


def duration(value: Duration) -> str:
    """`3 months`; `a number of weeks (you choose)` while it is open."""
    if isinstance(value.count, Chosen):
        return {
            "days": _("a number of days (you choose)"),
            "weeks": _("a number of weeks (you choose)"),
            "months": _("a number of months (you choose)"),
        }[value.unit]
    if value.unit == "months" and value.count % 12 == 0:
        return age(value.count)
    forms = {
        "days": ngettext("{count} day", "{count} days", value.count),
        "weeks": ngettext("{count} week", "{count} weeks", value.count),
        "months": ngettext("{count} month", "{count} months", value.count),
    }
    return forms[value.unit].format(count=value.count)


def lasting(value: Duration | UntilAge) -> str:
    """How long a phase lasts: `3 months`, or `until the age of 4 years 9 months`."""
    if isinstance(value, UntilAge):
        return _("until the age of {age}").format(age=age(value.months))
    return duration(value)


def term(value: Within) -> str:
    """`within 2 weeks`."""
    return _("within {duration}").format(duration=duration(value.duration))


def ages(months: tuple[int, int]) -> str:
    """`2 to 4 years`; months too where an age is not whole."""
    start, end = months
    if start % 12 == 0 and end % 12 == 0 and start >= 0:
        return _("{start} to {end} years").format(start=start // 12, end=end // 12)
    return _("{start} to {end}").format(start=age(start), end=age(end))


def age(months: int) -> str:
    """`2 years 6 months`; months before birth are below 0."""
    if months < 0:
        return ngettext(
            "{count} month before birth", "{count} months before birth", -months
        ).format(count=-months)
    years = ngettext("{count} year", "{count} years", months // 12).format(count=months // 12)
    if months % 12 == 0:
        return years
    rest = ngettext("{count} month", "{count} months", months % 12).format(count=months % 12)
    return f"{years} {rest}"


def word(value: str) -> str:
    """A word of the vocabulary (a setting, payer, indication or voice) for a reader."""
    return str(WORDS.get(value, value.replace("_", " ")))
