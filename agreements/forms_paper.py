"""Input for a round on paper: one form for the step that is next."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.lifecycle import open_parties
from agreements.models import Paper, Party, Pok
from bpv.core.forms import date_input


class SentForm(forms.Form):
    """When the printed document went out."""

    sent_on = forms.DateField(label=_("Verzonden of meegegeven op"), widget=date_input())


class ReceivedForm(forms.Form):
    """When and how the original came back."""

    received_on = forms.DateField(
        label=_("Origineel ontvangen op"),
        help_text=_("Een scan, foto of kopie telt niet. Heb je het originele papier in handen?"),
        widget=date_input(),
    )
    channel = forms.ChoiceField(label=_("Hoe ontvangen?"), choices=Paper.Channel.choices, widget=forms.RadioSelect)


class CheckForm(forms.Form):
    """Every signature that is on the original, and where the original lies."""

    kept_at = forms.CharField(label=_("Waar ligt het origineel?"), max_length=120)

    def __init__(self, *args: Any, pok: Pok, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {signer.party: signer.name for signer in pok.signatories.all()}
        self.parties = open_parties(pok)
        for party in self.parties:
            words = {"party": Party(party).label}
            known = names.get(party) or ("" if party != Party.STUDENT else pok.placement.student.full_name)
            self.fields[f"name_{party}"] = forms.CharField(
                label=_("Naam bij de handtekening: %(party)s") % words, max_length=200, initial=known
            )
            self.fields[f"on_{party}"] = forms.DateField(label=_("Getekend op: %(party)s") % words, widget=date_input())

    @property
    def signatures(self) -> dict[str, tuple[str, date]]:
        """Party -> (name, day)."""
        given = self.cleaned_data
        return {str(party): (given[f"name_{party}"], given[f"on_{party}"]) for party in self.parties}
