from django.urls import path

from alert4you.demo import views

app_name = "demo"
urlpatterns = [
    path("demo/", views.welcome, name="welcome"),
    path("demo/become/", views.become, name="become"),
    path("demo/tablet/", views.tablet, name="tablet"),
]
