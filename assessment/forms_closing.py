"""Input for closing a dossier, and for the results of keuzedelen."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.models import KeuzedeelResult, Score
from bpv.core.forms import bare_helper


class CloseForm(forms.Form):
    """One tick, when the dossier can be closed although something is missing."""

    despite = forms.BooleanField(label=_("Ik sluit af hoewel dit ontbreekt"), required=False)

    def __init__(self, *args: Any, asked: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
        if not asked:
            del self.fields["despite"]


class ReopenForm(forms.Form):
    """Why a closed dossier is opened again."""

    reason = forms.CharField(
        label=_("Waarom moet het dossier weer open?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()


class KeuzedeelForm(forms.ModelForm):
    """One keuzedeel; left as it was sent, nothing is recorded of it."""

    certificate = forms.TypedChoiceField(
        label=_("Geeft dit keuzedeel recht op een certificaat?"),
        choices=[("ja", _("ja")), ("nee", _("nee"))],
        coerce=lambda value: value == "ja",
        widget=forms.RadioSelect(attrs={"class": "choices-2"}),
    )
    result = forms.ChoiceField(
        label=_("Resultaat"),
        choices=Score,
        required=False,
        widget=forms.RadioSelect(attrs={"class": "choices-3"}),
    )

    class Meta:
        model = KeuzedeelResult
        fields = ["certificate", "result", "requirements", "hours"]
        widgets = {"requirements": forms.Textarea(attrs={"rows": 3})}
        labels = {"requirements": _("Wat is nodig voor een voldoende?"), "hours": _("Uren")}

    def __init__(self, *args: Any, instance: KeuzedeelResult | None = None, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, empty_permitted=True, use_required_attribute=False, **kwargs)
        self.helper = bare_helper()
        if instance:
            self.initial["certificate"] = "ja" if instance.certificate else "nee"
