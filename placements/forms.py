"""Input for a placement."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from bpv.core.forms import date_input
from bpv.core.picker import PickerField, PickerForm
from companies.models import Contact, Location
from placements.models import Placement
from students.models import Enrolment


def teachers_of(teams: Any) -> Any:
    """The bpv-docenten of these teams, who can log in."""
    return User.objects.filter(is_active=True, memberships__role="teacher", memberships__team__in=teams).distinct()


TIMES = ["in_evening", "in_weekend", "in_holidays"]  # outside school hours (CAL-01)


class PlacementForm(PickerForm, forms.ModelForm):
    """Leerbedrijf by search; praktijkopleider out of the contact persons of the leerbedrijf."""

    location = PickerField(
        label=_("Leerbedrijf"),
        help_text=_("Typ een deel van de naam, de plaats of het leerbedrijf-ID."),
        search=lambda locations, typed: locations.matching(typed),
        search_label=_("Leerbedrijf zoeken"),
        note=lambda location: " · ".join(filter(None, (location.city, location.sbb_id))),
        refreshes="supervisor",
        refresh_label=_("Praktijkopleiders tonen"),
        error_messages={
            "required": _("Kies een leerbedrijf."),
            "invalid_choice": _("Dit leerbedrijf is er niet meer. Kies opnieuw."),
        },
    )
    supervisor = forms.ModelChoiceField(
        label=_("Praktijkopleider"),
        queryset=Contact.objects.none(),
        required=False,
        blank=True,
        empty_label=_("Nog niet bekend"),
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Deze praktijkopleider hoort niet bij dit leerbedrijf. Kies opnieuw.")},
    )

    class Meta:
        model = Placement
        fields = ["location", "supervisor", "start", "end", "hours_per_week", "hours_total", "keuzedelen", *TIMES]
        widgets = {"start": date_input(), "end": date_input()}
        help_texts = {"keuzedelen": _("Codes met komma's, zoals K0067,K0165.")}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        locations, supervisor = self.fields["location"], self.fields["supervisor"]
        locations.queryset = Location.objects.visible_to(user)  # type: ignore[attr-defined]
        location = locations.object_of(self["location"].value())  # type: ignore[attr-defined]
        if location is None:
            supervisor.help_text = _("Kies eerst een leerbedrijf.")
            return
        there = location.contacts.filter(is_supervisor=True)
        supervisor.queryset = there  # type: ignore[attr-defined]
        if not there:
            supervisor.help_text = _(
                "Bij dit leerbedrijf staat nog geen praktijkopleider. Voeg die toe op de pagina van het leerbedrijf."
            )


class NewPlacementForm(PlacementForm):
    """The same for a new placement: which enrolment it is for."""

    enrolment = PickerField(
        label=_("Student"),
        help_text=_("Typ een deel van de naam, het studentnummer of de klas."),
        search=lambda enrolments, typed: enrolments.matching(typed),
        search_label=_("Student zoeken"),
        title=lambda enrolment: enrolment.student.full_name,
        note=lambda enrolment: " · ".join(
            filter(None, (str(enrolment.programme), enrolment.group, enrolment.student.number))
        ),
        error_messages={
            "required": _("Kies een student."),
            "invalid_choice": _("Deze student is niet van jouw teams. Kies opnieuw."),
        },
    )

    field_order = ["enrolment"]

    class Meta(PlacementForm.Meta):
        fields = ["enrolment", *PlacementForm.Meta.fields]

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        own = Enrolment.objects.filter(programme__team__in=user.roles.coordinator)
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
