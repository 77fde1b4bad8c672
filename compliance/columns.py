"""What the overview lays side by side, read from the findings of today and the counts that were kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from operator import add
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Team
from compliance import counting, overview, queries, schoolyears
from compliance.overview import Column, Line, Tallies, Tally, tallies
from students.models import Leerweg

BESIDE = "naast"  # the leerwegen side by side instead of the teams
TWELVE_WEEKS, FOUR_WEEKS, YEAR_BEGIN, YEAR_BEFORE, NOTHING = "", "4", "begin", "jaar", "geen"


@dataclass(frozen=True)
class Wanted:
    """What is asked for in the address."""

    college: str = ""
    leerweg: str = ""  # BOL, BBL or BESIDE; empty: both together
    schooljaar: str = ""  # empty: how it stands now
    vergelijk: str = TWELVE_WEEKS
    team: int | None = None


@dataclass(frozen=True)
class Table:
    """The page's table. `compared` is None when nothing is compared, or that day was not counted."""

    columns: list[Column]
    lines: list[Line]
    compared: date | None
    counted: frozenset[str]  # the comparisons that there are counts for

    @property
    def any(self) -> bool:
        """Whether there is anything to count."""
        return any(column.now for column in self.columns)

    @property
    def worst(self) -> Line | None:
        """The standard that dropped most."""
        return overview.worst(self.lines)


@dataclass(frozen=True)
class Part:
    """The counts of one leerweg, or of both; `history` is empty for a school year."""

    now: Tallies
    earlier: Tallies | None
    history: dict[date, Tallies]


def day_of(choice: str, today: date) -> date:
    """The day that a comparison is with."""
    match choice:
        case "4":
            return today - timedelta(weeks=4)
        case "begin":
            return schoolyears.bounds(schoolyears.of(today))[0]
        case "jaar":
            return today - timedelta(weeks=52)
        case _:
            return today - timedelta(weeks=overview.WEEKS)


def read(user: Any, teams: list[Team], wanted: Wanted, today: date) -> Table:
    """The table for these teams, in at most four queries."""
    ids = [team.pk for team in teams]
    if wanted.leerweg == BESIDE:
        parts = [_part(user, ids, wanted, str(leerweg), today) for leerweg in Leerweg]
        history = _sums([part.history for part in parts])
        columns = _beside(wanted, parts)
    else:
        part = _part(user, ids, wanted, wanted.leerweg, today)
        history = part.history
        columns = _teams(user, teams, wanted, part)
    choices = (FOUR_WEEKS, TWELVE_WEEKS, YEAR_BEGIN, YEAR_BEFORE)
    return Table(
        columns=columns,
        lines=overview.lines(columns, history, today),
        compared=None if columns[0].earlier is None else day_of(wanted.vergelijk, today),
        counted=frozenset(c for c in choices if wanted.schooljaar or day_of(c, today) in history),
    )


def _part(user: Any, teams: list[int], wanted: Wanted, leerweg: str, today: date) -> Part:
    def counts(day: date, schooljaar: str) -> Tallies:
        asked = {"college": wanted.college, "schooljaar": schooljaar, "team": wanted.team}
        return tallies(queries.counts(user, day, leerweg, **asked))

    now, year, choice = counts(today, wanted.schooljaar), wanted.schooljaar, wanted.vergelijk
    day = day_of(choice, today)
    if year:
        earlier = None if choice == NOTHING else counts(day, year)
        earlier = counts(today, schoolyears.before(year)) if choice == YEAR_BEFORE else earlier
        return Part(now, earlier, {})
    days = {*overview.history_days(today), *(day_of(c, today) for c in (YEAR_BEGIN, YEAR_BEFORE))}
    history = {found: tallies(kept) for found, kept in counting.kept(days, teams, leerweg).items()}
    if choice == NOTHING or day not in history:
        return Part(now, None, history)
    if wanted.leerweg == BESIDE:
        return Part(now, history[day], history)
    return Part(now, tallies(counting.kept_by_team(day, teams, leerweg)), history)


def _sum(found: Iterable[Tallies]) -> Tallies:
    """A placement has one leerweg: what is counted apart may be added up."""
    total: Tallies = {}
    for some in found:
        for key, tally in some.items():
            total[key] = Tally(*map(add, total.get(key, Tally()), tally))
    return total


def _sums(histories: list[dict[date, Tallies]]) -> dict[date, Tallies]:
    days = {day for history in histories for day in history}
    return {day: _sum(history.get(day, {}) for history in histories) for day in days}


def _beside(wanted: Wanted, parts: list[Part]) -> list[Column]:
    """Both leerwegen together, and then each."""
    earlier = [part.earlier for part in parts if part.earlier is not None]
    whole = Part(_sum(part.now for part in parts), _sum(earlier) if earlier else None, {})
    named = [("", _("BOL en BBL")), *((str(leerweg), str(leerweg)) for leerweg in Leerweg)]
    return [
        Column(label, _query(wanted, leerweg=leerweg), part.now, part.earlier)
        for (leerweg, label), part in zip(named, [whole, *parts], strict=True)
    ]


def _teams(user: Any, teams: list[Team], wanted: Wanted, part: Part) -> list[Column]:
    """All together first, then each team; with one team that one alone."""
    led = user.roles.manager | user.roles.coordinator
    if len(teams) == 1:
        return [_column(wanted, teams[0], part, led)]
    return [
        Column(_("Alle teams"), _query(wanted), part.now, part.earlier),
        *(_column(wanted, team, part, led) for team in teams),
    ]


def _column(wanted: Wanted, team: Team, part: Part, led: frozenset[int]) -> Column:
    url = reverse("overview_team", args=[team.pk]) if team.pk in led else ""
    query = _query(wanted, team=str(team.pk), college="")
    return Column(team.name, query, part.now, part.earlier, team.pk, url)


def _query(wanted: Wanted, **other: str) -> dict[str, str]:
    """What a list must be asked to show the same placements."""
    leerweg = "" if wanted.leerweg == BESIDE else wanted.leerweg
    return {"college": wanted.college, "leerweg": leerweg, "schooljaar": wanted.schooljaar} | other
