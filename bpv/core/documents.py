"""Bytes that stay: stored by sha256, written once, read back unchanged. And the one way to make a PDF."""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string

from bpv.core.models import Document


class DamagedDocument(Exception):
    """The bytes on disk are not those that were stored."""


def store(content: bytes, *, filename: str, media_type: str, by: Any, dossier: int | None = None) -> Document:
    """Keep the bytes (atomic write, then the row) and return their Document."""
    digest = hashlib.sha256(content).hexdigest()
    path = path_of(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(file.name, 0o440)
        os.replace(file.name, path)
    return Document.objects.create(
        sha256=digest, size=len(content), media_type=media_type, filename=filename, dossier=dossier, created_by=by
    )


def read(document: Document) -> bytes:
    """The stored bytes, checked against their sha256. Raises DamagedDocument."""
    content = path_of(document.sha256).read_bytes()
    if hashlib.sha256(content).hexdigest() != document.sha256:
        raise DamagedDocument(document.sha256)
    return content


def path_of(sha256: str) -> Path:
    """Where the bytes lie, below BPV_DATA/documents."""
    return Path(settings.DOCUMENTS) / sha256[:2] / sha256


def render(template: str, document: Any) -> bytes:
    """A PDF/A-3a + PDF/UA-1 of a template that touches only `document` (a dataclass)."""
    from bpv.core import pdf  # slow import: WeasyPrint loads Pango

    return pdf.make(render_to_string(template, {"document": document}))


def inline(content: bytes, filename: str) -> HttpResponse:
    """A PDF as the answer to a request, shown in the browser under this name."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{filename}"'
    return answer
