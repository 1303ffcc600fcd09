from django.conf.urls.i18n import urlpatterns as i18n
from django.urls import path

from alert4you.web.views import door, line, today

app_name = "web"
urlpatterns = [
    path("", today.today, name="today"),
    path("children/", line.children, name="children"),
    path("children/<uuid:child_id>/", line.line, name="line"),
    path("login/", door.sign_in, name="login"),
    path("logout/", door.sign_out, name="logout"),
    path("hats/", door.choose_hat, name="hats"),
    *i18n,
]
