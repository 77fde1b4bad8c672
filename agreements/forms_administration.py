"""Input of the studentenadministratie: filters, the day of filing, a file of the register."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Team
from agreements import administration, comparing, register
from agreements.models import Kind
from bpv.core.forms import date_input
from standards import bbl
from students.models import Leerweg

YEARS_BACK = 7  # a bekostigingsdossier is kept for seven years


def school_years(today: date) -> list[tuple[str, str]]:
    """The coming school year and those before, the latest first."""
    this = bbl.school_year(today)
    return [(str(first), f"{first}-{first + 1}") for first in range(this + 1, this - YEARS_BACK - 1, -1)]


class AddressForm(forms.Form):
    """Filters that live in the address. What an address asks that does not exist is left out."""

    @property
    def wanted(self) -> dict[str, str]:
        """The filters that are on."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class AdministrationFilter(AddressForm):
    """The list of POKs of the studentenadministratie."""

    q = forms.CharField(
        label=_("Zoeken"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    stand = forms.ChoiceField(
        label=_("Stand"),
        required=False,
        choices=[("", _("Elke stand")), *administration.STANDS.items(), (administration.LATE, _("te laat"))],
    )
    team = forms.ChoiceField(label=_("Team"), required=False)
    leerweg = forms.ChoiceField(
        label=_("Leerweg"), required=False, choices=[("", _("BOL en BBL")), *((lw, lw) for lw in Leerweg.values)]
    )
    jaar = forms.ChoiceField(label=_("Schooljaar"), required=False)
    soort = forms.ChoiceField(label=_("Soort"), required=False, choices=[("", _("Elke soort")), *Kind.choices])

    def __init__(self, *args: Any, user: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs["placeholder"] = _("Student, leerbedrijf of POK-nummer")
        teams = Team.objects.filter(pk__in=user.roles.administration).values_list("pk", "name")
        self.teams = [(str(pk), name) for pk, name in teams]
        self.fields["team"].choices = [("", _("Alle teams")), *self.teams]  # type: ignore[attr-defined]
        self.fields["jaar"].choices = [("", _("Alle schooljaren")), *school_years(today)]  # type: ignore[attr-defined]

    @property
    def number_on(self) -> int:
        """How many filters are on, besides the words that are searched."""
        return len(self.wanted.keys() - {"q"})

    @property
    def main(self) -> list[forms.BoundField]:
        """The fields that are always in sight at a desk."""
        return [self[name] for name in ("q", "stand", "jaar")]

    @property
    def more(self) -> list[forms.BoundField]:
        """The folded ones."""
        return [self[name] for name in ("team", "leerweg", "soort")]


class FilingForm(forms.Form):
    """The day on which the chosen POKs went into their dossiers."""

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


class SchoolYearForm(forms.Form):
    """Of which school year."""

    jaar = forms.ChoiceField(label=_("Schooljaar"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        initial = {"jaar": str(bbl.school_year(today))}
        super().__init__(*args, **{"initial": initial} | kwargs)
        self.fields["jaar"].choices = school_years(today)  # type: ignore[attr-defined]

    @property
    def first(self) -> int:
        """The year in which it begins."""
        return int(self.cleaned_data["jaar"])


class CompareForm(SchoolYearForm):
    """A file of the register to lay beside what is here."""

    file = forms.FileField(
        label=_("Registratieoverzicht"),
        help_text=_("Een CSV-bestand met in het tweede veld het studentnummer. Het bestand wordt niet bewaard."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt"}),
    )

    def clean_file(self) -> register.Reading:
        """The records in it; with a clear message when it cannot be read."""
        file = self.cleaned_data["file"]
        if file.size > register.MAX_BYTES:
            raise ValidationError(_("Het bestand is groter dan 20 MB."))
        try:
            return register.read(file.read())
        except register.Unreadable as fault:
            raise ValidationError(str(fault)) from fault


class DifferenceFilter(AddressForm):
    """The differences of one kind."""

    soort = forms.ChoiceField(label=_("Soort verschil"), required=False, choices=list(comparing.KINDS.items()))
