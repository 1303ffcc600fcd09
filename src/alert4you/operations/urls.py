from django.urls import path

from alert4you.operations import views

app_name = "operations"
urlpatterns = [
    path("jobs/", views.work, name="work"),
    path("jobs/messages/<int:number>/again/", views.send_again, name="send_again"),
    path("jobs/messages/<int:number>/give-up/", views.give_up, name="give_up"),
    path("jobs/<str:job>/again/", views.try_again, name="try_again"),
]
