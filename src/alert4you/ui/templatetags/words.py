"""``{% load i18n %}`` of every template: Django's, where a text that is written in the template itself is
looked up and no more. Django's own way makes a lazy text of it first, each time.
"""

from typing import Any

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.templatetags import i18n
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, pgettext

register = template.Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class WordsNode(template.Node):
    """A text of the template; a percent sign is written twice where texts are translated."""

    child_nodelists = ()

    def __init__(self, text: SafeString, about: str, name: str | None) -> None:
        self.text: SafeString = mark_safe(text.replace("%", "%%"))  # noqa: S308
        self.about, self.name = about, name

    def render(self, context: Context) -> str:
        found = pgettext(self.about, self.text) if self.about else gettext(self.text)
        words: SafeString = mark_safe(found.replace("%%", "%"))  # noqa: S308
        if self.name:
            context[self.name] = words
            return ""
        return words


@register.tag("trans")
@register.tag("translate")
def translate(parser: Parser, token: Token) -> Any:
    found: Any = i18n.do_translate(parser, token)
    text = _written(found.filter_expression)
    about = _written(found.message_context) if found.message_context else ""
    if found.noop or text is None or about is None:
        return found
    return WordsNode(text, about, found.asvar)


def _written(expression: Any) -> Any:
    """A text that stands in the template itself; None for what is told to it."""
    told = expression.var if isinstance(expression.var, str) else expression.var.literal
    return told if isinstance(told, SafeString) and not expression.filters else None
