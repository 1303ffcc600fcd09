from django.urls import path

from alert4you.referrals.views import after, hours, needs, ways

app_name = "referrals"
one = "referrals/<uuid:referral_id>/"
child = "children/<uuid:child_id>/"
urlpatterns = [
    path("referrals/", ways.overview, name="referrals"),
    path(f"{child}refer/", ways.start, name="start"),
    path(one, ways.referral, name="referral"),
    path(f"{one}ask/", ways.ask, name="ask"),
    path(f"{one}answer/", ways.answer, name="answer"),
    path(f"{one}meanwhile/", ways.meanwhile, name="meanwhile"),
    path(f"{one}lead/", ways.lead, name="lead"),
    path(f"{one}revoke/", ways.revoke, name="revoke"),
    path(f"{one}close/", ways.close, name="close"),
    path(f"{one}support/", hours.support, name="support"),
    path(f"{child}guidance/", hours.guidance, name="guidance"),
    path(f"{child}missing/", needs.register, name="register_need"),
    path("missing/<uuid:need_id>/", needs.need, name="need"),
    path("numbers/", hours.numbers, name="numbers"),
    path("teams/<slug:practice>/", hours.team, name="team"),
    path("trajectories/<uuid:trajectory_id>/question/", after.ask, name="after"),
]
