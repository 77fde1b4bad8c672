"""Filters that live in the address: a filter is a link that can be shared."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from compliance.presentation import WORDS
from standards import RULES
from students.models import Leerweg

PERIODS = [
    ("", _("Loopt of komt")),
    ("loopt", _("Loopt nu")),
    ("komt", _("Begint nog")),
    ("afgelopen", _("Afgelopen")),
    ("vervallen", _("Vervallen")),
    ("alles", _("Alle perioden")),
]


class PlacementFilter(forms.Form):
    """The list of placements. What an address asks that does not exist is left out, and no chip says it is on."""

    q = forms.CharField(
        label=_("Zoeken"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    periode = forms.ChoiceField(label=_("Periode"), required=False, choices=PERIODS)
    team = forms.ChoiceField(label=_("Team"), required=False)
    klas = forms.ChoiceField(label=_("Klas"), required=False)
    leerweg = forms.ChoiceField(
        label=_("Leerweg"), required=False, choices=[("", _("BOL en BBL")), *((lw, lw) for lw in Leerweg.values)]
    )
    docent = forms.ChoiceField(
        label=_("Bpv-docent"),
        required=False,
        choices=[("", _("Alle docenten")), ("mijn", _("Mijn studenten")), ("geen", _("Nog geen docent"))],
    )
    regel = forms.ChoiceField(
        label=_("Standaard"),
        required=False,
        choices=[("", _("Alle standaarden")), *((code, rule.name) for code, rule in RULES.items())],
    )
    uitkomst = forms.ChoiceField(label=_("Stand"), required=False, choices=[("", _("Elke stand")), *WORDS.items()])
    # Set by the links of the overview alone.
    college = forms.CharField(label=_("College"), required=False, max_length=120, widget=forms.HiddenInput)
    schooljaar = forms.RegexField(r"^20\d\d-20\d\d$", label=_("Schooljaar"), required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, teams: list[tuple[int, str]], groups: list[str]) -> None:
        super().__init__(data)
        self.fields["q"].widget.attrs["placeholder"] = _("Naam, nummer, leerbedrijf, plaats of klas")
        self.fields["team"].choices = [("", _("Alle teams")), *((str(pk), name) for pk, name in teams)]
        self.fields["klas"].choices = [("", _("Alle klassen")), *((group, group) for group in groups)]

    @property
    def wanted(self) -> dict[str, str]:
        """The filters that are on."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def label_of(self, name: str) -> str:
        """The chosen value as it stands in the list of choices."""
        choices = dict(getattr(self.fields[name], "choices", []))
        return str(choices.get(self.cleaned_data[name], self.cleaned_data[name]))
