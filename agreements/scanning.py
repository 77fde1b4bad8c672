"""A scan of signed paper, kept as KOPIE beside the round: it never counts as signed (POK-08)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from agreements.models import Mode, Pok, Scan
from bpv.core import audit, documents
from bpv.core.uploads import Cleaned

MOST = 10  # copies of one document


@transaction.atomic
def keep_scan(*, pok: Pok, by: Any, copy: Cleaned) -> Scan:
    """Store the copy under a name that says what it is; nothing else changes. ValidationError when it may not."""
    pok = Pok.objects.select_for_update().get(pk=pok.pk)
    if pok.mode not in ("", Mode.PAPER):
        raise ValidationError(_("Deze POK wordt op een andere manier getekend."), code="mode")
    if pok.scans.count() >= MOST:
        raise ValidationError(_("Er staan al %(count)s kopieën bij deze POK.") % {"count": MOST}, code="many")
    document = documents.store(
        copy.content,
        filename=f"KOPIE-{pok.number}-versie-{pok.version}.{copy.extension}",
        media_type=copy.media_type,
        by=by,
        dossier=pok.placement_id,
    )
    kept = Scan.objects.create(pok=pok, document=document, by=by)
    audit.record("pok_scan_kept", subject=pok, by=by, dossier=pok.placement_id, number=pok.number)
    return kept
