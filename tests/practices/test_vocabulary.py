"""The words of the language are those of the contexts below."""

from alert4you.access.models import SHAREABLE, Purpose
from alert4you.organisations.models import Role, Setting
from alert4you.practices.rules import vocabulary
from alert4you.practices.rules.vocabulary import code


def codes(words) -> set[str]:
    return {code(word) for word in words}


def test_hats_are_roles():
    assert codes(vocabulary.HATS) == set(Role.values) - {Role.PRIVACY_OFFICER, Role.SUPPORT}


def test_settings_are_kinds_of_location():
    assert codes(vocabulary.SETTINGS) == set(Setting.values) - {Setting.OFFICE}


def test_purposes_and_categories_are_those_of_consent():
    assert codes(vocabulary.PURPOSES) == set(Purpose.values)
    assert codes(vocabulary.CATEGORIES) == {each.value for each in SHAREABLE}
