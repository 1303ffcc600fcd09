from django.urls import path

from alert4you.funding.views import changing, money, numbers

app_name = "funding"
of = "trajectories/<uuid:trajectory_id>/money/"
one = "money/<uuid:line_id>/"
urlpatterns = [
    path(of, money.money, name="money"),
    path(f"{of}ways/", money.ways, name="ways"),
    path(f"{of}write/<slug:stream>/", money.write, name="write"),
    path(one, money.line, name="line"),
    path(f"{one}decide/", changing.decide, name="decide"),
    path(f"{one}pause/", changing.pause, name="pause"),
    path(f"{one}resume/", changing.resume, name="resume"),
    path(f"{one}put-off/", changing.put_off, name="put_off"),
    path(f"{one}end/", changing.end, name="end"),
    path(f"{one}hours/", changing.book, name="book"),
    path(f"{one}take-off/", changing.take_off, name="take_off"),
    path("hours/", numbers.hours, name="hours"),
    path("money/", numbers.report, name="report"),
    path("money/table.csv", numbers.table, name="table"),
    path("money/agreements/", numbers.agreements, name="agreements"),
    path("money/agreements/new/", numbers.agree, name="agree"),
    path("money/agreements/<uuid:agreement_id>/stop/", numbers.stop, name="stop_agreement"),
]
