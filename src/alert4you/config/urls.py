"""Every context brings its own pages; what is not installed has none."""

from importlib.util import find_spec

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import RedirectView

# Nobody sets up another person's proof, and the administrator comes in by the same door as everybody.
admin.site.unregister([Authenticator, EmailAddress])
admin.site.login = login_not_required(  # type: ignore[method-assign,assignment]
    RedirectView.as_view(pattern_name="web:login", query_string=True)
)

handler500 = "alert4you.web.middleware.failed"
urlpatterns = [
    path("admin/", admin.site.urls),
    *(
        path("", include(f"alert4you.{context}.urls"))
        for context in reversed(settings.CONTEXTS)  # what is asked most stands last
        if find_spec(f"alert4you.{context}.urls")
    ),
]
