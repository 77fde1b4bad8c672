"""The filters of the overview, in the address."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from compliance import columns, schoolyears
from compliance.columns import Wanted
from students.models import Leerweg

YEARS = 3
COMPARE = [
    (columns.TWELVE_WEEKS, _("12 weken geleden")),
    (columns.FOUR_WEEKS, _("4 weken geleden")),
    (columns.YEAR_BEGIN, _("Begin van dit schooljaar")),
    (columns.YEAR_BEFORE, _("Een jaar eerder")),
    (columns.NOTHING, _("Niet vergelijken")),
]


class OverviewFilter(forms.Form):
    """What an address asks that does not exist is left out."""

    college = forms.ChoiceField(label=_("College"), required=False)
    leerweg = forms.ChoiceField(
        label=_("Leerweg"),
        required=False,
        choices=[
            ("", _("BOL en BBL")),
            *((leerweg, leerweg) for leerweg in Leerweg.values),
            (columns.BESIDE, _("BOL en BBL naast elkaar")),
        ],
    )
    schooljaar = forms.ChoiceField(label=_("Periode"), required=False)
    vergelijk = forms.ChoiceField(label=_("Vergelijk met"), required=False, choices=COMPARE)

    def __init__(self, data: Any, *, colleges: list[str], today: date) -> None:
        super().__init__(data)
        if len(colleges) > 1:
            self.fields["college"].choices = [("", _("Alle colleges")), *((name, name) for name in colleges)]
        else:
            del self.fields["college"]
        years = [schoolyears.of(today)]
        while len(years) < YEARS:
            years.append(schoolyears.before(years[-1]))
        named = [(year, _("Schooljaar %(year)s") % {"year": year}) for year in years]
        self.fields["schooljaar"].choices = [("", _("Stand van nu")), *named]

    @property
    def wanted(self) -> Wanted:
        """What is asked for."""
        self.is_valid()
        return Wanted(**self.cleaned_data)

    def offer(self, counted: frozenset[str]) -> None:
        """Leave out the comparisons for which nothing was counted, but for the one that is asked."""
        kept = counted | {columns.NOTHING, self.cleaned_data.get("vergelijk", "")}
        field = self.fields["vergelijk"]
        field.choices = [choice for choice in COMPARE if choice[0] in kept]
