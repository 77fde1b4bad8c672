"""What a deed for many placements needs besides the choice: which docent, which hours, which words."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.models import Mode
from compliance.bulk import Plan, agreed
from compliance.models import Deed
from placements.messages import Receivers

SIGNING = [
    (Mode.DIGITAL.value, _("digitaal: iedereen krijgt een uitnodiging")),
    (Mode.PAPER.value, _("op papier: ik druk ze af en controleer de originelen")),
]


class BulkForm(forms.Form):
    """The key makes the same form sent twice one deed."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    @property
    def asked(self) -> dict[str, Any]:
        """What the worker needs to do it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "form_key"}


class TeachersForm(BulkForm):
    """One of the bpv-docenten who is in every team of the choice and says how to be reached (S4.2-c)."""

    teacher = forms.TypedChoiceField(label=_("Bpv-docent"), coerce=int)

    def __init__(self, *args: Any, teachers: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reachable = {teacher.pk: teacher for teacher in teachers if teacher.reachability}
        self.not_yet = [teacher.full_name for teacher in teachers if not teacher.reachability]
        field = self.fields["teacher"]
        offered = [(pk, _("%(name)s · nu %(load)s") % self._facts(who)) for pk, who in self.reachable.items()]
        field.choices = [("", _("Kies een docent")), *offered]  # type: ignore[attr-defined]
        field.help_text = _("Achter de naam staat hoeveel studenten de docent nu heeft.")
        if self.not_yet:
            why = _("Niet te kiezen, want nog geen bereikbaarheid ingevuld (standaard 4.2): %(names)s.")
            field.help_text = f"{field.help_text} {why % {'names': ', '.join(self.not_yet)}}"

    def _facts(self, teacher: Any) -> dict[str, Any]:
        return {"name": teacher.full_name, "load": teacher.load}

    @property
    def asked(self) -> dict[str, Any]:
        """With the name, as it was when it was asked."""
        teacher = self.reachable[self.cleaned_data["teacher"]]
        return {"teacher": teacher.pk, "name": teacher.full_name}


class PoksForm(BulkForm):
    """Period and hours are those of each placement; the hours of a keuzedeel hold for all who do it."""

    mode = forms.ChoiceField(
        label=_("Meteen laten tekenen?"),
        choices=[("", _("nee, eerst nakijken")), *SIGNING],
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = {placement.number: agreed(placement) for placement in plan.can}
        self.codes = sorted({code for placement in plan.can for code in placement.keuzedelen})
        for code in self.codes:
            label = _("Uren voor keuzedeel %(code)s") % {"code": code}
            self.fields[f"hours_{code}"] = forms.IntegerField(label=label, min_value=1, max_value=2000, required=False)

    @property
    def asked(self) -> dict[str, Any]:
        """Keuzedeel -> hours, empty where not filled in; and what each placement says now."""
        hours = {code: self.cleaned_data[f"hours_{code}"] for code in self.codes}
        return {"hours": hours, "shown": self.shown, "mode": self.cleaned_data["mode"]}


class OfferForm(BulkForm):
    """How they are signed. Who signs for the leerbedrijf: the tekenbevoegde, else the praktijkopleider."""

    mode = forms.ChoiceField(
        label=_("Hoe wordt er getekend?"), choices=SIGNING, initial=Mode.DIGITAL, widget=forms.RadioSelect
    )


class MessageForm(BulkForm):
    """To whom, and the words."""

    receivers = forms.ChoiceField(
        label=_("Aan wie?"),
        choices=Receivers,
        initial=Receivers.STUDENT,
        widget=forms.RadioSelect,
    )
    subject = forms.CharField(label=_("Onderwerp"), max_length=120)
    text = forms.CharField(
        label=_("Bericht"),
        max_length=4000,
        help_text=_("De aanhef en je naam komen er vanzelf bij. Mail is geen plek voor privézaken, zoals gezondheid."),
        widget=forms.Textarea(attrs={"rows": 8, "data-draft": "bericht"}),
    )


def form_for(plan: Plan, data: Any, *, teachers: list[Any], initial: dict[str, Any]) -> BulkForm:
    """The form of the deed; `data` None when it is not sent yet."""
    match plan.deed:
        case Deed.ASSIGN_TEACHER:
            return TeachersForm(data, teachers=teachers, initial=initial)
        case Deed.MAKE_POKS:
            return PoksForm(data, plan=plan, initial=initial)
        case Deed.OFFER_POKS:
            return OfferForm(data, initial=initial)
        case Deed.SEND_MESSAGE:
            return MessageForm(data, initial=initial)
