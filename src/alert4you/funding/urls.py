from django.urls import path

from alert4you.funding.views import applications, changing, money, numbers, places, questions

app_name = "funding"
of = "trajectories/<uuid:trajectory_id>/money/"
one = "money/<uuid:money_id>/"
on = "groups/<uuid:group_id>/money/"
folder = "applications/<uuid:application_id>/"
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
    path(on, places.group, name="group"),
    path(f"{on}payer/", places.payer, name="payer"),
    path(f"{on}<uuid:placement_id>/", places.place, name="place"),
    path("hours/", numbers.hours, name="hours"),
    path("money/", numbers.report, name="report"),
    path("money/table.csv", numbers.table, name="table"),
    path("money/agreements/", numbers.agreements, name="agreements"),
    path("money/agreements/new/", numbers.agree, name="agree"),
    path("money/agreements/<uuid:agreement_id>/stop/", numbers.stop, name="stop_agreement"),
    path(f"{of}apply/<slug:stream>/", applications.apply, name="apply"),
    path(folder, applications.folder, name="folder"),
    path(f"{folder}answer/<slug:key>/", applications.answer, name="answer"),
    path(f"{folder}approve/", applications.approve, name="approve"),
    path(f"{folder}told/", applications.told, name="told"),
    path(f"{folder}send/", applications.send, name="send"),
    path(f"{folder}stop/", applications.stop, name="stop"),
    path(f"{folder}paper.pdf", applications.paper, name="paper"),
    path("money/questions/", questions.asked, name="asked"),
    path("money/questions/write/", questions.write, name="write_questions"),
]
