"""Input for what belongs to a POK: the four questions, an addendum, a rectification, an answer."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from agreements.models import Pok
from bpv.core.forms import date_input
from standards.keuzedelen import Change

CODES = RegexValidator(r"^\s*(K\d{4}\b[\s,;]*)*$", _("Zet codes achter elkaar, zoals K0067, K0165."))


class QuestionsForm(forms.Form):
    """The four questions; what the dossier knows is filled in."""

    change = forms.ChoiceField(
        label=_("Wat wil de student?"),
        choices=[
            (Change.ADD.value, _("een keuzedeel erbij doen")),
            (Change.SWITCH.value, _("wisselen van keuzedeel")),
            (Change.FINISH.value, _("meer tijd om een keuzedeel af te maken")),
            (Change.OTHER.value, _("iets anders: dagen, uren, leerbedrijf")),
            (Change.NOTHING.value, _("niets: het keuzedeel staat al op de POK")),
        ],
        widget=forms.RadioSelect,
    )
    same_location = forms.TypedChoiceField(
        label=_("Is het bij hetzelfde leerbedrijf?"),
        choices=[("1", _("ja")), ("0", _("nee, bij een ander leerbedrijf"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    start = forms.DateField(label=_("Wanneer begint het keuzedeel?"), widget=date_input())
    end = forms.DateField(label=_("Wanneer is het klaar?"), widget=date_input())

    def clean(self) -> dict[str, Any]:
        """In order."""
        cleaned = super().clean() or {}
        if cleaned.get("start") and cleaned.get("end") and cleaned["end"] < cleaned["start"]:
            self.add_error("end", _("Het einde ligt voor het begin."))
        return cleaned


class AddendumForm(forms.Form):
    """Which keuzedelen hold afterwards, until when, and why."""

    codes = forms.CharField(
        label=_("Keuzedelen vanaf nu"),
        help_text=_("Alle keuzedelen die bij dit leerbedrijf gelden, met een komma ertussen: K0067, K0165."),
        max_length=200,
        required=False,
        validators=[CODES],
    )
    hours = forms.IntegerField(
        label=_("Uren per keuzedeel"), min_value=1, max_value=2000, required=False, help_text=_("Leeg: in overleg.")
    )
    end = forms.DateField(label=_("Einde van de bpv"), widget=date_input())
    hours_total = forms.IntegerField(label=_("Uren totaal"), min_value=1, max_value=9999)
    reason = forms.CharField(label=_("Waarom?"), max_length=300)

    def __init__(self, *args: Any, pok: Pok, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        placement = pok.placement
        self.fields["codes"].initial = ", ".join(placement.keuzedelen)
        self.fields["end"].initial, self.fields["hours_total"].initial = placement.end, placement.hours_total

    @property
    def keuzedelen(self) -> dict[str, int | None]:
        """Code -> hours."""
        codes = self.cleaned_data["codes"].replace(",", " ").replace(";", " ").split()
        return dict.fromkeys(codes, self.cleaned_data["hours"])


class RectificationForm(forms.Form):
    """What stands there, what it must be, and why."""

    old = forms.CharField(label=_("Wat staat er nu?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    new = forms.CharField(label=_("Wat moet er staan?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    why = forms.CharField(
        label=_("Hoe is de fout ontstaan?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        """Something changes."""
        cleaned = super().clean() or {}
        if cleaned.get("old") and cleaned.get("old") == cleaned.get("new"):
            self.add_error("new", _("Dit is hetzelfde als wat er nu staat."))
        return cleaned


class AnswerForm(forms.Form):
    """What is not right about a change that was sent."""

    text = forms.CharField(label=_("Wat klopt er niet?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))


def needs_signatures() -> bool:
    """Whether an addendum is signed by everybody; else it is sent with ten workdays to answer (T16)."""
    return bool(settings.ADDENDUM_SIGNED)


def not_in_future(day: date, today: date) -> date:
    """ValidationError for a day to come."""
    if day > today:
        raise ValidationError(_("Deze datum ligt in de toekomst."))
    return day
