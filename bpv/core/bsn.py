"""No burgerservicenummer (BSN) in any free text: a school may not keep it outside its own register."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.nl import bsn

# Nine digits by themselves, or grouped as people write a BSN: 1112.22.333, 111 222 333.
_NINE = re.compile(r"(?<!\d)(?:\d{9}|\d{4}[ .]\d{2}[ .]\d{3}|\d{3}[ .]\d{3}[ .]\d{3})(?!\d)")


def has_bsn(text: str) -> bool:
    """Whether nine digits in the text pass the check of a BSN (elfproef). One in eleven other numbers does so too."""
    return any(bsn.is_valid(found) for found in _NINE.findall(text))


def refuse_bsn(text: str) -> None:
    """Validator of a free text."""
    if has_bsn(text):
        raise ValidationError(_("Hier staat een getal dat een BSN lijkt. Haal het weg: een BSN hoort hier niet."))
