"""The hours of a placement beside what was planned and what the law asks: planned, realised, absent, to go (UUR)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import chain

from agreements.spans import spans_of
from compliance import hours_words
from placements import timesheet
from placements.models import Decision, HoursDecision, HoursWeek, Placement, State, WeekState
from standards.bpv_hours import Counting, DayFact, PokSpan, Tally, by_school_year, counting
from standards.hours import Pauses, split_hours
from standards.hours_answers import Answer, Norm, answers_of, bbl_norms, bol_norms


@dataclass(frozen=True)
class Sheet:
    """What is kept of one placement, and the arithmetic on it."""

    placement: Placement
    weeks: list[HoursWeek]
    pok: PokSpan | None
    decisions: Mapping[str, HoursDecision]
    pauses: Pauses = ()

    @cached_property
    def standing(self) -> list[HoursWeek]:
        """The version of each week that is counted."""
        return timesheet.standing(self.weeks)

    @cached_property
    def days(self) -> list[DayFact]:
        """All days of those."""
        return timesheet.facts(self.standing)

    @property
    def completed_late_on(self) -> date | None:
        """The day the last party signed, when that was too late for the days before it (T3)."""
        return self.pok.completed_late_on if self.pok else None

    @property
    def late_pok(self) -> HoursDecision | None:
        """What was decided about days before the POK was complete; of an earlier POK it says nothing."""
        found = self.decisions.get(Decision.LATE_POK)
        return found if found and self.pok and found.before == self.pok.complete_on else None

    @property
    def decided(self) -> bool | None:
        """The same as the arithmetic wants it."""
        return None if self.late_pok is None else self.late_pok.answer == HoursDecision.Answer.COUNTS

    @property
    def span(self) -> PokSpan | None:
        """The POK as far as the bpv went: after the last day of one that ended early nothing counts (G-06)."""
        last = self.placement.ended_on
        return replace(self.pok, end=min(self.pok.end, last)) if self.pok and last else self.pok

    @cached_property
    def planned(self) -> Mapping[str, int]:
        """Hours by school year: of the POK, or as long as there is none of the placement."""
        if self.pok and self.pok.by_year:
            return self.pok.by_year
        found = self.placement
        return split_hours(found.start, found.end, found.hours_total, self.pauses)

    @property
    def agreed(self) -> int:
        """All of those, whenever the bpv ended."""
        return sum(self.planned.values())

    @cached_property
    def years(self) -> dict[str, Tally]:
        """By school year."""
        found = self.placement
        start, end = (self.pok.start, self.pok.end) if self.pok else (found.start, found.end)
        return by_school_year(
            self.days,
            start=start,
            end=end,
            last_day=min(end, found.ended_on or end),
            planned=self.planned,
            pok=self.span,
            decided=self.decided,
            pauses=self.pauses,
        )

    @cached_property
    def total(self) -> Tally:
        """The whole placement."""
        return sum(self.years.values(), Tally())

    def counting(self, day: date) -> Counting:
        """Whether hours of this day count (G-06)."""
        return counting(day, self.span, self.decided)


def sheets_of(placements: list[Placement], today: date) -> list[Sheet]:
    """The sheets of these placements: the same number of queries however many weeks and placements there are."""
    weeks: dict[int, list[HoursWeek]] = {placement.pk: [] for placement in placements}
    for week in timesheet.versions(placements):
        weeks[week.placement_id].append(week)
    decisions: dict[int, dict[str, HoursDecision]] = {placement.pk: {} for placement in placements}
    for found in HoursDecision.objects.filter(placement__in=placements).select_related("by"):
        decisions[found.placement_id].setdefault(found.kind, found)  # the newest comes first
    spans, idle = spans_of(placements, today), [one for one in placements if not timesheet.works_through(one)]
    summers = timesheet.summers(min(one.start for one in idle)) if idle else ()
    return [
        Sheet(one, weeks[one.pk], spans.get(one.pk), decisions[one.pk], summers if one in idle else ())
        for one in placements
    ]


class Hours:
    """Everything the page of hours shows of one placement on a day."""

    def __init__(self, placement: Placement, today: date, *, own: bool = False) -> None:
        """`own`: for the student, who also sees what was not handed in yet."""
        self.placement, self.today, self.own = placement, today, own
        self.is_bbl = placement.programme.leerweg == "BBL"
        same = Placement.objects.filter(enrolment=placement.enrolment_id).exclude(state=State.CANCELLED)
        others = list(same.exclude(pk=placement.pk).select_related("programme", "location").order_by("start", "id"))
        self.sheet, *self.others = sheets_of([placement, *others], today)

    @cached_property
    def norms(self) -> list[Norm]:
        """What the law asks over all placements of the enrolment: of each school year of this one (BBL-11), of the
        whole opleiding (UUR-02), or nothing (entree).
        """
        placement, today, sheets = self.placement, self.today, (self.sheet, *self.others)
        if self.is_bbl:
            years: dict[str, Tally] = {}
            for year, tally in chain.from_iterable(sheet.years.items() for sheet in sheets):
                years[year] = years.get(year, Tally()) + tally
            beside = [(other.placement.start, other.placement.last_day) for other in self.others]
            return bbl_norms(placement.start, placement.last_day, years, today, beside)
        programme, enrolment = placement.programme, placement.enrolment
        total = sum((sheet.total for sheet in sheets), Tally())
        is_over = enrolment.end is not None and enrolment.end < today
        return bol_norms(programme.level, programme.years, enrolment.cohort, total, is_over)

    @property
    def answer(self) -> Answer:
        """The three answers of UUR-03."""
        said = self.sheet.decisions.get(Decision.ASSESSABLE)
        assessable = None if said is None else said.answer == HoursDecision.Answer.YES
        is_over = self.placement.last_day < self.today
        return answers_of(
            total=self.sheet.total,
            agreed=self.sheet.agreed,
            is_over=is_over,
            norms=self.norms,
            assessable=assessable,
            has_pok=self.sheet.pok is not None and self.sheet.pok.complete_on is not None,
        )

    @property
    def answers(self) -> list[hours_words.Said]:
        """The same in words."""
        return hours_words.said(self.answer, self.sheet.total, self.sheet.agreed, self.norms)

    @property
    def asks_late_pok(self) -> bool:
        """Whether there are hours before the POK was complete that nobody decided about (T3)."""
        return bool(self.sheet.total.risk)

    @cached_property
    def due(self) -> list[timesheet.Due]:
        """The weeks that are not in."""
        return timesheet.due(self.placement, self.sheet.weeks, self.today)

    @cached_property
    def rows(self) -> list[tuple[HoursWeek, str, bool]]:
        """Each week, the newest first: the last version, what does not count in it, and whether a correction waits.

        What the student keeps in a week that came back is not handed in: of that nothing is said to others.
        """
        standing = {week.monday: week for week in self.sheet.standing}
        newest = timesheet.newest(week for week in self.sheet.weeks if self.own or week.state != WeekState.DRAFT)
        found = []
        for monday, week in sorted(newest.items(), reverse=True):
            counted = standing.get(monday, week)
            is_read = self.own or counted.state != WeekState.SENT_BACK
            days = [self.sheet.counting(day.on) for day in counted.days.all() if day.worked and is_read]
            found.append((week, hours_words.counting_word(days), counted.pk != week.pk and week.version > 1))
        return found

    @property
    def waiting(self) -> int:
        """How many weeks wait for confirmation."""
        return sum(week.state == "handed_in" for week in self.sheet.weeks)
