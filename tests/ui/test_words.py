"""A text of a template is what Django's own tag makes of it."""

import pytest
from django.template import Context, Engine, engines
from django.utils.translation import override

WRITTEN = (
    "{% translate 'Today' %}",
    '{% trans "The child\'s line" %}',
    "{% translate 'Lock' context 'screen' %}",
    "{% translate 'Lock' context 'screen' as lock %}<{{ lock }}>",
    "{% translate '100% of <it> & %s' %}",
    "{% translate '100% of <it>' as all %}{{ all }}",
    "{% translate 'Today' noop %}",
    "{% translate told %}",
    "{% translate 'Today'|upper %}",
    "{% translate 'Lock' context about %}",
)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("written", WRITTEN)
def test_as_django_says_it(written: str, language: str) -> None:
    djangos = Engine(libraries={"i18n": "django.templatetags.i18n"}).from_string(
        "{% load i18n %}" + written
    )
    ours = engines["django"].from_string("{% load i18n %}" + written).template
    with override(language):
        told = {"told": "Today <b>", "about": "screen"}
        assert ours.render(Context(told)) == djangos.render(Context(told))


def test_in_the_language_of_who_looks() -> None:
    page = engines["django"].from_string("{% load i18n %}{% translate 'Today' %}")
    with override("nl"):
        assert page.render() == "Vandaag"
    with override("en"):
        assert page.render() == "Today"
