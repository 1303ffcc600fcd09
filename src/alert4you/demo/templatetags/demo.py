"""The personas for the switch on every page, and the PINs for the tablet of the group."""

from django import template

from alert4you.demo.personas import Persona, quick
from alert4you.demo.tablet import pins

register = template.Library()


@register.simple_tag
def known_pins() -> list[tuple[Persona, str]]:
    return pins()


@register.simple_tag
def personas() -> list[Persona]:
    return quick()
