from django.urls import path

from alert4you.meetings.views import calendar, lists, meeting, planning, rhythm, table

app_name = "meetings"
urlpatterns = [
    path("meetings/", lists.meetings, name="meetings"),
    path("meetings/plan/", planning.plan, name="plan"),
    path("meetings/rhythm/", rhythm.rhythm, name="rhythm"),
    path("meetings/signals/", rhythm.all_signals, name="signals"),
    path("meetings/signals/new/", rhythm.signal, name="signal"),
    path("meetings/signals/training/", rhythm.training, name="training"),
    path("meetings/report/", rhythm.report, name="report"),
    path("meetings/calendar/", calendar.calendar, name="calendar"),
    path("calendar/<token>.ics", calendar.feed, name="feed"),
    path("meetings/<uuid:meeting_id>/", meeting.meeting, name="meeting"),
    path("meetings/<uuid:meeting_id>/add/", planning.add, name="add"),
    path("meetings/<uuid:meeting_id>/invite/", meeting.invite, name="invite"),
    path("meetings/<uuid:meeting_id>/chair/", meeting.chair, name="chair"),
    path("meetings/<uuid:meeting_id>/move/", meeting.move, name="move"),
    path("meetings/<uuid:meeting_id>/cancel/", meeting.cancel, name="cancel"),
    path("meetings/<uuid:meeting_id>/answer/", meeting.answer, name="answer"),
    path("meetings/<uuid:meeting_id>/hold/", meeting.hold, name="hold"),
    path("meetings/<uuid:meeting_id>/minutes/", meeting.minutes, name="minutes"),
    path("meetings/<uuid:meeting_id>/minutes.pdf", meeting.minutes_pdf, name="minutes_pdf"),
    path("meetings/items/<uuid:item_id>/", table.item, name="item"),
    path("meetings/items/<uuid:item_id>/words/", table.words, name="words"),
    path("meetings/items/<uuid:item_id>/decide/", table.decide, name="decide"),
    path("meetings/items/<uuid:item_id>/action/", table.act, name="act"),
    path("meetings/items/<uuid:item_id>/report/", table.report, name="report_item"),
    path("meetings/actions/<uuid:action_id>/done/", table.done, name="done"),
]
