from django.urls import path

from alert4you.web.views import door, groups, line, register, today

app_name = "web"
urlpatterns = [
    path("", today.today, name="today"),
    path("children/", line.children, name="children"),
    path("children/new/", register.child, name="register"),
    path("children/<uuid:child_id>/", line.line, name="line"),
    path("children/<uuid:child_id>/guardian/", register.guardian, name="guardian"),
    path("children/<uuid:child_id>/place/", register.place, name="place"),
    path(
        "children/<uuid:child_id>/place/<uuid:placement_id>/end/",
        register.end_place,
        name="end_place",
    ),
    path("groups/<uuid:group_id>/load/", groups.load, name="group_load"),
    path("login/", door.sign_in, name="login"),
    path("logout/", door.sign_out, name="logout"),
    path("hats/", door.choose_hat, name="hats"),
    path("password/", door.forgot_password, name="forgot_password"),
    path("password/sent/", door.password_mail_sent, name="password_mail_sent"),
    path("password/<uidb64>/<token>/", door.new_password, name="new_password"),
    path("language/", door.choose_language, name="set_language"),
]
