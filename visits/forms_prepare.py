"""Input for the preparation of a talk, and for the leidraad itself."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpv.core.forms import bare_helper
from visits import leidraad, preparing
from visits.models import ActionPoint, ConversationForm, Party, Preparation, Talk

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


class LeidraadForm(forms.Form):
    """The leidraad of an opleiding as two lists."""

    items = forms.CharField(
        label=gettext_lazy("Wat wordt gescoord?"),
        help_text=gettext_lazy("Eén per regel: groep, dubbele punt, onderdeel. Bijvoorbeeld: Beroepshouding: Inzet"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 16}),
    )
    prompts = forms.CharField(
        label=gettext_lazy("Waar gaat het gesprek over?"),
        help_text=gettext_lazy("Eén vraag per regel. De eerste wordt alleen bij een vervolggesprek gesteld."),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 14}),
    )

    def __init__(self, *args: Any, now: ConversationForm, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
        shown = leidraad.shown
        items = [f"{shown(item['group'])}: {shown(item['label'])}" for item in now.items]
        self.fields["items"].initial = "\n".join(items)
        self.fields["prompts"].initial = "\n".join(shown(prompt["label"]) for prompt in now.prompts)
        self.keys = {shown(one["label"]): one["key"] for one in [*now.items, *now.prompts]}

    def clean_items(self) -> list[dict[str, str]]:
        """Each line is an item in a group; one that was there keeps its key, so that a trend goes on."""
        found = [line.partition(":") for line in self._lines("items")]
        for group, _colon, label in found:
            if not group.strip() or not label.strip():
                raise ValidationError(_("Schrijf elke regel als groep, dubbele punt, onderdeel: %s") % group)
        return self._keyed([{"group": group.strip(), "label": label.strip()} for group, _colon, label in found])

    def clean_prompts(self) -> list[dict[str, Any]]:
        """Each line is a prompt."""
        found = [{"label": line, "follow_up": number == 0} for number, line in enumerate(self._lines("prompts"))]
        return self._keyed(found)

    def _lines(self, name: str) -> list[str]:
        return [line.strip() for line in self.cleaned_data[name].splitlines() if line.strip()]

    def _keyed(self, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        keyed = [one | {"key": self.keys.get(one["label"]) or slugify(one["label"])[:40]} for one in found]
        if len({one["key"] for one in keyed}) < len(keyed):
            raise ValidationError(_("Twee regels zijn gelijk. Maak van elke regel iets anders."))
        return keyed
