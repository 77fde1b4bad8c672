"""One placement as a row: its marks per standard and what is to be done first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from compliance import presentation
from compliance.models import Finding
from compliance.presentation import COLUMNS, NEXT
from placements.models import Placement


@dataclass(frozen=True)
class Mark:
    """One shape in a column."""

    standard: str
    title: str
    state: str


@dataclass(frozen=True)
class Todo:
    """What falls due first and is not done."""

    text: str
    due: date
    state: str


@dataclass(frozen=True)
class Row:
    placement: Placement
    marks: tuple[Mark, ...]
    first: Todo | None

    @classmethod
    def of(cls, user: Any, placement: Placement, findings: Iterable[Finding], today: date) -> Self:
        """The row as this person sees it on a day."""
        seen = [(finding, state(user, placement, finding, today)) for finding in findings]
        marks = tuple(
            Mark(c.standard, str(c.title), presentation.worst(s for f, s in seen if f.rule in c.rules)) for c in COLUMNS
        )
        waiting = [(f, s) for f, s in seen if s in presentation.WAITING]
        first = min(waiting, key=lambda pair: pair[0].due, default=None)
        todo = Todo(str(NEXT[first[0].rule]), first[0].due, first[1]) if first else None
        return cls(placement, marks, todo)


def state(user: Any, placement: Placement, finding: Finding, today: date) -> str:
    """The state of one stored finding for this person."""
    owner = finding.request.owner_id if finding.request else None
    return presentation.state_of(finding, today, mine=presentation.acts(user, finding.rule, placement, owner))
