"""Input for the decision of the school."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.forms_scores import ScoresForm, scale
from assessment.models import Final, Score
from bpv.core.forms import date_input


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
