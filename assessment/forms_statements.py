"""Input for a praktijkverklaring."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment import statements
from assessment.models import Trajectory
from bpv.core.forms import bare_helper, date_input
from placements.models import Placement
from students.models import Enrolment

PREFIX = "bij_"


class StatementForm(forms.Form):
    """Per placement the werkprocessen that were finished there; those with a leerdoel that was reached are ticked."""

    trajectory = forms.ChoiceField(label=_("Waarvoor volgde de student de opleiding?"), choices=Trajectory)
    judged_by = forms.CharField(
        label=_("Wie van het leerbedrijf stelde dit vast?"),
        max_length=200,
        required=False,
        help_text=_("De praktijkopleider, of wie het leerbedrijf aanwees."),
    )
    remark = forms.CharField(
        label=_("Toelichting"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    on = forms.DateField(label=_("Datum van de verklaring"), widget=date_input())

    def __init__(self, *args: Any, enrolment: Enrolment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
        placements = statements.placements_of(enrolment)
        processes = list(statements.work_processes_of(enrolment))
        reached = statements.reached(placements)
        for placement in placements if processes else ():
            name = f"{PREFIX}{placement.pk}"
            self.fields[name] = forms.TypedMultipleChoiceField(
                label=_("Afgeronde werkprocessen bij %(where)s") % {"where": placement.location.name},
                choices=[
                    (process.pk, _label(process, reached.get((placement.pk, process.pk)))) for process in processes
                ],
                coerce=int,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
            self.initial.setdefault(
                name, [process.pk for process in processes if (placement.pk, process.pk) in reached]
            )
        self._who(placements)
        first = ["trajectory", *(name for name in self.fields if name.startswith(PREFIX))]
        self.order_fields([*first, "judged_by", "remark", "on"])

    def _who(self, placements: list[Placement]) -> None:
        last = placements[-1].supervisor if placements else None
        if last:
            self.initial.setdefault("judged_by", last.full_name)

    @property
    def finished(self) -> list[tuple[int, int]]:
        """(placement, werkproces) for every tick."""
        names = [name for name in self.fields if name.startswith(PREFIX)]
        return [(int(name.removeprefix(PREFIX)), process) for name in names for process in self.cleaned_data[name]]

    @property
    def given(self) -> dict[str, Any]:
        """What is asked besides."""
        return {name: self.cleaned_data[name] for name in ("trajectory", "judged_by", "remark", "on")}


def _label(process: Any, goals: list[str] | None) -> str:
    """The werkproces, with the leerdoelen that were reached there."""
    if not goals:
        return str(process)
    said = {"process": str(process), "goals": "; ".join(goals)}
    return str(_("%(process)s (leerdoel gehaald: %(goals)s)") % said)


class NeedlessForm(forms.Form):
    """Why a student needs no praktijkverklaring."""

    trajectory = forms.ChoiceField(label=_("Waarvoor volgde de student de opleiding?"), choices=Trajectory)
    reason = forms.CharField(
        label=_("Waarom is er geen verklaring nodig?"),
        max_length=300,
        help_text=_("Bijvoorbeeld: de student haalde het diploma, of gaat verder op een andere plek."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
