"""Input for the roster of the achterwacht."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bpv.core.forms import bare_helper
from visits.models import Duty


class DutyForm(forms.ModelForm):
    """Who can be called, and from when until when (Amsterdam time)."""

    class Meta:
        model = Duty
        fields = ["college", "name", "phone", "starts_at", "ends_at"]
        widgets = {
            name: forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
            for name in ("starts_at", "ends_at")
        }

    def __init__(self, *args: Any, colleges: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
        self.fields["college"].queryset = colleges  # type: ignore[attr-defined]
        self.fields["name"].label = _("Wie heeft dienst?")
        if len(colleges) == 1:
            self.initial.setdefault("college", colleges[0])
