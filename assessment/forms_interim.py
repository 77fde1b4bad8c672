"""Input for the interim assessment."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.models import Interim, InterimView
from bpv.core.forms import bare_helper, date_input


class InterimViewForm(forms.ModelForm):
    """To keep it nothing is asked; to hand it in both texts."""

    class Meta:
        model = InterimView
        fields = ["good", "attention"]
        widgets = {
            "good": forms.Textarea(attrs={"rows": 4, "data-draft": "goed"}),
            "attention": forms.Textarea(attrs={"rows": 4, "data-draft": "aandacht"}),
        }

    def __init__(self, *args: Any, submit: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
        for field in self.fields.values():
            field.required = submit


class InterimForm(forms.ModelForm):
    """What the three established."""

    class Meta:
        model = Interim
        fields = ["held_on", "with_student", "with_supervisor", "good", "attention"]
        widgets = {
            "held_on": date_input(),
            "good": forms.Textarea(attrs={"rows": 4, "data-draft": "samen-goed"}),
            "attention": forms.Textarea(attrs={"rows": 4, "data-draft": "samen-aandacht"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()

    def clean(self) -> dict[str, Any]:
        """Student and praktijkopleider establish it with the school (BEO-06)."""
        cleaned = super().clean() or {}
        if not (cleaned.get("with_student") and cleaned.get("with_supervisor")):
            self.add_error(
                "with_supervisor", _("Bij dit gesprek horen student en praktijkopleider allebei (handboek 4.3).")
            )
        return cleaned


class ToldForm(forms.Form):
    """Who was told, and when."""

    on = forms.DateField(label=_("Verteld op"), widget=date_input())
    student = forms.BooleanField(label=_("aan de student"), required=False)
    supervisor = forms.BooleanField(label=_("aan de praktijkopleider"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()

    def clean(self) -> dict[str, Any]:
        """At least one of both."""
        cleaned = super().clean() or {}
        if not (cleaned.get("student") or cleaned.get("supervisor")):
            self.add_error("student", _("Kies aan wie het is verteld."))
        return cleaned
