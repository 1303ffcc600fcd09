from django.urls import path

from alert4you.safety import views

app_name = "safety"
urlpatterns = [
    path("safety/", views.concerns, name="concerns"),
    path("safety/tasks/", views.posts, name="posts"),
    path("safety/tasks/<uuid:post_id>/end/", views.end_post, name="end_post"),
    path("safety/start/<uuid:about_id>/", views.start, name="start"),
    path("safety/<uuid:concern_id>/", views.concern, name="concern"),
    path("safety/<uuid:concern_id>/who/", views.name, name="name"),
    path("safety/<uuid:concern_id>/who/<uuid:member_id>/", views.end_member, name="end_member"),
    path("safety/<uuid:concern_id>/written/<uuid:act_id>/", views.correct, name="correct"),
    path("safety/<uuid:concern_id>/<slug:step>/", views.record, name="record"),
]
