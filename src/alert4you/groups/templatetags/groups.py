"""Words for times on the pages of groups."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def hours(minutes: int) -> str:
    """90 as "1:30 hours"."""
    whole, rest = divmod(minutes, 60)
    return _("%(time)s hours") % {"time": f"{whole}:{rest:02d}" if rest else whole}
