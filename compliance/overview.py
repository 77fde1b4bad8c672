"""The table of the overview: a standard in a team as numbers with their lists, the difference, and the trend."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any, NamedTuple, Self
from urllib.parse import urlencode

from django.urls import reverse

from compliance.counting import ALL, Counts
from standards import RULES, Rule

SMALL = 5  # fewer placements with a verdict: numbers instead of a percentage, and no colour
GOOD, NEAR = 95, 90  # percent: the marks of the page, not norms of the handbook
WEEKS = 12
DROP = 3  # percentage points: less is no news


class Tally(NamedTuple):
    """Placements of one rule by outcome."""

    met: int = 0
    late: int = 0
    missed: int = 0
    open: int = 0
    deviated: int = 0

    @property
    def judged(self) -> int:
        """How many have a verdict: the open ones can still be met, and a deviation is never counted as met."""
        return self.met + self.late + self.missed + self.deviated

    @property
    def total(self) -> int:
        """All placements the rule speaks about."""
        return self.judged + self.open

    @property
    def small(self) -> bool:
        """Too few with a verdict to speak of a percentage."""
        return 0 < self.judged < SMALL

    @property
    def percentage(self) -> int | None:
        """Met as a share of those with a verdict, rounded down: 100 only when all are met. None for too few."""
        return 100 * self.met // self.judged if self.judged >= SMALL else None

    @property
    def state(self) -> str:
        """The mark of these numbers; no verdict on a handful."""
        if self.percentage is None:
            return "na" if self.judged or not self.open else "coming"
        return "done" if self.percentage >= GOOD else "near" if self.percentage >= NEAR else "missed"


Tallies = dict[tuple[str, int], Tally]  # by (rule, team) and by (rule, ALL)


def tallies(counts: Counts) -> Tallies:
    """Counts laid together: a tally for each rule in each team, and in all of them."""
    sums: dict[tuple[str, int], dict[str, int]] = defaultdict(lambda: dict.fromkeys(Tally._fields, 0))
    for (rule, team, outcome), placements in counts.items():
        for key in {(rule, team), (rule, ALL)}:
            sums[key][outcome] += placements
    return {key: Tally(**found) for key, found in sums.items()}


@dataclass(frozen=True)
class Column:
    """What is laid side by side: a team, all of them, or a leerweg. `query` makes its lists exactly these."""

    label: str
    query: dict[str, str]
    now: Tallies
    earlier: Tallies | None = None  # of the day that is compared with; None when there are none
    team: int = ALL
    url: str = ""  # the page of the team

    def cell(self, rule: str) -> "Cell":
        """One rule in this column."""
        key = (rule, self.team)
        earlier = None if self.earlier is None else self.earlier.get(key, Tally())
        return Cell(rule, self.label, self.now.get(key, Tally()), earlier, f"{self.list_url}&regel={rule}")

    @cached_property
    def list_url(self) -> str:
        """The list of all placements of this column; made once, because a whole school has a thousand links."""
        asked = {name: value for name, value in self.query.items() if value} | {"periode": "alles"}
        return f"{reverse('placements')}?{urlencode(asked)}"


@dataclass(frozen=True)
class Cell:
    """A rule in a column, with the lists behind its numbers."""

    rule: str
    label: str
    now: Tally
    earlier: Tally | None
    list_url: str

    @property
    def difference(self) -> int | None:
        """Percentage points since the day compared with; None when either has too few."""
        before = self.earlier.percentage if self.earlier else None
        return None if before is None or self.now.percentage is None else self.now.percentage - before

    @property
    def drop(self) -> int:
        """The difference without its sign."""
        return abs(self.difference or 0)

    def url(self, outcome: str = "") -> str:
        """The list of these placements; without an outcome all the rule speaks about."""
        return f"{self.list_url}&uitkomst={outcome}" if outcome else self.list_url

    @property
    def links(self) -> dict[str, str]:
        """The lists by outcome."""
        return {name: self.url(name) for name in Tally._fields}


@dataclass(frozen=True)
class Trend:
    """Percentages met, a week apart, oldest first: (weeks ago, percentage). Weeks with too few are left out."""

    points: list[tuple[int, int]] = field(default_factory=list)

    @classmethod
    def of(cls, history: dict[date, Tallies], whole: Cell, today: date) -> Self:
        """Of one rule, as far as the days were counted; the last point is what the table shows."""
        found = []
        for weeks in range(WEEKS, 0, -1):
            counted = history.get(today - timedelta(weeks=weeks), {})
            found.append((weeks, counted.get((whole.rule, ALL), Tally()).percentage))
        found.append((0, whole.now.percentage))
        return cls([(weeks, share) for weeks, share in found if share is not None])

    @property
    def drawn(self) -> bool:
        """Whether there is a line to draw: one point is none."""
        return len(self.points) > 1

    @property
    def weeks(self) -> int:
        return self.points[0][0]

    @property
    def first(self) -> int:
        return self.points[0][1]

    @property
    def last(self) -> int:
        return self.points[-1][1]

    @property
    def difference(self) -> int:
        """Percentage points from the first to the last."""
        return self.last - self.first

    @property
    def drop(self) -> int:
        """The difference without its sign."""
        return abs(self.difference)

    @property
    def down(self) -> bool:
        """Whether it fell enough to be news."""
        return self.difference <= -DROP

    def xy(self, weeks: int, share: int) -> tuple[float, float]:
        """A place in a drawing of 106 by 32; the floor is the lowest point, or 80."""
        floor = min(80, *(found for _weeks, found in self.points))
        return round(2 + (WEEKS - weeks) * 100 / WEEKS, 1), round(3 + (100 - share) * 26 / (100 - floor), 1)

    @property
    def path(self) -> str:
        """The line as SVG."""
        return "M" + " L".join(f"{x} {y}" for x, y in (self.xy(*point) for point in self.points))

    @property
    def end(self) -> list[str]:
        """Where the dot of the last one stands; as text, because a page writes numbers the Dutch way."""
        return [str(place) for place in self.xy(*self.points[-1])]

    @property
    def near_y(self) -> str:
        """The height of the dotted line at 90%."""
        return str(self.xy(0, NEAR)[1])


@dataclass(frozen=True)
class Line:
    """A standard: its cell per column, and the trend of the first one."""

    rule: Rule
    cells: list[Cell]
    trend: Trend

    @property
    def whole(self) -> Cell:
        """The first column stands for all when there are more."""
        return self.cells[0]


def lines(columns: list[Column], history: dict[date, Tallies], today: date) -> list[Line]:
    """Every measured standard down; the trend is that of the first column."""
    found = []
    for rule in RULES.values():
        cells = [column.cell(rule.code) for column in columns]
        found.append(Line(rule, cells, Trend.of(history, cells[0], today)))
    return found


def worst(found: list[Line]) -> Line | None:
    """The standard whose share dropped most in the trend; None when nothing dropped enough to be news."""
    falling = [line for line in found if line.trend.drawn and line.trend.down]
    return min(falling, key=lambda line: line.trend.difference, default=None)


def history_days(today: date) -> list[date]:
    """The days of the trend before today."""
    return [today - timedelta(weeks=weeks) for weeks in range(1, WEEKS + 1)]


def as_rows(found: list[Line]) -> list[list[Any]]:
    """The table as shown, a row for each cell: for a file. Small groups have no percentage there either."""
    return [
        [str(line.rule.name), str(line.rule.label), cell.label, cell.now.percentage, *cell.now, cell.difference]
        for line in found
        for cell in line.cells
    ]
