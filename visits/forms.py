"""Input for questions, complaints and reports."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from bpv.core.forms import bare_helper
from visits.models import HelpRequest


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
