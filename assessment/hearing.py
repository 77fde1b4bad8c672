"""Hearing the leerbedrijf before the school decides (BEO-09): asked by mail, kept while it is filled in.

The praktijkopleider answers, or a werkbegeleider whom the praktijkopleider asks (ROL-WB, ROL-BEO-3).
"""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessment import rights
from assessment.models import CompanyJudgement, Way
from bpv.core import audit, clock
from placements.access import is_supervisor, may_guide, refuse_closed
from placements.models import Placement


def delegated_to(user: Any) -> Any:
    """What a werkbegeleider was asked to fill in; such a person sees nothing else of the placement."""
    return CompanyJudgement.objects.filter(delegate__user=user)


def of(placement: Placement) -> CompanyJudgement | None:
    """What is kept of the leerbedrijf's judgement."""
    return CompanyJudgement.objects.select_related("by", "delegate").filter(placement=placement).first()


def is_delegate(user: Any, kept: CompanyJudgement | None) -> bool:
    """The werkbegeleider who was asked."""
    return bool(kept and kept.delegate and kept.delegate.user_id == user.pk)


def stamp(kept: CompanyJudgement | None) -> str:
    """Which text stood on the page: a form sends it along, so that nobody writes over what was not read."""
    return kept.saved_at.isoformat() if kept and kept.by_id else ""


@transaction.atomic
def write(
    *,
    placement: Placement,
    by: Any,
    submit: bool,
    way: str = Way.OWN,
    explanation: str = "",
    read: str | None = None,
    **fields: Any,
) -> CompanyJudgement:
    """Keep what was filled in, or hand it in; `fields`: score, scores, good, attention, assessor; `read`: its `stamp`.

    Raises ValidationError: handed in already, decided already, written by a colleague since it was read, or incomplete
    when it is handed in. PermissionDenied for others than the praktijkopleider, the werkbegeleider who was asked, and
    who guides (says how it came: `way`).
    """
    locked = Placement.objects.select_for_update(of=("self",)).select_related("supervisor").get(pk=placement.pk)
    kept = of(locked) or CompanyJudgement()
    kept.placement = locked
    own = is_supervisor(by, locked) or is_delegate(by, kept)
    if not (own or may_guide(by, locked)):
        raise PermissionDenied
    refuse_closed(locked)
    _refuse(kept, by, own=own, submit=submit, read=read)
    if not own and way == Way.OWN:
        raise ValidationError({"way": _("Kies hoe je het oordeel ontving.")})
    if way == Way.OTHER and not explanation:
        raise ValidationError({"explanation": _("Schrijf op hoe je het oordeel ontving.")})
    for name, value in fields.items():
        setattr(kept, name, value)
    kept.way, kept.explanation = (Way.OWN, "") if own else (way, explanation)
    kept.by, kept.saved_at = by, clock.now()
    kept.submitted_at = clock.now() if submit else None
    kept.full_clean(exclude=["placement", "by", "submitted_at", "delegate", "delegated_at"])
    kept.save()
    if submit:
        audit.record("assessment_heard", subject=kept, by=by, dossier=locked.pk, way=Way(kept.way).label)
    return kept


def _refuse(kept: CompanyJudgement, by: Any, *, own: bool, submit: bool, read: str | None) -> None:
    if rights.moment_of(kept.placement).is_decided:
        raise ValidationError(_("De school heeft al besloten."), code="decided")
    if kept.submitted_at:
        raise ValidationError(_("Dit oordeel is al ingeleverd."), code="submitted")
    if not (own or submit) and kept.by_id and kept.way == Way.OWN:
        raise ValidationError(_("Het leerbedrijf vult dit zelf al in. Lever alleen in wat je van hen hoorde."))
    if own == (kept.way == Way.OWN) and kept.by_id not in (None, by.pk) and read not in (None, stamp(kept)):
        raise ValidationError(_("Een collega heeft intussen ook geschreven. Lees dat eerst."), code="overtaken")
