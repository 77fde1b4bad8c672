"""What each of the three thinks before the interim talk, blind until both outsiders are in (BEO-06)."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessment import late_views
from assessment.models import InterimView, Party
from bpv.core import audit, clock
from placements.access import is_student, is_supervisor, may_guide, may_see_all, refuse_closed
from placements.models import Placement

BOTH = frozenset({Party.STUDENT, Party.COMPANY})


def party_of(user: Any, placement: Placement) -> Party | None:
    """For which of the three this person prepares the talk."""
    if is_student(user, placement):
        return Party.STUDENT
    if is_supervisor(user, placement):
        return Party.COMPANY
    return Party.SCHOOL if may_guide(user, placement) else None


def waiting_views(placement: Placement) -> list[InterimView]:
    """What was prepared for the talk to come."""
    found = InterimView.objects.filter(placement=placement, interim=None).select_related("by")
    return list(found.exclude(pk__in=late_views.of_earlier_talk(placement)))


def readable(user: Any, placement: Placement, views: list[InterimView]) -> list[InterimView]:
    """The own one; of others what is handed in: for staff at once, for student and praktijkopleider when both are in.

    What the bpv-docent prepared is read by nobody else before it is established with the others.
    """
    own = party_of(user, placement)
    handed_in = {view.party for view in views if view.submitted_at}
    open_to_all = handed_in >= BOTH or may_see_all(user, placement)
    return [
        view
        for view in views
        if view.party == own or (view.submitted_at and (view.interim_id or (open_to_all and view.party in BOTH)))
    ]


@transaction.atomic
def prepare(*, placement: Placement, by: Any, good: str, attention: str, submit: bool) -> InterimView:
    """Keep the own view, or hand it in. Raises ValidationError: handed in already, or incomplete when it is."""
    locked = _locked(placement)
    party = party_of(by, locked)
    if party is None:
        raise PermissionDenied
    refuse_closed(locked)
    late_views.file_away(locked)
    mine = InterimView.objects.filter(placement=locked, interim=None, party=party).first()
    mine = mine or InterimView(placement=locked, party=party)
    if mine.submitted_at:
        raise ValidationError(_("Dit is al ingeleverd."), code="submitted")
    mine.good, mine.attention = good, attention
    mine.by, mine.saved_at = by, clock.now()
    mine.submitted_at = clock.now() if submit else None
    mine.full_clean(exclude=["placement", "interim", "by", "submitted_at"])
    mine.save()
    if submit:
        audit.record("interim_prepared", subject=mine, by=by, dossier=locked.pk, party=party.label)
    return mine


def _locked(placement: Placement) -> Placement:
    related = ("student__user", "supervisor__user", "location", "programme")
    return Placement.objects.select_for_update(of=("self",)).select_related(*related).get(pk=placement.pk)
