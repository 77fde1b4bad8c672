"""Input for deviations."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bpv.core.forms import bare_helper
from compliance.deviations import DEVIABLE
from standards import RULES, Period


class ProposeForm(forms.Form):
    """Which rule, of which school year, and why it cannot be done as the standard asks."""

    rule = forms.ChoiceField(label=_("Van welke standaard wijk je af?"), widget=forms.RadioSelect)
    year = forms.TypedChoiceField(label=_("Over welk schooljaar gaat het?"), coerce=int)
    reason = forms.CharField(
        label=_("Waarom wijk je af?"),
        help_text=_("Schrijf op wat er aan de hand is, wat je hebt geprobeerd en hoe je de student toch begeleidt."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6, "data-draft": "afwijking"}),
    )

    def __init__(self, *args: Any, periods: tuple[Period, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
        self.fields["rule"].choices = [(rule, RULES[rule].name) for rule in DEVIABLE]  # type: ignore[attr-defined]
        self.fields["year"].choices = [(period.year, period.name) for period in periods]  # type: ignore[attr-defined]
        if len(periods) == 1:
            self.fields["year"].widget = forms.HiddenInput()
            self.fields["year"].initial = periods[0].year


class DecideForm(forms.Form):
    """Accept or refuse."""

    accepted = forms.TypedChoiceField(
        label=_("Wat besluit je?"),
        choices=[("ja", _("Akkoord: hier mag van de standaard worden afgeweken")), ("nee", _("Niet akkoord"))],
        coerce=lambda given: given == "ja",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Toelichting"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
