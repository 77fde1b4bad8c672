"""WeasyPrint, closed: no network, only packaged assets. One font configuration and stylesheet a process."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

import weasyprint
from django.conf import settings
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

PICTURES = ("data:image/svg+xml;base64,", "data:image/png;base64,")
STATIC = Path(settings.BASE_DIR) / "static"
PDF_UA = b"""<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>
<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of PDF/UA</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


class PackagedOnly(URLFetcher):
    """Refuses everything but files below static/, and pictures that stand in the text itself."""

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        if url.startswith(PICTURES):
            return super().fetch(url, headers)
        path = Path(unquote(urlparse(url).path)).resolve()
        if not url.startswith("file:") or not path.is_relative_to(STATIC.resolve()):
            raise ValueError(f"not allowed in a document: {url}")
        return super().fetch(url, headers)


@cache
def _house_style() -> tuple[FontConfiguration, list[CSS]]:
    """Our style sheet, and behind it `pdf.css` of the school's HOUSE_STYLE folder when it is there."""
    fonts = FontConfiguration()
    fetcher = PackagedOnly(allowed_protocols={"file", "data"}, fail_on_errors=True)
    own = Path(settings.HOUSE_FOLDER) / "pdf.css" if settings.HOUSE_FOLDER else None
    files = [STATIC / "css" / "pdf.css", *([own] if own and own.is_file() else [])]
    return fonts, [CSS(filename=str(file), font_config=fonts, url_fetcher=fetcher) for file in files]


def _also_pdf_ua(document: Any, pdf: Any) -> None:
    """WeasyPrint writes one conformance level; a PDF/A-3a file that names PDF/UA-1 as well is both."""
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    end = b"</rdf:RDF>"
    metadata.stream = [part.replace(end, PDF_UA + end) if isinstance(part, bytes) else part for part in metadata.stream]


@dataclass(frozen=True)
class Attachment:
    """A file inside the PDF; `relationship` as PDF/A-3 names it: Source, Data, Alternative, Supplement."""

    name: str
    content: bytes
    description: str
    relationship: str = "Data"


def make(html: str, attachments: Iterable[Attachment] = ()) -> bytes:
    """The PDF of an HTML text. ValueError when it asks for anything outside static/."""
    fonts, styles = _house_style()
    fetcher = PackagedOnly(allowed_protocols={"file", "data"}, fail_on_errors=True)
    page = HTML(string=html, base_url=STATIC.as_uri() + "/", url_fetcher=fetcher)
    how: dict[str, Any] = {
        "stylesheets": styles,
        "font_config": fonts,
        "pdf_variant": "pdf/a-3a",
        "finisher": _also_pdf_ua,
    }
    how["attachments"] = [
        weasyprint.Attachment(
            string=file.content, name=file.name, description=file.description, relationship=file.relationship
        )
        for file in attachments
    ]
    try:
        made: bytes = page.write_pdf(**how)
    except FatalURLFetchingError as fault:  # a BaseException, which would end the worker
        raise ValueError(str(fault)) from fault
    return made
