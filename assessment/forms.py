"""Input for the end of a bpv: the student's own view, the decision of the school, and who was told."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.forms_interim import ToldForm
from assessment.forms_scores import ScoresForm, scale
from assessment.models import Final, Score, StudentView
from bpv.core.forms import bare_helper, date_input

__all__ = ["AnswerForm", "FinalForm", "StudentViewForm", "ToldForm"]


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


class FinalForm(ScoresForm):
    """What the school decides; fields that this person or this case does not need are left out."""

    score = forms.ChoiceField(label=_("Eindoordeel van de school"), choices=Score, widget=scale())

    class Meta:
        model = Final
        fields = ["correction", "held_on", "score", "text", "difference", "override"]
        widgets = {
            "held_on": date_input(),
            "text": forms.Textarea(attrs={"rows": 5, "data-draft": "eindoordeel"}),
            "difference": forms.Textarea(attrs={"rows": 2}),
            "override": forms.Textarea(attrs={"rows": 2}),
            "correction": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "score": _("Onvoldoende: de bpv is niet met een positief resultaat afgerond."),
            "difference": _("Alleen als de school anders oordeelt dan het leerbedrijf."),
            "override": _(
                "Alleen de bpv-coördinator stelt vast zonder tussentijdse beoordeling of zonder leerbedrijf."
            ),
        }

    def __init__(self, *args: Any, override: bool, correcting: bool, **kwargs: Any) -> None:
        super().__init__(*args, submit=True, **kwargs)
        if correcting:
            self.fields["correction"].required = True
        else:
            del self.fields["correction"]
        if not override:
            del self.fields["override"]
