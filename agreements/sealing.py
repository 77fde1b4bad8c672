"""One seal under a document that everybody signed: PAdES, certified against any change, made by the worker.

Everything of one document is one transaction under its row lock: a killed worker did it wholly or not at all. Without
key or timestamp nothing is sealed; it waits, is tried again for ever, and stands on a page.
"""

import json
import logging
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from django.conf import settings
from django.db import transaction

from agreements import evidence, keys, verifying
from agreements.lifecycle import parties_of, signed_parties
from agreements.models import Mode, Pok
from agreements.telling import people_of, tell
from bpv.core import audit, clock, documents, pdf

log = logging.getLogger(__name__)
FIELD = "Zegel"
SIGNED = "pok-ondertekend-origineel.pdf"
PROOF = "bewijs.json"
MOST = 20  # documents in one run: others wait no longer for the worker
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(minutes=30)
SLOW = timedelta(hours=1)  # after this a person has to know


class NotSealed(Exception):
    """The document could not be sealed now; the message is for a person."""


def seal_waiting(now: datetime) -> int:
    """Seal what is complete; returns how many. Two workers never take the same one."""
    sealed = 0
    for _turn in range(MOST):
        outcome = _seal_next(now)
        if outcome is None:
            break
        sealed += outcome
    return sealed


def _waiting(now: datetime) -> Any:
    return Pok.objects.filter(complete_at__isnull=False, sealed=None, withdrawn_on=None, seal_due_at__lte=now)


def _seal_next(now: datetime) -> int | None:
    """1 when one was sealed, 0 when it must wait, None when nothing waits."""
    pok = None
    try:
        with transaction.atomic():
            found = _waiting(now).select_for_update(of=("self",), skip_locked=True)
            pok = found.select_related("placement", "document", "source").order_by("seal_due_at", "pk").first()
            if pok is None:
                return None
            seal(pok)
            return 1
    except Exception as fault:
        if pok is None:
            raise
        log.exception("sealing of %s failed", pok)
        _postpone(pok, fault)
        return 0


def seal(pok: Pok) -> None:
    """Build, sign, check, store, file and tell. Inside a transaction, with the row locked."""
    content = build(pok)
    certified = certify(content)
    _check(pok, certified)
    now = clock.now()
    pok.sealed = documents.store(
        certified,
        filename=f"{pok.number}-versie-{pok.version}-verzegeld.pdf",
        media_type="application/pdf",
        by=None,
        dossier=pok.placement_id,
    )
    pok.sealed_at, pok.seal_error = now, ""
    fields = ["sealed", "sealed_at", "seal_error"]
    if pok.is_main:  # what belongs to a POK lies with it
        pok.filed_on, pok.filed_in = clock.local_day(now), pok.dossier
        fields += ["filed_on", "filed_in"]
    pok.save(update_fields=fields)
    words = {"number": pok.number}
    audit.record("pok_sealed", subject=pok, by=None, dossier=pok.placement_id, **words)
    if pok.is_main:
        audit.record("pok_filed", subject=pok, by=None, dossier=pok.placement_id, where=pok.filed_in, **words)
    for person in people_of(pok):
        tell(person, pok, "pok_sealed", key=str(pok.pk), version=pok.version, was_sent=pok.mode == Mode.WINDOW)


def build(pok: Pok) -> bytes:
    """The document with the page of evidence, and inside it the signed original and the proof (PDF/A-3)."""
    if pok.document is None or pok.source is None:
        raise NotSealed("het document ontbreekt")
    original = documents.read(pok.document)
    html = documents.read(pok.source).decode()
    proof = evidence.as_json(pok)
    files = [
        pdf.Attachment(SIGNED, original, "De ondertekende bytes", "Source"),
        pdf.Attachment(PROOF, json.dumps(proof, ensure_ascii=False, indent=1).encode(), "Bewijs van ondertekening"),
    ]
    return pdf.make(evidence.insert(html, pok), files)


def certify(content: bytes) -> bytes:
    """One invisible certification signature: no change is allowed afterwards. With TSA_URL a timestamp, else no time
    but that of the key. Raises NoKey, and whatever the timestamp authority does wrong."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    invisible = fields.InvisSigSettings(set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True)
    how = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        name=settings.SCHOOL_NAME,
        reason="Verzegeld door de school",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    field = fields.SigFieldSpec(
        FIELD, invis_sig_settings=invisible, readable_field_name=f"Digitaal zegel van {settings.SCHOOL_NAME}"
    )
    signer = signers.PdfSigner(how, keys.signer(), timestamper=timestamper(), new_field_spec=field)
    out = BytesIO()
    signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(content)), output=out)
    return out.getvalue()


def timestamper() -> Any:
    """The timestamp authority of the settings, or none."""
    if not settings.TSA_URL:
        return None
    from pyhanko.sign.timestamps import HTTPTimeStamper

    return HTTPTimeStamper(settings.TSA_URL, timeout=settings.TSA_SECONDS)


def _check(pok: Pok, certified: bytes) -> None:
    """Read back what was made as a stranger would: what is not genuine is not kept."""
    found = verifying.examine(certified)
    if found.fault:
        raise NotSealed(f"het zegel klopt niet: {found.fault}")
    if pok.document is None or found.original_sha256 != pok.document.sha256:
        raise NotSealed("de bijlage is niet wat getekend is")
    if settings.TSA_URL and not found.timestamped:
        raise NotSealed("het tijdstempel ontbreekt")
    needed = signed_parties(pok) if pok.mode == Mode.WINDOW else parties_of(pok)  # there silence agrees too
    if set(found.parties) != {str(party) for party in needed}:
        raise NotSealed("het bewijs noemt niet alle partijen")


@transaction.atomic
def _postpone(pok: Pok, fault: Exception) -> None:
    """Try again later, a little later each time; without end."""
    waited = clock.now() - (pok.complete_at or clock.now())
    pause = min(max(waited, FIRST_PAUSE), LONGEST_PAUSE)
    error = (str(fault) or type(fault).__name__)[:300]
    Pok.objects.filter(pk=pok.pk, sealed=None).update(seal_due_at=clock.now() + pause, seal_error=error)


def stuck(user: Any, now: datetime) -> Any:
    """Documents of the teams this person leads that everybody signed over an hour ago and that have no seal yet."""
    led = Pok.objects.filter(placement__team__in=user.roles.coordinator, sealed=None, withdrawn_on=None)
    found = led.filter(complete_at__lt=now - SLOW, seal_due_at__isnull=False)
    return found.select_related("placement__student", "placement__location").order_by("complete_at")
