"""Input for a POK."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.models import Kind, Pok
from agreements.readiness import is_minor
from bpv.core.bsn import refuse_bsn
from bpv.core.forms import date_input
from placements.models import Placement
from placements.timesheet import pauses_of
from standards.hours import split_hours
from students.models import Leerweg


class PokForm(forms.Form):
    """What a POK says besides the placement: hours per week, in total, per school year and per keuzedeel; workdays."""

    kind = forms.ChoiceField(
        label=_("Waarvoor is deze POK?"),
        choices=[
            (Kind.QUALIFICATION, _("De hele kwalificatie")),
            (Kind.KEUZEDEEL, _("Alleen keuzedelen")),
        ],
        initial=Kind.QUALIFICATION,
        widget=forms.RadioSelect(attrs={"class": "choices-2"}),
        help_text=_("Voor alleen keuzedelen hoeft het leerbedrijf niet voor deze opleiding erkend te zijn."),
    )
    start = forms.DateField(widget=forms.HiddenInput)
    end = forms.DateField(widget=forms.HiddenInput)
    hours_per_week = forms.DecimalField(label=_("Uren per week"), min_value=1, max_value=60, decimal_places=1)
    hours_total = forms.IntegerField(label=_("Uren totaal"), min_value=1, max_value=9999)
    days = forms.CharField(
        label=_("Werkdagen en werktijden"),
        max_length=120,
        required=False,
        validators=[refuse_bsn],
        help_text=_("Zoals: ma t/m do van 8.30 tot 17.00 uur."),
    )

    def __init__(self, *args: Any, placement: Placement, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.placement, self.today = placement, today
        for name in ("start", "end", "hours_per_week", "hours_total"):
            self.fields[name].initial = getattr(placement, name)
        if not placement.keuzedelen:
            del self.fields["kind"]
        elif placement.programme.leerweg == Leerweg.BBL:
            self.fields["kind"].help_text = _(
                "Voor alleen keuzedelen hoeft het leerbedrijf niet voor deze opleiding erkend te zijn."
                " Voor de bekostiging van BBL telt zo'n POK niet mee."
            )
        self.years = split_hours(placement.start, placement.end, placement.hours_total, pauses_of(placement))
        if len(self.years) > 1:
            for year, hours in self.years.items():
                self.fields[f"year_{year}"] = forms.IntegerField(label=year, min_value=0, max_value=9999, initial=hours)
        for code in placement.keuzedelen:
            self.fields[f"hours_{code}"] = forms.IntegerField(label=code, min_value=1, max_value=2000, required=False)
        if settings.MINORS == "inform" and is_minor(placement):
            self.fields["parents_informed_on"] = parents_informed_field(required=False)
        if placement.start <= today:
            self.fields["late_reason"] = late_reason_field()

    def clean_parents_informed_on(self) -> date | None:
        """Not in the future."""
        return not_after(self.cleaned_data["parents_informed_on"], self.today)

    def clean(self) -> dict[str, Any]:
        """The placement is still as shown, the school years add up, and keuzedelen alone have hours."""
        cleaned = super().clean() or {}
        if (cleaned.get("start"), cleaned.get("end")) != (self.placement.start, self.placement.end):
            raise ValidationError(
                _("De plaatsing is intussen gewijzigd. Open deze pagina opnieuw en kijk de gegevens na."),
                code="changed",
            )
        total, years = cleaned.get("hours_total"), [cleaned.get(f"year_{year}") for year in self.years]
        if len(years) > 1 and total is not None and None not in years and sum(years) != total:
            text = _("De schooljaren zijn samen %(sum)s uur, het totaal is %(total)s uur. Maak die gelijk.")
            self.add_error("hours_total", ValidationError(text, params={"sum": sum(years), "total": total}))
        if cleaned.get("kind") == Kind.KEUZEDEEL:
            lacking = [code for code in self.placement.keuzedelen if not cleaned.get(f"hours_{code}")]
            if lacking and not {f"hours_{code}" for code in lacking} & set(self.errors):
                self.add_error(f"hours_{lacking[0]}", _("Vul bij elk keuzedeel de uren in."))
        return cleaned

    @property
    def amounts(self) -> list[forms.BoundField]:
        """Hours per week and in total."""
        return [self["hours_per_week"], self["hours_total"]]

    @property
    def by_year(self) -> list[forms.BoundField]:
        """Hours per school year, when there is more than one."""
        return [self[name] for name in self.fields if name.startswith("year_")]

    @property
    def by_keuzedeel(self) -> list[forms.BoundField]:
        """Hours per keuzedeel."""
        return [self[name] for name in self.fields if name.startswith("hours_K")]

    @property
    def others(self) -> list[forms.BoundField]:
        """What stands below the hours."""
        return [self[name] for name in ("days", "parents_informed_on", "late_reason") if name in self.fields]

    @property
    def hours(self) -> dict[str, int | None]:
        """Keuzedeel -> hours, empty where not filled in."""
        return {code: self.cleaned_data.get(f"hours_{code}") for code in self.placement.keuzedelen}

    @property
    def deed(self) -> dict[str, Any]:
        """What the service needs besides the hours of keuzedelen."""
        given = self.cleaned_data
        names = ("kind", "start", "end", "hours_per_week", "hours_total", "days", "parents_informed_on", "late_reason")
        by_year = {year: given[f"year_{year}"] for year in self.years if f"year_{year}" in given}
        return {name: given[name] for name in names if name in given} | {"hours_by_year": by_year}


def parents_informed_field(required: bool) -> forms.DateField:
    """When the parents of a student under 18 were told (T26)."""
    return forms.DateField(
        label=_("Ouders geïnformeerd op"),
        required=required,
        widget=date_input(),
        help_text=_("De student is op de eerste dag nog geen 18. Wanneer hoorden de ouders van deze bpv?"),
    )


def late_reason_field() -> forms.CharField:
    """Why a POK comes when the bpv has begun (POK-03)."""
    label = _("De bpv is al begonnen. Waarom komt de POK nu pas?")
    return forms.CharField(label=label, max_length=300, validators=[refuse_bsn])


def not_after(day: date | None, today: date) -> date | None:
    """The day, when it is not in the future."""
    if day and day > today:
        raise ValidationError(_("Deze datum ligt in de toekomst."))
    return day


class SupplementForm(forms.Form):
    """What is still asked before a made POK is offered."""

    def __init__(self, *args: Any, pok: Pok, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if pok.start <= today:
            self.fields["late_reason"] = late_reason_field()
            self.fields["late_reason"].initial = pok.late_reason
        if settings.MINORS != "none" and is_minor(pok.placement):
            self.fields["parents_informed_on"] = parents_informed_field(required=pok.start > today)
            self.fields["parents_informed_on"].initial = pok.parents_informed_on

    def clean_parents_informed_on(self) -> date | None:
        """Not in the future."""
        return not_after(self.cleaned_data["parents_informed_on"], self.today)


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
