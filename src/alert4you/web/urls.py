from django.urls import path

from alert4you.web.views import groups, line, register, today
from alert4you.web.views.door import codes, invitations, keys, passkeys, proofs, signing, work

app_name = "web"
urlpatterns = [
    path("", today.today, name="today"),
    path("agenda/", today.agenda, name="agenda"),
    path("children/", line.children, name="children"),
    path("children/new/", register.child, name="register"),
    path("children/<uuid:child_id>/", line.line, name="line"),
    path("children/<uuid:child_id>/printed/", line.printed, name="printed"),
    path("children/<uuid:child_id>/guardian/", register.guardian, name="guardian"),
    path("children/<uuid:child_id>/place/", register.place, name="place"),
    path(
        "children/<uuid:child_id>/place/<uuid:placement_id>/end/",
        register.end_place,
        name="end_place",
    ),
    path("groups/<uuid:group_id>/load/", groups.load, name="group_load"),
    path("login/", signing.sign_in, name="login"),
    path("login/code/", codes.code, name="code"),
    path("login/code/type/", codes.type_code, name="type_code"),
    path("login/passkey/", passkeys.passkey, name="passkey"),
    path("login/organisation/", work.work, name="work"),
    path("login/organisation/<uuid:issuer_id>/", work.to_work, name="to_work"),
    path("login/organisation/<uuid:issuer_id>/back/", work.from_work, name="from_work"),
    path("login/more/", proofs.step_up, name="step_up"),
    path("login/second/", proofs.second, name="second"),
    path("login/second/app/", proofs.second_app, name="second_app"),
    path("login/second/passkey/", passkeys.second_passkey, name="second_passkey"),
    path("login/recovery/", proofs.recovery_codes, name="recovery_codes"),
    path("logout/", signing.sign_out, name="logout"),
    path("lock/", signing.lock, name="lock"),
    path("locked/", signing.locked, name="locked"),
    path("keys/", keys.keys, name="keys"),
    path("keys/<int:number>/remove/", keys.remove_key, name="remove_key"),
    path("keys/everywhere/", keys.leave_everywhere, name="leave_everywhere"),
    path("invitations/", invitations.invitations, name="invitations"),
    path("invitations/<uuid:membership_id>/", invitations.invite, name="invite"),
    path("invitations/<uuid:invitation_id>/revoke/", invitations.revoke, name="revoke_invitation"),
    path(
        "children/<uuid:child_id>/guardian/<uuid:guardian_id>/invite/",
        invitations.invite_guardian,
        name="invite_guardian",
    ),
    path("invited/<str:link>/", invitations.invited, name="invited"),
    path("hats/", signing.choose_hat, name="hats"),
    path("password/", signing.forgot_password, name="forgot_password"),
    path("password/sent/", signing.password_mail_sent, name="password_mail_sent"),
    path("password/<uidb64>/<token>/", signing.new_password, name="new_password"),
    path("language/", signing.choose_language, name="set_language"),
]
