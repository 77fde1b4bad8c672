"""From the files that came in to rows of values, with everything that is wrong by file, line and column."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.importing.fields import Cell, Wrong
from exchange.importing.reading import Incoming, Page, Unreadable, fold_title, pages
from exchange.importing.sheets import BY_NAME, KNOWN_TITLES, SHEETS, Column, Sheet


@dataclass
class Problem:
    """One thing to tell. A notice stops nothing; `line` 0 is the whole file."""

    file: str
    line: int
    column: str
    message: str
    notice: bool = False

    def as_json(self) -> dict[str, Any]:
        """For the row of the run."""
        return asdict(self)


@dataclass
class Row:
    line: int
    values: dict[str, Any]
    refused: bool = False


@dataclass
class Table:
    """One kind of rows as read. `failed`: keys and e-mail addresses of rows that cannot go in, with their line."""

    sheet: Sheet
    file: str
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    failed: dict[str, int] = field(default_factory=dict)
    cannot: int = 0
    unreadable: bool = False

    def fail(self, values: dict[str, Any], line: int) -> None:
        """Count a row that cannot go in, and remember it for the rows that name it."""
        self.cannot += 1
        for name in (values.get(self.sheet.key[0]), values.get("email")):
            if name:
                self.failed.setdefault(name, line)

    def say(self, message: str, *, line: int = 0, column: str = "", notice: bool = False) -> None:
        """Add a problem of this file."""
        self.problems.append(Problem(self.file, line, column, message, notice))


def read(files: Iterable[Incoming]) -> tuple[dict[str, Table], list[Problem]]:
    """The tables by name, and problems of files that belong to no table."""
    tables: dict[str, Table] = {}
    loose: list[Problem] = []
    for incoming in files:
        name = kind_of(incoming.name)
        try:
            found = pages(incoming, KNOWN_TITLES)
        except Unreadable as fault:
            _unreadable(incoming.name, name, fault, tables, loose)
            continue
        for page in found:
            _place(page, name, len(found) == 1, tables, loose)
    return tables, loose


def kind_of(file: str) -> str:
    """The name of the sheet that a file name holds ('Export studenten 2026.csv'), or ''."""
    folded = fold_title(file)
    return next((sheet.name for sheet in SHEETS if sheet.name in folded), "")


def _unreadable(file: str, name: str, fault: Unreadable, tables: dict[str, Table], loose: list[Problem]) -> None:
    if not name:
        loose.append(Problem(file, fault.line, "", fault.message))
        return
    table = tables.setdefault(name, Table(BY_NAME[name], file))
    table.unreadable = True
    table.say(fault.message, line=fault.line)


def _place(page: Page, name: str, alone: bool, tables: dict[str, Table], loose: list[Problem]) -> None:
    """Give a page to its table: by the name of the sheet, else of the file."""
    kind = kind_of(page.name) or (name if alone else "")
    file = page.file if alone else f"{page.file} ({page.name})"
    if not kind:
        known = ", ".join(BY_NAME)
        loose.append(
            Problem(
                file,
                0,
                "",
                _("Aan de naam is niet te zien wat dit is. Noem het bestand: %(known)s.") % {"known": known},
            )
        )
    elif kind in tables:
        message = _("Dit staat ook al in %(file)s. Geef één bestand met %(kind)s.")
        loose.append(Problem(file, 0, "", message % {"file": tables[kind].file, "kind": kind}))
    else:
        tables[kind] = table = Table(BY_NAME[kind], file)
        try:
            _fill(table, page)
        except Unreadable as fault:
            table.rows, table.unreadable = [], True
            table.say(fault.message, line=fault.line)


def _fill(table: Table, page: Page) -> None:
    places = _columns(table, page.header)
    if places is None:
        table.unreadable = True
        return
    width = len(page.header)
    seen: dict[Any, Row] = {}
    for line, cells in page.lines:
        if any(cell is not None and cell != "" for cell in cells):
            _read_row(table, line, cells, places, width, seen)
    table.rows = [row for row in table.rows if not row.refused]
    if not table.rows and not table.cannot:
        table.say(_("Er staan geen rijen in dit bestand."), notice=True)


def _columns(table: Table, header: list[str]) -> list[tuple[int, Column]] | None:
    """Where each column stands; None when one is missing that cannot be missed."""
    titles = table.sheet.titles
    places: dict[str, tuple[int, Column]] = {}
    extra = []
    for index, title in enumerate(header):
        folded = fold_title(title)
        if folded in places:
            table.say(_("Deze kolom staat er twee keer in."), line=1, column=title)
            return None
        if folded in titles:
            places[folded] = (index, titles[folded])
        elif title:
            extra.append(title)
    missing = [column for folded, column in titles.items() if folded not in places]
    for column in missing:
        message = _("Deze kolom ontbreekt.") if column.required else _("Deze kolom ontbreekt en blijft leeg.")
        table.say(message, line=1, column=column.title, notice=not column.required)
    if extra:
        message = _("Deze kolommen worden niet gebruikt: %(titles)s.")
        table.say(message % {"titles": ", ".join(extra)}, line=1, notice=True)
    return None if any(column.required for column in missing) else list(places.values())


def _read_row(
    table: Table, line: int, cells: list[Cell], places: list[tuple[int, Column]], width: int, seen: dict[Any, Row]
) -> None:
    before = len(table.problems)
    values = {} if _misshapen(table, line, cells, width) else _values(table, line, cells, places)
    if len(table.problems) > before:
        table.fail(values, line)
        return
    row = Row(line, values)
    first = seen.setdefault(table.sheet.identity(values), row)
    if first is row:
        table.rows.append(row)
    elif first.values == values:
        table.say(_("Gelijk aan regel %(line)s; telt één keer.") % {"line": first.line}, line=line, notice=True)
    else:
        _differs(table, first, row)


def _misshapen(table: Table, line: int, cells: list[Cell], width: int) -> bool:
    count = len(cells)
    while count > width and cells[count - 1] in ("", None):
        count -= 1
    if count > width or (count == 1 and width > 2):
        message = ngettext(
            "Deze regel heeft %(count)s kolom, de kop %(width)s. Staat er een scheidingsteken in een tekst?",
            "Deze regel heeft %(count)s kolommen, de kop %(width)s. Staat er een scheidingsteken in een tekst?",
            count,
        )
        table.say(message % {"count": count, "width": width}, line=line)
        return True
    return False


def _values(table: Table, line: int, cells: list[Cell], places: list[tuple[int, Column]]) -> dict[str, Any]:
    values = {}
    count = len(cells)
    for index, column in places:
        try:
            value = column.parse(cells[index] if index < count else None)
        except Wrong as fault:
            table.say(str(fault), line=line, column=column.title)
            continue
        if column.required and (value is None or value == "" or value == []):
            table.say(_("Dit mag niet leeg zijn."), line=line, column=column.title)
        values[column.field] = value
    return values


def _differs(table: Table, first: Row, row: Row) -> None:
    """Two rows that contradict each other: nobody knows which is right, so neither goes in."""
    fields = [name for name, value in row.values.items() if first.values.get(name) != value]
    titles = [table.sheet.title(name) for name in fields]
    name = " ".join(str(part) for part in table.sheet.identity(row.values) if part)
    message = _("%(noun)s %(name)s staat ook op regel %(line)s, met iets anders bij: %(titles)s.")
    data = {"noun": _(table.sheet.noun), "name": name, "line": first.line, "titles": ", ".join(titles)}
    table.say(message % data, line=row.line, column=table.sheet.title(table.sheet.key[0]))
    table.fail(row.values, row.line)
    if not first.refused:
        first.refused = True
        table.fail(first.values, first.line)
