from django.urls import path

from alert4you.offline.views import app, protocol, waiting

app_name = "offline"
urlpatterns = [
    path("manifest.webmanifest", app.manifest, name="manifest"),
    path("worker.js", app.worker, name="worker"),
    path("offline/", app.page, name="page"),
    path("offline/key/", protocol.key, name="key"),
    path("offline/pack/", protocol.pack, name="pack"),
    path("offline/items/", protocol.items, name="items"),
    path("offline/safe/", protocol.safe, name="safe"),
    path("offline/waiting/", waiting.waiting, name="waiting"),
    path("offline/waiting/<uuid:kept_id>/", waiting.decide, name="decide"),
    path("offline/devices/", waiting.devices, name="devices"),
]
