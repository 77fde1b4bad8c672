"""A score for each part of the agreed plan, in the forms of the end."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from assessment.models import AgreedPlan, Part, Score
from bpv.core.forms import bare_helper

BEGIN = "part_"


def scale() -> forms.RadioSelect:
    """o, v and g beside each other."""
    return forms.RadioSelect(attrs={"class": "choices-3"})


def parts_for(agreed: AgreedPlan | None, *besides: str) -> list[Part]:
    """The parts of the plan that these judge; none when there is no plan."""
    return [part for part in agreed.plan.parts.all() if part.by in besides] if agreed else []


class ScoresForm(forms.ModelForm):
    """First the parts, then the rest; to keep it nothing is asked, to hand it in all scores."""

    def __init__(self, *args: Any, parts: list[Part], submit: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper, self.parts = bare_helper(), parts
        given = {**(self.initial.get("scores") or {}), **((self.instance.pk and self.instance.scores) or {})}
        rest = dict(self.fields)
        self.fields.clear()
        for part in parts:
            field = forms.ChoiceField(choices=Score, widget=scale(), required=submit, help_text=part.criteria)
            field.label = _("%(name)s (telt voor %(weight)s%%)") % {"name": part.name, "weight": part.weight}
            field.initial = given.get(str(part.pk))
            self.fields[f"{BEGIN}{part.pk}"] = field
        self.fields |= rest
        self.fields["score"].required = submit

    def given(self) -> dict[str, Any]:
        """What the deed asks: the fields, with the scores of the parts together."""
        found = {name: value for name, value in self.cleaned_data.items() if not name.startswith(BEGIN)}
        scores = {str(part.pk): self.cleaned_data.get(f"{BEGIN}{part.pk}", "") for part in self.parts}
        return found | {"scores": {key: score for key, score in scores.items() if score}}
