"""Input for the vinger aan de pols."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bpv.core.forms import bare_helper
from standards.norms import norms_for


class WatchForm(forms.Form):
    """Why, how often, and what is done (BEG-07, BEG-09)."""

    reason = forms.CharField(label=_("Waarom?"), max_length=300)
    measure = forms.CharField(label=_("Welke maatregel spreek je af?"), max_length=300)
    every_weeks = forms.IntegerField(label=_("Contact om de hoeveel weken?"), min_value=1, max_value=12)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["every_weeks"].initial = norms_for(date.max).watch_weeks
        self.helper = bare_helper()
