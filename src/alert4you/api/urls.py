from django.urls import URLPattern, include, path, re_path

from alert4you.api.views import applications, document, problems, tokens
from alert4you.api.views.guarding import for_applications
from alert4you.api.views.operations import api

app_name = "api"
operations = [
    path(str(each.pattern), for_applications(each.callback), name=each.name)
    for each in api.urls[0]
    if isinstance(each, URLPattern) and each.name != "api-root"
]

urlpatterns = [
    path("systems/", applications.applications, name="applications"),
    path("systems/<uuid:system_id>/", applications.application, name="application"),
    path("systems/<uuid:system_id>/secret/", applications.secret, name="secret"),
    path("systems/<uuid:system_id>/webhook/", applications.webhook, name="webhook"),
    path("systems/<uuid:system_id>/quiet/", applications.quiet, name="quiet"),
    path("systems/<uuid:system_id>/end/", applications.end, name="end"),
    path("api/v1/openapi.json", document.openapi, name="openapi"),
    path("api/token", tokens.token, name="token"),
    path("api/v1/", include(operations)),
    re_path("^api/", for_applications(problems.nothing_there), name="nothing"),
]
