"""Is this file one of ours, and does it still hold? Says so without a word about the people in it."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from io import BytesIO
from typing import Any

from agreements import keys
from agreements.evidence import is_whole
from agreements.models import Pok
from bpv.core.models import Document

LARGEST = 10 * 2**20  # bytes of a file that is looked at


class Verdict(StrEnum):
    GENUINE = "echt"
    REPLACED = "vervangen"
    WITHDRAWN = "ingetrokken"
    NOT = "niet echt"


@dataclass(frozen=True)
class Examined:
    """What the file itself proves; `fault` is empty when it holds."""

    fault: str = ""
    original_sha256: str = ""
    parties: tuple[str, ...] = ()
    timestamped: bool = False


@dataclass(frozen=True)
class Answer:
    """What anybody may know."""

    verdict: Verdict
    pok: Pok | None = None
    fault: str = ""

    @property
    def sealed_at(self) -> datetime | None:
        return self.pok.sealed_at if self.pok else None


def verify(content: bytes) -> Answer:
    """Known by its sha256 as one we sealed, and the seal holds up to our root; else it is not genuine (T19)."""
    sha256 = hashlib.sha256(content).hexdigest()
    document = Document.objects.filter(sha256=sha256, size=len(content)).values("pk")
    pok = Pok.objects.filter(sealed__in=document).first()
    if pok is None:
        return Answer(Verdict.NOT, fault="unknown")
    found = examine(content)
    if found.fault:
        return Answer(Verdict.NOT, fault=found.fault)
    return Answer(standing(pok), pok)


def standing(pok: Pok) -> Verdict:
    """Whether it still stands: not withdrawn, and no later version."""
    later = Pok.objects.filter(number=pok.number, version__gt=pok.version)
    if later.exists():
        return Verdict.REPLACED
    return Verdict.WITHDRAWN if pok.withdrawn_on else Verdict.GENUINE


def examine(content: bytes) -> Examined:
    """The seal and the attachments, by the file alone and our pinned root. Never raises for a bad file."""
    if len(content) > LARGEST or not content.startswith(b"%PDF-"):
        return Examined("no PDF")
    try:
        return _examine(content)
    except keys.NoKey:
        raise
    except Exception as fault:  # whatever a hostile file makes a parser do
        return Examined(f"cannot be read: {type(fault).__name__}")


def _examine(content: bytes) -> Examined:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.fields import MDPPerm
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    reader = PdfFileReader(BytesIO(content))
    signatures = reader.embedded_signatures
    if len(signatures) != 1:
        return Examined(f"{len(signatures)} signatures")
    context = ValidationContext(trust_roots=list(keys.roots()), allow_fetching=False)
    times = ValidationContext(trust_roots=list(keys.timestamp_roots()), allow_fetching=False)
    seal = signatures[0]
    status: Any = validate_pdf_signature(seal, signer_validation_context=context, ts_validation_context=times)
    if not (status.bottom_line and status.intact and status.valid and status.trusted):
        return Examined("the seal does not hold")
    if status.coverage != SignatureCoverageLevel.ENTIRE_FILE or not _ends(content, seal):
        return Examined("changed after the seal")
    if status.docmdp_ok is False or seal.docmdp_level != MDPPerm.NO_CHANGES:
        return Examined("not sealed against changes")
    return _attachments(content, status.timestamp_validity is not None)


def _ends(content: bytes, seal: Any) -> bool:
    """The seal covers the file to its last byte."""
    _start, _length, second, tail = seal.byte_range
    return int(second) + int(tail) == len(content)


def _attachments(content: bytes, timestamped: bool) -> Examined:
    import pikepdf

    with pikepdf.open(BytesIO(content)) as file:
        names = set(file.attachments)
        if names != {"pok-ondertekend-origineel.pdf", "bewijs.json"}:
            return Examined("other attachments")
        original = file.attachments["pok-ondertekend-origineel.pdf"].get_file().read_bytes()
        proof = json.loads(file.attachments["bewijs.json"].get_file().read_bytes())
    if not is_whole(proof, original):
        return Examined("the proof does not belong to the document")
    parties = tuple(entry["party"] for entry in proof["signatures"])
    return Examined("", hashlib.sha256(original).hexdigest(), parties, timestamped)
