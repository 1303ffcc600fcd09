from django.urls import path

from alert4you.operations import views

app_name = "operations"
urlpatterns = [
    path("work/", views.work, name="work"),
    path("work/messages/<int:number>/again/", views.send_again, name="send_again"),
    path("work/messages/<int:number>/give-up/", views.give_up, name="give_up"),
    path("work/<str:job>/again/", views.try_again, name="try_again"),
]
