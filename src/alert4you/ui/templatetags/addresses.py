"""``{% url %}`` of every template, by `ui.addresses`."""

from typing import Any

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as djangos
from django.urls import NoReverseMatch
from django.utils.html import conditional_escape

from alert4you.ui.addresses import address

register = template.Library()


class AddressNode(URLNode):
    def render(self, context: Context) -> str:
        if self.kwargs:
            return super().render(context)
        about = [each.resolve(context) for each in self.args]
        try:
            found = address(self.view_name.resolve(context), *about)
        except NoReverseMatch:
            return super().render(context)
        if self.asvar:
            context[self.asvar] = found
            return ""
        return conditional_escape(found) if context.autoescape else found


@register.tag
def url(parser: Parser, token: Token) -> AddressNode:
    found: Any = djangos(parser, token)
    return AddressNode(found.view_name, found.args, found.kwargs, found.asvar)
