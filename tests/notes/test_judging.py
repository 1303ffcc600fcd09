"""The writing aid on a corpus: how much of what it marks is right, and how much of what is there it finds."""

from pathlib import Path
from time import perf_counter

import pytest

from alert4you.notes.rules.judging import aid, inflected, remarks

CORPUS = Path(__file__).parent / "corpus"
NAMES = ["Mila", "Sem", "Sam", "Noor"]
# How many sentences there must be, and the least share of right marks and of found words.
BAR = {"nl": (150, 0.97, 0.93), "en": (60, 0.97, 0.93)}


def sentences(language: str) -> list[tuple[str, list[str]]]:
    lines = (CORPUS / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    told = [line.partition("|") for line in lines if line and not line.startswith("#")]
    return [
        (text.strip(), [word.strip() for word in marks.split(";") if word.strip()])
        for text, _, marks in told
    ]


def points_at(word: str, words: list[str]) -> bool:
    return any(word in each or each in word for each in words)


def marked(text: str, language: str = "nl") -> list[str]:
    return [each.word for each in remarks(text, aid(language, NAMES))]


@pytest.mark.parametrize("language", BAR)
def test_precision_and_recall_on_the_corpus(language: str, capsys: pytest.CaptureFixture) -> None:
    told = sentences(language)
    right = wrong = missed = 0
    for text, expected in told:
        found = marked(text, language)
        odd = [word for word in found if not points_at(word, expected)]
        lost = [word for word in expected if not points_at(word, found)]
        right += len(expected) - len(lost)
        wrong, missed = wrong + len(odd), missed + len(lost)
        if odd or lost:
            print(f"{text}  marked wrongly: {odd}  missed: {lost}")
    precision, recall = right / (right + wrong), right / (right + missed)
    with capsys.disabled():
        print(
            f"\n{language}: {len(told)} sentences, precision {precision:.3f}, recall {recall:.3f}"
        )
    least, precise, complete = BAR[language]
    assert len(told) >= least
    assert len({text for text, _ in told}) == len(told)
    assert precision >= precise
    assert recall >= complete


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Drukke, drukker, drukst", ["Drukke", "drukker", "drukst"]),
        ("brutale trage boze luie", ["brutale", "trage", "luie"]),
        ("niet druk, niet zo druk, niet echt heel druk", []),
        ("Dit is niet normaal", ["niet normaal"]),
        ("zonder reden druk", ["zonder reden", "druk"]),
        ("Sem zei: Mila is dom. Mila was lastig.", ["lastig"]),
        ("Ik vind Mila lastig", ["lastig"]),
        ("Volgens mij is hij lastig", ["lastig"]),
        ("“lastig” schreef ik, en ook 'dom', maar lui niet", ["lui"]),
        ("Samen met Tess Dom", []),
        ("Dom van Tess", ["Dom"]),
        ("DRUK", ["DRUK"]),
        ("lastig en lastig", ["lastig"]),
        ("indruk, uitdrukken, drukken", []),
        ("", []),
    ],
)
def test_what_is_marked(text: str, words: list[str]) -> None:
    assert marked(text) == words


def test_a_name_is_never_marked_even_at_the_start() -> None:
    assert [each.word for each in remarks("Wild at niets. Hij was wild.", aid("nl"))] == ["Wild"]
    assert remarks("Wild at niets.", aid("nl", ["Wild"])) == []


def test_what_an_organisation_adds_and_leaves_out() -> None:
    own = aid("nl", own=[("stuiterbal", "Wat deed het lijf?"), ("pittig", "")], off=["verlegen"])
    found = remarks("Een pittige stuiterbal, toch verlegen, wel druk.", own)
    assert [(each.word, each.ask) for each in found] == [
        ("pittige", "Wat zag je precies?"),
        ("stuiterbal", "Wat deed het lijf?"),
        ("druk", "Wat zag je precies?"),
    ]


def test_signs_in_own_words_are_taken_as_they_stand() -> None:
    odd = aid("nl", own=[("a.b*(c", "Wat?")], off=["[d"])
    assert [each.word for each in remarks("aXb a.b*(c", odd)] == ["a.b*(c"]


def test_a_long_text_is_read_at_once() -> None:
    start = perf_counter()
    remarks("ze speelde en bouwde verder " * 150, aid("nl", NAMES))
    assert perf_counter() - start < 2


def test_inflections() -> None:
    assert {"drukke", "drukker", "drukst"} <= inflected("druk", "nl")
    assert {"trage", "trager"} <= inflected("traag", "nl")
    assert {"nerveuze"} <= inflected("nerveus", "nl")
    assert {"lazier", "laziest", "lazily"} <= inflected("lazy", "en")
