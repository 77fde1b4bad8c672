"""Input for a talk to come."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bpv.core.forms import bare_helper, date_input
from visits.models import ContactKind, Talk


class TalkForm(forms.ModelForm):
    """When, how and where."""

    kind = forms.ChoiceField(label=_("Vorm"), choices=ContactKind, widget=forms.RadioSelect)
    minutes = forms.IntegerField(label=_("Duur in minuten"), min_value=10, max_value=240)
    invite = forms.BooleanField(
        label=_("Nodig student en praktijkopleider uit"),
        help_text=_("Zij krijgen een mail, ook als je het gesprek later verzet of afzegt."),
        required=False,
        initial=True,
    )

    class Meta:
        model = Talk
        fields = ["on", "at", "minutes", "kind", "place"]
        labels = {"on": _("Datum"), "at": _("Tijd"), "place": _("Plaats of link")}
        help_texts = {"place": _("Leeg: het adres van het leerbedrijf.")}
        widgets = {"on": date_input(), "at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()

    @property
    def fields_of_talk(self) -> dict[str, Any]:
        """What the deed takes."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def _get_validation_exclusions(self) -> set[str]:
        """What does not change here is judged by the deed."""
        return super()._get_validation_exclusions() | {"placement", "occasion", "school_year"}


class TogetherForm(forms.Form):
    """One visit: the day, when it begins, and how long each talk takes."""

    on = forms.DateField(label=_("Datum"), widget=date_input())
    at = forms.TimeField(label=_("Begint om"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    minutes = forms.IntegerField(label=_("Minuten per student"), min_value=10, max_value=240, initial=30)
    invite = forms.BooleanField(label=_("Nodig studenten en praktijkopleiders uit"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()


class CancelForm(forms.Form):
    """Why it does not take place; who was invited reads it."""

    reason = forms.CharField(label=_("Waarom gaat het niet door?"), max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
