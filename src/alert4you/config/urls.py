"""Every context brings its own pages; what is not installed has none."""

from importlib.util import find_spec

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    *(
        path("", include(f"alert4you.{context}.urls"))
        for context in settings.CONTEXTS
        if find_spec(f"alert4you.{context}.urls")
    ),
]
