from django.urls import path

from alert4you.imports import views

app_name = "imports"
urlpatterns = [
    path("imports/", views.files, name="files"),
    path("imports/new/<slug:contents>/", views.bring, name="bring"),
    path("imports/example/<slug:contents>/", views.example, name="example"),
    path("imports/<uuid:file_id>/", views.file, name="file"),
    path("imports/<uuid:file_id>/columns/", views.columns, name="columns"),
    path("imports/<uuid:file_id>/go-on/", views.go_on, name="go_on"),
    path("imports/<uuid:file_id>/approve/", views.approve, name="approve"),
    path("imports/<uuid:file_id>/rows/<int:number>/", views.answer, name="answer"),
    path("imports/<uuid:file_id>/left/", views.left, name="left"),
    path("imports/<uuid:file_id>/forget/", views.forget, name="forget"),
]
