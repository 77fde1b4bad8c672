"""Deeds on a person's own account."""

from django.db import transaction

from accounts.models import User
from bpv.core import audit


@transaction.atomic
def update_profile(user: User, *, phone: str, reachability: str, by: User) -> None:
    """How and when a bpv-docent can be reached by student and leerbedrijf (S4.2-c)."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if (user.phone, user.reachability) == (phone, reachability):
        return
    user.phone, user.reachability = phone, reachability
    user.save(update_fields=["phone", "reachability"])
    audit.record("profile_changed", subject=user, by=by)


@transaction.atomic
def guest(*, email: str, first_name: str, prefix: str = "", last_name: str) -> User:
    """The account of a student or praktijkopleider, made when missing: no password, in by one-time link only."""
    email = email.strip().lower()
    found = User.objects.filter(email=email).first()
    names = {"first_name": first_name, "prefix": prefix, "last_name": last_name}
    return found or User.objects.create_user(email, **names)
