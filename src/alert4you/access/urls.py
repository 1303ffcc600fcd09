from django.urls import path

from alert4you.access.views import consent, line, team, trail, why

app_name = "access"
urlpatterns = [
    path("sharing/", consent.sharing, name="sharing"),
    path("sharing/<uuid:request_id>/", consent.agreement, name="agreement"),
    path("sharing/<uuid:request_id>/withdraw/", consent.withdraw, name="withdraw"),
    path("sharing/<uuid:request_id>/record/", consent.record, name="record"),
    path("children/<uuid:child_id>/sharing/ask/", consent.ask, name="ask"),
    path("children/<uuid:child_id>/team/", team.team, name="team"),
    path("looked/", trail.looked, name="looked"),
    path("entries/<uuid:entry_id>/hold/", line.hold, name="hold"),
    path("entries/<uuid:entry_id>/why/", why.why, name="why"),
    path("who-may-see/", why.who_may_see, name="who_may_see"),
]
