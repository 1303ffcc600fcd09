from django.urls import path

from alert4you.groups.views import day as views

app_name = "groups"
urlpatterns = [
    path("groups/<uuid:group_id>/day/", views.day, name="day"),
    path("groups/<uuid:group_id>/hours/", views.hours, name="hours"),
    path("groups/<uuid:group_id>/presence/", views.presence, name="presence"),
    path("groups/<uuid:group_id>/waiting/", views.waiting, name="waiting"),
    path("children/<uuid:child_id>/waiting/", views.wait, name="wait"),
    path("rota/", views.rota, name="rota"),
]
