"""Input for the leidraad of an opleiding."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpv.core.forms import bare_helper
from visits import leidraad
from visits.models import ConversationForm


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
