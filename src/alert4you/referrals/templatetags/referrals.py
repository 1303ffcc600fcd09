"""Minutes and waiting time as people say them."""

from datetime import date

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alert4you.referrals.queries.ways import in_hours

register = template.Library()
register.filter("in_hours", in_hours)


@register.filter
def waited(since: date, today: date) -> str:
    """ "sinds vandaag", "5 dagen", "7 weken": weeks from the second one on."""
    days = (today - since).days
    if not days:
        return _("since today")
    if days < 14:
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    return ngettext("%(n)d week", "%(n)d weeks", days // 7) % {"n": days // 7}
