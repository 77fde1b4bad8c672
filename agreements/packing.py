"""Many documents in one file: a ZIP to keep, or one PDF to print (it has no seal and no hash: not one to keep)."""

import csv
import hashlib
import io
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from typing import IO, Any, cast

import pikepdf
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from agreements.models import Pok
from bpv.core import audit, documents

MOST = 300  # documents at once
IN_MEMORY = 16 * 2**20  # bytes; what is larger goes through a file


def as_zip(poks: Iterable[Pok], *, by: Any) -> IO[bytes]:
    """Each document under its number, version and studentnummer, and a manifest with their sha256."""
    found = list(_contents(poks))  # first: a damaged one stops it before there is a file
    made, manifest = _file(), io.StringIO()
    lines = csv.writer(manifest, delimiter=";")
    lines.writerow(["sha256", "bytes", "bestand", "POK-nummer", "versie"])
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for pok, content in found:
            name = f"{pok.number}-v{pok.version}-{pok.placement.student.number}.pdf"
            archive.writestr(name, content)
            lines.writerow([hashlib.sha256(content).hexdigest(), len(content), name, pok.number, pok.version])
        archive.writestr("manifest.csv", manifest.getvalue())
    return _done(made, by, len(found), "ZIP")


def as_print_file(poks: Iterable[Pok], *, by: Any) -> IO[bytes]:
    """All documents behind each other, each beginning on a front page of a sheet that is printed on both sides."""
    found = list(_contents(poks))
    made = _file()
    with pikepdf.new() as together:
        for _pok, content in found:
            with pikepdf.open(io.BytesIO(content)) as one:
                together.pages.extend(one.pages)
                if len(one.pages) % 2:
                    together.add_blank_page(page_size=_size(one))
        together.save(made)
    return _done(made, by, len(found), "PDF")


def _size(one: pikepdf.Pdf) -> tuple[float, float]:
    left, bottom, right, top = (float(number) for number in one.pages[-1].mediabox)
    return right - left, top - bottom


def _contents(poks: Iterable[Pok]) -> Iterator[tuple[Pok, bytes]]:
    """The sealed document, else what was frozen. ValidationError when there is none or it is damaged."""
    for pok in poks:
        document = pok.sealed or pok.document
        try:
            if document is None:
                raise FileNotFoundError
            yield pok, documents.read(document)
        except (documents.DamagedDocument, OSError) as fault:
            message = _("Het document van %(number)s is niet te lezen. Meld dit bij beheer.") % {"number": pok.number}
            raise ValidationError(message, code="damaged") from fault


def _file() -> Any:
    return tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)


def _done(made: Any, by: Any, count: int, kind: str) -> IO[bytes]:
    made.seek(0)
    audit.record("poks_packed", subject=by, by=by, count=count, what=kind)
    return cast(IO[bytes], made)
