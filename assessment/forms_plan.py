"""Input for a beoordelingsplan and for having discussed it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.models import Part, Plan
from bpv.core.forms import bare_helper, date_input

ROWS = 6  # empty rows for parts, so that a plan is made without JavaScript


class CohortForm(forms.Form):
    """For which students the plan is."""

    cohort = forms.IntegerField(
        label=_("Vanaf welk cohort?"),
        min_value=2000,
        max_value=2100,
        help_text=_("Geldt voor studenten van dit cohort en later, tot er voor een later cohort een plan is."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()


class PlanForm(forms.ModelForm):
    """The procedure, and where it stands in both guides (S8-b)."""

    class Meta:
        model = Plan
        fields = ["procedure", "study_guide", "bpv_guide"]
        widgets = {"procedure": forms.Textarea(attrs={"rows": 5, "data-draft": "plan"})}
        help_texts = {
            "procedure": _(
                "Wie oordeelt wanneer, hoe komt het eindoordeel tot stand, en wat als iemand het niet eens is?"
            ),
            "study_guide": _("Zoals: Studiehandleiding 2026-2027, hoofdstuk 5."),
            "bpv_guide": _("Zoals: Bpv-gids 2026-2027, hoofdstuk 4."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()


class PartForm(forms.ModelForm):
    """One part; a row that is left empty is no part."""

    class Meta:
        model = Part
        fields = ["name", "weight", "by", "moment", "criteria"]
        widgets = {"criteria": forms.Textarea(attrs={"rows": 2}), "weight": forms.NumberInput(attrs={"min": 1})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()


class PartRows:
    """The parts in the order of the rows, and empty rows for more; an emptied row is no part."""

    def __init__(self, data: Any, parts: list[Part]) -> None:
        rows: list[Part | None] = [*parts, *([None] * ROWS)]
        self.forms = [self._row(data, f"part{number}", part) for number, part in enumerate(rows)]

    def _row(self, data: Any, prefix: str, part: Part | None) -> PartForm:
        """An empty row is not looked at, so that it shows no errors."""
        asked = ("name", "weight", "moment", "criteria")
        filled = data and any(data.get(f"{prefix}-{one}", "").strip() for one in asked)
        return PartForm(data if filled else None, prefix=prefix, instance=None if data and not filled else part)

    @property
    def filled(self) -> list[PartForm]:
        """The rows in which something was written."""
        return [form for form in self.forms if form.is_bound]

    def is_valid(self) -> bool:
        """Whether every filled row is right; each says at its fields what is not."""
        return sum(not form.is_valid() for form in self.filled) == 0

    def parts(self) -> list[Part]:
        """What was filled in, in order."""
        return [form.save(commit=False) for form in self.filled]


class DiscussedForm(forms.Form):
    """With whom the plan was discussed, and when (BEO-10)."""

    on = forms.DateField(label=_("Besproken op"), widget=date_input())
    with_student = forms.BooleanField(label=_("met de student"), required=False)
    with_supervisor = forms.BooleanField(label=_("met de praktijkopleider"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
