"""May this person do this? The twins of the visible_to querysets."""

from typing import Any

from placements.access import is_student, is_supervisor, may_guide
from placements.models import Placement
from visits.models import ActionPoint, HelpRequest, Party


def may_log_contact(user: Any, placement: Placement) -> bool:
    """The own bpv-docent and the bpv-coördinator of the team."""
    return may_guide(user, placement)


def may_ask(user: Any, placement: Placement) -> bool:
    """The student and the praktijkopleider themselves; staff who guide, for somebody on the phone."""
    return is_student(user, placement) or is_supervisor(user, placement) or may_guide(user, placement)


def may_answer(user: Any, request: HelpRequest) -> bool:
    """The owner, the own bpv-docent and the bpv-coördinator of the team."""
    return request.owner_id == user.pk or may_guide(user, request.placement)


def may_finish(user: Any, point: ActionPoint) -> bool:
    """Who promised it, and who guides."""
    promised = {Party.STUDENT: is_student, Party.COMPANY: is_supervisor}.get(Party(point.owner), may_guide)
    return promised(user, point.placement) or may_guide(user, point.placement)
