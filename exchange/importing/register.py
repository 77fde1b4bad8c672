"""What the database holds and what the files add to it, side by side, before anything is written.

A record that is new has a negative id until it is written; others point to it by that id.
"""

from collections.abc import Callable, Hashable, Iterable
from typing import Any

from django.db import models

NEW, CHANGED, UNCHANGED = "new", "changed", "unchanged"
EMPTY = (None, "", [])
Values = dict[str, Any]


class Record:
    """One row of a database table: id, compared values, and whether the files change it."""

    __slots__ = ("pk", "state", "values")

    def __init__(self, pk: int, values: Values, state: str) -> None:
        self.pk, self.values, self.state = pk, values, state

    def __getitem__(self, field: str) -> Any:
        return self.values[field]


class Kept:
    """One model in memory. `key` makes a record one record; `derived` columns follow, `fresh` ones are made.

    An empty value from a file leaves what is there, but for the fields in `clears`.
    """

    def __init__(
        self,
        model: type[models.Model],
        key: tuple[str, ...],
        fields: tuple[str, ...],
        *,
        derived: Callable[[Values], Values] | None = None,
        fresh: Callable[[], Values] | None = None,
        clears: tuple[str, ...] = (),
    ) -> None:
        self.model, self.key, self.fields, self.clears = model, key, fields, clears
        self.derived, self.fresh = derived, fresh
        self.new: list[Record] = []
        self.changed: list[Record] = []
        self.writes = 0
        self._by: dict[tuple[str, ...], dict[Hashable, Record]] = {}
        self._all: list[Record] | None = None

    @property
    def records(self) -> list[Record]:
        """All records, read from the database when first asked for."""
        if self._all is None:
            rows = self.model._default_manager.order_by("pk").values_list("pk", *self.fields)
            self._all = [
                Record(pk, dict(zip(self.fields, values, strict=True)), UNCHANGED) for pk, *values in rows.iterator()
            ]
        return self._all

    def by(self, *fields: str) -> dict[Hashable, Record]:
        """Records by the values of these fields; kept up to date with what is put."""
        if fields not in self._by:
            self._by[fields] = {_of(record, fields): record for record in self.records}
        return self._by[fields]

    def get(self, *key: Any) -> Record | None:
        """The record with this key."""
        return self.by(*self.key).get(key[0] if len(key) == 1 else key)

    def with_id(self, pk: int) -> Record:
        """The record with this id (negative for a new one)."""
        return self.by("pk")[pk]

    def put(self, values: Values, record: Record | None = None) -> Record:
        """Make the record with these values, or change it. Nothing is ever deleted."""
        record = record or self.get(*(values[field] for field in self.key))
        if record is None:
            return self.add(values)
        if self._change(record, values):
            self._noted(record)
        return record

    def add(self, values: Values) -> Record:
        """A new record, whatever its key."""
        record = Record(-len(self.new) - 1, {field: values.get(field) for field in self.fields}, NEW)
        self.records.append(record)
        self.new.append(record)
        self._noted(record)
        return record

    def _noted(self, record: Record) -> None:
        self.writes += 1
        for fields, index in self._by.items():
            index[_of(record, fields)] = record

    def _change(self, record: Record, values: Values) -> bool:
        before, clears = record.values, self.clears
        changes = {
            field: value
            for field, value in values.items()
            if value != before[field] and (field in clears or value not in EMPTY)
        }
        if not changes:
            return False
        before.update(changes)
        if record.state == UNCHANGED:
            record.state = CHANGED
            self.changed.append(record)
        return True

    def changed_ids(self) -> list[int]:
        """Ids of the rows in the database that change."""
        return [record.pk for record in self.changed]


def _of(record: Record, fields: Iterable[str]) -> Hashable:
    found = tuple(record.pk if field == "pk" else record.values[field] for field in fields)
    return found[0] if len(found) == 1 else found
