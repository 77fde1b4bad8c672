"""Input about the diploma requirement: the filters of the overview, equivalence, and what does not count."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment import examining
from bpv.core.forms import bare_helper, date_input
from standards.diploma import ANSWERS


class ExaminingFilter(forms.Form):
    """The overview for the examencommissie. What an address asks that does not exist is left out."""

    q = forms.CharField(
        label=_("Zoeken"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    opleiding = forms.ChoiceField(label=_("Opleiding"), required=False)
    cohort = forms.ChoiceField(label=_("Cohort"), required=False)
    klas = forms.CharField(label=_("Klas"), required=False, max_length=20)
    antwoord = forms.ChoiceField(label=_("Diploma-eis bpv"), required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs["placeholder"] = _("Naam, studentnummer of klas")
        found = examining.choices(user)
        answers = [(word, _(ANSWERS[answer])) for word, answer in examining.ANSWERS.items()]
        self._offer("opleiding", _("Alle opleidingen"), found["opleiding"])
        self._offer("cohort", _("Alle cohorten"), found["cohort"])
        self._offer("antwoord", _("Elk antwoord"), answers)

    def _offer(self, name: str, everything: Any, choices: list[Any]) -> None:
        self.fields[name].choices = [("", everything), *choices]  # type: ignore[attr-defined]

    @property
    def wanted(self) -> dict[str, str]:
        """The filters that are on."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class ProofForm(forms.Form):
    """Proof of an earlier bpv (ZIJ-01): what was seen, not the paper itself."""

    proof = forms.CharField(
        label=_("Welk bewijs heb je gezien?"),
        max_length=200,
        help_text=_("Bijvoorbeeld: instellingsverklaring van ROC Oost. Een kopie is niet nodig."),
    )
    proof_on = forms.DateField(label=_("Datum van het bewijs"), widget=date_input())
    positive = forms.BooleanField(
        label=_("Uit het bewijs blijkt dat de bpv voor deze kwalificatie met een positieve beoordeling is voltooid"),
        error_messages={"required": _("Zonder positieve beoordeling is dit geen bewijs voor de diploma-eis.")},
    )
    on = forms.DateField(label=_("Gezien op"), widget=date_input())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()


def _yes_or_no(label: Any, choices: Any = None) -> forms.TypedChoiceField:
    choices = choices or [("ja", _("ja")), ("nee", _("nee"))]
    radio = forms.RadioSelect(attrs={"class": "choices-2"})
    return forms.TypedChoiceField(label=label, choices=choices, coerce=lambda value: value == "ja", widget=radio)


def _why(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class DecisionForm(forms.Form):
    """The three questions of ZIJ-02, each with its motivation, and the decision."""

    recent = _yes_or_no(_("Is de werkervaring voldoende recent en relevant voor deze kwalificatie?"))
    recent_why = _why(_("Motivering: recent en relevant"))
    extent = _yes_or_no(_("Is de werkervaring van voldoende omvang voor de kwalificatie-eisen?"))
    extent_why = _why(_("Motivering: omvang"))
    level = _yes_or_no(_("Was het werk van het niveau van deze kwalificatie?"))
    level_why = _why(_("Motivering: niveau"))
    granted = _yes_or_no(
        _("Besluit van het bevoegd gezag"), [("ja", _("gelijkwaardig")), ("nee", _("niet gelijkwaardig"))]
    )
    on = forms.DateField(label=_("Datum van het besluit"), widget=date_input())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()


class LeftOutForm(forms.Form):
    """The decision of the examencommissie that a bpv does not count."""

    reason = forms.CharField(
        label=_("Waarom telt deze bpv niet mee?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    on = forms.DateField(label=_("Besluit van de examencommissie op"), widget=date_input())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
