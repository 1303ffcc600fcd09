from django.urls import path

from alert4you.coaching.views import (
    contacts,
    leaving,
    places,
    questions,
    take_overs,
    talks,
    visits,
)

app_name = "coaching"
urlpatterns = [
    path("questions/", questions.overview, name="questions"),
    path("questions/ask/", questions.ask, name="ask"),
    path("questions/<uuid:question_id>/", questions.question, name="question"),
    path("questions/<uuid:question_id>/pass/", questions.pass_on, name="pass_on"),
    path("questions/<uuid:question_id>/thanks/", questions.thanks, name="thanks"),
    path("children/<uuid:child_id>/coach/", questions.ask_parents, name="ask_parents"),
    path("visits/", visits.overview, name="visits"),
    path("visits/plan/", visits.plan, name="plan_visit"),
    path("visits/<uuid:visit_id>/", visits.visit, name="visit"),
    path("visits/<uuid:visit_id>/cancel/", visits.cancel, name="cancel_visit"),
    path("contacts/<uuid:contact_id>/others/", contacts.complete, name="complete"),
    path("children/<uuid:child_id>/contact/", contacts.log, name="log"),
    path("children/<uuid:child_id>/talk/", talks.prepare, name="prepare_talk"),
    path("talks/growth/", talks.growth, name="growth"),
    path("talks/<uuid:preparation_id>/", talks.talk, name="talk"),
    path("talks/<uuid:preparation_id>/change/", talks.change, name="change_talk"),
    path("coach/", places.here, name="here"),
    path("locations/<uuid:location_id>/coaching/", places.arrange, name="arrange"),
    path("walk-in/", places.walk_in, name="walk_in"),
    path("walk-in/new/", places.open_hour, name="open_hour"),
    path("walk-in/<uuid:hour_id>/", places.hour, name="hour"),
    path("walk-in/<uuid:hour_id>/cancel/", places.cancel_hour, name="cancel_hour"),
    path("walk-in/<uuid:hour_id>/keep/", places.keep, name="keep"),
    path("places/<uuid:placement_id>/why/", leaving.why, name="why_left"),
    path("looking-back/<uuid:debrief_id>/", leaving.debrief, name="debrief"),
    path("taken-over/", take_overs.overview, name="take_overs"),
    path("taken-over/new/", take_overs.take, name="take_over"),
    path("taken-over/<uuid:take_over_id>/", take_overs.give_back, name="give_back"),
    path("locations/<uuid:location_id>/taken-over/", take_overs.agree, name="agree_take_overs"),
]
