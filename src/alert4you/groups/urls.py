from django.urls import path

from alert4you.groups.views import card, change, day, people, planning, plus

app_name = "groups"
urlpatterns = [
    path("groups/<uuid:group_id>/day/", day.day, name="day"),
    path("groups/<uuid:group_id>/hours/", day.hours, name="hours"),
    path("groups/<uuid:group_id>/presence/", day.presence, name="presence"),
    path("groups/<uuid:group_id>/change/", change.change, name="change"),
    path("groups/<uuid:group_id>/change/<uuid:move_id>/", change.back, name="move_back"),
    path("groups/<uuid:group_id>/people/", people.own, name="own_people"),
    path("groups/<uuid:group_id>/people/<uuid:placement_id>/", people.choose, name="own_person"),
    path("groups/<uuid:group_id>/waiting/", day.waiting, name="waiting"),
    path("children/<uuid:child_id>/waiting/", day.wait, name="wait"),
    path("groups/<uuid:group_id>/room/", planning.room, name="room"),
    path("groups/<uuid:group_id>/duo/", planning.duo, name="duo"),
    path("children/<uuid:child_id>/landing/", planning.landing, name="landing"),
    path("rota/", day.rota, name="rota"),
    path("rota/team/", planning.team, name="team"),
    path("rota/colleague/", planning.member, name="member"),
    path("rota/hours/", planning.shift, name="shift"),
    path("groups/<uuid:plus_group_id>/plus/", plus.plus, name="plus"),
    path("groups/<uuid:plus_group_id>/plus/agreement/", plus.agree, name="plus_agreement"),
    path("children/<uuid:child_id>/plus/", plus.of_child, name="plus_child"),
    path("children/<uuid:child_id>/plus/new/", plus.place, name="plus_place"),
    path("plus/<uuid:plus_id>/way-back/", plus.way_back, name="way_back"),
    path("plus/<uuid:plus_id>/decide/", plus.decide, name="decide_way_back"),
    path("plus/", plus.passed_on, name="passed_on"),
    path("workers/", card.cards, name="cards"),
    path("workers/others/", card.others, name="card_others"),
    path("workers/<uuid:membership_id>/", card.card, name="card"),
    path("workers/<uuid:membership_id>/<slug:fact_kind>/", card.fact, name="card_fact"),
]
