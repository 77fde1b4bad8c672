"""Input for a POK."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.models import Party, Pok
from bpv.core.forms import date_input
from placements.models import Placement


class PokForm(forms.Form):
    """Period and hours as planned, hours per keuzedeel, and a reason when the start has passed."""

    start = forms.DateField(label=_("Begin"), widget=date_input())
    end = forms.DateField(label=_("Einde"), widget=date_input())
    hours_per_week = forms.DecimalField(label=_("Uren per week"), min_value=1, max_value=60, decimal_places=1)
    hours_total = forms.IntegerField(label=_("Uren totaal"), min_value=1, max_value=9999)

    def __init__(self, *args: Any, placement: Placement, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.placement, self.today = placement, today
        for name in ("start", "end", "hours_per_week", "hours_total"):
            self.fields[name].initial = getattr(placement, name)
        for code in placement.keuzedelen:
            label = _("Uren voor keuzedeel %(code)s") % {"code": code}
            self.fields[f"hours_{code}"] = forms.IntegerField(label=label, min_value=1, max_value=2000, required=False)
        if placement.start <= today:
            self.fields["late_reason"] = forms.CharField(
                label=_("De bpv is al begonnen. Waarom komt de POK nu pas?"), max_length=300
            )

    def clean(self) -> dict[str, Any]:
        """The period lies within that of the placement, in order."""
        cleaned = super().clean() or {}
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end < start:
            self.add_error("end", ValidationError(_("Het einde ligt voor het begin.")))
        if start and start != self.placement.start:
            self.add_error("start", _("De plaatsing begint op een andere dag. Wijzig eerst de plaatsing."))
        if end and end != self.placement.end:
            self.add_error("end", _("De plaatsing eindigt op een andere dag. Wijzig eerst de plaatsing."))
        return cleaned

    @property
    def hours(self) -> dict[str, int | None]:
        """Keuzedeel -> hours, empty where not filled in."""
        return {code: self.cleaned_data.get(f"hours_{code}") for code in self.placement.keuzedelen}

    @property
    def deed(self) -> dict[str, Any]:
        """What the service needs besides the hours of keuzedelen."""
        names = ("start", "end", "hours_per_week", "hours_total", "late_reason")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


class SignatureForm(forms.Form):
    """A signature on the original, seen by a person (POK-08: a scan does not count)."""

    party = forms.ChoiceField(label=_("Wie tekende?"), widget=forms.RadioSelect(attrs={"class": "choices-3"}))
    signer = forms.CharField(label=_("Naam van de ondertekenaar"), max_length=200)
    signed_on = forms.DateField(label=_("Getekend op"), widget=date_input())
    received_on = forms.DateField(
        label=_("Origineel ontvangen op"),
        help_text=_("Een scan, foto of kopie telt niet. Heb je het originele papier met de handtekening gezien?"),
        widget=date_input(),
    )

    def __init__(self, *args: Any, pok: Pok, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        signed = set(pok.signatures.values_list("party", flat=True))
        self.fields["party"].choices = [(key, label) for key, label in Party.choices if key not in signed]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Signed, then received, then today at the latest."""
        cleaned = super().clean() or {}
        signed, received = cleaned.get("signed_on"), cleaned.get("received_on")
        if signed and received and received < signed:
            self.add_error("received_on", _("Het origineel kan niet zijn ontvangen voordat het is getekend."))
        if received and received > self.today:
            self.add_error("received_on", _("Deze datum ligt in de toekomst."))
        if signed and signed > self.today:
            self.add_error("signed_on", _("Deze datum ligt in de toekomst."))
        return cleaned


class FileForm(forms.Form):
    """When the complete POK was put into the dossier."""

    on = forms.DateField(label=_("In het dossier gezet op"), widget=date_input())

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on(self) -> date:
        """Not in the future."""
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise ValidationError(_("Deze datum ligt in de toekomst."))
        return on


class WithdrawForm(forms.Form):
    """Why the POK is withdrawn."""

    reason = forms.CharField(label=_("Waarom trek je deze POK in?"), max_length=300)
