"""The account pages' addresses. Those of allauth that are used are named one by one; others do not exist."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import include, path, re_path

from anlanh.web.accounts.views import entrance, first, integration, keys, own, people

ours = [
    path("invitation/<str:token>/", entrance.invitation, name="invitation"),
    path("first/<str:token>/", first.first, name="first"),
    path("organisation/", entrance.choose, name="choose"),
    path("settings/", own.settings_page, name="settings"),
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/invitations/<uuid:invitation_id>/withdraw/", people.withdraw, name="withdraw"),
    path("people/<uuid:ref>/", people.person, name="person"),
    path("people/<uuid:ref>/roles/", people.roles, name="roles"),
    path("people/<uuid:ref>/supervisor/", people.supervisor, name="supervisor"),
    path("people/<uuid:ref>/leave/", people.leave, name="leave"),
    path("people/<uuid:ref>/erase/", people.erase, name="erase"),
    path("keys/", keys.keys, name="keys"),
    path("keys/<uuid:key_id>/revoke/", keys.revoke, name="revoke"),
    path("integration/", integration.integration, name="integration"),
    path("integration/end/", integration.end, name="end_integration"),
]

urlpatterns = [
    path("login/", entrance.SignInView.as_view(), name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/sent/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/reset/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("second-step/", mfa.index, name="mfa_index"),
    path("second-step/enter/", mfa.authenticate, name="mfa_authenticate"),
    path("second-step/confirm/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("second-step/activate/", totp.activate_totp, name="mfa_activate_totp"),
    path("second-step/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("second-step/codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("second-step/codes/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("second-step/codes/download/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("", include((ours, "accounts"))),
]
