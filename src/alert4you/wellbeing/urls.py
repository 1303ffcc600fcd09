from django.urls import path

from alert4you.wellbeing.views import choosing, counting, looking, rating

app_name = "wellbeing"
urlpatterns = [
    path("children/<uuid:child_id>/wellbeing/", looking.child, name="child"),
    path("children/<uuid:child_id>/wellbeing/today/", rating.rate, name="rate"),
    path("groups/<uuid:group_id>/wellbeing/", rating.group, name="group"),
    path("wellbeing/notices/<uuid:notice_id>/", looking.notice, name="notice"),
    path("wellbeing/rule/", choosing.rule, name="rule"),
    path("wellbeing/tags/", counting.counting, name="counting"),
]
