"""Deny by default. Objects come through `visible_to(user)` (foreign = 404); what is visible but not allowed is 403."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def require(allowed: bool) -> None:
    """Raise PermissionDenied (403) unless allowed."""
    if not allowed:
        raise PermissionDenied


def signed_in(request: HttpRequest) -> Any:
    """The person who asks: LoginRequiredMiddleware has seen to it that there is one."""
    return request.user
