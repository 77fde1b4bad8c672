"""May this person do this to this placement? The twin of `Placement.objects.visible_to`."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from placements.models import Decision, Placement, Search, State


def may_manage(user: Any, placement: Placement) -> bool:
    """The bpv-coördinator of the team: plans, changes, cancels, makes POKs."""
    return placement.team_id in user.roles.coordinator


def may_guide(user: Any, placement: Placement) -> bool:
    """The own bpv-docent and the bpv-coördinator of the team: log contacts, answer, assess."""
    return placement.teacher_id == user.pk or may_manage(user, placement)


def may_see_all(user: Any, placement: Placement) -> bool:
    """Staff of the team; not the student or the praktijkopleider."""
    return placement.team_id in user.roles.teams or placement.teacher_id == user.pk


def is_supervisor(user: Any, placement: Placement) -> bool:
    """The praktijkopleider of this placement, come in by link."""
    return placement.supervisor is not None and placement.supervisor.user_id == user.pk


def is_student(user: Any, placement: Placement) -> bool:
    """The student of this placement."""
    return placement.student.user_id == user.pk


def may_confirm_hours(user: Any, placement: Placement) -> bool:
    """The praktijkopleider; who guides writes down what was heard in another way."""
    return is_supervisor(user, placement) or may_guide(user, placement)


def may_decide_hours(user: Any, placement: Placement, kind: str) -> bool:
    """Who guides says whether a bpv can be assessed; the bevoegd gezag decides on what was missed (UUR-03, UUR-05)."""
    if kind == Decision.ASSESSABLE:
        return may_guide(user, placement)
    return may_manage(user, placement) or (kind == Decision.PARTS and placement.team_id in user.roles.manager)


def refuse_closed(placement: Placement) -> None:
    """A closed dossier stays as it is (S8-d), and so does a bpv that does not take place.

    Raises ValidationError; `placement` is the locked row.
    """
    if placement.state == State.CANCELLED:
        raise ValidationError(_("Deze plaatsing is vervallen."), code="cancelled")
    if placement.closed_at:
        raise ValidationError(_("Dit dossier is afgesloten en verandert niet meer."), code="closed")


def hold_open(placement: Placement) -> None:
    """Hold the row until the end of the transaction, while the dossier is open. Raises as `refuse_closed`."""
    refuse_closed(Placement.objects.select_for_update(of=("self",)).get(pk=placement.pk))


def may_lead_search(user: Any, search: Search) -> bool:
    """The bpv-coördinator of the team of the opleiding: agreements, decision, end of the search."""
    return search.enrolment.programme.team_id in user.roles.coordinator


def may_search_along(user: Any, search: Search) -> bool:
    """Who writes down what was done: the student and the bpv-docenten and bpv-coördinator of the team (S3.2-a)."""
    team = search.enrolment.programme.team_id
    return search.enrolment.student.user_id == user.pk or team in user.roles.teacher | user.roles.coordinator
