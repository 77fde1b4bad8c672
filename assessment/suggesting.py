"""An own opdracht of a praktijkopleider: proposed by link, taken over or not by who guides (ONS-13)."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessment import telling
from assessment.assignments import give, locked
from assessment.catalogue import REFLECTION, refuse_without_work_process
from assessment.goals import work_processes_of
from assessment.models import HandedOut, Proposal
from bpv.core import audit, clock
from placements.access import is_supervisor, may_guide
from students.models import WorkProcess

State = Proposal.State


@transaction.atomic
def propose(*, proposal: Proposal, by: Any) -> Proposal:
    """Propose an opdracht for the own student; the bpv-docent hears of it. Sent twice it waits once.

    PermissionDenied for others than the praktijkopleider.
    """
    placement = locked(proposal.placement_id)
    if not is_supervisor(by, placement):
        raise PermissionDenied
    sent = {
        "placement": placement,
        "title": proposal.title,
        "introduction": proposal.introduction,
        "steps": proposal.steps,
    }
    waiting = Proposal.objects.filter(state=State.WAITING, proposed_by=by, **sent).first()
    if waiting:
        return waiting
    proposal.proposed_by, proposal.reflection = by, list(REFLECTION)
    proposal.full_clean(exclude=["placement", "proposed_by"])
    proposal.save()
    audit.record("assignment_proposed", subject=proposal, by=by, dossier=placement.pk, title=proposal.title)
    telling.of_proposal(placement, proposal)
    return proposal


@transaction.atomic
def accept(
    *,
    proposal: Proposal,
    work_processes: Collection[WorkProcess],
    by: Any,
    today: date,
    difficulty: int,
    due: date | None = None,
) -> HandedOut:
    """Take it over: the school says which werkprocessen are practised (S7) and hands it out.

    Raises ValidationError: no werkproces of the opleiding, or decided already.
    """
    current = _waiting(proposal, by)
    refuse_without_work_process(work_processes, work_processes_of(current.placement))
    _decide(current, State.ACCEPTED, by)
    current.difficulty = difficulty
    made = give(current.placement, current, work_processes, proposal=current, by=by, today=today, due=due)
    audit.record("assignment_accepted", subject=current, by=by, dossier=current.placement_id, title=current.title)
    telling.of_handed_out(current.placement, [made])
    telling.of_decision(current.placement, current)
    return made


@transaction.atomic
def refuse(*, proposal: Proposal, by: Any, reason: str) -> Proposal:
    """Not to be handed out, with the reason for the praktijkopleider. Raises ValidationError without one."""
    current = _waiting(proposal, by)
    if not reason.strip():
        raise ValidationError({"reason": _("Schrijf op waarom de school deze opdracht niet overneemt.")})
    current.reason = reason
    _decide(current, State.REFUSED, by)
    audit.record("assignment_refused", subject=current, by=by, dossier=current.placement_id, title=current.title)
    telling.of_decision(current.placement, current)
    return current


def _waiting(proposal: Proposal, by: Any) -> Proposal:
    placement = locked(proposal.placement_id)
    if not may_guide(by, placement):
        raise PermissionDenied
    current = Proposal.objects.get(pk=proposal.pk)
    current.placement = placement
    if current.state != State.WAITING:
        raise ValidationError(_("Over dit voorstel is al beslist."), code="decided")
    return current


def _decide(proposal: Proposal, state: str, by: Any) -> None:
    proposal.state, proposal.decided_by, proposal.decided_at = state, by, clock.now()
    proposal.full_clean(exclude=["placement", "proposed_by", "decided_by"])
    proposal.save()
