"""The bpv-lijn: the handbook's first page drawn for one placement, and the same line as a list.

A shape stands on its deadline. A label has eight places (above or below, near or far, right or left of its pole);
the search goes from left to right and back until no label touches a label, a pole or the line of today. When
nothing fits, the list alone is shown. When the near places are enough, the drawing is lower.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from compliance.presentation import worst
from compliance.timescale import EDGES, Scale
from standards.words import long_date, short_date

WIDTH = 1152.0
BAND = 164.0  # the middle of the line
LINE, LABEL = 18.0, 54.0  # height of a line of text, and of a label of three
TIERS = {("above", 0): 88.0, ("above", 1): 30.0, ("below", 0): 186.0, ("below", 1): 244.0}  # top of a label
LETTER = 6.9  # width of a letter below the line, on average
GAP = 8.0  # between a label and its pole
CLEAR = 5.0  # between two labels
TRIES = 1_500
SAVED = 58.0  # height that is not needed on a side without far labels
HEIGHT = 356.0
APART = 64.0  # two numbers below the line
STEPS = (4, 8, 13, 26, 52)  # weeks between two numbers below the line


@dataclass(frozen=True)
class Place:
    """Where a label stands."""

    side: str
    tier: int
    left: bool  # of its pole

    @property
    def top(self) -> float:
        return TIERS[self.side, self.tier]


PLACES = tuple(Place(side, tier, left) for tier in (0, 1) for left in (False, True) for side in ("above", "below"))
NEAR = PLACES[:4]


@dataclass(frozen=True)
class Mark:
    """A shape with its label, before it has a place."""

    x: float
    state: str
    lines: tuple[str, str, str]

    @cached_property
    def width(self) -> float:
        """Of the widest line; the face is a little narrower than this."""
        return max(len(self.lines[0]) * 7.6, *(len(line) * 7.0 for line in self.lines[1:]))

    def box(self, place: Place) -> tuple[float, float]:
        """Left and right edge of the label."""
        return (self.x - GAP - self.width, self.x - GAP) if place.left else (self.x + GAP, self.x + GAP + self.width)


@dataclass(frozen=True)
class Drawn:
    """A mark with its place, in the numbers of the drawing (text, so that no locale touches them)."""

    state: str
    lines: tuple[str, str, str]
    x: str
    shape_x: str
    text_x: str
    text_y: str
    pole: str
    css: str


@dataclass(frozen=True)
class Step:
    """A line of the list: a phase, a moment or today."""

    kind: str
    title: str
    note: str
    state: str = ""
    word: str = ""
    standard: str = ""
    is_past: bool = False


@dataclass(frozen=True)
class Lijn:
    """All that the template needs; `marks` is empty when no drawing fits."""

    title: str
    marks: list[Drawn]
    bands: list[tuple[str, str, str]]
    ticks: str
    weeks: list[tuple[str, str, str]]
    phases: list[tuple[str, str]]
    today_x: str
    today: str
    steps: list[Step]
    view: str  # of the drawing
    lower: str  # what is below the line, moved up
    today_pole: str
    today_y: str


def draw(points: Sequence[Any], *, start: date, end: date, today: date, company: str = "") -> Lijn:
    """The line of a placement on a day. `points`: moment (title, due, standard), state and word."""
    points = sorted(points, key=lambda point: point.moment.due)
    first, last = points[0].moment.due, points[-1].moment.due
    shaped = [point for point in points if point.moment.due != start]
    scales = [Scale(first, last, start, end, edges) for edges in EDGES]
    scale, marks, places = laid_out(shaped, scales, today if first <= today <= last else None)
    today_x = scale.x(today)
    pole = today_x if first <= today <= last else None
    top, lower = (0.0 if far(places, side) else SAVED for side in ("above", "below"))
    phases = phases_of(scale, start, end, company)
    return Lijn(
        title=_("Bpv-lijn: van %(first)s tot en met %(last)s")
        % {"first": long_date(scale.first), "last": long_date(scale.last)},
        marks=[drawn(mark, place) for mark, place in zip(marks, places, strict=False)],
        bands=bands_of(phases, today_x),
        ticks="".join(f"M{number(scale.x(day))} 326v6" for day, _week in weeks_of(scale, start)),
        weeks=weeks_below(scale, start),
        phases=[(number(x), shortened(name, to - x)) for x, to, name, _note in phases],
        today_x="" if pole is None else number(pole),
        today=_("vandaag %(day)s") % {"day": short_date(today)},
        steps=steps_of(points, phases, scale, today),
        view=f"0 {number(top)} {number(WIDTH)} {number(HEIGHT - top - lower)}",
        lower=number(-lower),
        today_pole="" if pole is None else f"M{number(pole)} {number(top + 24)}V{number(302 - lower)}",
        today_y=number(top + 16.5),
    )


def laid_out(points: list[Any], scales: list[Scale], pole: date | None) -> tuple[Scale, list[Mark], list[Place]]:
    """Marks with their places on the first line on which all labels fit, near before far.

    When today is in the way everywhere, its line goes behind the labels. No places when that does not help either.
    """
    for choice, off_today in ((NEAR, True), (PLACES, True), (PLACES, False)):
        for scale in scales:
            marks = marks_of(points, scale)
            places = arrange(marks, scale.x(pole) if pole and off_today else None, choice)
            if places:
                return scale, marks, places
    return scales[0], marks_of(points, scales[0]), []


def far(places: Sequence[Place], side: str) -> bool:
    """Whether a label stands far from the line on this side."""
    return any(place.side == side and place.tier for place in places)


def marks_of(points: list[Any], scale: Scale) -> list[Mark]:
    """One mark a day: of several moments the worst state speaks."""
    marks = []
    for day, same in groupby(points, key=lambda point: point.moment.due):
        found = list(same)
        state = worst(point.state for point in found)
        word = next(point.word for point in found if point.state == state)
        title = " + ".join(point.moment.title for point in found)
        done_on = max((point.done_on for point in found if point.done_on), default=None)
        marks.append(Mark(scale.x(day), state, (title, when(state, day, done_on), word)))
    return marks


def when(state: str, due: date, done_on: date | None) -> str:
    """The day it was done, or else until when it may be done."""
    if state == "na":
        return short_date(due)
    if state == "done" or done_on:
        return short_date(done_on or due)
    return _("uiterlijk %(day)s") % {"day": short_date(due)}


def arrange(marks: list[Mark], today_x: float | None, places: Sequence[Place] = PLACES) -> list[Place]:
    """A place for each label, or none at all: depth first, from left to right, with an end to trying."""
    allowed = [[place for place in places if is_free(mark, place, today_x)] for mark in marks]
    chosen: list[Place] = []
    options = [iter(allowed[0])] if marks else []
    for _try in range(TRIES):
        if len(chosen) == len(marks):
            return chosen
        place = next(options[-1], None)
        if place is None:
            if not chosen:
                return []
            options.pop()
            chosen.pop()
        elif fits(marks, chosen, place):
            chosen.append(place)
            options.append(iter(allowed[len(chosen)] if len(chosen) < len(marks) else []))
    return []


def is_free(mark: Mark, place: Place, today_x: float | None) -> bool:
    """Whether the label stays within the drawing and off the line of today."""
    left, right = mark.box(place)
    if left < 0 or right > WIDTH:
        return False
    return today_x is None or not left - CLEAR < today_x < right + CLEAR


def fits(marks: list[Mark], chosen: list[Place], place: Place) -> bool:
    """Whether the next mark can have this place beside those already placed."""
    mark = marks[len(chosen)]
    left, right = mark.box(place)
    for other, where in zip(reversed(marks[: len(chosen)]), reversed(chosen), strict=True):
        if where.side != place.side:
            continue
        other_left, other_right = other.box(where)
        if where.tier == place.tier and left - CLEAR < other_right and other_left - CLEAR < right:
            return False
        if where.tier >= place.tier and left - CLEAR < other.x < right + CLEAR:
            return False
        if place.tier >= where.tier and other_left - CLEAR < mark.x < other_right + CLEAR:
            return False
    return True


def drawn(mark: Mark, place: Place) -> Drawn:
    """The mark in the numbers of the drawing."""
    edge = place.top if place.side == "above" else place.top + LABEL
    from_band = BAND - 12 if place.side == "above" else BAND + 12
    return Drawn(
        state=mark.state,
        lines=mark.lines,
        x=number(mark.x),
        shape_x=number(mark.x - 10.5),
        text_x=number(mark.x - GAP if place.left else mark.x + GAP),
        text_y=number(place.top + 14),
        pole=f"M{number(mark.x)} {number(from_band)}V{number(edge)}",
        css="end" if place.left else "",
    )


def phases_of(scale: Scale, start: date, end: date, company: str) -> list[tuple[float, float, str, str]]:
    """(from, to, name, note) of preparation, the bpv and what follows."""
    at_start, at_end = scale.x(start), scale.x(end)
    bpv = _("Bpv bij %(company)s") % {"company": company} if company else _("Bpv")
    return [
        (scale.left, at_start, _("Voorbereiding"), _("tot %(day)s") % {"day": short_date(start)}),
        (at_start, at_end, bpv, f"{short_date(start)} {_('tot en met')} {short_date(end)}"),
        (at_end, scale.right, _("Afronding"), _("tot %(day)s") % {"day": short_date(scale.last)}),
    ]


def shortened(name: str, width: float) -> str:
    """What fits below the line; the list beside it has the name in full."""
    fits_in = max(int(width / LETTER) - 2, 1)
    return name if len(name) <= fits_in else f"{name[: fits_in - 1].rstrip()}…"


def bands_of(phases: list[tuple[float, float, str, str]], today_x: float) -> list[tuple[str, str, str]]:
    """(class, x, width) of the thick line: solid until today, lighter after."""
    bands = []
    for first, last, _name, _note in phases:
        past = min(max(today_x, first), last)
        for css, left, right in (("past", first, past), ("next", past, last)):
            if right - left > 2:
                bands.append((css, number(left), number(right - left - 2)))
    return bands


def weeks_of(scale: Scale, start: date) -> list[tuple[date, int]]:
    """(day, week counted from the start) for the numbers below the line, not too many."""
    span = (scale.last - scale.first).days // 7
    step = next((step for step in STEPS if span / step <= 12), STEPS[-1])
    low, high = -((start - scale.first).days // 7 // step), (scale.last - start).days // 7 // step
    return [(start + timedelta(weeks=index * step), index * step) for index in range(low, high + 1)]


def weeks_below(scale: Scale, start: date) -> list[tuple[str, str, str]]:
    """(x, text, class) of each number: the first says that they are weeks, that of the start stands out."""
    rows = []
    for day, week in weeks_of(scale, start):
        if rows and scale.x(day) - float(rows[-1][0]) < APART:
            continue
        text = f"\N{MINUS SIGN}{-week}" if week < 0 else str(week)
        if not rows:
            css = "first" if week else "first zero"
            rows.append((number(scale.x(day)), _("week %(number)s") % {"number": text}, css))
        else:
            rows.append((number(scale.x(day)), text, "" if week else "zero"))
    return rows


def steps_of(points: Sequence[Any], phases: list[Any], scale: Scale, today: date) -> list[Step]:
    """The list: phases, moments and today in the order of time."""
    now = scale.x(today)
    rows = [(first, 0, Step("phase", name, note, is_past=first <= now)) for first, _last, name, note in phases]
    for point in points:
        due, past = point.moment.due, point.moment.due <= today
        note = step_note(point)
        step = Step("moment", point.moment.title, note, point.state, point.word, point.moment.standard, past)
        rows.append((scale.x(due), 2, step))
    if scale.first <= today <= scale.last:
        rows.append((now, 3, Step("today", _("vandaag"), long_date(today))))
    return [step for _x, _rank, step in sorted(rows, key=lambda row: row[:2])]


def step_note(point: Any) -> str:
    """When it was done, or until when it may be done, with the year."""
    due, done_on = point.moment.due, point.done_on
    if point.moment.code == "start" or point.state == "na":
        return long_date(due)
    if done_on:
        return _("gedaan op %(day)s") % {"day": long_date(done_on)}
    return _("uiterlijk %(day)s") % {"day": long_date(due)}


def number(value: float) -> str:
    """A coordinate."""
    return f"{value:.1f}"
