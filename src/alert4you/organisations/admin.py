"""For whoever runs the installation: organisations, people and hats. Nothing about a child (R10)."""

from typing import Any

import django.contrib.auth.admin  # noqa: F401 - registers the group that is taken out below
from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group as PermissionGroup
from django.db.models import QuerySet
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from alert4you.organisations.models import (
    Group,
    Issuer,
    Location,
    Membership,
    Organisation,
    Person,
    Role,
    Roster,
)

admin.site.unregister(PermissionGroup)
admin.site.site_header = admin.site.site_title = "Alert4you"
admin.site.index_title = _("Organisations and people")


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    list_display = ("name", "kind")
    list_filter = ("kind",)
    search_fields = ("name",)


@admin.register(Location)
class LocationAdmin(admin.ModelAdmin):
    list_display = ("name", "organisation", "setting", "city")
    list_filter = ("setting",)
    list_select_related = ("organisation",)
    search_fields = ("name", "lrk_id")
    autocomplete_fields = ("organisation",)


@admin.register(Group)
class GroupAdmin(admin.ModelAdmin):
    list_display = ("name", "location", "places")
    list_select_related = ("location",)
    search_fields = ("name",)
    autocomplete_fields = ("location",)


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin):
    list_display = ("name", "email", "is_active", "is_staff")
    search_fields = ("name", "email")
    fields = ("name", "email", "is_active", "is_staff")
    actions = ("sign_out",)

    @admin.action(description=_("Sign out everywhere"), permissions=["change"])
    def sign_out(self, request: Any, people: QuerySet[Person]) -> None:
        """Ends all sessions of these people; their accounts stay open."""
        for person in people:
            self.log_change(request, person, "signed out everywhere")
            person.sessions.all().delete()


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    list_display = ("person", "role", "organisation", "starts", "ends")
    list_filter = ("role",)
    list_select_related = ("person", "organisation")
    search_fields = ("person__name", "organisation__name")
    autocomplete_fields = ("person", "organisation", "location")

    def formfield_for_choice_field(self, db_field: Any, request: Any, **more: Any) -> Any:
        """A parent wears no hat of an organisation."""
        if db_field.name == "role":
            more["choices"] = [each for each in Role.choices if each[0] != Role.PARENT]
        return super().formfield_for_choice_field(db_field, request, **more)


class RosterForm(forms.ModelForm):
    """The day of the week by its name."""

    weekday = forms.TypedChoiceField(label=_("weekday"), coerce=int, choices=[*WEEKDAYS.items()])

    class Meta:
        model = Roster
        fields = ("membership", "group", "weekday", "starts", "ends")


@admin.register(Roster)
class RosterAdmin(admin.ModelAdmin):
    form = RosterForm
    list_display = ("membership", "group", "day", "starts", "ends")
    list_select_related = ("membership__person", "membership__organisation", "group")
    autocomplete_fields = ("membership", "group")

    @admin.display(description=_("weekday"), ordering="weekday")
    def day(self, roster: Roster) -> Any:
        return WEEKDAYS[roster.weekday]


class IssuerForm(forms.ModelForm):
    """The client secret can be set, and is never shown again."""

    new_secret = forms.CharField(
        label=_("client secret (empty: as it was)"),
        required=False,
        strip=True,
        widget=forms.PasswordInput,
    )

    class Meta:
        model = Issuer
        fields = ("organisation", "url", "client_id", "asks_second_factor", "is_open")

    def save(self, commit: bool = True) -> Issuer:
        if self.cleaned_data["new_secret"]:
            self.instance.secret = self.cleaned_data["new_secret"]
        return super().save(commit)


@admin.register(Issuer)
class IssuerAdmin(admin.ModelAdmin):
    form = IssuerForm
    list_display = ("organisation", "url", "asks_second_factor", "is_open")
    list_select_related = ("organisation",)
    autocomplete_fields = ("organisation",)
