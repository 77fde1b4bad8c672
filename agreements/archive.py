"""Dossiers to take along: the documents of chosen POKs with their evidence, and a manifest of hashes (ARC-01).

The whole file is made before the answer begins: a document that is damaged or lost stops it, with its POK-nummer.
"""

import hashlib
import json
import re
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import IO, Any, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from agreements import chain, evidence
from agreements.lifecycle import open_parties
from agreements.models import Pok
from bpv.core import audit, documents, tables
from bpv.core.models import Document
from bpv.core.tables import Column

MANIFEST = "manifest.csv"
COLUMNS = [
    Column("sha256"),
    Column("bytes"),
    Column("bestand"),
    Column("POK-nummer"),
    Column("versie"),
    Column("soort"),
    Column("dossier"),
    Column("in dossier op"),
]
UNSAFE = re.compile(r"[^A-Za-z0-9-]")  # a number may have been read in from a file of the school


def make(poks: QuerySet[Pok], *, by: Any, today: date) -> IO[bytes]:
    """A ZIP of these POKs, and the event that says who took how many along.

    Raises ValidationError when a document cannot be read as it was stored.
    """
    made: Any = tempfile.SpooledTemporaryFile(max_size=tables.IN_MEMORY)  # noqa: SIM115 - the answer closes it
    try:
        count = _write(made, poks, today)
    except ValidationError:
        made.close()
        raise
    made.seek(0)
    audit.record("dossiers_exported", subject=by, by=by, count=count)
    return cast(IO[bytes], made)


def _write(made: IO[bytes], poks: QuerySet[Pok], today: date) -> int:
    """Fill the ZIP; returns how many POKs are in it."""
    chosen = poks.select_related("document", "sealed", "paper", "placement__programme")
    lines, taken = [], set[str]()
    count = 0
    with override(settings.LANGUAGE_CODE), zipfile.ZipFile(made, "w") as archive:
        for count, pok in enumerate(chosen.prefetch_related("signatures", "signatories", "events"), start=1):  # noqa: B007
            stem = _stem(pok, taken)
            for name, content in _files(pok):
                path = f"{stem}{name}"
                archive.writestr(_entry(path, today), content)
                about = [pok.number, pok.version, str(pok.get_kind_display()), pok.dossier, pok.filed_on]
                lines.append([hashlib.sha256(content).hexdigest(), len(content), path, *about])
        with tables.as_csv(COLUMNS, lines) as manifest:
            archive.writestr(_entry(MANIFEST, today), manifest.read())
    return count


def _stem(pok: Pok, taken: set[str]) -> str:
    """`diplomadossier/POK200012-v1`: only letters, digits and hyphens, and never the same twice."""
    stem = f"{pok.dossier}/{UNSAFE.sub('_', pok.number)}-v{pok.version}"
    if stem.lower() in taken:
        stem = f"{stem}-{pok.pk}"
    taken.add(stem.lower())
    return stem


def _entry(path: str, today: date) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, (today.year, today.month, today.day, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o440 << 16
    return entry


def _files(pok: Pok) -> Iterator[tuple[str, bytes]]:
    """The sealed document, else what was frozen and a note where the original is; and the chain of the round."""
    if pok.sealed:
        yield ".pdf", _read(pok, pok.sealed)
    else:
        if pok.document:
            yield "-tekst.pdf", _read(pok, pok.document)
        yield "-papier.txt", _note(pok)
    if pok.events.all():
        proof = {"events": chain.as_list(pok)} if open_parties(pok) else evidence.as_json(pok)
        yield "-bewijs.json", json.dumps(proof, ensure_ascii=False, indent=1).encode()


def _read(pok: Pok, document: Document) -> bytes:
    try:
        return documents.read(document)
    except (documents.DamagedDocument, OSError) as fault:
        message = _("Het document van %(number)s is niet te lezen. Er is niets geëxporteerd. Meld dit bij beheer.")
        raise ValidationError(message % {"number": pok.number}, code="damaged") from fault


def _note(pok: Pok) -> bytes:
    """What is known of an original on paper, as text."""
    paper = pok.paper if hasattr(pok, "paper") else None
    return render_to_string("agreements/administration/paper.txt", {"pok": pok, "paper": paper}).encode()
