"""Input for a report, and for what is done about it."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bpv.core.forms import bare_helper, date_input
from visits.models import Incident, IncidentKind, Recipient
from visits.safety import Route


class IncidentForm(forms.ModelForm):
    """What happened, and to whom the student tells it. Nothing of it is kept on the device."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    kind = forms.ChoiceField(label=_("Waar gaat het over?"), choices=IncidentKind)
    to = forms.ChoiceField(label=_("Aan wie vertel je het?"), widget=forms.RadioSelect)

    class Meta:
        model = Incident
        fields = ["kind", "text", "happened_on", "to", "unnamed", "may_be_known", "form_key"]
        labels = {"text": _("Wat is er gebeurd?"), "happened_on": _("Wanneer was het?")}
        widgets = {
            "text": forms.Textarea(attrs={"rows": 7, "autocomplete": "off"}),
            "happened_on": date_input(),
        }

    def __init__(self, *args: Any, routes: list[Route], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
        self.routes = {route.code: route for route in routes}
        names = {
            code: f"{route.user.full_name}, {Recipient(route.recipient).label}" for code, route in self.routes.items()
        }
        self.fields["to"].choices = list(names.items())  # type: ignore[attr-defined]

    def clean_to(self) -> Route:
        """The person of the route."""
        return self.routes[self.cleaned_data["to"]]

    def validate_unique(self) -> None:
        """The form key may come twice: the deed keeps the first report."""


class StepForm(forms.Form):
    """What was done, or what somebody says."""

    text = forms.CharField(
        label=_("Wat wil je laten weten?"), max_length=3000, widget=forms.Textarea(attrs={"rows": 4})
    )
    internal = forms.BooleanField(label=_("Alleen voor mijzelf, de student leest dit niet"), required=False)

    def __init__(self, *args: Any, is_owner: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
        if not is_owner:
            del self.fields["internal"]


class SettleForm(forms.Form):
    """Who was told, and whether it is done."""

    confidant_on = forms.DateField(
        label=_("Vertrouwenscontactpersoon betrokken op"), required=False, widget=date_input()
    )
    sbb_on = forms.DateField(label=_("Gemeld bij SBB op"), required=False, widget=date_input())
    close = forms.BooleanField(label=_("De melding is afgerond"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
