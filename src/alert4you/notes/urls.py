from django.urls import path

from alert4you.notes.views import (
    complaints,
    drafts,
    helps,
    incidents,
    notebook,
    own_words,
    parents,
    telling,
    writing,
)

app_name = "notes"
urlpatterns = [
    path("children/<uuid:child_id>/note/", writing.write, name="write"),
    path("children/<uuid:child_id>/words/", writing.words, name="words"),
    path("children/<uuid:child_id>/words/look/", telling.look, name="look_told"),
    path("children/<uuid:child_id>/notebook/", notebook.notebook, name="notebook"),
    path("written/<uuid:entry_id>/", writing.look_again, name="look_again"),
    path("told/<uuid:told_id>/", telling.told, name="told"),
    path("children/<uuid:child_id>/helps/", helps.helps, name="helps"),
    path("children/<uuid:child_id>/helps/new/", helps.new_card, name="new_card"),
    path("children/<uuid:child_id>/may/<uuid:activity_id>/", helps.permit, name="permit"),
    path("children/<uuid:child_id>/incident/", incidents.report, name="report"),
    path("children/<uuid:child_id>/around/", parents.around, name="around"),
    path("children/<uuid:child_id>/around/helper/", parents.involve, name="involve"),
    path("children/<uuid:child_id>/around/ask/", parents.ask_through, name="ask_through"),
    path(
        "children/<uuid:child_id>/around/<uuid:organisation_id>/",
        parents.ask_again,
        name="ask_again",
    ),
    path("cards/<uuid:card_id>/", helps.change_card, name="change_card"),
    path("cards/<uuid:card_id>/end/", helps.end_card, name="end_card"),
    path("incidents/<uuid:incident_id>/", incidents.incident, name="incident"),
    path("incidents/<uuid:incident_id>/close/", incidents.close, name="close_incident"),
    path("asked/<uuid:carried_id>/", parents.carried, name="carried"),
    path("groups/<uuid:group_id>/notes/", writing.group, name="group"),
    path("groups/<uuid:group_id>/activities/", helps.activities, name="activities"),
    path("locations/<uuid:location_id>/said/", complaints.complaints, name="complaints"),
    path("drafts/", drafts.draft, name="draft"),
    path("noting/", own_words.aid, name="aid"),
    path("noting/tags/", own_words.choose_tags, name="tags"),
    path("words-to-parents/", complaints.vision, name="vision"),
]
