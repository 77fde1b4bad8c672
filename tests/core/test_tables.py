"""Lists as csv and xlsx: the same rows, real dates, and nothing that a spreadsheet would run."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from bpv.core import tables
from bpv.core.tables import Column

DAY = date(2026, 11, 23)
COLUMNS = [Column("Student", 28), Column("Begin"), Column("Uren")]


def content(response) -> bytes:
    raw = b"".join(response.streaming_content)
    response.file_to_stream.close()
    return raw


def csv_lines(raw: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";"))


def sheet_of(raw: bytes):
    return load_workbook(io.BytesIO(raw)).active


def test_csv_opens_in_a_dutch_spreadsheet():
    rows = [("Özgür; van den Berg", DAY, 24), ("Ilse", None, Decimal("12.5"))]
    raw = content(tables.download("csv", name="plaatsingen", day=DAY, columns=COLUMNS, rows=rows))
    assert raw[:3] == b"\xef\xbb\xbf"
    assert csv_lines(raw) == [
        ["Student", "Begin", "Uren"],
        ["Özgür; van den Berg", "2026-11-23", "24"],
        ["Ilse", "", "12,5"],
    ]


def test_xlsx_has_real_dates_a_frozen_head_and_widths():
    rows = [("Yusuf", DAY, 24), ("Ilse", datetime(2026, 11, 23, 13, 5, tzinfo=UTC), None)]
    sheet = sheet_of(content(tables.download("xlsx", name="plaatsingen", day=DAY, columns=COLUMNS, rows=rows)))
    assert [[cell.value for cell in row] for row in sheet] == [
        ["Student", "Begin", "Uren"],
        ["Yusuf", datetime(2026, 11, 23), 24],
        ["Ilse", datetime(2026, 11, 23, 14, 5), None],
    ]
    assert (sheet["B2"].number_format, sheet["B3"].number_format) == ("dd-mm-yyyy", "dd-mm-yyyy hh:mm")
    assert (sheet.freeze_panes, sheet.column_dimensions["A"].width, sheet["A1"].font.bold) == ("A2", 28, True)
    assert sheet.auto_filter.ref == "A1:C3"


@pytest.mark.parametrize("text", ["=1+1", "+31 6", "-2", "@SUM(A1)", "\tx", "\rx"])
def test_what_looks_like_a_formula_is_shown_and_not_run(text):
    raw = content(tables.download("csv", name="x", day=DAY, columns=COLUMNS[:1], rows=[(text,)]))
    assert csv_lines(raw)[1] == [f"'{text}"]
    cell = sheet_of(content(tables.download("xlsx", name="x", day=DAY, columns=COLUMNS[:1], rows=[(text,)])))["A2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_signs_that_no_sheet_takes_are_left_out():
    sheet = sheet_of(content(tables.download("xlsx", name="x", day=DAY, columns=COLUMNS[:1], rows=[("a\x00b\x1bc",)])))
    assert sheet["A2"].value == "abc"


def test_name_of_the_file_has_the_day_and_its_kind():
    response = tables.download("csv", name="vragen", day=DAY, columns=COLUMNS, rows=[])
    assert response["Content-Disposition"] == 'attachment; filename="vragen-2026-11-23.csv"'
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    response.file_to_stream.close()
    with pytest.raises(KeyError):
        tables.download("exe", name="vragen", day=DAY, columns=COLUMNS, rows=[])


def test_a_long_list_goes_through_the_disk():
    rows = (("Yusuf van den Berg", DAY, number) for number in range(60_000))
    raw = content(tables.download("csv", name="x", day=DAY, columns=COLUMNS, rows=rows))
    assert len(csv_lines(raw)) == 60_001
