"""Deeds on a person's own account."""

from django.db import transaction

from accounts import languages
from accounts.models import User
from bpv.core import audit


@transaction.atomic
def update_profile(user: User, *, phone: str, reachability: str, language: str, by: User) -> None:
    """How and when a bpv-docent can be reached by student and leerbedrijf (S4.2-c), and the own language."""
    choose_language(user, language, by=by)
    user = User.objects.select_for_update().get(pk=user.pk)
    if (user.phone, user.reachability) == (phone, reachability):
        return
    user.phone, user.reachability = phone, reachability
    user.save(update_fields=["phone", "reachability"])
    audit.record("profile_changed", subject=user, by=by)


@transaction.atomic
def choose_language(user: User, language: str, *, by: User) -> None:
    """The language of this person's pages and mail from now on; one that is not offered to this person is ignored."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if language == user.language or language not in languages.choices(user):
        return
    user.language = language
    user.save(update_fields=["language"])
    audit.record("language_changed", subject=user, by=by)


@transaction.atomic
def guest(*, email: str, first_name: str, prefix: str = "", last_name: str, language: str = languages.DUTCH) -> User:
    """The account of a student or praktijkopleider, made when missing: no password, in by one-time link only."""
    email = email.strip().lower()
    found = User.objects.filter(email=email).first()
    names = {"first_name": first_name, "prefix": prefix, "last_name": last_name}
    return found or User.objects.create_user(email, language=language, **names)
