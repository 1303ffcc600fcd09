"""The personas for the switch on every page."""

from django import template

from alert4you.demo.personas import Persona, quick

register = template.Library()


@register.simple_tag
def personas() -> list[Persona]:
    return quick()
