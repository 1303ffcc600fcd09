from django.urls import path

from alert4you.trajectories.views import (
    beside,
    caseload,
    deciding,
    growth,
    indications,
    moving,
    plan,
    rounds,
    starting,
    taper,
    trajectory,
)

app_name = "trajectories"
one = "trajectories/<uuid:trajectory_id>/"
urlpatterns = [
    path("trajectories/", caseload.caseload, name="caseload"),
    path("rounds/<uuid:location_id>/", rounds.rounds, name="rounds"),
    path("rounds/<uuid:location_id>/new/", rounds.hold, name="hold_round"),
    path("rounds/<uuid:location_id>/turned-away/", rounds.count_turned_away, name="turned_away"),
    path("rounds/<uuid:location_id>/<uuid:round_id>/", rounds.one, name="round"),
    path("trajectories/start/", starting.start, name="start"),
    path(one, trajectory.trajectory, name="trajectory"),
    path(f"{one}activity/<slug:activity>/", trajectory.activity, name="activity"),
    path(f"{one}lead/", trajectory.lead, name="lead"),
    path(f"{one}version/", moving.move, name="move"),
    path(f"{one}plan/", plan.plan, name="plan"),
    path(f"{one}plan/write/", plan.write, name="write_plan"),
    path(f"{one}plan.pdf", plan.plan_pdf, name="plan_pdf"),
    path(f"{one}plan/taper/", taper.taper, name="taper"),
    path(f"{one}goal/", plan.goal, name="goal"),
    path(f"{one}speak/", plan.speak, name="speak"),
    path(f"{one}decide/", deciding.decide, name="decide"),
    path(f"{one}seen/<uuid:seen_id>/", beside.see, name="see"),
    path(f"{one}growth/", growth.growth, name="growth"),
    path(f"{one}growth/gather/", growth.gather, name="growth_gather"),
    path(f"{one}growth/item/<uuid:seen_id>/", growth.item, name="growth_item"),
    path(f"{one}growth/words/", growth.words, name="growth_words"),
    path(f"{one}growth/approve/", growth.approve, name="growth_approve"),
    path(f"{one}growth/refuse/", growth.refuse, name="growth_refuse"),
    path(f"{one}growth/give/", growth.hand, name="growth_hand"),
    path(f"{one}growth.pdf", growth.pdf, name="growth_pdf"),
    path("children/<uuid:child_id>/indications/", indications.indications, name="indications"),
    path("children/<uuid:child_id>/indications/new/", indications.new, name="new_indication"),
    path("indications/<uuid:indication_id>/release/", indications.release, name="release"),
]
