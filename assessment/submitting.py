"""Handing in by the student: each time a new version, which stays (ONS-11)."""

import hashlib
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessment import telling
from assessment.assignments import current_of, locked, may_submit
from assessment.models import HandedOut, Submission
from bpv.core import audit, clock, documents
from bpv.core.uploads import Cleaned
from placements.access import is_student

MOST = 20  # versions of one opdracht


@transaction.atomic
def submit(*, handed: HandedOut, by: Any, text: str = "", file: Cleaned | None = None) -> Submission:
    """Keep what was handed in as the next version and ask the praktijkopleider to look; sent twice it is kept once.

    Raises ValidationError: neither text nor file, judged already (and not onvoldoende), or too many versions.
    PermissionDenied for others than the student.
    """
    placement = locked(handed.placement_id)
    if not is_student(by, placement):
        raise PermissionDenied
    current = current_of(handed)
    if not may_submit(by, current):
        raise ValidationError(
            _("Deze opdracht is beoordeeld. Vraag je bpv-docent om haar weer te openen."), code="state"
        )
    if not text.strip() and file is None:
        raise ValidationError({"text": _("Schrijf je uitwerking of kies een bestand.")})
    newest = current.submissions.select_related("document").first()
    if newest and _is_same(newest, text, file):
        return newest
    version = current.submissions.count() + 1
    if version > MOST:
        raise ValidationError(_("Er staan al %(count)s versies van deze opdracht.") % {"count": MOST}, code="many")
    made = Submission(handed_out=current, version=version, text=text.strip(), by=by)
    made.full_clean(exclude=["handed_out", "document", "by"])
    if file is not None:
        name = f"opdracht-{current.pk}-versie-{version}.{file.extension}"
        about = {"filename": name, "media_type": file.media_type, "by": by, "dossier": placement.pk}
        made.document = documents.store(file.content, **about)
    made.save()
    current.state, current.score = HandedOut.State.SUBMITTED, ""
    current.save()
    audit.record("assignment_handed_in", subject=current, by=by, dossier=placement.pk, title=current.title)
    telling.of_submission(placement, clock.today())
    return made


def _is_same(newest: Submission, text: str, file: Cleaned | None) -> bool:
    """A phone that lost the answer sends again; after a judgement the same is a new version."""
    kept = newest.document.sha256 if newest.document else ""
    sent = hashlib.sha256(file.content).hexdigest() if file else ""
    return (newest.text, kept) == (text.strip(), sent) and not newest.judgements.exists()
