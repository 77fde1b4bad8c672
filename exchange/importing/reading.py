"""From bytes to rows with their line numbers. What cannot be read safely is refused before it is opened."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from bpv.core import text
from exchange.importing.fields import Cell

MAX_FILE = 20 * 2**20
MAX_UNPACKED = 200 * 2**20
# A cell beyond column BZ or row 200,000 would have the reader reserve gigabytes for the emptiness before it.
FAR_AWAY = re.compile(rb"""r=["'](?:[C-Z][A-Z]|[A-Z]{3,})\d|r=["'][A-Z]{0,3}(?:[2-9]\d{5}|\d{7,})["']""")
SEPARATORS = (";", ",", "\t")


class Unreadable(Exception):
    """The file (or one line of it) cannot be read; `line` is 0 for the whole file."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.message, self.line = message, line


@dataclass
class Incoming:
    """A file as it came in."""

    name: str
    content: bytes = field(repr=False)


@dataclass
class Page:
    """One table: a CSV file or one sheet of a workbook. `lines` gives (line number, cells) below the header."""

    file: str
    name: str
    header: list[str]
    lines: Iterator[tuple[int, list[Cell]]] = field(repr=False)


def fold_title(title: Any) -> str:
    """A heading as it is compared: 'Leerbedrijf ID ' equals 'leerbedrijf-id'."""
    return re.sub(r"[^a-z0-9]", "", text.fold(str(title)))


def pages(incoming: Incoming, known: set[str]) -> list[Page]:
    """The tables in a file; `known` are the folded headings that count. Raises Unreadable."""
    if len(incoming.content) > MAX_FILE:
        raise Unreadable(_("Het bestand is groter dan 20 MB."))
    if not incoming.content.strip(b"\xef\xbb\xbf\r\n\t ;,"):
        raise Unreadable(_("Het bestand is leeg."))
    if incoming.name.lower().endswith(".xlsx"):
        return _workbook(incoming)
    if incoming.content[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        raise Unreadable(_("Dit is een Excel-bestand met een andere naam. Sla het op als .xlsx of als .csv."))
    return [_separated(incoming, known)]


def _workbook(incoming: Incoming) -> list[Page]:
    _check_workbook(incoming.content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(incoming.content))
        sheets = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names]
    except (CalamineError, OSError, ValueError) as fault:
        raise Unreadable(_("Dit bestand is geen leesbaar Excel-bestand. Sla het opnieuw op als .xlsx.")) from fault
    filled = [(name, rows) for name, rows in sheets if any(any(cell != "" for cell in row) for row in rows)]
    if not filled:
        raise Unreadable(_("Het bestand is leeg."))
    return [_sheet(incoming.name, name, rows) for name, rows in filled]


def _sheet(file: str, name: str, rows: list[list[Cell]]) -> Page:
    """The header is the first row that holds anything."""
    top = next(index for index, row in enumerate(rows) if any(cell != "" for cell in row))
    lines = ((index + 1, row) for index, row in enumerate(rows) if index > top)
    return Page(file, name, [str(cell).strip() for cell in rows[top]], lines)


def _check_workbook(content: bytes) -> None:
    """Unpack in pieces, so that a small file that unpacks to gigabytes stops at the limit."""
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for entry in packed.infolist():
                if entry.flag_bits & 1:
                    raise Unreadable(_("Dit bestand heeft een wachtwoord. Sla het op zonder wachtwoord."))
                with packed.open(entry) as part:
                    unpacked = part.read(MAX_UNPACKED - total + 1)
                total += len(unpacked)
                if total > MAX_UNPACKED or (b"sheets/" in entry.filename.encode() and FAR_AWAY.search(unpacked)):
                    raise Unreadable(_("Dit Excel-bestand is uitgepakt te groot. Verwijder lege rijen en kolommen."))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as fault:
        raise Unreadable(_("Dit bestand is geen leesbaar Excel-bestand. Sla het opnieuw op als .xlsx.")) from fault


def decode(content: bytes) -> str:
    """UTF-8 (with or without BOM), UTF-16 with BOM or Windows-1252; two of them in one file is refused by line."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    utf8, other = [], []
    for line, part in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not part.isascii():
            (utf8 if _is_utf8(part) else other).append(line)
    if utf8 or content.startswith(b"\xef\xbb\xbf"):
        few, name = (utf8, "UTF-8") if utf8 and len(utf8) < len(other) else (other, "Windows-1252")
        message = _("Deze regel staat in %(name)s, andere regels niet. Sla het hele bestand op als CSV UTF-8.")
        raise Unreadable(message % {"name": name}, few[0])
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise Unreadable(_("Deze regel heeft onleesbare tekens. Sla het bestand op als CSV UTF-8."), line) from fault


def _is_utf8(part: bytes) -> bool:
    try:
        part.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _separated(incoming: Incoming, known: set[str]) -> Page:
    content = decode(incoming.content)
    first = content.lstrip("\r\n").split("\n", 1)[0]
    separator = max(SEPARATORS, key=lambda sign: _hits(first, sign, known))
    if _hits(first, separator, known) < 2:
        raise Unreadable(
            _("De kolommen zijn niet te herkennen. Zet in de eerste regel de kopjes, met ; of , of tab ertussen."), 1
        )
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=separator)
    lines = _numbered(reader)
    _line, header = next(lines)
    return Page(incoming.name, "", [str(cell).strip() for cell in header], lines)


def _hits(line: str, separator: str, known: set[str]) -> int:
    cells = next(csv.reader([line], delimiter=separator), [])
    return len({fold_title(cell) for cell in cells} & known)


def _numbered(reader: Any) -> Iterator[tuple[int, list[Cell]]]:
    """Rows with the number of the line on which they begin; empty lines are left out."""
    begin = 1
    try:
        for cells in reader:
            if cells:
                yield begin, cells
            begin = reader.line_num + 1
    except csv.Error as fault:
        raise Unreadable(_("Deze regel is niet te lezen. Klopt elk aanhalingsteken?"), begin) from fault
