"""Input for the hours of a week, and for who confirms them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from bpv.core.bsn import refuse_bsn
from bpv.core.forms import bare_helper
from placements.hours import DayInput
from placements.models import Absence, HoursWeek, Way
from placements.timesheet import Day
from standards.words import long_date

GROUNDS = [
    ("", _("Ik was er de hele dag")),
    (_("Geoorloofd afwezig"), [choice for choice in Absence.choices if choice[0] != Absence.UNEXCUSED]),
    (_("Ongeoorloofd afwezig"), [(Absence.UNEXCUSED, Absence.UNEXCUSED.label)]),
]


class HoursField(forms.DecimalField):
    """Hours in quarters, with a comma or a point; empty is none."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off"} | kwargs.pop("attrs", {})
        super().__init__(
            required=False,
            max_digits=4,
            decimal_places=2,
            widget=forms.TextInput(attrs=attrs),
            error_messages={"invalid": _("Vul een getal in, zoals 7,5.")},
            **kwargs,
        )

    def to_python(self, value: Any) -> Decimal:
        """A comma is a point."""
        found: Decimal | None = super().to_python(str(value or "").strip().replace(",", "."))
        return found or Decimal(0)

    def prepare_value(self, value: Any) -> Any:
        """As people write it: 7,5; nothing for none."""
        if isinstance(value, Decimal):
            return f"{value.normalize():f}".replace(".", ",") if value else ""
        return value


@dataclass(frozen=True)
class Line:
    """A day with its fields."""

    day: Day
    worked: BoundField
    absent: BoundField
    absence: BoundField
    note: BoundField
    deliberate: BoundField

    @property
    def is_shown(self) -> bool:
        """Open for hours; or something was sent for it that has to be mended."""
        return not self.day.closed or bool(self.worked.errors or self.absent.errors)

    @property
    def is_away(self) -> bool:
        """Whether the part about absence stands open."""
        fields = (self.absent, self.absence, self.note)
        return any(field.value() or field.errors for field in fields)

    @property
    def asks(self) -> bool:
        """Whether hours on this day need a tick."""
        return self.day.asks or bool(self.deliberate.errors)


class WeekForm(forms.Form):
    """Seven days, and the reason of a correction when the week was confirmed."""

    reason = forms.CharField(
        label=_("Waarom verander je deze week?"),
        help_text=_("De praktijkopleider leest dit en bevestigt de week opnieuw."),
        max_length=300,
        validators=[refuse_bsn],
    )

    def __init__(
        self,
        *args: Any,
        days: list[Day],
        week: HoursWeek | None,
        correcting: bool,
        first: dict[int, Decimal],
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        self.helper = bare_helper()
        self.days = days
        kept = {day.on: day for day in week.days.all()} if week else {}
        if not correcting:
            del self.fields["reason"]
        for day in days:
            self._add(day, kept.get(day.on), first.get(day.index, Decimal(0)))

    def _add(self, day: Day, kept: Any, worked: Decimal) -> None:
        name, when = day.index, long_date(day.on)
        known = {"absent": Decimal(0), "absence": "", "note": "", "deliberate": False, "worked": worked}
        known |= {field: getattr(kept, field) for field in known} if kept else {}
        for_ear = {"aria-label": f"{_('Gewerkt')}, {when}", "data-draft": "uren"}
        fields: dict[str, forms.Field] = {
            "worked": HoursField(label=_("Uren gewerkt"), attrs=for_ear),
            "absent": HoursField(label=_("Uren afwezig"), attrs={"aria-label": f"{_('Afwezig')}, {when}"}),
            "absence": forms.ChoiceField(label=_("Waarom?"), choices=GROUNDS, required=False),
            "note": forms.CharField(label=_("Toelichting"), max_length=200, required=False, validators=[refuse_bsn]),
            "deliberate": forms.BooleanField(
                label=_("Zo afgesproken met het leerbedrijf en de bpv-docent"), required=False
            ),
        }
        for field, made in fields.items():
            made.initial = known[field]
            self.fields[f"{field}_{name}"] = made

    @property
    def lines(self) -> Iterator[Line]:
        """The days in the order of the week."""
        for day in self.days:
            parts = ("worked", "absent", "absence", "note", "deliberate")
            yield Line(day, *(self[f"{part}_{day.index}"] for part in parts))

    @property
    def entered(self) -> list[DayInput]:
        """The days as the deed takes them."""
        parts = ("worked", "absent", "absence", "note", "deliberate")
        data = self.cleaned_data
        return [DayInput(day.on, **{part: data[f"{part}_{day.index}"] for part in parts}) for day in self.days]


LONG = 40  # signs that no `id:revision` has


class Seen(forms.MultipleChoiceField):
    """`id:revision` of any week of the placement: what changed meanwhile is for the deed to say."""

    def __init__(self, weeks: Iterable[HoursWeek]) -> None:
        self.known = {week.pk for week in weeks}
        super().__init__(label=_("Weken"), error_messages={"required": _("Kies ten minste een week.")})

    def clean(self, value: Any) -> dict[int, int]:
        """id -> revision; what is no number, or no week of this placement, was not chosen here."""
        pairs = [str(one).partition(":") for one in value or () if len(str(one)) < LONG]
        found = {int(pk): int(revision) for pk, _sep, revision in pairs if pk.isdecimal() and revision.isdecimal()}
        found = {pk: revision for pk, revision in found.items() if pk in self.known}
        if not found:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return found


class ConfirmForm(forms.Form):
    """Which weeks, each as `id:revision`: what is confirmed is what was read. The school says how it was heard."""

    way = forms.ChoiceField(
        label=_("Hoe bevestigde het leerbedrijf de uren?"),
        choices=[("", _("Kies")), *(choice for choice in Way.choices if choice[0] != Way.OWN)],
        error_messages={"required": _("Kies hoe het leerbedrijf de uren bevestigde.")},
    )

    def __init__(self, *args: Any, weeks: Iterable[HoursWeek], on_behalf: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
        self.fields["weeks"] = Seen(weeks)
        if not on_behalf:
            del self.fields["way"]


class SendBackForm(forms.Form):
    """Why the student has to look again."""

    reason = forms.CharField(
        label=_("Wat klopt er niet?"),
        max_length=300,
        validators=[refuse_bsn],
        widget=forms.Textarea(attrs={"rows": 3, "data-draft": "uren-terug"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
