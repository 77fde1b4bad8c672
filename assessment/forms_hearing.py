"""Input for the judgement of the leerbedrijf."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.models import CompanyJudgement, Score, Way
from bpv.core.forms import bare_helper


class HearingForm(forms.ModelForm):
    """To keep it nothing is asked; to hand it in the judgement and who gives it."""

    score = forms.ChoiceField(
        label=_("Hoe deed de student het?"), choices=Score, widget=forms.RadioSelect(attrs={"class": "choices-3"})
    )
    way = forms.ChoiceField(
        label=_("Hoe ontving je het oordeel?"), choices=[choice for choice in Way.choices if choice[0] != Way.OWN]
    )

    class Meta:
        model = CompanyJudgement
        fields = ["way", "score", "good", "attention", "assessor"]
        widgets = {
            "good": forms.Textarea(attrs={"rows": 4, "data-draft": "goed"}),
            "attention": forms.Textarea(attrs={"rows": 4, "data-draft": "beter"}),
        }
        help_texts = {"assessor": _("De praktijkopleider, of wie het leerbedrijf aanwijst.")}

    def __init__(self, *args: Any, on_behalf: bool, submit: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
        self.fields["score"].required = self.fields["assessor"].required = submit
        if not on_behalf:
            del self.fields["way"]
