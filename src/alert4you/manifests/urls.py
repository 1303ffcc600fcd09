from django.urls import path

from alert4you.manifests import views

app_name = "manifests"
urlpatterns = [
    path("handed/", views.manifests, name="manifests"),
    path("handed/<uuid:manifest_id>/", views.manifest, name="manifest"),
]
