"""What is wrong in a template is named with its line and a remedy, all at once."""

import pytest

from alert4you.practices.rules import grammar
from alert4you.practices.rules.language import (
    After,
    AtLeast,
    Chosen,
    Duration,
    Rhythm,
    SafetyNet,
    Taper,
    Times,
    UntilAge,
    Within,
    adopted,
)
from alert4you.practices.rules.reading import Misread, read

SMALL = """\
practice: small
row: 3
title: {nl: Klein, en: Small}
summary: {nl: Kort, en: Short}
source: a test
about: child
money: {from: [nobody], covered: no}
roles:
  coach: {hat: coach, title: {nl: Coach, en: Coach}}
consents:
  look: {to: coach, purpose: support, categories: [day], title: {nl: Kijken, en: Looking}}
choices:
  gap: {title: {nl: Hoe vaak, en: How often}}
needs: [parent contact]
phases:
  first:
    title: {nl: Eerst, en: First}
    activities:
      look: {kind: observation, by: coach, with: child,
        dose: 2 times, consent: look, title: {nl: Kijken, en: Look}}
    then: second
  second:
    title: {nl: Dan, en: Then}
    lasts: 3 months
    activities:
      visit: {kind: visit, by: coach, with: child, dose: every <gap> weeks,
        within: 6 weeks, title: {nl: Bezoek, en: Visit}}
    then: choice
decisions:
  choice:
    title: {nl: Kiezen, en: Choose}
    voices: [parents]
    options:
      end: {to: ended, title: {nl: Stop, en: Stop}}
      no-go: {to: referral, title: {nl: Anders, en: Else}}
after: question without a new file for 3 months
"""


def problems(text: str) -> list[str]:
    try:
        read(text, "small.yaml")
    except Misread as misread:
        return [str(problem) for problem in misread.problems]
    return []


def line_of(text: str, part: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), 1) if part in line)


def test_the_small_template_reads():
    practice = read(SMALL)
    first, second = practice.phases
    assert first.activity("look").dose == Times(2)
    assert first.activity("look").consent == "look"
    visit = second.activity("visit")
    assert visit.dose == Rhythm(Duration(Chosen("gap"), "weeks"))
    assert visit.within == Within(Duration(6, "weeks"))
    assert second.lasts == Duration(3, "months")
    assert practice.needs == ("parent_contact",)
    assert practice.after == After("question_without_file", Duration(3, "months"))
    assert practice.gate_ahead(first) == practice.gate("choice")
    assert [choice.key for choice in practice.open_choices] == ["gap"]
    filled = adopted(practice, {"gap": 6, "unknown": 1})
    assert filled.phases[1].activity("visit").dose == Rhythm(Duration(6, "weeks"))
    assert filled.open_choices == ()


@pytest.mark.parametrize("number", [0, 521])
def test_a_chosen_number_keeps_within_its_bounds(number):
    with pytest.raises(ValueError, match="gap must be 1 to 520"):
        adopted(read(SMALL), {"gap": number})


# what stands there, what is written instead, where the message points, what it says
WRONG = [
    ("dose: 2 times", "dose: 2 wekly", "2 wekly", "write how often, like: 2 times"),
    ("dose: 2 times", "dose: 0 times", "0 times", "0 is no number to do"),
    ("dose: 2 times", "dose: 3 to 2 times a week", "3 to 2", "write the smaller number first"),
    ("lasts: 3 months", "lasts: until old", "until old", "write a time like: 6 weeks"),
    ("lasts: 3 months", "lasts: until 0 years", "until 0", "write an age like: until 4 years"),
    ("lasts: 3 months", "lasts: until 24 years", "until 24", "write an age like: until 4 years"),
    ("lasts: 3 months", "lasts: long", "lasts: long", "write a time like: 6 weeks"),
    ("within: 6 weeks", "within: soon", "within: soon", "write a term like: 6 weeks"),
    ("within: 6 weeks", "within: 6 weeks after sun", "after sun", "unknown word “sun”"),
    ("kind: visit", "kind: vist", "kind: vist", "did you mean “visit”?"),
    ("hat: coach", "hat: wizard", "hat: wizard", "write one of: group worker, pedagogue"),
    (
        "by: coach, with: child, dose: e",
        "by: coch, with: child, dose: e",
        "coch",
        "did you mean “coach”?",
    ),
    (
        "by: coach, with: child,\n",
        "by: coach, with: moon,\n",
        "moon",
        "write one of: coach, child, group",
    ),
    ("consent: look,", "consent: lok,", "consent: lok", "did you mean “look”?"),
    ("to: coach, purpose", "to: school, purpose", "to: school", "unknown word “school”"),
    ("then: second", "then: third", "then: third", "unknown word “third”"),
    ("then: second", "then: ended", "then: ended", "unknown word “ended”"),
    (
        "needs: [parent contact]",
        "needs: [parents contact]",
        "parents contact",
        "did you mean “parent contact”?",
    ),
    ("needs: [parent contact]", "needs: [consent sun]", "consent sun", "unknown word “sun”"),
    ("row: 3", "row: 74", "row: 74", "write a whole number from 1 to 73"),
    ("row: 3", "row: three", "row: three", "write a whole number from 1 to 73"),
    ("row: 3", f"row: {'3' * 5000}", "row: 33", "write a whole number from 1 to 73"),
    ("source: a test", "source: ''", "source: ''", "nothing is written here"),
    ("source: a test", "source: [a]", "source: [a]", "write plain text here"),
    ("about: child", "about: moon", "about: moon", "write one of: child, group"),
    ("about: child", "about: group", "with: child,", "no child can be in it"),
    ("row: 3", "row: 3\nrow: 4", "row: 4", "“row” stands here twice; keep one"),
    ("row: 3", "row: 3\nspeed: 4", "speed", "unknown word “speed”"),
    ("title: {nl: Klein, en: Small}", "title: {nl: Klein}", "nl: Klein", "“en” is missing here"),
    ("practice: small", "practice: Small One", "Small One", "is not a name"),
    ("{to: referral,", "{to: ended,", "Anders", "a no-go leads somewhere"),
    ("end: {to: ended", "end: {to: first", "Stop", "an end does not go on"),
    ("end: {to: ended", "adjust: {to: ended", "Stop", "adjust goes on in a phase"),
    ("end: {to: ended", "end: {to: practice small", "Stop", "cannot lead to itself"),
    ("end: {to: ended", "finish: {to: ended", "Stop", "“is” is missing here"),
    (
        "dose: 2 times",
        "dose: once a week for 3 months",
        "then: second",
        "a phase that ends because time passes ends with a decision",
    ),
    ("dose: 2 times", "dose: as needed", "then: second", "nothing has to be done in this phase"),
    ("every <gap> weeks", "every 6 weeks", "gap: {title", "“gap” is never used"),
    ("every <gap> weeks", "every <gop> weeks", "<gop>", "<gop> is not under choices"),
    ("every <gap> weeks", "every <gap> years", "years", "not in years"),
    ("after: question", "after: qestion", "qestion", "write: question without a new file"),
    ("needs: [parent contact]", "offer at: soon", "offer at", "write an age like: 3 years"),
    ("lasts: 3 months", "considering: perhaps", "perhaps", "write one of: yes, no"),
    (
        "dose: every <gap> weeks",
        "dose: tapering",
        "visit: {kind",
        "what is tapering is planned week by week",
    ),
    (
        "choices:",
        "safety net: {indication: medical, warn: <gap> weeks}\nchoices:",
        "safety net",
        "unknown word “medical”",
    ),
    (
        "choices:",
        "safety net: {indication: medical daycare}\nchoices:",
        "safety net",
        "“warn” is missing here",
    ),
    (
        "choices:",
        "safety net: {indication: medical daycare, warn: <gop> weeks}\nchoices:",
        "safety net",
        "<gop> is not under choices",
    ),
    ("phases:\n", "phases: no\nphasen:\n", "phases: no", "write `key: value` lines here"),
    ("title: {nl: Dan, en: Then}", "title: {nl: Dan, en: Then", "lasts: 3", "this is not YAML"),
]


@pytest.mark.parametrize(("old", "new", "where", "remedy"), WRONG)
def test_a_problem_names_file_line_and_remedy(old, new, where, remedy):
    assert old in SMALL
    text = SMALL.replace(old, new, 1)
    found = problems(text)
    assert any(remedy in each for each in found), found
    hit = next(each for each in found if remedy in each)
    assert hit.startswith("small.yaml, line ")
    line = int(hit.split("line ")[1].split(":")[0])
    assert line == line_of(text, where), hit


def test_all_problems_come_at_once_in_the_order_of_the_file():
    text = SMALL.replace("row: 3", "row: x").replace("hat: coach", "hat: x")
    text = text.replace("dose: 2 times", "dose: x").replace("to: referral", "to: X y")
    lines = [int(each.split("line ")[1].split(":")[0]) for each in problems(text)]
    assert lines == sorted(lines)
    assert len(lines) == 4


ALONE = """\
  alone:
    title: {nl: Los, en: Loose}
    activities:
      talk: {kind: talk, by: coach, with: coach, dose: once, title: {nl: Praten, en: Talk}}
    then: choice
decisions:
"""


def test_what_nothing_leads_to_is_refused():
    found = problems(SMALL.replace("decisions:\n", ALONE, 1))
    assert [each.split(": ", 1)[1] for each in found] == [
        "nothing leads to “alone”; refer to it or take it out"
    ]


def test_a_phase_without_a_way_out_is_refused():
    text = SMALL.replace("{to: referral,", "{to: second,").replace(
        "end: {to: ended", "adjust: {to: first"
    )
    found = problems(text)
    assert len(found) == 2
    assert all("there is no way out; let a decision lead to ended" in each for each in found)


def test_an_empty_file_is_refused():
    assert problems("") == ["small.yaml, line 1: this file is empty"]
    assert problems("- a") != []


DOSES = [
    ("2 times", Times(2)),
    ("once", Times(1)),
    ("twice", Times(2)),
    ("at least 1 time", AtLeast(1)),
    ("as needed", AtLeast(0)),
    ("<gap> times", Times(Chosen("gap"))),
    ("once a week for 3 months", Rhythm(Duration(1, "weeks"), Duration(3, "months"))),
    ("every 6 weeks", Rhythm(Duration(6, "weeks"))),
    ("twice a year", Rhythm(Duration(12, "months"), None, 2, 2)),
    ("1 to 2 times a week", Rhythm(Duration(1, "weeks"), None, 1, 2)),
    ("3 times a week for 1 year", Rhythm(Duration(1, "weeks"), Duration(12, "months"), 3, 3)),
    ("once every 2 weeks", Rhythm(Duration(2, "weeks"))),
    ("tapering", Taper()),
]


@pytest.mark.parametrize(("phrase", "dose"), DOSES)
def test_doses_read_as_they_are_said(phrase, dose):
    assert grammar.dose(phrase) == dose


@pytest.mark.parametrize(
    ("phrase", "months"),
    [
        ("2 years to 4 years", (24, 48)),
        ("2 years 6 months to 4 years", (30, 48)),
        ("-9 months to 13 years", (-9, 156)),
    ],
)
def test_ages_are_months(phrase, months):
    assert grammar.ages(phrase) == months


@pytest.mark.parametrize("phrase", ["4 years to 2 years", "old to young", " to ", "2 years"])
def test_ages_that_make_no_sense_are_refused(phrase):
    with pytest.raises(grammar.Unreadable):
        grammar.ages(phrase)


@pytest.mark.parametrize(
    ("phrase", "length"),
    [
        ("3 months", Duration(3, "months")),
        ("1 year", Duration(12, "months")),
        ("until 4 years", UntilAge(48)),
        ("until 4 years 9 months", UntilAge(57)),
        ("until 9 months", UntilAge(9)),
    ],
)
def test_a_phase_lasts_a_time_or_until_an_age(phrase, length):
    assert grammar.lasting(phrase) == length


def test_a_group_has_no_age():
    text = SMALL.replace("about: child", "about: group").replace("with: child", "with: group")
    found = problems(text.replace("lasts: 3 months", "lasts: until 4 years"))
    assert [each.split(": ", 1)[1] for each in found] == [
        "a group has no age; write a time like: 6 months"
    ]


def test_a_safety_net_a_thinking_phase_and_an_age_to_think_of_it_are_read():
    text = SMALL.replace("every <gap> weeks", "tapering").replace(
        "    lasts: 3 months\n", "    needs: [taper]\n    considering: yes\n"
    )
    net = "offer at: 2 years 6 months\nsafety net: {indication: medical daycare, warn: <gap> weeks}"
    practice = read(text.replace("choices:", f"{net}\nchoices:"))
    assert practice.offer_at == 30
    assert practice.safety_net == SafetyNet("medical_daycare", Duration(Chosen("gap"), "weeks"))
    first, second = practice.phases
    assert (first.considering, second.considering) == (False, True)
    assert second.needs == ("taper",)
    filled = adopted(practice, {"gap": 6})
    assert filled.safety_net == SafetyNet("medical_daycare", Duration(6, "weeks"))


def test_what_is_about_a_child_does_not_stand_in_a_practice_about_a_group():
    text = SMALL.replace("about: child", "about: group").replace("with: child", "with: group")
    found = problems(text.replace("choices:", "offer at: 3 years\nchoices:"))
    assert [each.split(": ", 1)[1] for each in found] == [
        "this is about a child; leave it out for a group"
    ]
