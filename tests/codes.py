"""Codes of a second factor in tests. They hold with the fixture `one_moment`: then none turns while its test runs."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOW = int(time.time())


def code(step: int = 0, secret: str = SECRET) -> str:
    """The six digits for a secret, `step` times 30 seconds after the one moment."""
    return format_hotp_value(hotp_value(secret, NOW // 30 + step))
