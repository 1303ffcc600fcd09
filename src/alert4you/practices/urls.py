from django.urls import path

from alert4you.practices import views

app_name = "practices"
urlpatterns = [
    path("practices/", views.practices, name="practices"),
    path("practices/<slug:slug>/", views.practice, name="practice"),
]
