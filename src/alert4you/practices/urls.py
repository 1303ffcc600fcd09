from django.urls import path

from alert4you.practices.views import library

app_name = "practices"
urlpatterns = [
    path("practices/", library.practices, name="practices"),
    path("practices/<slug:slug>/", library.practice, name="practice"),
]
