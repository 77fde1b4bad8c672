"""The pages of a stored PDF as pictures and as text: what a signer reads is made of the very bytes that are signed.

Kept on disk by sha256, beside the documents; what is lost there is made again.
"""

import json
import os
import tempfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from threading import Lock

import pypdfium2
from django.conf import settings

from bpv.core import documents
from bpv.core.models import Document

WIDTH = 1000  # pixels of a picture
_one_at_a_time = Lock()  # PDFium is not made for threads


@dataclass(frozen=True)
class Sheet:
    """One page: its number from 1, its size in pixels, and what it says."""

    number: int
    width: int
    height: int
    text: str


def sheets(document: Document | None) -> list[Sheet]:
    """The pages of a document; none when it is no PDF that can be shown."""
    if document is None:
        return []
    path = _folder(document) / "pages.json"
    if not path.exists():
        _keep(path, json.dumps(_measure(document)).encode())
    return [Sheet(*values) for values in json.loads(path.read_text())]


def picture(document: Document, number: int) -> bytes | None:
    """The PNG of a page, None when there is no such page."""
    found = next((sheet for sheet in sheets(document) if sheet.number == number), None)
    if found is None:
        return None
    path = _folder(document) / f"{number}.png"
    if not path.exists():
        _keep(path, _draw(document, found))
    return path.read_bytes()


def _measure(document: Document) -> list[tuple[int, int, int, str]]:
    content = documents.read(document)
    with _one_at_a_time:
        try:
            pdf = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError:
            return []
        found = []
        for number, page in enumerate(pdf, start=1):
            width, height = page.get_size()
            text = page.get_textpage().get_text_bounded().replace("\r\n", "\n").strip()
            found.append((number, WIDTH, round(WIDTH * height / width), text))
        pdf.close()
        return found


def _draw(document: Document, sheet: Sheet) -> bytes:
    content = documents.read(document)
    with _one_at_a_time:
        pdf = pypdfium2.PdfDocument(content)
        page = pdf[sheet.number - 1]
        image = page.render(scale=WIDTH / page.get_size()[0]).to_pil()
        pdf.close()
    kept = BytesIO()
    image.save(kept, "PNG", compress_level=9)
    return kept.getvalue()


def _folder(document: Document) -> Path:
    return Path(settings.DOCUMENTS).parent / "pages" / document.sha256[:2] / document.sha256


def _keep(path: Path, content: bytes) -> None:
    """Whole or not at all: two readers at once write the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
    os.replace(file.name, path)
