"""Addresses of finding a place."""

from django.urls import path

from alert4you.planning import views

app_name = "planning"
urlpatterns = [
    path("children/<uuid:child_id>/room/", views.room, name="room"),
    path("children/<uuid:child_id>/room/<uuid:group_id>/hold/", views.keep, name="keep"),
    path("children/<uuid:child_id>/room/<uuid:hold_id>/let-go/", views.let_go, name="let_go"),
    path("groups/<uuid:group_id>/offers/", views.offers, name="offers"),
]
