"""allauth for staff: nobody signs up; its mails go through the outbox; its secrets are stored encrypted."""

import base64
import hashlib
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest

from accounts import languages
from accounts.models import User
from bpv.core import audit, clock, mail


class StaffOnlyAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: people are known to the school before they log in."""
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: str) -> str:
        """Wrong passwords count per person and network address: nobody can lock a colleague out from elsewhere (T9)."""
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{self.get_client_ip(request)}"

    def login(self, request: HttpRequest, user: User) -> None:
        """Every sign-in leaves a trace."""
        super().login(request, user)
        audit.record("signed_in", subject=user, by=user)

    def set_password(self, user: User, password: str) -> None:
        """Changed or reset: other sessions end by themselves, and it is written down."""
        super().set_password(user, password)
        audit.record("password_changed", subject=user, by=user)

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """By the outbox, and only to staff: a guest comes in by link and code, which a password would pass by."""
        if user.roles.is_staff or user.staff_number:
            key = f"{user.pk}:{clock.now().isoformat()}"
            mail.queue(
                "password_reset",
                to=user.email,
                key=key,
                one_time=True,
                language=languages.of(user),
                name=user.full_name,
                link=settings.SITE_URL + urlsplit(context["password_reset_url"]).path,
            )


class MfaAdapter(DefaultMFAAdapter):
    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Staff cannot switch the second factor off where the school requires it."""
        return not (settings.REQUIRE_MFA and authenticator.user.roles.is_staff)

    def encrypt(self, text: str) -> str:
        """A copy of the database alone does not give the codes."""
        return cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return cipher().decrypt(encrypted_text.encode()).decode()


def cipher() -> Fernet:
    """Key of its own, made from SECRET_KEY: another SECRET_KEY means setting up the second factor again."""
    key = hashlib.sha256(b"accounts.mfa:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
