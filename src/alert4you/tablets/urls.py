from django.urls import path

from alert4you.tablets import views

app_name = "tablets"
urlpatterns = [
    path("locations/<uuid:location_id>/tablets/", views.tablets, name="tablets"),
    path("tablets/lock/", views.lock, name="lock"),
    path("tablets/<uuid:tablet_id>/", views.tablet, name="tablet"),
    path("tablets/<uuid:tablet_id>/code/", views.code, name="code"),
    path("tablets/<uuid:tablet_id>/revoke/", views.revoke, name="revoke"),
    path("tablets/unlock/<uuid:wrong_id>/", views.unlock, name="unlock"),
    path("keys/pin/", views.pin, name="pin"),
]
