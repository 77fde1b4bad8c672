"""Fresh authentication (T18): the password, or the code when there is a second factor, given a few minutes ago."""

import time
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import suspend_request
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse


def proof(request: HttpRequest) -> str:
    """How the person was known a moment ago: password, password_mfa; empty when that is longer ago."""
    user: Any = request.user
    strong = is_mfa_enabled(user)
    wanted = "mfa" if strong else "password"
    since = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    given = [record for record in get_authentication_records(request, user) if record["method"] == wanted]
    if not any(record["at"] > since for record in given):
        return ""
    return "password_mfa" if strong else "password"


def ask(request: HttpRequest) -> HttpResponse:
    """To the page that asks it again. What was sent is held meanwhile, and goes on by itself afterwards.

    Only for an address without a query, otherwise the reader comes back to the page and sends it once more.
    """
    name = "mfa_reauthenticate" if is_mfa_enabled(request.user) else "account_reauthenticate"
    return suspend_request(request, reverse(name))
