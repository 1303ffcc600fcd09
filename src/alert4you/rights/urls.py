from django.urls import path

from alert4you.rights.views import asking, copies, handling

app_name = "rights"
one = "rights/<uuid:rights_id>/"
work = "rights/waiting/<uuid:work_id>/"
child = "children/<uuid:child_id>/"
urlpatterns = [
    path("rights/", asking.rights, name="rights"),
    path(one, asking.asked, name="asked"),
    path(f"{child}rights/ask/<slug:right>/", asking.ask, name="ask"),
    path("entries/<uuid:entry_id>/right/", asking.not_right, name="not_right"),
    path(f"{one}copy/<slug:form>/", copies.copy, name="copy"),
    path("rights/waiting/", handling.work, name="work"),
    path(work, handling.handle, name="handle"),
    path(f"{work}take/", handling.take, name="take"),
    path(f"{work}extend/", handling.extend, name="extend"),
    path(f"{work}yes/", handling.grant, name="grant"),
    path(f"{work}lift/", handling.lift, name="lift"),
    path(f"{work}no/", handling.refuse, name="refuse"),
    path(f"{child}rights/record/", handling.record, name="record"),
]
