"""Input for the form *Tussentijdse beëindiging* and what follows from it."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.forms_changes import not_in_future
from agreements.models import EndReason, Party
from bpv.core.forms import date_input

ASKED_BY = [(party.value, party.label) for party in (Party.STUDENT, Party.COMPANY, Party.SCHOOL)]


class EndingForm(forms.Form):
    """POK-12: date, reason, who asked, whose fault, what follows."""

    on = forms.DateField(label=_("Laatste dag van de bpv"), widget=date_input())
    reason = forms.ChoiceField(label=_("Reden"), choices=[("", _("Kies een reden")), *EndReason.choices])
    asked_by = forms.ChoiceField(label=_("Op verzoek van"), choices=ASKED_BY, widget=forms.RadioSelect)
    culpable = forms.TypedChoiceField(
        label=_("Is de beëindiging te wijten aan de student?"),
        choices=[("0", _("nee")), ("1", _("ja, dan leggen we nadere afspraken vast"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        initial="0",
    )
    explanation = forms.CharField(
        label=_("Toelichting"),
        help_text=_(
            "Deze tekst staat op het formulier dat student en leerbedrijf lezen. Schrijf niets over gezondheid."
        ),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    consequences = forms.CharField(
        label=_("Gevolgen en afspraken"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    to_sign = forms.BooleanField(label=_("Laat student, leerbedrijf en school dit formulier tekenen"), required=False)

    @property
    def deed(self) -> dict[str, Any]:
        """What the service needs."""
        return {name: value for name, value in self.cleaned_data.items() if name != "to_sign"}


class SbbForm(forms.Form):
    """When SBB was told."""

    on = forms.DateField(label=_("Met SBB overlegd op"), widget=date_input())

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on(self) -> date:
        """Not in the future."""
        return not_in_future(self.cleaned_data["on"], self.today)


class FurtherForm(forms.Form):
    """The agreements between student and school."""

    text = forms.CharField(
        label=_("Afspraken tussen student en school"),
        help_text=_("Wie doet wat, en wanneer? Student en school tekenen deze afspraken."),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
