"""Input for questions, complaints and reports."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from bpv.core import clock
from bpv.core.forms import bare_helper, date_input
from visits.models import Channel, HelpRequest

CALLED = [choice for choice in Channel.choices if choice[0] != Channel.SITE]


class RequestForm(forms.ModelForm):
    """A hulpvraag, klacht or melding; staff say for whom they enter it."""

    kind = forms.ChoiceField(label=_("Waar gaat het om?"), choices=HelpRequest._meta.get_field("kind").choices)

    class Meta:
        model = HelpRequest
        fields = ["sender", "channel", "received_at", "kind", "topic", "text"]
        labels = {
            "sender": _("Van wie komt de vraag?"),
            "received_at": _("Wanneer kwam de vraag binnen?"),
            "topic": _("Onderwerp"),
            "text": _("Bericht"),
        }
        widgets = {
            "text": forms.Textarea(attrs={"rows": 6, "data-draft": "vraag"}),
            "received_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        }

    def __init__(self, *args: Any, sender: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
        self.fields["text"].required = True
        for name in ("sender", "channel", "received_at") if sender else ():
            del self.fields[name]
        if not sender:
            self.fields["channel"].choices = CALLED  # type: ignore[attr-defined]
            self.initial = {"channel": Channel.PHONE, "received_at": clock.now()} | self.initial

    def clean_received_at(self) -> datetime:
        """The clock runs from the moment of receipt, which has been."""
        moment: datetime = self.cleaned_data["received_at"]
        if moment > clock.now():
            raise ValidationError(_("Dit moment is nog niet geweest."))
        return moment


class AnswerForm(forms.Form):
    """The first response; it goes to who asked by e-mail."""

    text = forms.CharField(label=_("Antwoord"), max_length=5000, widget=forms.Textarea(attrs={"rows": 6}))

    def __init__(self, *args: Any, number: str, **kwargs: Any) -> None:
        """`number`: of the question; several may be open beside each other on one page."""
        super().__init__(*args, auto_id=f"id_{number}_%s", **kwargs)
        self.fields["text"].widget.attrs["data-draft"] = f"antwoord-{number}"
        self.helper = bare_helper()


class HandOverForm(forms.Form):
    """Another owner out of the team of the placement."""

    owner = forms.ModelChoiceField(label=_("Nieuwe eigenaar"), queryset=User.objects.none())

    def __init__(self, *args: Any, team: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
        members = User.objects.filter(is_active=True, memberships__team=team)
        self.fields["owner"].queryset = members.exclude(memberships__role="manager").distinct()  # type: ignore[attr-defined]


class StepForm(forms.Form):
    """What was done after the answer."""

    text = forms.CharField(label=_("Wat is er gedaan?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    to_sender = forms.BooleanField(label=_("Wie vroeg, mag dit lezen en krijgt een mail"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()


class CloseForm(forms.Form):
    """The outcome, and whether SBB was told (VEI-08)."""

    outcome = forms.CharField(label=_("Wat is de uitkomst?"), max_length=500)
    sbb_on = forms.DateField(label=_("Gemeld bij SBB op"), required=False, widget=date_input())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
