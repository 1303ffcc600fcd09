"""Names are found however they are written, on every database."""

import pytest

from alert4you.kernel.spelling import LONGEST, MOST_WORDS, words
from alert4you.organisations.models import Person


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("zoe", "Zoë de Vries"),
        ("ZOË", "Zoe de Vries"),
        ("zoe\u0308", "Zoë de Vries"),
        ("elise", "Élise"),
        ("élise", "ELISE"),
        ("yilmaz", "Ayşe Yılmaz"),
        ("Ibrahim", "İbrahim Çelik"),
        ("celik", "İbrahim Çelik"),
        ("sorensen", "Søren Sørensen"),
        ("lukasz", "Łukasz Woźniak"),
        ("d'arc", "Jeanne d'Arc"),
        ("el-am", "Samir El-Amrani"),
        ("vries zo", "Zoë de Vries"),
    ],
    ids=str,
)
def test_a_name_is_found_however_it_is_written(typed: str, name: str) -> None:
    person = Person.objects.create(name=name)
    Person.objects.create(name="Iemand Anders")
    found = Person.objects.all()
    for word in words(typed):
        found = found.filter(name__iregex=word)
    assert list(found) == [person]


@pytest.mark.django_db
@pytest.mark.parametrize("typed", [".", ".*", "^", "(", "[a-z]", "\\", "a|b", "%", "_", "*", "?"])
def test_nothing_that_is_typed_is_a_pattern(typed: str) -> None:
    Person.objects.create(name="Zoë de Vries")
    (word,) = words(typed)
    assert not Person.objects.filter(name__iregex=word).exists()
    person = Person.objects.create(name=f"Zoë {typed} de Vries")
    assert list(Person.objects.filter(name__iregex=word)) == [person]


@pytest.mark.django_db
def test_of_words_without_end_the_beginning_is_looked_for() -> None:
    assert len(words("zoe " * 1_000)) == MOST_WORDS
    (word,) = words("e" * 50_000)
    assert word == words("e" * LONGEST)[0]
    assert not Person.objects.filter(name__iregex=word).exists()
