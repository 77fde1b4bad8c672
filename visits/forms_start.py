"""Input for the agreements at the start."""

from typing import Any

from django import forms

from bpv.core.forms import bare_helper
from visits import starting
from visits.models import StartAgreements


class StartForm(forms.ModelForm):
    """The seven agreements (VB-07), who does what (BEG-14), feedback and learning alone (BEG-15)."""

    class Meta:
        model = StartAgreements
        fields = [*starting.TOPICS, *starting.OTHERS]
        widgets = {name: forms.Textarea(attrs={"rows": 3, "data-draft": "start"}) for name in starting.TOPICS}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
        kept = self.instance.responsible if self.instance.pk else {}
        for task, label in starting.TASKS.items():
            name = str(label)
            field = forms.CharField(label=name[:1].upper() + name[1:], max_length=120, required=False)
            field.initial = kept.get(task, "")
            self.fields[f"task_{task}"] = field

    @property
    def topic_fields(self) -> list[Any]:
        return [self[name] for name in (*starting.TOPICS, *starting.OTHERS)]

    @property
    def task_fields(self) -> list[Any]:
        return [self[f"task_{task}"] for task in starting.TASKS]

    @property
    def given(self) -> dict[str, Any]:
        """What the deed takes."""
        topics = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return topics | {"responsible": {task: self.cleaned_data[f"task_{task}"] for task in starting.TASKS}}
