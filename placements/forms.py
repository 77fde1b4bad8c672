"""Input for a placement."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from bpv.core.forms import date_input
from companies.models import Contact, Location
from placements.models import Placement
from students.models import Enrolment


def teachers_of(teams: Any) -> Any:
    """The bpv-docenten of these teams, who can log in."""
    return User.objects.filter(is_active=True, memberships__role="teacher", memberships__team__in=teams).distinct()


class PlacementForm(forms.ModelForm):
    """Leerbedrijf by its ID, praktijkopleider by e-mail: both stand on the page of the leerbedrijf."""

    sbb_id = forms.CharField(
        label=_("Leerbedrijf-ID"),
        max_length=9,
        help_text=_("9 cijfers; staat op de pagina van het leerbedrijf."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    supervisor_email = forms.EmailField(
        label=_("E-mailadres van de praktijkopleider"),
        required=False,
        help_text=_("Zoals bij de contactpersonen van het leerbedrijf."),
    )

    class Meta:
        model = Placement
        fields = ["start", "end", "hours_per_week", "hours_total", "keuzedelen"]
        widgets = {"start": date_input(), "end": date_input()}
        help_texts = {"keuzedelen": _("Codes met komma's, zoals K0067,K0165.")}

    field_order = ["sbb_id", "supervisor_email"]

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.supervisor_before = self.instance.supervisor_id
        if self.instance.pk:
            supervisor = self.instance.supervisor
            self.fields["sbb_id"].initial = self.instance.location.sbb_id
            self.fields["supervisor_email"].initial = supervisor.email if supervisor else ""

    def clean(self) -> dict[str, Any]:
        """Look the leerbedrijf and the praktijkopleider up."""
        cleaned = super().clean() or {}
        location = Location.objects.visible_to(self.user).filter(sbb_id=cleaned.get("sbb_id")).first()
        if cleaned.get("sbb_id") and location is None:
            self.add_error("sbb_id", _("We kennen geen leerbedrijf met dit nummer."))
        if location is not None:
            self.instance.location = location
            self.instance.supervisor = self.supervisor_at(location, cleaned.get("supervisor_email", ""))
        return cleaned

    def supervisor_at(self, location: Location, email: str) -> Contact | None:
        """The praktijkopleider with this address; an error at the field when there is none."""
        found = location.contacts.filter(is_supervisor=True, email__iexact=email).first() if email else None
        if email and found is None:
            self.add_error("supervisor_email", _("Bij dit leerbedrijf is geen praktijkopleider met dit e-mailadres."))
        return found

    @property
    def changed(self) -> list[str]:
        """The names of the model's fields that changed."""
        names = {"sbb_id": "location", "supervisor_email": "supervisor"}
        changed = [names.get(name, name) for name in self.changed_data]
        if "supervisor" not in changed and self.instance.supervisor_id != self.supervisor_before:
            changed.append("supervisor")  # the same address at another leerbedrijf is another contact person
        return changed


class NewPlacementForm(PlacementForm):
    """The same for a new placement: which enrolment it is for."""

    enrolment = forms.ModelChoiceField(label=_("Student"), queryset=Enrolment.objects.none())

    field_order = ["enrolment", "sbb_id", "supervisor_email"]

    class Meta(PlacementForm.Meta):
        fields = ["enrolment", *PlacementForm.Meta.fields]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Enrolment.objects.filter(programme__team__in=self.user.roles.coordinator)
        self.fields["enrolment"].queryset = own.select_related("student", "programme")  # type: ignore[attr-defined]

    def _get_validation_exclusions(self) -> set[str]:
        """Student, programme and team follow from the enrolment, in the service."""
        return super()._get_validation_exclusions() | {"student", "programme", "team", "number"}


class TeacherForm(forms.Form):
    """A bpv-docent of the team."""

    teacher = forms.ModelChoiceField(label=_("Bpv-docent"), queryset=User.objects.none())

    def __init__(self, *args: Any, placement: Placement, **kwargs: Any) -> None:
        super().__init__(*args, initial={"teacher": placement.teacher_id}, **kwargs)
        self.fields["teacher"].queryset = teachers_of([placement.team_id])  # type: ignore[attr-defined]


class CancelForm(forms.Form):
    """Why it does not take place."""

    reason = forms.CharField(label=_("Waarom gaat deze bpv niet door?"), max_length=300)
