"""Input for the bijlage of an opleiding."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.annexes import PARTS
from agreements.models import Annex
from bpv.core.bsn import refuse_bsn

ROWS = 7
HELP = {
    "guide": _("Zoals: Bpv-gids 2026-2027, versie 1."),
    "content": _("Welk werk, welke werkprocessen, in welke vorm?"),
    "guidance": _("Wie begeleidt, hoe, en hoe vaak?"),
    "learning": _("Hoe komen de leerdoelen van een student tot stand?"),
    "assessment": _("Wie beoordeelt wat, wanneer en hoe?"),
}


class AnnexForm(forms.ModelForm):
    """Four parts and the bpv-gids they come from."""

    class Meta:
        model = Annex
        fields = PARTS
        help_texts = HELP
        widgets = {part: forms.Textarea(attrs={"rows": ROWS}) for part in PARTS if part != "guide"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in PARTS:
            self.fields[part].validators.append(refuse_bsn)
