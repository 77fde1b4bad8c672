"""Input for the text of an opdracht: in the catalogue, and proposed by a praktijkopleider."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment import catalogue
from assessment.models import Assignment, Proposal
from bpv.core.forms import bare_helper
from students.models import Programme


class LinesField(forms.CharField):
    """A list, one a line."""

    widget = forms.Textarea

    def __init__(self, *, longest: int, most: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.longest, self.most = longest, most

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(catalogue.shown(value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        """The lines that say something."""
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if any(len(line) > self.longest for line in lines):
            raise forms.ValidationError(_("Een regel is te lang: hoogstens %(most)s tekens.") % {"most": self.longest})
        if len(lines) > self.most:
            raise forms.ValidationError(_("Dit zijn te veel regels: hoogstens %(most)s.") % {"most": self.most})
        return lines


def steps_field() -> LinesField:
    """The numbered steps and questions (OPD-06)."""
    return LinesField(
        label=_("Stappen en vragen"),
        help_text=_("Eén per regel. Ze krijgen vanzelf een nummer."),
        longest=1000,
        most=30,
        widget=forms.Textarea(attrs={"rows": 8, "data-draft": "opdracht"}),
    )


class WorkProcessesField(forms.ModelMultipleChoiceField):
    """Several werkprocessen as large choices (S7, OPD-01)."""

    def __init__(self, **kwargs: Any) -> None:
        about = {"label": _("Werkprocessen"), "widget": forms.CheckboxSelectMultiple, "queryset": None}
        super().__init__(**(about | kwargs))
        self.error_messages["required"] = _("Kies minstens één werkproces van de opleiding.")


class AssignmentForm(forms.ModelForm):
    """An opdracht of the catalogue (OPD-06)."""

    work_processes = WorkProcessesField()
    steps = steps_field()
    reflection = LinesField(
        label=_("Vragen van de praktijkopleider"),
        help_text=_("Om samen terug te kijken. Eén per regel."),
        required=False,
        longest=500,
        most=10,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    class Meta:
        model = Assignment
        fields = [
            "title",
            "work_processes",
            "difficulty",
            "introduction",
            "steps",
            "reflection",
            "in_working_time",
            "competence",
            "moment",
            "active",
        ]
        widgets = {"introduction": forms.Textarea(attrs={"rows": 4, "data-draft": "opdracht"})}
        help_texts = {
            "difficulty": _("1 is het makkelijkst, 9 het moeilijkst. In deze volgorde staan ze in de lijst."),
            "competence": _("Alleen bij een opdracht over de loopbaan van de student."),
            "moment": _("Alleen bij een opdracht over de loopbaan van de student."),
        }

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
        self.instance.programme = programme
        self.fields["work_processes"].queryset = catalogue.work_processes_of(programme)
        if self.instance.pk is None:
            self.fields["reflection"].initial = list(catalogue.REFLECTION)

    def clean_reflection(self) -> list[str]:
        """The handbook's own questions stay those, in whatever language the page was read."""
        return catalogue.as_kept(self.cleaned_data["reflection"])


class ProposalForm(forms.ModelForm):
    """What a praktijkopleider wants the own student to do; the school chooses the werkprocessen (ONS-13)."""

    steps = steps_field()

    class Meta:
        model = Proposal
        fields = ["title", "introduction", "steps", "in_working_time"]
        labels = {"title": _("Hoe heet de opdracht?"), "introduction": _("Wat gaat de student doen, en waarom?")}
        widgets = {"introduction": forms.Textarea(attrs={"rows": 4, "data-draft": "opdracht"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
