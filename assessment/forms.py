"""Input for an assessment."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assessment.models import Assessment, Kind, Score
from bpv.core.forms import bare_helper


class AssessmentForm(forms.ModelForm):
    """First what the leerbedrijf says, then what the school decides."""

    company_score = forms.ChoiceField(
        label=_("Oordeel van het leerbedrijf"),
        choices=Score,
        widget=forms.RadioSelect(attrs={"class": "choices-3"}),
    )
    score = forms.ChoiceField(
        label=_("Oordeel van de school"), choices=Score, widget=forms.RadioSelect(attrs={"class": "choices-3"})
    )

    class Meta:
        model = Assessment
        fields = [
            "held_on",
            "company_heard",
            "company_heard_on",
            "company_score",
            "company_text",
            "score",
            "text",
            "exception",
        ]
        widgets = {
            "held_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "company_heard_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "company_text": forms.Textarea(attrs={"rows": 3, "data-draft": "leerbedrijf"}),
            "text": forms.Textarea(attrs={"rows": 4, "data-draft": "beoordeling"}),
            "exception": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "company_heard": _("Naam van de praktijkopleider of werkbegeleider."),
            "exception": _("Alleen nodig zonder tussentijdse beoordeling, of als de school anders oordeelt."),
        }

    def __init__(self, *args: Any, kind: str, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.helper = bare_helper()
        if kind == Kind.MIDTERM:
            del self.fields["exception"]

    def clean(self) -> dict[str, Any]:
        """Talks lie in the past, and the leerbedrijf was heard on or before the day of the judgement."""
        cleaned = super().clean() or {}
        for name in ("held_on", "company_heard_on"):
            if cleaned.get(name) and cleaned[name] > self.today:
                self.add_error(name, ValidationError(_("Deze datum ligt in de toekomst.")))
        held, heard = cleaned.get("held_on"), cleaned.get("company_heard_on")
        if held and heard and heard > held:
            self.add_error("company_heard_on", _("Het leerbedrijf is gehoord voordat de school oordeelt."))
        return cleaned
