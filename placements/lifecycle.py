"""The table of decisions about a placement; phases (loopt, afgelopen) follow from the dates."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from placements.models import Placement, State

TRANSITIONS = {
    State.PLANNED: frozenset({State.CANCELLED, State.ENDED}),
    State.ENDED: frozenset(),
    State.CANCELLED: frozenset(),
}


def advance(placement: Placement, to: State, **changes: Any) -> None:
    """Guarded write: the row changes only when it is still in the state it was read in. Raises ValidationError."""
    before = State(placement.state)
    rows = Placement.objects.filter(pk=placement.pk, state=before)
    if to not in TRANSITIONS[before] or rows.update(state=to, **changes) != 1:
        raise ValidationError(_("Deze plaatsing is al vervallen of beëindigd."), code="state")
    placement.refresh_from_db()
