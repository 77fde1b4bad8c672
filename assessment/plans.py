"""Deeds with a beoordelingsplan: drafted, published, and then never changed (S8-a, S8-b, BEO-11)."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessment.models import Part, Plan
from bpv.core import audit, clock
from placements.models import Placement
from students.models import Programme

WHOLE = 100  # percent


def may_plan(user: Any, programme: Programme) -> bool:
    """The bpv-coördinator of the team that gives the opleiding."""
    return programme.team_id in user.roles.coordinator


def holding_for(placement: Placement) -> Plan | None:
    """The newest published plan for the student's cohort."""
    return Plan.objects.for_cohort(placement.programme_id, placement.enrolment.cohort).first()


@transaction.atomic
def draft(*, programme: Programme, cohort: int, by: Any) -> Plan:
    """The draft for this cohort: the one there is, or a new one with the texts and parts of the newest plan."""
    if not may_plan(by, programme):
        raise PermissionDenied
    Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    known = Plan.objects.filter(programme=programme, cohort=cohort)
    if found := known.filter(published_at__isnull=True).first():
        return found
    newest = known.order_by("-version").first()
    source = newest or Plan.objects.for_cohort(programme.pk, cohort).first()
    made = Plan.objects.create(
        programme=programme,
        cohort=cohort,
        version=newest.version + 1 if newest else 1,
        procedure=source.procedure if source else "",
        study_guide=source.study_guide if source else "",
        bpv_guide=source.bpv_guide if source else "",
        made_by=by,
    )
    for part in source.parts.all() if source else ():
        part.pk, part.plan = None, made
        part.save(force_insert=True)
    audit.record("plan_drafted", subject=made, by=by, programme=str(programme), cohort=cohort)
    return made


@transaction.atomic
def save(*, plan: Plan, parts: list[Part], by: Any) -> Plan:
    """Keep a draft with these parts, in this order. Raises ValidationError when it is published already."""
    locked = _draft(plan, by)
    locked.procedure, locked.study_guide, locked.bpv_guide = plan.procedure, plan.study_guide, plan.bpv_guide
    locked.save()
    locked.parts.all().delete()
    for order, part in enumerate(parts, start=1):
        part.pk, part.plan, part.order = None, locked, order
        part.full_clean(exclude=["plan"])
        part.save(force_insert=True)
    return locked


@transaction.atomic
def publish(*, plan: Plan, by: Any) -> Plan:
    """From now on this version holds for placements that have no plan yet.

    Raises ValidationError: published already, no procedure, no parts, or weights that are not 100 together (BEO-11).
    """
    locked = _draft(plan, by)
    weights = [part.weight for part in locked.parts.all()]
    if not locked.procedure:
        raise ValidationError(_("Schrijf eerst op hoe de beoordeling verloopt."))
    if not weights:
        raise ValidationError(_("Een plan heeft minstens één onderdeel."))
    if sum(weights) != WHOLE:
        message = _("De wegingen zijn samen %(sum)s%%. Dat moet 100%% zijn.") % {"sum": sum(weights)}
        raise ValidationError(message, code="weights")
    locked.published_at, locked.published_by = clock.now(), by
    locked.save()
    version = locked.version
    about = {"programme": str(locked.programme), "cohort": locked.cohort, "version": version}
    audit.record("plan_published", subject=locked, by=by, **about)
    return locked


def _draft(plan: Plan, by: Any) -> Plan:
    locked = Plan.objects.select_for_update(of=("self",)).select_related("programme").get(pk=plan.pk)
    if not may_plan(by, locked.programme):
        raise PermissionDenied
    if locked.published_at:
        raise ValidationError(_("Dit plan is vastgesteld en verandert niet meer. Maak een volgende versie."))
    return locked
