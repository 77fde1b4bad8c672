"""Whose turn it is with an opdracht: the reader's own next deed, and what waits for a bpv-docent."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from assessment.assessing import roles_of
from assessment.assignments import may_submit
from assessment.models import HandedOut, Proposal
from placements.models import Placement, State


@dataclass(frozen=True)
class Line:
    """A row of the list: `deed` is what this reader can do next, "" for nothing."""

    handed: HandedOut
    deed: str


def lines_of(user: Any, placement: Placement) -> list[Line]:
    """The opdrachten of a placement, the easiest first, with the reader's own next deed."""
    roles = roles_of(user, placement)
    found = HandedOut.objects.filter(placement=placement).for_list()
    lines = []
    for handed in found:
        handed.placement = placement
        lines.append(Line(handed, _deed(user, handed, roles)))
    return lines


def _deed(user: Any, handed: HandedOut, roles: list[Any]) -> str:
    if handed.placement.closed_at:
        return ""
    if may_submit(user, handed):
        return {"open": "hand_in", "submitted": "hand_in_again"}.get(handed.state, "hand_in_again")
    newest = next(iter(handed.submissions.all()), None)
    if not roles or newest is None or handed.state == HandedOut.State.OPEN:
        return ""
    mine = [one for one in newest.judgements.all() if one.by_id == user.pk]
    return "" if mine else "assess"


def to_judge(teacher: Any) -> list[HandedOut]:
    """What the own students handed in and nobody judged yet; who waits longest first. One query."""
    found = HandedOut.objects.filter(placement__teacher=teacher, state=HandedOut.State.SUBMITTED)
    found = (
        found.filter(placement__closed_at=None)
        .exclude(placement__state=State.CANCELLED)
        .annotate(handed_in_at=Max("submissions__at"))
    )
    return list(found.select_related("placement__student", "placement__location").order_by("handed_in_at", "pk"))


def proposals_of(user: Any, placement: Placement) -> Any:
    """Own opdrachten of the leerbedrijf: what waits or was refused; what was taken over stands among the opdrachten."""
    return Proposal.objects.visible_to(user).filter(placement=placement).exclude(state=Proposal.State.ACCEPTED)
