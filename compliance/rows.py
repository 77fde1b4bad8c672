"""One placement as a row: its marks per standard and what is to be done first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple, Self

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bpv.core.templatetags.bpv import nl_date, shape, state_word, until
from compliance import presentation
from compliance.models import Finding
from compliance.presentation import COLUMNS, GUIDING, NEXT, PAGES
from placements.access import may_guide
from placements.models import Placement


@dataclass(frozen=True)
class Mark:
    """One shape in a column."""

    standard: str
    title: str
    state: str


@dataclass(frozen=True)
class Todo:
    """What falls due first and is not done; with the page of the deed when it is the reader's turn."""

    text: str
    due: date
    state: str
    url: str


@dataclass(frozen=True)
class Row:
    placement: Placement
    marks: tuple[Mark, ...]
    first: Todo | None
    may_choose: bool  # for a deed with many at once

    @classmethod
    def of(cls, user: Any, placement: Placement, findings: Iterable[Finding], today: date) -> Self:
        """The row as this person sees it on a day."""
        seen = [_seen(user, placement, finding, today) for finding in findings]
        marks = tuple(
            Mark(c.standard, c.title, presentation.worst(s.state for s in seen if s.finding.rule in c.rules))
            for c in COLUMNS
        )
        waiting = [s for s in seen if s.state in presentation.WAITING]
        first = min(waiting, key=lambda s: s.finding.due, default=None)
        return cls(placement, marks, _todo(placement, first) if first else None, may_guide(user, placement))

    @property
    def cells(self) -> SafeString:
        """The cells of the marks. There are few different ones: each is written once, not for every row."""
        language = get_language() or ""
        return mark_safe("".join(_cell(language, n, mark.state) for n, mark in enumerate(self.marks)))  # noqa: S308 - of _cell

    def line(self, today: date) -> dict[str, Any]:
        """What the list shows, flat: fifty rows of a dozen values are looked up at once, not through five objects."""
        placement, first, language = self.placement, self.first, get_language() or ""
        programme, group = placement.programme, placement.enrolment.group
        name = placement.student.full_name
        about = f"{programme.crebo} · {programme.leerweg}"
        return {
            "number": placement.number,
            "url": reverse("dossier", args=[placement.number]),
            "name": name,
            "choose": _("%(name)s kiezen") % {"name": name},
            "student": placement.student.number,
            "programme": programme.name,
            "about": f"{about} · {group}" if group else about,
            "company": placement.location.name,
            "city": placement.location.city,
            "starts": _day(language, placement.start),
            "ends": _day(language, placement.last_day),
            "cells": self.cells,
            "todo": first.text if first else "",
            "todo_url": first.url if first else "",
            "state": first.state if first else "",
            "due": _until(language, first.due, today) if first else "",
            "teacher": placement.teacher.full_name if placement.teacher else "",
            "may_choose": self.may_choose,
        }


@lru_cache(maxsize=4096)
def _day(language: str, day: date) -> str:
    """Many rows begin or end on the same day: it is written once, in the language that is active."""
    return nl_date(day)


@lru_cache(maxsize=4096)
def _until(language: str, due: date, today: date) -> str:
    return until(due, today)


@lru_cache(maxsize=512)
def _cell(language: str, number: int, found: str) -> SafeString:
    """The cell of one column in one state, in the language that is active."""
    column = COLUMNS[number]
    return format_html(
        '<td class="std{}" role="cell" data-std="{}">{}<span class="visually-hidden">{}: {}</span></td>',
        " std-last" if column is COLUMNS[-1] else "",
        column.standard,
        shape(found),
        column.title,
        state_word(found),
    )


class _Seen(NamedTuple):
    """A stored finding as one person sees it."""

    finding: Finding
    mine: bool
    state: str


def _seen(user: Any, placement: Placement, finding: Finding, today: date) -> _Seen:
    owner = finding.request.owner_id if finding.request else None
    mine = presentation.acts(user, finding.rule, placement, owner)
    closed = placement.closed_at is not None
    return _Seen(finding, mine, presentation.state_of(finding, today, mine=mine, closed=closed))


def _todo(placement: Placement, seen: _Seen) -> Todo:
    finding = seen.finding
    url = _page_of(placement, finding) if seen.mine else ""
    return Todo(str(NEXT[finding.rule]), finding.due, seen.state, url)


def _page_of(placement: Placement, finding: Finding) -> str:
    """Where the deed is done, without asking the database; how far a POK is stands in the dossier."""
    if finding.request:
        return reverse("request", args=[finding.request.number])
    if finding.rule in PAGES:
        return reverse(PAGES[finding.rule][0], args=[placement.number])
    if finding.rule in GUIDING:
        return reverse("contact_log", args=[placement.number])
    if finding.rule == "LB-02":
        return reverse("accreditation_check", args=[placement.location.sbb_id])
    return reverse("dossier", args=[placement.number]) + "#pok"
