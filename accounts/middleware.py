"""The reader's language, session limits (T10) and the second factor for staff (T11)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from accounts import languages
from bpv.core import clock

Handler = Callable[[HttpRequest], HttpResponse]
# What staff may reach before the second factor is there, and before it was given in this session.
TO_SET_UP = ("account_logout", "account_reauthenticate", "mfa_activate_totp")
TO_GIVE = ("account_logout", "mfa_reauthenticate")

SIGN_IN = ("account_login", "account_reauthenticate", "mfa_activate_totp", "mfa_reauthenticate")


class ReadersLanguage:
    """Every page in the language of its reader, and says so in Content-Language."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(languages.for_request(request)):
            response = self.get_response(request)
            if response.get("Content-Type", "").startswith("text/html"):
                response.headers.setdefault("Content-Language", translation.get_language() or languages.DUTCH)
                patch_vary_headers(response, ["Cookie", *(["Accept-Language"] if languages.guessed(request) else [])])
        return response


class SignInAsPage:
    """A part of a page that has to log in first takes the whole page there, and back: no login form inside a list.

    Answers a redirect to a sign-in page with HX-Redirect when htmx asked.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.headers.get("HX-Request") == "true" and response.status_code == 302:
            path = urlsplit(response["Location"]).path
            if path in {reverse(name) for name in SIGN_IN}:
                page = urlsplit(request.headers.get("HX-Current-URL", "/"))
                back = page.path + (f"?{page.query}" if page.query else "")
                response["HX-Redirect"] = redirect_to_login(back, path)["Location"]
                response.status_code = 200
                del response["Location"]
        return response


class SessionLimits:
    """Ends a session after 12 hours, or when unused: 30 minutes for staff, 60 for others."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            if self.over(request):
                logout(request)
                messages.info(request, _("Je sessie is afgelopen. Log opnieuw in."))
                return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
            self.mark(request)
        return self.get_response(request)

    def over(self, request: HttpRequest) -> bool:
        """Whether either limit has passed."""
        began, seen = request.session.get("began"), request.session.get("seen")
        if not began or not seen:
            return False
        idle = settings.STAFF_IDLE if request.user.roles.is_staff else settings.OTHER_IDLE
        now = clock.now()
        return (
            now - datetime.fromisoformat(began) > settings.SESSION_ABSOLUTE or now - datetime.fromisoformat(seen) > idle
        )

    def mark(self, request: HttpRequest) -> None:
        """Remember the visit, once a minute at most: a session write costs a query."""
        now = clock.now()
        request.session.setdefault("began", now.isoformat())
        seen = request.session.get("seen")
        if not seen or (now - datetime.fromisoformat(seen)).total_seconds() > 60:
            request.session["seen"] = now.isoformat()


class StaffMfa:
    """With REQUIRE_MFA staff see nothing until they have a second factor and gave it in this session.

    It does not matter how the session came about: password, reset, an older session from before the factor was set up.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Runs for every view, after the login was checked."""
        if not (settings.REQUIRE_MFA and request.user.is_authenticated and request.user.roles.is_staff):
            return None
        enabled = is_mfa_enabled(request.user)
        if enabled and given_in_session(request):
            return None
        allowed = TO_GIVE if enabled else TO_SET_UP
        name = request.resolver_match.url_name if request.resolver_match else ""
        return None if name in allowed else redirect_to_login(request.get_full_path(), allowed[-1])


def given_in_session(request: HttpRequest) -> bool:
    """Whether a code was given since this session began."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))
