"""Input of the student for the end of a bpv: the own view, and the answer to that of the leerbedrijf."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.forms_scores import ScoresForm, scale
from assessment.models import Score, StudentView
from bpv.core.forms import bare_helper


class StudentViewForm(ScoresForm):
    """How the student sees it, before reading what the leerbedrijf thinks."""

    score = forms.ChoiceField(label=_("Hoe ging de bpv, vind je zelf?"), choices=Score, widget=scale())

    class Meta:
        model = StudentView
        fields = ["score", "good", "attention"]
        widgets = {
            "good": forms.Textarea(attrs={"rows": 4, "data-draft": "eigen-goed"}),
            "attention": forms.Textarea(attrs={"rows": 4, "data-draft": "eigen-leren"}),
        }


class AnswerForm(forms.Form):
    """Agree with the leerbedrijf or not; then why."""

    agrees = forms.TypedChoiceField(
        label=_("Ben je het eens met het oordeel van het leerbedrijf?"),
        choices=[("ja", _("Ja, eens")), ("nee", _("Nee, niet eens"))],
        coerce=lambda value: value == "ja",
        widget=forms.RadioSelect(attrs={"class": "choices-2"}),
    )
    remark = forms.CharField(
        label=_("Wat vind je ervan?"),
        help_text=_("Ben je het niet eens? Schrijf dan op waarom. De school leest het voordat zij beslist."),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "data-draft": "reactie"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
