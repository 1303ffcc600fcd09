"""From practice to text and back, what is wrong in a draft, and what a change of a tree does."""

import random

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from alert4you.practices.queries.library import library
from alert4you.practices.rules import asking, drafts, editing, grammar, parts, phrases, writing
from alert4you.practices.rules.comparing import changes
from alert4you.practices.rules.language import (
    AtLeast,
    Chosen,
    Duration,
    Rhythm,
    Taper,
    Times,
    UntilAge,
    adopted,
)
from alert4you.practices.rules.outline import outline
from alert4you.practices.rules.reading import Misread, read
from alert4you.practices.rules.remedies import remedy
from alert4you.practices.rules.route import route

every_practice = pytest.mark.parametrize("practice", library(), ids=lambda each: each.slug)
SAMSAM = next(each for each in library() if each.slug == "samsam")


@every_practice
def test_what_is_written_is_read_as_the_same_practice(practice):
    text = writing.write(practice)
    assert read(text) == practice
    assert writing.lay_out(drafts.tree_of(text)) == text
    assert drafts.faults(text) == ()
    assert drafts.picture_of(text) == practice


@every_practice
def test_with_its_numbers_filled_in_nothing_is_left_to_choose(practice):
    filled = adopted(practice, {each.key: each.least for each in practice.choices})
    again = read(writing.write(filled))
    assert again.choices == ()
    assert again.phases == filled.phases


@every_practice
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_screen_gives_back_what_it_was_given(practice, language):
    tree = drafts.tree_of(writing.write(practice))
    with override(language):
        shelves = outline(tree, [])
        rows = [row for shelf in shelves for row in shelf.rows]
        rows += [inner for row in rows for inner in row.inside]
        assert len(rows) >= len(practice.phases) + len(practice.gates)
        for path in [(), *(tuple(row.path.split("/")) for row in rows)]:
            own = editing.own(tree, path)
            asked = parts.questions(tree, path)
            typed = asking.answered(asked, own, asking.filled(asked, own))
            tree = editing.put(tree, path, typed)
    assert read(writing.lay_out(tree)) == practice


numbers = st.integers(1, 400) | st.just(Chosen("how-many"))
stretches = st.builds(Duration, numbers, st.sampled_from(["days", "weeks", "months"]))


@st.composite
def rhythms(draw):
    least = draw(st.integers(1, 9))
    return Rhythm(draw(stretches), draw(st.none() | stretches), least, draw(st.integers(least, 12)))


doses = st.builds(Times, numbers) | st.builds(AtLeast, st.integers(0, 9)) | rhythms()


@given(doses | st.just(Taper()))
def test_every_dose_can_be_said_in_both_languages(dose):
    assert grammar.dose(writing.dose(dose)) == dose
    for language in ("nl", "en"):
        with override(language):
            assert grammar.dose(phrases.understood(phrases.shown(writing.dose(dose)))) == dose


@given(stretches | st.builds(UntilAge, st.integers(1, 276)))
def test_every_time_can_be_said_in_both_languages(time):
    for language in ("nl", "en"):
        with override(language):
            said = phrases.shown(writing.lasting(time))
            assert grammar.lasting(phrases.understood(said)) == time


DUTCH = [
    ("2 keer", "2 times"),
    ("Minstens één keer", "at least 1 times"),
    ("1 keer per week, 3 maanden lang", "1 times a week for 3 months"),
    ("elke 6 weken", "every 6 weeks"),
    ("zo vaak als nodig", "as needed"),
    ("1 tot 2 keer per week", "1 to 2 times a week"),
    ("om de <weken> weken", "every <weken> weeks"),
]


@pytest.mark.parametrize(("typed", "phrase"), DUTCH)
def test_dutch_is_understood(typed, phrase):
    with override("nl"):
        assert phrases.understood(typed) == phrase
        assert grammar.dose(phrase)


def test_what_cannot_be_read_is_kept_as_it_was_typed():
    with override("nl"):
        assert phrases.shown(phrases.understood("af en toe eens")) == "af en toe eens"


TRICKS = [
    "a: &x [1]\nb: *x",
    "a: !!python/object:os.system x",
    "a: !thing x",
    "[" * 200,
    "{a: " * 200,
    "x" * (drafts.MOST_CHARACTERS + 1),
    "&a a: 1",
]


@pytest.mark.parametrize("text", TRICKS, ids=range(len(TRICKS)))
def test_what_yaml_can_do_besides_is_refused(text):
    with pytest.raises(Misread):
        drafts.refuse_tricks(text)
    assert drafts.faults(text)
    assert drafts.picture_of(text) is None


@given(st.text(max_size=60) | st.text(alphabet=" \n:-[]{}&*!a1'\"|>#", max_size=60))
def test_any_text_is_a_draft_with_faults_and_never_a_crash(text):
    assert drafts.faults(text)
    drafts.picture_of(text)
    assert drafts.name_in(text) == "" or ":" in text


@pytest.mark.parametrize("digits", ["0", "7", "007", "2023", "٣", "²", "9" * 5000])
def test_a_number_however_long_stays_as_it_was_typed(digits):
    text = writing.lay_out({"title": digits, "choices": {"gap": {"least": digits}}})
    assert drafts.tree_of(text) == {"title": digits, "choices": {"gap": {"least": digits}}}


@pytest.mark.parametrize("seed", range(80))
def test_whatever_is_taken_out_or_emptied_the_draft_tells_what_to_repair(seed):
    chance = random.Random(seed)
    tree = drafts.tree_of(writing.write(chance.choice(library())))
    for _ in range(chance.randint(1, 4)):
        tree = broken(chance, tree)
    text = writing.lay_out(tree)
    found = drafts.faults(text)
    told = [remedy(tree, each) for each in found]
    for each in told:
        assert parts.has_screen(each.screen)
        assert parts.questions(tree, each.screen)
        assert editing.own(tree, each.screen) is not None
        assert each.message
    outline(tree, [each.screen for each in told])
    picture = drafts.picture_of(text)
    if picture is not None:
        assert route(picture).height > 0
    if not found:
        assert read(text)


def broken(chance: random.Random, tree):
    """Something taken out somewhere, or replaced by what does not fit."""
    path = ()
    while True:
        part = editing.part(tree, path)
        if not isinstance(part, dict) or not part or (path and chance.random() < 0.25):
            break
        path = (*path, chance.choice(sorted(part)))
    above = editing.part(tree, path[:-1])
    left = {key: value for key, value in above.items() if key != path[-1]}
    if chance.random() < 0.5:
        left |= {path[-1]: chance.choice(["", "x", [], {}, "gone"])}
    return editing._with(tree, path[:-1], left)


def fault_after(change):
    """The remedies after a change of the tree of Samsam."""
    tree = change(drafts.tree_of(writing.write(SAMSAM)))
    with override("en"):
        return [remedy(tree, each) for each in drafts.faults(writing.lay_out(tree))]


REMEDIES = [
    (
        lambda tree: editing.remove(tree, ("decisions", "review")),
        (("phases", "one-to-one"), "then", "not there any more"),
    ),
    (
        lambda tree: editing.put(tree, ("phases", "one-to-one", "activities", "session"), {}),
        (("phases", "one-to-one", "activities", "session"), "dose", "How often?"),
    ),
    (
        lambda tree: editing.add(tree, ("phases",), "extra", {"nl": "Extra"}),
        (("phases", "extra"), "title_en", "in English too"),
    ),
    (
        lambda tree: editing.put(
            tree, (), editing.own(tree, ()) | {"summary": {"nl": "x" * 1001, "en": "y"}}
        ),
        ((), "summary_nl", "too long"),
    ),
    (
        lambda tree: editing.add(tree, ("decisions",), "extra", {"nl": "Hoe?", "en": "How?"}),
        (("decisions", "extra"), "", "needs at least one option"),
    ),
]


@pytest.mark.parametrize(("change", "remedy"), REMEDIES)
def test_a_fault_is_told_at_the_question_that_repairs_it(change, remedy):
    screen, field, words = remedy
    told = [each for each in fault_after(change) if each.screen == screen]
    assert any(each.field == field and words in each.message for each in told), told


def test_moving_and_taking_out():
    tree = drafts.tree_of(writing.write(SAMSAM))
    moved = editing.move(tree, ("phases", "one-to-one"), -1)
    assert list(moved["phases"]) == ["one-to-one", "end-goal"]
    assert editing.move(moved, ("phases", "one-to-one"), -1) == moved
    assert list(editing.move(moved, ("phases", "one-to-one"), 1)["phases"]) == list(tree["phases"])
    assert "consents" not in editing.remove(tree, ("consents", "support"))
    with pytest.raises(LookupError):
        editing.remove(tree, ("phases", "nothing"))
    assert tree == drafts.tree_of(writing.write(SAMSAM))


NAMES = [
    ("One to one", set(), "one-to-one"),
    ("Eén op één!", set(), "een-op-een"),
    ("Talk", {"talk", "talk-2"}, "talk-3"),
    ("100 dagen", set(), "part-100-dagen"),
    ("日本", set(), "part"),
]


@pytest.mark.parametrize(("title", "taken", "name"), NAMES)
def test_a_name_is_made_of_a_title(title, taken, name):
    assert editing.name_for(title, taken) == name


def edited(old: str, new: str):
    text = writing.write(SAMSAM)
    assert old in text
    return read(text.replace(old, new))


CHANGES = [
    (("for 3 months", "for 4 months"), ["once a week for 3 months → once a week for 4 months"]),
    (
        ("en: Discuss the end goal with the parents", "en: Talk"),
        ["Agree on the goal: name of an activity: Discuss the end goal with the parents → Talk"],
    ),
    (("en: One to one", "en: Just us"), ["Just us: name: One to one → Just us"]),
    (("en: Samsam", "en: Samsam Plus"), ["Name: Samsam → Samsam Plus"]),
    (("to: referral", "to: end-goal"), ["referral to other help → Agree on the goal"]),
]


@pytest.mark.parametrize(("replaced", "told"), CHANGES)
def test_what_is_different_is_told_in_words(replaced, told):
    with override("en"):
        words = [str(each) for each in changes(SAMSAM, edited(*replaced))]
    assert len(words) == len(told), words
    assert all(part in word for part, word in zip(told, words, strict=True)), words


@every_practice
def test_nothing_is_different_from_itself(practice):
    assert changes(practice, practice) == ()


def test_what_is_new_and_what_is_gone():
    tree = drafts.tree_of(writing.write(SAMSAM))
    tree = editing.remove(tree, ("phases", "end-goal", "activities", "goal-talk-group-worker"))
    tree = editing.remove(tree, ("decisions", "review", "options", "adjust"))
    after = read(writing.lay_out(tree))
    with override("en"):
        gone = [str(each) for each in changes(SAMSAM, after)]
        new = [str(each) for each in changes(after, SAMSAM)]
    assert gone == [
        "Agree on the goal: “Discuss the end goal with the group worker” is gone",
        "Has the goal been reached?: “Not yet, we go on differently” is gone",
    ]
    assert len(new) == 2
    assert all("is new" in each for each in new)
