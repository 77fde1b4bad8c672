"""SMTP that can say how far it came: whether a failing mail may have arrived depends on whether its text was given."""

import smtplib
from typing import Any

from django.core.mail.backends import smtp


class _Telling:
    """Mixed into smtplib's classes; `text_given` is about the last mail tried on this connection."""

    text_given = False

    def mail(self, *args: Any, **kwargs: Any) -> Any:
        self.text_given = False
        return super().mail(*args, **kwargs)  # type: ignore[misc]

    def data(self, msg: Any) -> Any:
        self.text_given = True
        return super().data(msg)  # type: ignore[misc]


class Telling(_Telling, smtplib.SMTP):
    pass


class TellingSSL(_Telling, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """smtplib's class for the chosen kind of TLS, but telling."""
        return TellingSSL if self.use_ssl else Telling

    def may_have_arrived(self) -> bool:
        """After a lost connection: true when the server already had (part of) the text."""
        return bool(getattr(self.connection, "text_given", False))
