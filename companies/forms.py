"""Input for leerbedrijven."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from companies.models import Contact, crebo


class LocationFilter(forms.Form):
    """The register of leerbedrijven. What an address asks that does not exist is left out."""

    STANDING, WITHDRAWN, NONE = "erkend", "ingetrokken", "geen"

    q = forms.CharField(
        label=_("Zoeken"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    crebo = forms.CharField(
        label=_("Erkend voor crebo"),
        required=False,
        max_length=5,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    erkenning = forms.ChoiceField(
        label=_("Erkenning"),
        required=False,
        choices=[
            ("", _("Alle leerbedrijven")),
            (STANDING, _("Nu erkend")),
            (WITHDRAWN, _("Erkenning ingetrokken")),
            (NONE, _("Nog nooit erkend")),
        ],
    )
    studenten = forms.ChoiceField(
        label=_("Studenten"),
        required=False,
        choices=[("", _("Met en zonder studenten")), ("nu", _("Met studenten nu"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs["placeholder"] = _("Naam, plaats of leerbedrijf-ID")

    @property
    def wanted(self) -> dict[str, str]:
        """The filters that are on."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def number_on(self) -> int:
        """How many filters are on, besides the words that are searched."""
        return len(self.wanted.keys() - {"q"})

    @property
    def main(self) -> list[forms.BoundField]:
        """The fields that are always in sight at a desk."""
        return [self["q"], self["erkenning"], self["studenten"]]

    @property
    def more(self) -> list[forms.BoundField]:
        """The fields that are folded."""
        return [self["crebo"]]


class AccreditationForm(forms.Form):
    """What Stagemarkt or SBB says today about one crebo."""

    crebo = forms.CharField(
        label=_("Crebo"), max_length=5, validators=[crebo], widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    accredited = forms.ChoiceField(
        label=_("Is dit leerbedrijf erkend?"),
        choices=[("ja", _("Ja, erkend")), ("nee", _("Nee, niet erkend"))],
        widget=forms.RadioSelect(attrs={"class": "choices-2"}),
    )
    since = forms.DateField(
        label=_("Sinds wanneer?"),
        required=False,
        help_text=_("De datum waarop de erkenning is verleend of ingetrokken. Leeg betekent vandaag."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    source = forms.CharField(label=_("Waar heb je gekeken?"), max_length=80, initial="Stagemarkt.nl")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_since(self) -> date | None:
        """Not in the future: an answer is about today."""
        since: date | None = self.cleaned_data["since"]
        if since and since > self.today:
            raise ValidationError(_("Deze datum ligt in de toekomst."))
        return since

    def clean_accredited(self) -> bool:
        """As yes or no."""
        return bool(self.cleaned_data["accredited"] == "ja")


class ContactForm(forms.ModelForm):
    """A contact person with roles."""

    class Meta:
        model = Contact
        fields = [
            "first_name",
            "prefix",
            "last_name",
            "function",
            "email",
            "phone",
            "language",
            "is_supervisor",
            "is_mentor",
            "is_signatory",
        ]

    def clean(self) -> dict[str, Any]:
        """At least one role; a praktijkopleider needs an address to be reached."""
        cleaned = super().clean() or {}
        if not any(cleaned.get(name) for name in ("is_supervisor", "is_mentor", "is_signatory")):
            self.add_error("is_supervisor", _("Kies ten minste één rol."))
        if cleaned.get("is_supervisor") and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", _("Een praktijkopleider krijgt links per mail. Vul een e-mailadres in."))
        return cleaned
