from datetime import date

import pytest
from django.template import TemplateSyntaxError
from django.utils.translation import override

from alert4you.ui.templatetags import ui


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Sanne de Wit", "SW"),
        ("Mieke van den Berg", "MB"),
        ("Abel", "A"),
        ("anna", "A"),
        ("Jan-Willem Bos", "JB"),
        ("Noor Yılmaz", "NY"),
        ("", "?"),
    ],
)
def test_initials(name, letters):
    assert f">{letters}</span>" in ui.initials(name)


def test_the_same_name_has_the_same_colour():
    assert ui.initials("Sanne de Wit") == ui.initials("Sanne de Wit")


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (0, ""),
        (None, ""),
        (3, '<span class="a4-count">3</span>'),
        (250, '<span class="a4-count">99+</span>'),
    ],
)
def test_a_count_of_nothing_is_not_shown(number, shown):
    assert ui.count(number) == shown


def test_names_are_escaped():
    assert "<script>" not in ui.badge("<script>", "good") + ui.count(1, "<script>") + ui.icon(
        "note", "<script>"
    )


@pytest.mark.parametrize("wrong", [lambda: ui.icon("nothing"), lambda: ui.badge("x", "loud")])
def test_a_name_that_does_not_exist_says_which_do(wrong):
    with pytest.raises(TemplateSyntaxError, match="there are: "):
        wrong()


def test_an_icon_beside_words_is_not_spoken_and_a_lone_one_is():
    assert 'aria-hidden="true"' in ui.icon("note")
    assert 'role="img" aria-label="Alleen wij"' in ui.icon("lock", "Alleen wij")


@pytest.mark.parametrize(
    "path", sorted((ui.DRAWINGS / "pictures").glob("*.svg")), ids=lambda path: path.stem
)
def test_pictures_fit_the_strict_browser_rules(path):
    text = path.read_text()
    assert "style=" not in text
    assert " id=" not in text
    assert 'aria-hidden="true"' in ui.picture(path.stem)
    assert 'role="img" aria-label="Een beeld"' in ui.picture(path.stem, "Een beeld")


def test_after_until_comes_a_day():
    """ "Tot over 7 dagen" is no day."""
    with override("nl"):
        assert ui.written_day(date(2026, 11, 30), date(2026, 11, 23)) == "maandag 30 november"
        assert ui.written_day(date(2027, 1, 4), date(2026, 11, 23)) == "maandag 4 januari 2027"
        assert ui.written_day(None, date(2026, 11, 23)) == ""
