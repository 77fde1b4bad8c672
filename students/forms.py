"""Input for what is known of a student."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from bpv.core.bsn import refuse_bsn
from bpv.core.forms import date_input
from students.models import WorkPermit


class ReachForm(forms.Form):
    """Where the student is reached."""

    email = forms.EmailField(
        label=_("E-mailadres"),
        help_text=_("Op dit adres komen de links om in te loggen en te tekenen."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    mobile = forms.CharField(
        label=_("Mobiel"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )


class PermitForm(forms.Form):
    """What was seen of a tewerkstellingsvergunning."""

    state = forms.ChoiceField(
        label=_("Is een tewerkstellingsvergunning (TWV) nodig?"),
        choices=[(state, capfirst(label)) for state, label in WorkPermit.State.choices],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies een van de vier.")},
    )
    valid_until = forms.DateField(
        label=_("Geldig tot en met"),
        required=False,
        help_text=_("Alleen als de TWV is verleend. Die geldt ten hoogste een jaar."),
        widget=date_input(),
    )
    checked_on = forms.DateField(
        label=_("Nagekeken op"),
        help_text=_("Bewaar geen kopie van een paspoort of vergunning. Deze datum en jouw naam zijn genoeg."),
        widget=date_input(),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_checked_on(self) -> date:
        """Not in the future."""
        on: date = self.cleaned_data["checked_on"]
        if on > self.today:
            raise ValidationError(_("Deze datum ligt in de toekomst."))
        return on

    def clean(self) -> dict[str, Any]:
        """A date with a permit that was granted, and only then."""
        cleaned = super().clean() or {}
        granted = cleaned.get("state") == WorkPermit.State.GRANTED
        if granted and not cleaned.get("valid_until") and "valid_until" not in self.errors:
            self.add_error("valid_until", _("Geef de einddatum van de TWV."))
        if not granted:
            cleaned["valid_until"] = None
        return cleaned


class GuardianForm(forms.Form):
    """The parent or guardian of a student under 18."""

    name = forms.CharField(
        label=_("Naam van de ouder of voogd"),
        max_length=200,
        validators=[refuse_bsn],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = forms.EmailField(label=_("E-mailadres"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))


class HoursRegistrationForm(forms.Form):
    """On or off (UUR-01)."""

    registers = forms.TypedChoiceField(
        label=_("Houden studenten van deze opleiding hun bpv-uren hier bij?"),
        choices=[
            ("ja", _("Ja: studenten dienen elke week hun uren in, de praktijkopleider bevestigt ze")),
            ("nee", _("Nee: er zijn geen uren in te vullen en niets wacht erop")),
        ],
        coerce=lambda given: given == "ja",
        widget=forms.RadioSelect,
    )
