"""Input for handing out, handing in and judging opdrachten."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment import assignments
from assessment.forms_catalogue import WorkProcessesField
from assessment.goals import work_processes_of
from assessment.models import Assignment, Role, Score
from assessment.models.assignment_texts import HARDEST
from bpv.core.forms import bare_helper, date_input
from bpv.core.uploads import Cleaned, cleaned
from placements.models import Placement


class Chosen(forms.ModelMultipleChoiceField):
    """Opdrachten of the catalogue, with their order and werkprocessen."""

    def label_from_instance(self, obj: Assignment) -> str:
        codes = ", ".join(process.code for process in obj.work_processes.all())
        return f"{obj.difficulty} · {obj.title} ({codes})"


class HandOutForm(forms.Form):
    """One or several opdrachten at once."""

    chosen = Chosen(
        label=_("Opdrachten"),
        help_text=_("Het getal is de moeilijkheid: begin met de makkelijkste."),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
    )
    due = forms.DateField(label=_("Inleveren voor"), required=False, widget=date_input())

    def __init__(self, *args: Any, placement: Placement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
        self.fields["chosen"].queryset = assignments.to_choose(placement)
        self.fields["chosen"].error_messages["required"] = _("Kies minstens één opdracht.")


class DecisionForm(forms.Form):
    """Take an own opdracht of the leerbedrijf over, with its werkprocessen, or say why not (ONS-13)."""

    answer = forms.ChoiceField(
        label=_("Neem je deze opdracht over?"),
        choices=[("ja", _("ja, uitdelen aan de student")), ("nee", _("nee"))],
        widget=forms.RadioSelect(attrs={"class": "choices-2"}),
    )
    work_processes = WorkProcessesField(required=False, help_text=_("Welke werkprocessen oefent de student hiermee?"))
    difficulty = forms.IntegerField(label=_("Moeilijkheid (1 tot en met 9)"), min_value=1, max_value=HARDEST, initial=5)
    due = forms.DateField(label=_("Inleveren voor"), required=False, widget=date_input())
    reason = forms.CharField(
        label=_("Waarom niet?"),
        help_text=_("De praktijkopleider leest dit."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, placement: Placement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
        self.fields["work_processes"].queryset = work_processes_of(placement)


class SubmissionForm(forms.Form):
    """Text, a file, or both. A file that is refused leaves the text as it was typed."""

    text = forms.CharField(
        label=_("Jouw uitwerking"),
        help_text=_("Zet het nummer van de stap of vraag ervoor."),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10, "data-draft": "uitwerking"}),
    )
    file = forms.FileField(
        label=_("Bestand"),
        help_text=_("PDF, JPG of PNG, hoogstens 10 MB. Een Word-bestand sla je eerst op als PDF."),
        required=False,
        allow_empty_file=True,  # the gate says it in our words
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()

    def clean_file(self) -> Cleaned | None:
        """What may be kept of it."""
        file = self.cleaned_data["file"]
        return cleaned(file) if file else None


class JudgementForm(forms.Form):
    """O, V or G with feedback; the leerbedrijf also says who judges (ROL-BEO-3)."""

    role = forms.ChoiceField(label=_("Wie beoordeelt?"), widget=forms.RadioSelect)
    assessor = forms.CharField(
        label=_("Naam van de werkbegeleider"),
        help_text=_("Alleen als een werkbegeleider van uw bedrijf beoordeelt."),
        max_length=200,
        required=False,
    )
    score = forms.ChoiceField(label=_("Oordeel"), choices=Score, widget=forms.RadioSelect(attrs={"class": "choices-3"}))
    feedback = forms.CharField(
        label=_("Feedback voor de student"),
        help_text=_("Wat gaat goed en wat kan beter? Bij een onvoldoende is dit nodig."),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "data-draft": "feedback"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
        if Role.DAILY in roles:
            words = {Role.SUPERVISOR: _("ikzelf, als praktijkopleider"), Role.DAILY: _("een werkbegeleider")}
            self.fields["role"].choices = [(role, words[role]) for role in roles]
            self.fields["role"].initial = roles[0]
        else:
            del self.fields["role"], self.fields["assessor"]


class ReasonForm(forms.Form):
    """Why an opdracht opens again."""

    reason = forms.CharField(
        label=_("Waarom?"), help_text=_("Dit staat in de geschiedenis van het dossier."), max_length=300
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()


class FitForm(forms.Form):
    """How well an opdracht fits practice (OPD-07)."""

    score = forms.TypedChoiceField(
        label=_("Hoe goed past deze opdracht bij het echte werk?"),
        choices=[
            (1, _("1, helemaal niet")),
            (2, "2"),
            (3, _("3, een beetje")),
            (4, "4"),
            (5, _("5, heel goed")),
        ],
        coerce=int,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
