"""Names in words that others may read: tables."""

import pytest

from alert4you.access.rules.names import name_words, names_in


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["Mila", "Jansen"], ["Mila", "Jansen"]),
        (["Saar van den Berg"], ["Saar", "Berg"]),
        (["Anne-Fleur"], ["Anne", "Fleur"]),
        (["Bo", "Bo de Wit"], ["Bo", "Wit"]),
        (["El Idrissi", ""], ["Idrissi"]),
    ],
)
def test_which_words_of_a_name_tell_who_it_is(names: list[str], words: list[str]) -> None:
    assert name_words(names) == words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mila eet niet", "Mila"),
        ("vandaag at mila niets", "Mila"),
        ("MILA!", "Mila"),
        ("Mila's jas is weg", "Mila"),
        ("Mila’s jas is weg", "Mila"),
        ("de jas van Milas moeder", "Mila"),
        ("(mila)", "Mila"),
        ("een kind eet niet", ""),
        ("Milan eet niet", ""),
        ("de familie", ""),
        ("", ""),
        ("een jong kind", ""),
        ("De Jong belde", "Jong"),
        ("zij wil niet", ""),
        ("geboren op 1-5-2023", "1-5-2023"),
        ("op 11-5-2023 kwam ze", ""),
    ],
)
def test_a_name_in_a_text_is_found_as_a_whole_word(text: str, found: str) -> None:
    assert names_in(text, ["Mila", "Jong", "Wil", "1-5-2023"]) == found
