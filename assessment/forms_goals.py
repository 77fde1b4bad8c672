"""Input for leerdoelen."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment import goals
from assessment.models import Goal, Progress
from bpv.core.forms import OpenedForm, bare_helper, date_input
from placements.models import Placement


class GoalForm(OpenedForm, forms.ModelForm):
    """A leerdoel, which hangs on a werkproces (S7)."""

    class Meta:
        model = Goal
        fields = ["text", "work_process", "wish", "for_later"]
        labels = {"text": _("Wat wil je leren?")}
        help_texts = {
            "work_process": _("Het deel van je opleiding waar dit leerdoel bij hoort."),
            "for_later": _("Een nieuw leerdoel uit het eindgesprek."),
        }

    def __init__(self, *args: Any, placement: Placement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
        self.instance.placement = placement
        self.fields["work_process"].queryset = goals.work_processes_of(placement)
        self.fields["work_process"].empty_label = _("Kies een werkproces")


class WorkedForm(GoalForm):
    """The same leerdoel later on: also how far it is."""

    class Meta(GoalForm.Meta):
        fields = ["progress", "note", "text", "work_process", "wish", "for_later"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3, "data-draft": "leerdoel"})}


class EvaluationForm(forms.Form):
    """What student, praktijkopleider and bpv-docent say of it at the end (VB-08)."""

    on = forms.DateField(label=_("Besproken op"), widget=date_input())
    progress = forms.ChoiceField(label=_("Hoe ver is de student?"), choices=Progress, widget=forms.RadioSelect)
    evaluation = forms.CharField(
        label=_("Wat vinden jullie ervan?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    improvement = forms.CharField(
        label=_("Wat kan beter?"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
