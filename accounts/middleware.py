"""Session limits (T10) and the second factor for staff (T11)."""

from collections.abc import Callable
from datetime import datetime

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from bpv.core import clock

Handler = Callable[[HttpRequest], HttpResponse]


class SessionLimits:
    """Ends a session after 12 hours, or when unused: 30 minutes for staff, 60 for others."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            if self.over(request):
                logout(request)
                return redirect(settings.LOGIN_URL)
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
    """With REQUIRE_MFA staff see nothing but the pages that set up the second factor until they have one."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.REQUIRE_MFA and request.user.is_authenticated and request.user.roles.is_staff:
            free = request.path.startswith(("/account/", settings.STATIC_URL))
            if not free and not is_mfa_enabled(request.user):
                return redirect(reverse("mfa_activate_totp"))
        return self.get_response(request)
