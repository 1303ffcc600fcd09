"""For who runs the installation: organisations, people and hats. Nothing about a child (R10)."""

import django.contrib.auth.admin  # noqa: F401 - registers the group that is taken out below
from django.contrib import admin
from django.contrib.auth.models import Group as PermissionGroup

from alert4you.organisations.models import Group, Location, Membership, Organisation, Person, Roster

admin.site.unregister(PermissionGroup)


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


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    list_display = ("person", "role", "organisation", "starts", "ends")
    list_filter = ("role",)
    list_select_related = ("person", "organisation")
    search_fields = ("person__name", "organisation__name")
    autocomplete_fields = ("person", "organisation", "location")


@admin.register(Roster)
class RosterAdmin(admin.ModelAdmin):
    list_display = ("membership", "group", "weekday", "starts", "ends")
    list_select_related = ("membership__person", "membership__organisation", "group")
    autocomplete_fields = ("membership", "group")
