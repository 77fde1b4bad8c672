"""One row on its way into the register: what it names is looked up, what is wrong is said."""

from collections import Counter
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.importing.register import Record
from exchange.importing.rows import Row, Table
from exchange.importing.school import School
from exchange.importing.sheets import BY_NAME


@dataclass
class Context:
    """What all rows of one plan share."""

    school: School
    tables: dict[str, Table]
    waiting: Counter[tuple[str, str]] = field(default_factory=Counter)
    people: dict[tuple[str, str], Row] = field(default_factory=dict)
    not_accredited: int = 0
    already_there: set[int] = field(default_factory=set)

    def say_waiting(self) -> None:
        """One sentence for all rows that wait for a file that could not be read."""
        for (name, of), count in self.waiting.items():
            message = ngettext(
                "%(count)s rij kan er niet in, omdat %(file)s niet te lezen is.",
                "%(count)s rijen kunnen er niet in, omdat %(file)s niet te lezen is.",
                count,
            )
            self.tables[name].say(message % {"count": count, "file": self.tables[of].file})


class Step:
    """One row of one table."""

    def __init__(self, context: Context, table: Table, row: Row) -> None:
        self.context, self.school, self.table, self.row = context, context.school, table, row
        self.values = row.values
        self.failed = False
        self.main: Record | None = None

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name)

    def some(self, *names: str) -> dict[str, Any]:
        """Those of the fields whose column is in the file."""
        return {name: self.values[name] for name in names if name in self.values}

    def fail(self, name: str, message: str) -> None:
        """This row cannot go in."""
        self.failed = True
        self.table.say(message, line=self.row.line, column=self.table.sheet.title(name))

    def notice(self, name: str, message: str) -> None:
        """Something to know; the row goes in."""
        self.table.say(message, line=self.row.line, column=self.table.sheet.title(name), notice=True)

    def need(self, found: Record | None, name: str, of: str, label: str = "") -> Record | None:
        """The record that the field names. When there is none: why, once, where the cause is."""
        if found is not None:
            return found
        value = self.values[name]
        source = self.context.tables.get(of)
        if source and source.unreadable:
            self.failed = True
            self.context.waiting[self.table.sheet.name, of] += 1
        elif source and value in source.failed:
            message = _("'%(value)s' kan niet worden ingelezen: zie %(file)s, regel %(line)s.")
            self.fail(name, message % {"value": value, "file": source.file, "line": source.failed[value]})
        else:
            message = _("%(noun)s '%(value)s' staat niet in %(of)s en niet in het systeem.")
            noun = _(BY_NAME[of].noun)
            self.fail(name, message % {"noun": noun, "value": label or value, "of": of} + self.suggestion(of, value))
        return None

    def suggestion(self, of: str, value: str) -> str:
        """The team whose name comes close."""
        if of != "teams":
            return ""
        near = get_close_matches(value, [str(name) for name in self.school.teams.by("name")], 1)
        return " " + _("Bedoel je '%(near)s'?") % {"near": near[0]} if near else ""

    def in_order(self, start: str, end: str, message: str) -> None:
        """Fail when the end lies before the start."""
        first, last = self[start], self[end]
        if first and last and last < first:
            data = {"start": f"{first:%d-%m-%Y}", "end": f"{last:%d-%m-%Y}"}
            self.fail(end, message % data)

    def same_person(self, key: str, *names: str) -> None:
        """A person who stands in several rows is the same in each."""
        first = self.context.people.setdefault((self.table.sheet.name, self[key]), self.row)
        differs = [name for name in names if first.values.get(name) != self[name]]
        for name in differs:
            message = _("%(key)s staat ook op regel %(line)s, met iets anders bij: %(title)s.")
            data = {"key": self[key], "line": first.line, "title": self.table.sheet.title(name)}
            self.fail(name, message % data)
