"""Many rows at once: COPY for new ones, COPY to a temporary table and one UPDATE for changed ones."""

import io
import json
from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection, models

from exchange.importing.register import Kept, Values

ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
Ids = dict[type[models.Model], dict[int, int]]


def write(kept: Kept, ids: Ids) -> None:
    """Write what is new and changed; `ids` maps the negative ids of new rows to their real ones, per model."""
    if kept.new:
        numbers = take_ids(kept.model, len(kept.new))
        ids[kept.model] = {record.pk: number for record, number in zip(kept.new, numbers, strict=True)}
    links = _links(kept, ids)
    if kept.new:
        insert(
            kept.model,
            ({"id": number} | _row(kept, record.values, links, True) for record, number in _pairs(kept, ids)),
        )
    if kept.changed:
        update(kept.model, [{"id": record.pk} | _row(kept, record.values, links, False) for record in kept.changed])


def _pairs(kept: Kept, ids: Ids) -> Iterable[tuple[Any, int]]:
    return ((record, ids[kept.model][record.pk]) for record in kept.new)


def _links(kept: Kept, ids: Ids) -> list[tuple[str, dict[int, int]]]:
    """Foreign keys that may point to a row that was new."""
    found = []
    for name in kept.fields:
        field = kept.model._meta.get_field(name)
        if field.is_relation and field.related_model in ids:
            found.append((name, ids[field.related_model]))
    return found


def _row(kept: Kept, values: Values, links: list[tuple[str, dict[int, int]]], fresh: bool) -> Values:
    row = dict(values)
    for name, real in links:
        row[name] = real.get(row[name], row[name])
    if kept.derived:
        row |= kept.derived(values)
    if fresh and kept.fresh:
        row |= kept.fresh()
    return row


def take_ids(model: type[models.Model], count: int) -> list[int]:
    """So many numbers from the table's own sequence."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [number for (number,) in cursor.fetchall()]


def insert(model: type[models.Model], rows: Iterable[Values]) -> None:
    """COPY rows in, which have the same columns; a column that is not given gets the default of its field."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    fields = [field for field in model._meta.concrete_fields if field.attname in first or not field.primary_key]
    sources = [_source(field, first) for field in fields]
    lines = ([source(row) for source in sources] for row in _and(first, rows))
    with connection.cursor() as cursor:
        _copy(cursor, model._meta.db_table, fields, lines)


def _source(field: Any, first: Values) -> Callable[[Values], str]:
    """How a column's text is found in a row. A default is made once, but for what must be unique."""
    name, default = field.attname, _text(field.get_default())
    if name in first:
        return lambda row: default if (value := row[name]) is None else _text(value)
    if field.unique:
        return lambda _row: _text(field.get_default())
    return lambda _row: default


def _and(first: Values, rest: Iterable[Values]) -> Iterable[Values]:
    yield first
    yield from rest


def update(model: type[models.Model], rows: list[Values]) -> None:
    """One UPDATE for all rows, which have the same columns and `id`."""
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    columns = [model._meta.get_field(name) for name in rows[0]]
    names = ", ".join(quote(field.column) for field in columns)
    sets = ", ".join(f"{quote(field.column)} = new.{quote(field.column)}" for field in columns if not field.primary_key)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE import_new AS SELECT {names} FROM {table} WITH NO DATA")  # noqa: S608
        _copy(cursor, "import_new", columns, ([_text(row[field.attname]) for field in columns] for row in rows))
        cursor.execute(f"UPDATE {table} SET {sets} FROM import_new AS new WHERE {table}.id = new.id")  # noqa: S608
        cursor.execute("DROP TABLE import_new")


def _copy(cursor: Any, table: str, columns: Iterable[Any], lines: Iterable[list[str]]) -> None:
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in columns)
    stream = io.StringIO("".join("\t".join(line) + "\n" for line in lines))
    cursor.copy_expert(f"COPY {quote(table)} ({names}) FROM STDIN", stream)


def _text(value: Any) -> str:
    """A value in PostgreSQL's text format."""
    if value is None:
        return r"\N"
    if isinstance(value, str):
        return value if value.isprintable() and "\\" not in value else value.translate(ESCAPES)
    if isinstance(value, list):
        parts = (str(part).replace("\\", "\\\\").replace('"', '\\"') for part in value)
        return ("{" + ",".join(f'"{part}"' for part in parts) + "}").translate(ESCAPES)
    if isinstance(value, dict):
        return json.dumps(value).translate(ESCAPES)
    return str(value)
