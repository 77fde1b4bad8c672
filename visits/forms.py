"""Input for contact moments and questions."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from bpv.core.forms import bare_helper
from visits.models import ContactKind, ContactMoment, HelpRequest


class ContactForm(forms.ModelForm):
    """A talk that was held, in under a minute: what is usual stands filled in."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    kind = forms.ChoiceField(label=_("Soort"), choices=ContactKind, widget=forms.RadioSelect)

    class Meta:
        model = ContactMoment
        fields = ["on", "kind", "with_student", "with_supervisor", "goals_discussed", "discussed", "agreed", "form_key"]
        widgets = {
            "on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "discussed": forms.Textarea(attrs={"rows": 4, "data-draft": "contact"}),
            "agreed": forms.Textarea(attrs={"rows": 3, "data-draft": "contact"}),
        }
        labels = {
            "on": _("Datum"),
            "with_student": _("De student deed mee"),
            "with_supervisor": _("De praktijkopleider deed mee"),
            "goals_discussed": _("We hebben de leerdoelen besproken"),
            "discussed": _("Wat is besproken?"),
            "agreed": _("Welke afspraken zijn gemaakt?"),
        }

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.helper = bare_helper()
        self.fields["discussed"].required = True

    def clean_on(self) -> date:
        """A talk is written down after it was held."""
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise ValidationError(_("Deze datum ligt in de toekomst. Leg een gesprek vast als het is geweest."))
        return on

    def clean(self) -> dict[str, Any]:
        """Somebody besides the bpv-docent took part."""
        cleaned = super().clean() or {}
        if not cleaned.get("with_student") and not cleaned.get("with_supervisor"):
            self.add_error("with_student", _("Geef aan wie er meedeed: de student, de praktijkopleider of allebei."))
        return cleaned

    def validate_unique(self) -> None:
        """The form key may come twice: the service keeps the first talk (a form sent twice is one talk)."""


class RequestForm(forms.ModelForm):
    """A hulpvraag, klacht or melding; staff say for whom they enter it."""

    kind = forms.ChoiceField(label=_("Waar gaat het om?"), choices=HelpRequest._meta.get_field("kind").choices)

    class Meta:
        model = HelpRequest
        fields = ["sender", "kind", "topic", "text"]
        labels = {"sender": _("Van wie komt de vraag?"), "topic": _("Onderwerp"), "text": _("Bericht")}
        widgets = {"text": forms.Textarea(attrs={"rows": 6, "data-draft": "vraag"})}

    def __init__(self, *args: Any, sender: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
        self.fields["text"].required = True
        if sender:
            del self.fields["sender"]


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
