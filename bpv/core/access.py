"""Deny by default. Objects come through `visible_to(user)` (foreign = 404); what is visible but not allowed is 403."""

from django.core.exceptions import PermissionDenied


def require(allowed: bool) -> None:
    """Raise PermissionDenied (403) unless allowed."""
    if not allowed:
        raise PermissionDenied
