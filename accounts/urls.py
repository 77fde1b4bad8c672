"""Which sign-in pages exist: of allauth only those that we offer; signing up and social login are 404."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.http import HttpRequest, HttpResponse
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from accounts import views, views_absence
from bpv.core.access import require


def with_password(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only for who logs in with a password: a guest with a link cannot turn it into another way in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require(request.user.has_usable_password())
        return view(request, *args, **kwargs)

    return guarded


password = [
    path("change/", with_password(account.password_change), name="account_change_password"),
    path("reset/", account.password_reset, name="account_reset_password"),
    path("reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("reset/key/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
]
second_factor = [
    path("", RedirectView.as_view(pattern_name="profile"), name="mfa_index"),
    path("authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("reauthenticate/", with_password(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("totp/activate/", with_password(views.ActivateTotp.as_view()), name="mfa_activate_totp"),
    path("totp/deactivate/", with_password(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("recovery-codes/", with_password(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "recovery-codes/generate/", with_password(recovery.generate_recovery_codes), name="mfa_generate_recovery_codes"
    ),
]
urlpatterns = [
    path("account/login/", account.login, name="account_login"),
    path("account/logout/", account.logout, name="account_logout"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/reauthenticate/", with_password(account.reauthenticate), name="account_reauthenticate"),
    path("account/password/", include(password)),
    path("account/mfa/", include(second_factor)),
    path("account/profiel/", views.profile, name="profile"),
    path("account/afwezig/", views_absence.absences, name="absences"),
    path("account/afwezig/<int:pk>/weghalen/", views_absence.absence_remove, name="absence_remove"),
    path("account/taal/", views.choose_language, name="language"),
    path("link/", views.ask_link, name="ask_link"),
    path("link/verstuurd/", views.link_sent, name="link_sent"),
    path("link/code/", views.enter_code, name="enter_code"),
    path("link/<str:token>/", views.open_link, name="open_link"),
]
