from django.urls import path

from alert4you.retention.views import erasures, terms

app_name = "retention"
urlpatterns = [
    path("retention/", erasures.overview, name="overview"),
    path("retention/<uuid:erasure_id>/", erasures.erasure, name="erasure"),
    path("retention/<uuid:erasure_id>/hold/", erasures.hold, name="hold"),
    path("retention/terms/", terms.terms, name="terms"),
    path("retention/terms/<slug:kind>/", terms.choose, name="choose"),
]
