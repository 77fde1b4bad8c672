"""Input for the judgement of the guidance by the leerbedrijf."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bpv.core.forms import bare_helper, date_input
from visits import guidance
from visits.forms_prepare import SCALE, scale
from visits.models import GuidanceJudgement


class GuidanceForm(forms.ModelForm):
    """The ten points, the verdict, and what must be better by when."""

    verdict = forms.ChoiceField(label=_("Oordeel"), choices=GuidanceJudgement.Verdict, widget=forms.RadioSelect)

    class Meta:
        model = GuidanceJudgement
        fields = ["on", "verdict", "explanation", "improvement", "improve_by"]
        widgets = {
            "on": date_input(),
            "improve_by": date_input(),
            "explanation": forms.Textarea(attrs={"rows": 3}),
            "improvement": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
        for point, label in guidance.POINTS.items():
            self.fields[f"point_{point}"] = forms.ChoiceField(label=label, choices=SCALE, widget=scale())

    @property
    def point_fields(self) -> list[Any]:
        return [self[f"point_{point}"] for point in guidance.POINTS]

    @property
    def verdict_fields(self) -> list[Any]:
        return [self[name] for name in self.Meta.fields]

    @property
    def given(self) -> dict[str, Any]:
        """What the deed takes."""
        found = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return found | {"scores": {point: self.cleaned_data[f"point_{point}"] for point in guidance.POINTS}}

    def _get_validation_exclusions(self) -> set[str]:
        """The deed judges the whole row."""
        return super()._get_validation_exclusions() | {"placement", "by"}

    def validate_constraints(self) -> None:
        """The deed judges the whole row."""


class ProceedForm(forms.Form):
    """What came of a judgement."""

    improved_on = forms.DateField(label=_("Verbeterd op"), required=False, widget=date_input())
    sbb_informed_on = forms.DateField(label=_("SBB geïnformeerd op"), required=False, widget=date_input())
    transfer_on = forms.DateField(label=_("Overplaatsing begonnen op"), required=False, widget=date_input())
    close = forms.BooleanField(label=_("Dit is afgerond"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
