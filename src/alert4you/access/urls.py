from django.urls import path

from alert4you.access.views import (
    consent,
    line,
    marks,
    openings,
    review,
    team,
    trail,
    why,
)

app_name = "access"
urlpatterns = [
    path("sharing/", consent.sharing, name="sharing"),
    path("sharing/<uuid:request_id>/", consent.agreement, name="agreement"),
    path("sharing/<uuid:request_id>/withdraw/", consent.withdraw, name="withdraw"),
    path("sharing/<uuid:request_id>/record/", consent.record, name="record"),
    path("children/<uuid:child_id>/sharing/ask/", consent.ask, name="ask"),
    path("children/<uuid:child_id>/team/", team.team, name="team"),
    path("looked/", trail.looked, name="looked"),
    path("looked/<int:record>/question/", trail.look_question, name="look_question"),
    path("openings/", openings.openings, name="openings"),
    path("openings/find/", openings.find_file, name="find_file"),
    path("openings/open/<str:ticket>/", openings.open_file, name="open_file"),
    path("openings/<uuid:opening_id>/close/", openings.close_opening, name="close_opening"),
    path("openings/<uuid:opening_id>/parents/", openings.tell_parents, name="tell_parents"),
    path("children/<uuid:child_id>/support/", openings.support, name="support"),
    path("review/", review.review, name="review"),
    path("review/weeks/<uuid:review_id>/", review.review_week, name="review_week"),
    path("review/<uuid:line_id>/", review.review_line, name="review_line"),
    path("review/questions/", review.look_questions, name="look_questions"),
    path("review/questions/<uuid:asked_id>/", review.answer_look, name="answer_look"),
    path("marks/", marks.marks_here, name="marks_here"),
    path("marks/<uuid:mark_id>/end/", marks.end_mark, name="end_mark"),
    path("children/<uuid:child_id>/marks/", marks.marks, name="marks"),
    path("children/<uuid:child_id>/marks/forbid/", marks.forbid, name="forbid"),
    path("children/<uuid:child_id>/marks/protect/", marks.protect, name="protect"),
    path("entries/<uuid:entry_id>/hold/", line.hold, name="hold"),
    path("entries/<uuid:entry_id>/why/", why.why, name="why"),
    path("who-may-see/", why.who_may_see, name="who_may_see"),
]
