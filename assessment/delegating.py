"""The praktijkopleider has a werkbegeleider give the judgement, by a link of the own (ROL-WB, ROL-BEO-3)."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from assessment import rights
from assessment.hearing import of
from assessment.judgement_asking import ask_by_mail
from assessment.models import CompanyJudgement
from bpv.core import audit, clock
from companies.models import Contact
from placements.access import is_supervisor, may_guide, refuse_closed
from placements.messages import Receiver, Receivers
from placements.models import Placement


def mentors_of(placement: Placement) -> Any:
    """Whom the praktijkopleider may ask: others of the same location with an e-mail address."""
    found = Contact.objects.filter(Q(is_mentor=True) | Q(is_supervisor=True), location=placement.location_id)
    return found.exclude(email="").exclude(pk=placement.supervisor_id)


@transaction.atomic
def delegate(*, placement: Placement, to: Contact, by: Any) -> CompanyJudgement:
    """The praktijkopleider (or who guides, when asked to) has a werkbegeleider fill it in, by a link of the own.

    Raises ValidationError: somebody of another location, or handed in already.
    """
    related = ("supervisor", "student", "location")
    locked = Placement.objects.select_for_update(of=("self",)).select_related(*related).get(pk=placement.pk)
    if not (is_supervisor(by, locked) or may_guide(by, locked)):
        raise PermissionDenied
    refuse_closed(locked)
    kept = of(locked) or CompanyJudgement(placement=locked)
    if kept.submitted_at or rights.moment_of(locked).is_decided:
        raise ValidationError(_("Dit oordeel is al ingeleverd."), code="submitted")
    if not mentors_of(locked).filter(pk=to.pk).exists():
        raise ValidationError({"to": _("Kies iemand van dit leerbedrijf.")})
    kept.delegate, kept.delegated_at = to, clock.now()
    kept.save()
    audit.record("judgement_delegated", subject=kept, by=by, dossier=locked.pk, name=to.full_name)
    ask_by_mail(
        locked,
        Receiver(Receivers.SUPERVISOR, to),
        f"d{to.pk}:{kept.delegated_at:%Y%m%d%H%M}",
        page=f"/oordelen/{kept.pk}/",
    )
    return kept
