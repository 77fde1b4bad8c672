"""Input for the judgement of the leerbedrijf, and for who is asked to give it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment import delegating
from assessment.forms_scores import ScoresForm, scale
from assessment.models import CompanyJudgement, Score, Way
from bpv.core.forms import bare_helper
from placements.models import Placement


class HearingForm(ScoresForm):
    """To keep it nothing is asked; to hand it in the scores and who gives them."""

    score = forms.ChoiceField(label=_("Hoe deed de student het?"), choices=Score, widget=scale())
    way = forms.ChoiceField(
        label=_("Hoe ontving je het oordeel?"), choices=[choice for choice in Way.choices if choice[0] != Way.OWN]
    )

    class Meta:
        model = CompanyJudgement
        fields = ["way", "explanation", "score", "good", "attention", "assessor"]
        widgets = {
            "good": forms.Textarea(attrs={"rows": 4, "data-draft": "goed"}),
            "attention": forms.Textarea(attrs={"rows": 4, "data-draft": "beter"}),
        }
        help_texts = {
            "assessor": _("De praktijkopleider, of wie het leerbedrijf aanwijst."),
            "explanation": _("Zoals: gebeld op 3 juni met de praktijkopleider."),
        }

    def __init__(self, *args: Any, on_behalf: bool, submit: bool, **kwargs: Any) -> None:
        super().__init__(*args, submit=submit, **kwargs)
        self.fields["assessor"].required = submit
        if not on_behalf:
            del self.fields["way"], self.fields["explanation"]


class DelegateForm(forms.Form):
    """The werkbegeleider who fills it in."""

    to = forms.ModelChoiceField(label=_("Wie vult het oordeel in?"), queryset=None, empty_label=_("Kies een collega"))

    def __init__(self, *args: Any, placement: Placement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
        self.fields["to"].queryset = delegating.mentors_of(placement)  # type: ignore[attr-defined]
        self.fields["to"].label_from_instance = lambda contact: contact.full_name  # type: ignore[attr-defined]
