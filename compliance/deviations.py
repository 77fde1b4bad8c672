"""Deviations from a standard with reasons (S6.2-d): proposed by who guides, accepted by another who leads the team."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import languages
from bpv.core import audit, mail
from compliance.models import Deviation
from placements.models import Placement
from standards import RULES, periods

DEVIABLE = ("S6.2-a", "S6.2-b")  # the only standard that leaves room for it


def may_decide(user: Any, deviation: Deviation) -> bool:
    """bpv-coördinator or manager of the team, and not who proposed it: two people stand behind a deviation."""
    return leads(user, deviation.placement) and deviation.proposed_by_id != user.pk


def leads(user: Any, placement: Placement) -> bool:
    """bpv-coördinator or manager of the team."""
    return placement.team_id in user.roles.coordinator | user.roles.manager


@transaction.atomic
def propose(*, placement: Placement, rule: str, year: int, reason: str, by: Any) -> Deviation:
    """Ask to deviate from this rule; `year` as in standards.Period. ValidationError: not possible, or asked already."""
    leerweg: Any = placement.programme.leerweg
    years = {period.year for period in periods(leerweg, placement.start, placement.last_day)}
    if rule not in DEVIABLE or year not in years:
        raise ValidationError(_("Van deze standaard kun je niet afwijken."))
    try:
        with transaction.atomic():
            made = Deviation.objects.create(placement=placement, rule=rule, year=year, reason=reason, proposed_by=by)
    except IntegrityError as fault:
        raise ValidationError(_("Voor deze standaard loopt al een afwijking.")) from fault
    audit.record("deviation_proposed", subject=made, by=by, dossier=placement.pk, rule=RULES[rule].name)
    return made


@transaction.atomic
def decide(*, deviation: Deviation, accepted: bool, answer: str, by: Any, today: date) -> Deviation:
    """Accept or refuse, once. A refusal says why. Who proposed it is told by mail.

    Raises PermissionDenied for who proposed it, ValidationError when somebody was first.
    """
    locked = Deviation.objects.select_for_update().get(pk=deviation.pk)
    if not may_decide(by, locked):
        raise PermissionDenied
    if locked.accepted is not None:
        raise ValidationError(_("Hierover is al besloten door %(name)s.") % {"name": locked.decided_by.full_name})
    if not accepted and not answer:
        raise ValidationError({"answer": _("Leg uit waarom je niet akkoord gaat.")})
    locked.accepted, locked.answer, locked.decided_on, locked.decided_by = accepted, answer, today, by
    locked.save()
    words = {"rule": RULES[locked.rule].name}
    if accepted:
        audit.record("deviation_accepted", subject=locked, by=by, dossier=locked.placement_id, **words)
    else:
        audit.record("deviation_refused", subject=locked, by=by, dossier=locked.placement_id, **words)
    about = {"dossier": locked.placement_id, "language": languages.of(locked.proposed_by), "deviation": locked}
    mail.queue("deviation_decided", to=locked.proposed_by.email, key=str(locked.pk), **about)
    return locked


def to_decide(user: Any) -> Any:
    """What waits for this person's decision, the oldest first."""
    teams = user.roles.coordinator | user.roles.manager
    found = Deviation.objects.filter(accepted=None, placement__team__in=teams).exclude(proposed_by=user)
    return found.select_related("placement__student", "placement__location", "proposed_by").order_by(
        "proposed_at", "id"
    )
