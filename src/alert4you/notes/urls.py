from django.urls import path

from alert4you.notes import views

app_name = "notes"
urlpatterns = [
    path("children/<uuid:child_id>/note/", views.write, name="write"),
    path("children/<uuid:child_id>/words/", views.words, name="words"),
    path("groups/<uuid:group_id>/notes/", views.group, name="group"),
]
