"""Filters that live in the address: a filter is a link that can be shared, and saved under a name."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from compliance import listing
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
OUTCOMES = [
    ("", _("Elke stand")),
    ("undone", _("niet gedaan")),
    ("missed", WORDS["missed"]),
    ("soon", _("binnenkort")),
    ("open", WORDS["open"]),
    ("met", WORDS["met"]),
    ("late", WORDS["late"]),
    ("deviated", WORDS["deviated"]),
]
MAIN = ("q", "klas", "regel", "uitkomst", "docent")  # always in sight at a desk; the others are folded


class QuickSelect(forms.Select):
    """A select without a template for every choice: a page has ten of them, one with all bpv-docenten."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = str(value or "")
        options = (
            (choice, mark_safe(" selected") if str(choice) == chosen else "", label) for choice, label in self.choices
        )
        every = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        return format_html(
            "<select{}>{}</select>",
            flatatt(every),
            format_html_join("", '<option value="{}"{}>{}</option>', options),
        )


class Choice(forms.ChoiceField):
    """One of several, or all of them."""

    widget = QuickSelect


class PlacementFilter(forms.Form):
    """The list of placements. What an address asks that does not exist is left out, and no chip says it is on."""

    q = forms.CharField(
        label=_("Zoeken"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    klas = Choice(label=_("Klas"), required=False)
    regel = Choice(
        label=_("Standaard"),
        required=False,
        choices=lambda: [("", _("Alle standaarden")), *((code, rule.name) for code, rule in RULES.items())],
    )
    uitkomst = Choice(label=_("Stand"), required=False, choices=OUTCOMES)
    docent = Choice(label=_("Bpv-docent"), required=False)
    periode = Choice(label=_("Periode"), required=False, choices=PERIODS)
    team = Choice(label=_("Team"), required=False)
    opleiding = Choice(label=_("Opleiding"), required=False)
    leerweg = Choice(
        label=_("Leerweg"), required=False, choices=[("", _("BOL en BBL")), *((lw, lw) for lw in Leerweg.values)]
    )
    leerbedrijf = forms.CharField(label=_("Leerbedrijf"), required=False, max_length=100)
    sort = Choice(label=_("Volgorde"), required=False, choices=listing.ORDERS)
    # Set by the links of the overview alone.
    college = forms.CharField(label=_("College"), required=False, max_length=120, widget=forms.HiddenInput)
    schooljaar = forms.RegexField(r"^20\d\d-20\d\d$", label=_("Schooljaar"), required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data)
        self.user = user
        self.choices = listing.choices(user, data.get("team", ""))
        everybody = [("", _("Alle docenten")), ("mijn", _("Mijn studenten")), ("geen", _("Nog geen docent"))]
        self._offer("team", ("", _("Alle teams")), self.choices.teams)
        self._offer("klas", ("", _("Alle klassen")), self.choices.groups)
        self._offer("opleiding", ("", _("Alle opleidingen")), self.choices.programmes)
        self.fields["docent"].choices = [*everybody, *self.choices.teachers]
        if not self.choices.of_one_team:  # too many to offer: what the address asks is taken as it is
            self._offer(
                "klas", ("", _("Kies eerst een team")), [(data.get("klas", ""),) * 2] if data.get("klas") else []
            )
        self.fields["q"].widget.attrs |= {"placeholder": _("Naam, nummer, leerbedrijf, plaats of klas")}
        self.fields["leerbedrijf"].widget.attrs |= {"placeholder": _("Naam of plaats")}

    def _offer(self, name: str, nothing: Any, choices: Any) -> None:
        self.fields[name].choices = [nothing, *choices]

    @property
    def wanted(self) -> dict[str, str]:
        """The filters that are on."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value and name != "sort"}

    @property
    def order(self) -> str:
        """The order that is asked for; by student when none is."""
        self.is_valid()
        return self.cleaned_data.get("sort") or listing.BY_STUDENT

    @property
    def address(self) -> str:
        """What stands after the question mark: the filters that are on and the order, without the page."""
        order = {} if self.order == listing.BY_STUDENT else {"sort": self.order}
        return urlencode(self.wanted | order)

    @property
    def main(self) -> list[forms.BoundField]:
        """The fields that are always in sight at a desk."""
        return [self[name] for name in MAIN]

    @property
    def more(self) -> list[forms.BoundField]:
        """The fields that are folded."""
        return [field for field in self.visible_fields() if field.name not in MAIN]

    @property
    def number_on(self) -> int:
        """How many filters are on, besides the words that are searched."""
        return len(self.wanted.keys() - {"q"})

    def placements(self, today: date) -> Any:
        """Exactly the placements that the list shows, in its order; all pages."""
        return listing.placements(self.user, self.wanted, self.order, today)

    @property
    def labels(self) -> dict[str, str]:
        """The filters that are on, in words: `Leerweg: BOL`."""
        return {
            name: f"{self.fields[name].label}: {self._label_of(name, value)}" for name, value in self.wanted.items()
        }

    @property
    def in_words(self) -> str:
        """The same as one line, for the trail."""
        return ", ".join(self.labels.values()) or str(dict(PERIODS)[""])

    def _label_of(self, name: str, value: str) -> str:
        choices = dict(getattr(self.fields[name], "choices", []))
        return str(choices.get(value, value))


class SavedFilterForm(forms.Form):
    """The name of a filter, and with whom it is shared."""

    name = forms.CharField(label=_("Naam van het filter"), max_length=60)
    team = forms.TypedChoiceField(label=_("Voor wie"), required=False, coerce=int, empty_value=None, widget=QuickSelect)
    query = forms.CharField(max_length=500, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, teams: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shared = [(pk, _("Gedeeld met %(team)s") % {"team": name}) for pk, name in teams]
        self.fields["team"].choices = [("", _("Alleen voor mij")), *shared]
