"""Templates of the files: the headings and one example row, ready to fill in."""

import csv
import io

from openpyxl import Workbook

from exchange.importing.sheets import BY_NAME, IN_ONE_WORKBOOK, SHEETS

WORKBOOK = "leerbedrijven.xlsx"
NAMES = [f"{sheet.name}.csv" for sheet in SHEETS] + [WORKBOOK]


def template(name: str) -> tuple[bytes, str]:
    """Bytes and media type of a template. KeyError for an unknown name."""
    if name == WORKBOOK:
        return _workbook(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    sheet = BY_NAME[name.removesuffix(".csv")] if name.endswith(".csv") else BY_NAME[""]
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";")
    writer.writerow([column.title for column in sheet.columns])
    writer.writerow([column.example for column in sheet.columns])
    return stream.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8"


def _workbook() -> bytes:
    book = Workbook()
    book.remove(book.active)
    for sheet in IN_ONE_WORKBOOK:
        page = book.create_sheet(sheet.name.capitalize())
        page.append([column.title for column in sheet.columns])
        page.append([column.example for column in sheet.columns])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
