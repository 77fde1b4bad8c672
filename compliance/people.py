"""Who is who around a placement, with how to reach them."""

from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from placements.access import may_manage
from placements.models import Placement


class Somebody(NamedTuple):
    """One person in a role; an empty name means that nobody has it yet."""

    role: str
    name: str = ""
    note: str = ""
    number: str = ""
    mail: str = ""
    action_url: str = ""
    action_label: str = ""


def people_of(placement: Placement, user: Any, coordinators: list[User]) -> list[Somebody]:
    """Student, praktijkopleider, bpv-docent and bpv-coördinators, for this reader."""
    return [
        student_of(placement, user),
        supervisor_of(placement, user),
        teacher_of(placement, user),
        *(colleague(_("Bpv-coördinator"), person) for person in coordinators),
    ]


def student_of(placement: Placement, user: Any) -> Somebody:
    """The student; the bpv-coördinator can change what is known."""
    student = placement.student
    found = Somebody(_("Student"), student.full_name, student.number, student.mobile, student.email)
    if not may_manage(user, placement):
        return found
    url = reverse("student", args=[student.number])
    return found._replace(action_url=url, action_label=_("Gegevens bekijken"))


def supervisor_of(placement: Placement, user: Any) -> Somebody:
    """The praktijkopleider; while there is none, the bpv-coördinator can choose one."""
    person = placement.supervisor
    if person is None and may_manage(user, placement):
        url = reverse("placement_edit", args=[placement.number]) + "#div_id_supervisor"
        label = _("Praktijkopleider kiezen")
        return Somebody(_("Praktijkopleider"), note=placement.location.name, action_url=url, action_label=label)
    if person is None:
        return Somebody(_("Praktijkopleider"), note=placement.location.name)
    return Somebody(_("Praktijkopleider"), person.full_name, placement.location.name, person.phone, person.email)


def teacher_of(placement: Placement, user: Any) -> Somebody:
    """The bpv-docent; while there is none, the bpv-coördinator can assign one."""
    if placement.teacher:
        return colleague(_("Bpv-docent"), placement.teacher)
    if not may_manage(user, placement):
        return Somebody(_("Bpv-docent"))
    url = reverse("placement_teacher", args=[placement.number])
    return Somebody(_("Bpv-docent"), action_url=url, action_label=_("Docent toewijzen"))


def colleague(role: str, person: User) -> Somebody:
    """Somebody who works at the school."""
    return Somebody(role, person.full_name, person.reachability, person.phone, person.email)
