"""What a password must be, said in Dutch (Django's own translation of this sentence is behind)."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    def get_error_message(self) -> str:
        """The sentence at the field."""
        return _("Dit wachtwoord is te kort. Neem minstens %(length)s tekens.") % {"length": self.min_length}
