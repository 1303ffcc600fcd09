from django.urls import path

from alert4you.trajectories.views import caseload, deciding, plan, starting, trajectory

app_name = "trajectories"
one = "trajectories/<uuid:trajectory_id>/"
urlpatterns = [
    path("trajectories/", caseload.caseload, name="caseload"),
    path("trajectories/start/", starting.start, name="start"),
    path(one, trajectory.trajectory, name="trajectory"),
    path(f"{one}activity/<slug:activity>/", trajectory.activity, name="activity"),
    path(f"{one}lead/", trajectory.lead, name="lead"),
    path(f"{one}plan/", plan.plan, name="plan"),
    path(f"{one}plan/write/", plan.write, name="write_plan"),
    path(f"{one}plan.pdf", plan.plan_pdf, name="plan_pdf"),
    path(f"{one}goal/", plan.goal, name="goal"),
    path(f"{one}speak/", plan.speak, name="speak"),
    path(f"{one}decide/", deciding.decide, name="decide"),
]
