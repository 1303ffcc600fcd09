"""Where a parent or guardian can be reached."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alert4you.ui.forms import Form, PointField


class ContactForm(Form):
    phone = forms.CharField(label=_("Telephone number"), max_length=40, required=False)
    address = forms.CharField(
        label=_("Address"),
        help_text=_("The other parent and people from outside never see this."),
        max_length=200,
        required=False,
    )
    point = PointField(label=_("Place on the map"), required=False)
