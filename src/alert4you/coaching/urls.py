from django.urls import path

from alert4you.coaching.views import contacts, questions, talks, visits

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
    path("talks/<uuid:preparation_id>/", talks.talk, name="talk"),
    path("talks/<uuid:preparation_id>/change/", talks.change, name="change_talk"),
]
