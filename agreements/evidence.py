"""How a document was signed: a page for people in plain Dutch, and the same for machines (bewijs.json)."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from agreements import chain
from agreements.lifecycle import parties_of, signed_parties
from agreements.models import Mode, Party, Pok
from bpv.core.clock import AMSTERDAM
from standards.words import long_date

MARKER = "<!-- evidence -->"
TEMPLATE = "agreements/pdf/_evidence.html"


@dataclass(frozen=True)
class Signed:
    """One signature on the page: the moment is that of Europe/Amsterdam."""

    party: str
    name: str
    function: str
    day: str
    time: str
    how: str
    sha256: str


@dataclass(frozen=True)
class Evidence:
    """What the page shows."""

    number: str
    version: int
    school: str
    sha256: str
    offered: str
    complete: str
    was_sent: bool  # a change that was sent with ten workdays to answer: nobody signed
    signed: tuple[Signed, ...]
    silent: tuple[str, ...]  # of a change that was sent: who did not object in time
    address: str
    code: str


def how(proof: str) -> str:
    """In words how the signer was known."""
    words = {
        "link_code": _("via een link in de mail en een code in een tweede mail"),
        "sent": _("toegestuurd door de school"),
        "password": _("ingelogd bij de school, vlak voor het tekenen opnieuw met wachtwoord"),
        "password_mfa": _("ingelogd bij de school met wachtwoord en tweede stap"),
    }
    return words.get(proof, proof)


def moment(at: datetime | None) -> str:
    """`ma 3 aug 2026 om 14.05 uur`."""
    if at is None:
        return ""
    local = at.astimezone(AMSTERDAM)
    return _("%(day)s om %(time)s uur") % {"day": long_date(local.date()), "time": local.strftime("%H.%M")}


def of(pok: Pok) -> Evidence:
    """The page of a complete document, in Dutch."""
    found = signed_parties(pok)
    return Evidence(
        number=pok.number,
        version=pok.version,
        school=settings.SCHOOL_NAME,
        sha256=pok.document.sha256 if pok.document else "",
        offered=moment(pok.offered_at),
        complete=moment(pok.complete_at),
        was_sent=pok.mode == Mode.WINDOW,
        signed=tuple(_signed(party, found[party]) for party in parties_of(pok) if party in found),
        silent=tuple(str(party.label) for party in parties_of(pok) if party not in found),
        address=f"{settings.SITE_URL}/echt/{pok.code}/",
        code=pok.code,
    )


def _signed(party: Party, signature: Any) -> Signed:
    local = (signature.signed_at or signature.recorded_at).astimezone(AMSTERDAM)
    return Signed(
        party=str(party.label),
        name=signature.signer,
        function=signature.function,
        day=long_date(local.date()),
        time=local.strftime("%H.%M.%S"),
        how=how(signature.proof),
        sha256=signature.sha256,
    )


def insert(html: str, pok: Pok) -> str:
    """The frozen text of the document with the page of evidence at its place. ValueError without that place."""
    if html.count(MARKER) != 1:
        raise ValueError("the document has no place for the evidence")
    with override(settings.LANGUAGE_CODE):
        return html.replace(MARKER, render_to_string(TEMPLATE, {"evidence": of(pok)}))


def as_json(pok: Pok) -> dict[str, Any]:
    """For machines: the document, the signatures and the chain of events; no network address, no browser."""
    found = signed_parties(pok)
    document = pok.document
    return {
        "kind": "bewijs van ondertekening",
        "school": settings.SCHOOL_NAME,
        "number": pok.number,
        "version": pok.version,
        "document": {"sha256": document.sha256 if document else "", "size": document.size if document else 0},
        "signatures": [_entry(party, found[party]) for party in parties_of(pok) if party in found],
        "events": chain.as_list(pok),
    }


def _entry(party: Party, signature: Any) -> dict[str, Any]:
    at = signature.signed_at or signature.recorded_at
    return {
        "party": str(party),
        "name": signature.signer,
        "function": signature.function,
        "at": at.astimezone(UTC).isoformat(),
        "method": signature.method,
        "proof": signature.proof,
        "statement": signature.statement,
        "sha256": signature.sha256,
    }


def is_whole(proof: Any, original: bytes) -> bool:
    """Whether the proof speaks about exactly these bytes and its chain is intact."""
    try:
        sha256 = hashlib.sha256(original).hexdigest()
        signed: Iterable[dict[str, Any]] = proof["signatures"]
        digital = [entry["sha256"] for entry in signed if entry["method"] in ("digital", "confirmed")]
        return (
            proof["document"]["sha256"] == sha256
            and all(found == sha256 for found in digital)
            and chain.is_intact(proof["events"])
        )
    except (KeyError, TypeError, AttributeError):
        return False
