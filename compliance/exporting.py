"""The list of placements as a file: what a row shows, one value a column."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from bpv.core.tables import Column
from bpv.core.templatetags.bpv import state_word
from compliance import presentation
from compliance.rows import Row

COLUMNS = [
    Column(_("Student"), 28),
    Column(_("Studentnummer"), 14),
    Column(_("Plaatsing"), 12),
    Column(_("Opleiding"), 32),
    Column(_("Crebo"), 8),
    Column(_("Leerweg"), 9),
    Column(_("Klas"), 10),
    Column(_("Leerbedrijf"), 32),
    Column(_("Plaats"), 18),
    Column(_("Begin"), 12),
    Column(_("Einde"), 12),
    *(Column(column.title, 18) for column in presentation.COLUMNS),
    Column(_("Eerst te doen"), 28),
    Column(_("Uiterlijk"), 12),
    Column(_("Bpv-docent"), 28),
]


def as_line(row: Row) -> list[Any]:
    """The values of a row in the order of COLUMNS; a mark becomes its word, empty when it says nothing here."""
    placement = row.placement
    return [
        placement.student.full_name,
        placement.student.number,
        placement.number,
        placement.programme.name,
        placement.programme.crebo,
        placement.programme.leerweg,
        placement.enrolment.group,
        placement.location.name,
        placement.location.city,
        placement.start,
        placement.last_day,
        *("" if mark.state == "na" else state_word(mark.state) for mark in row.marks),
        row.first.text if row.first else "",
        row.first.due if row.first else None,
        placement.teacher.full_name if placement.teacher else "",
    ]
