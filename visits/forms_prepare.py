"""Input for the preparation of a talk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from bpv.core.forms import bare_helper
from visits import leidraad, preparing
from visits.models import ActionPoint, Party, Preparation, Talk

SCALE = [("o", gettext_lazy("onvoldoende")), ("v", gettext_lazy("voldoende")), ("g", gettext_lazy("goed"))]


def scale() -> forms.RadioSelect:
    """o, v and g beside each other."""
    return forms.RadioSelect(attrs={"class": "choices-scale"})


class PreparationForm(forms.Form):
    """Fourteen scores (bijlage 1), for the student also ten prompts (bijlage 2). To hand in, all scores are asked."""

    remarks = forms.CharField(
        label=gettext_lazy("Opmerkingen"), max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self, *args: Any, talk: Talk, party: Party, mine: Preparation | None, submit: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.helper, self.submit = bare_helper(), submit
        self.leidraad = leidraad.of_talk(talk)
        scores, answers = (mine.scores, mine.answers) if mine else ({}, {})
        remarks = self.fields.pop("remarks")
        for item in self.leidraad.items:
            field = forms.ChoiceField(choices=SCALE, widget=scale(), required=submit)
            field.label, field.initial = leidraad.shown(item["label"]), scores.get(item["key"])
            self.fields[f"score_{item['key']}"] = field
        for prompt in self._prompts(talk, party):
            area = forms.Textarea(attrs={"rows": 3, "data-draft": "voorbereiding"})
            field = forms.CharField(max_length=3000, required=False, widget=area)
            field.label = leidraad.shown(prompt["label"])
            field.initial = answers.get(prompt["key"]) or (_earlier(talk) if prompt["follow_up"] else "")
            self.fields[f"answer_{prompt['key']}"] = field
        self.fields["remarks"] = remarks
        remarks.initial = mine.remarks if mine else ""

    def _prompts(self, talk: Talk, party: Party) -> list[dict[str, Any]]:
        if party != Party.STUDENT:
            return []
        follows = preparing.is_follow_up(talk)
        return [prompt for prompt in self.leidraad.prompts if follows or not prompt["follow_up"]]

    @property
    def groups(self) -> list[tuple[str, list[Any]]]:
        """The items by group, in their order."""
        found: dict[str, list[Any]] = {}
        for item in self.leidraad.items:
            found.setdefault(leidraad.shown(item["group"]), []).append(self[f"score_{item['key']}"])
        return list(found.items())

    @property
    def prompt_fields(self) -> list[Any]:
        """The prompts, in their order."""
        return [self[name] for name in self.fields if name.startswith("answer_")]

    def given(self, begins: str) -> dict[str, str]:
        """What was filled in of the scores or the answers, by key."""
        return {
            name[len(begins) :]: text for name, text in self.cleaned_data.items() if name.startswith(begins) and text
        }


def _earlier(talk: Talk) -> str:
    """The agreements that are still open, one a line (B2-01)."""
    found = ActionPoint.objects.open().filter(placement=talk.placement_id)
    return "\n".join(f"- {point.text}" for point in found)
