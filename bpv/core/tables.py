"""A list as a file to take along: csv or xlsx, of exactly the rows and columns that are given.

A page of a list offers it with a form (a deed, because it is recorded), and its view hands over columns and rows:

    columns = [Column(_("Student"), 28), Column(_("Begin"), 12)]
    rows = ((placement.student.full_name, placement.start) for placement in found)
    return tables.download(tables.form_of(request), name="plaatsingen", day=today, columns=columns, rows=rows)

The whole file is made before the answer begins: a fault half-way is an error page and never half a list, and the
rows are read while the reader's language is still active. Above a megabyte it waits on disk, not in memory.
"""

import csv
import io
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any, NamedTuple, cast

from django.http import FileResponse, Http404, HttpRequest
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from bpv.core.clock import AMSTERDAM

FORMS = ("xlsx", "csv")
IN_MEMORY = 1_000_000  # bytes
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
DAY, MOMENT = "dd-mm-yyyy", "dd-mm-yyyy hh:mm"
# A spreadsheet runs a text that begins like this; somebody may have typed it into a name.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # not allowed in xlsx, of no use in csv


class Column(NamedTuple):
    """The head of a column and its width in xlsx, in characters."""

    title: Any
    width: int = 14


def form_of(request: HttpRequest) -> str:
    """The form that the page's button asks for; raises Http404 for one we do not make."""
    form = request.POST.get("vorm", "csv")
    if form not in FORMS:
        raise Http404
    return form


def download(
    form: str, *, name: str, day: date, columns: Sequence[Column], rows: Iterable[Sequence[Any]]
) -> FileResponse:
    """The rows as `name-2026-11-23.xlsx` (or csv), to be saved; KeyError for another form.

    Values: text, numbers, dates and moments (real ones in xlsx), None for empty. Everything else goes by its `str`.
    """
    kind = TYPES[form]
    made = as_csv(columns, rows) if form == "csv" else as_xlsx(columns, rows)
    return FileResponse(made, as_attachment=True, filename=f"{name}-{day:%Y-%m-%d}.{form}", content_type=kind)


def as_csv(columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> IO[bytes]:
    """UTF-8 with a mark, `;` between, as Dutch spreadsheets open it; dates as 2026-11-23, a comma in fractions."""
    made = _spool()
    text = io.TextIOWrapper(made, encoding="utf-8-sig", newline="", write_through=True)
    lines = csv.writer(text, delimiter=";")
    lines.writerow([harmless(str(column.title)) for column in columns])
    lines.writerows([_in_csv(value) for value in row] for row in rows)
    text.flush()
    text.detach()
    made.seek(0)
    return made


def as_xlsx(columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> IO[bytes]:
    """One sheet: the head bold and frozen, columns at their width, a filter on every column."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.append(list(_head(sheet, columns)))
    count = 1
    for count, row in enumerate(rows, start=2):  # noqa: B007 - the last one is asked below
        sheet.append([_in_xlsx(sheet, value) for value in row])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{count}"
    made = _spool()
    book.save(made)
    made.seek(0)
    return made


def harmless(text: str) -> str:
    """Text that a spreadsheet shows and does not run: an apostrophe in front of what looks like a formula."""
    text = CONTROL.sub("", text)
    return f"'{text}" if text.startswith(FORMULA) else text


def _spool() -> IO[bytes]:
    made: Any = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the answer closes it
    return cast(IO[bytes], made)


def _head(sheet: Any, columns: Sequence[Column]) -> Iterator[Any]:
    for column in columns:
        cell = WriteOnlyCell(sheet, value=str(column.title))
        cell.font = Font(bold=True)
        yield cell


def _in_csv(value: Any) -> Any:
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, datetime):
        return f"{value.astimezone(AMSTERDAM):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float | Decimal):
        return str(value).replace(".", ",")
    return harmless(str(value))


def _in_xlsx(sheet: Any, value: Any) -> Any:
    """Text is written as text, whatever it begins with; the mark before it also survives an edit in the sheet."""
    if value is None or isinstance(value, int | float | Decimal):
        return value
    if isinstance(value, date):
        moment = isinstance(value, datetime)
        shown: Any = value.astimezone(AMSTERDAM).replace(tzinfo=None) if isinstance(value, datetime) else value
        cell = WriteOnlyCell(sheet, value=shown)
        cell.number_format = MOMENT if moment else DAY
        return cell
    text = CONTROL.sub("", str(value))
    if not text.startswith(FORMULA):
        return text
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell
