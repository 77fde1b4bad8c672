"""Input for the search for a place."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Team
from bpv.core.forms import date_input
from placements.models import Search
from placements.without_place import PLACES, SEARCHES, SIGNED


class WithoutPlaceFilter(forms.Form):
    """The list BBL zonder plek. What an address asks that does not exist is left out."""

    q = forms.CharField(
        label=_("Zoeken"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    plek = forms.ChoiceField(
        label=_("Plek"),
        required=False,
        choices=[("", _("Met en zonder plek")), *((name, word) for name, word in PLACES.items() if name != SIGNED)],
    )
    zoek = forms.ChoiceField(label=_("Zoektocht"), required=False, choices=[("", _("Elke stand")), *SEARCHES.items()])
    team = forms.ChoiceField(label=_("Team"), required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs["placeholder"] = _("Naam, studentnummer of klas")
        teams = Team.objects.filter(pk__in=user.roles.teams).values_list("pk", "name")
        self.teams = [(str(pk), name) for pk, name in teams]
        self.fields["team"].choices = [("", _("Alle teams")), *self.teams]  # type: ignore[attr-defined]

    @property
    def wanted(self) -> dict[str, str]:
        """The filters that are on."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class DayForm(forms.Form):
    """A day that is not to come; the field is `on`."""

    on = forms.DateField(label=_("Datum"), widget=date_input())

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"on": today}} | kwargs)
        self.today = today

    def clean_on(self) -> date:
        """Not in the future."""
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise ValidationError(_("Deze datum ligt in de toekomst."))
        return on


class StepForm(DayForm):
    """What was done to find a place."""

    text = forms.CharField(
        label=_("Wat is er gedaan?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AgreementsForm(forms.Form):
    """The agreements of school and student about searching (S3.2-b)."""

    text = forms.CharField(
        label=_("Afspraken"),
        help_text=_(
            "Wat doet de student, wat doet de school, wanneer spreken jullie elkaar weer? Eén afspraak per regel."
        ),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class SbbForm(DayForm):
    """When SBB was asked."""


class DecisionForm(DayForm):
    """BBL-04: the enrolment stays or ends, with the reason."""

    decision = forms.ChoiceField(
        label=_("Besluit"), choices=Search.Decision.choices, widget=forms.RadioSelect(attrs={"class": "choices-2"})
    )
    reason = forms.CharField(label=_("Onderbouwing"), max_length=500, widget=forms.Textarea(attrs={"rows": 4}))

    field_order = ["decision", "on", "reason"]


class CloseForm(DayForm):
    """What came of the search."""

    result = forms.ChoiceField(
        label=_("Resultaat"), choices=Search.Result.choices, widget=forms.RadioSelect(attrs={"class": "choices-3"})
    )

    field_order = ["result", "on"]
