"""Medians of both sides, taken in turn so that a slow moment of the machine hits both."""

import time
from collections.abc import Callable
from statistics import median
from typing import NamedTuple


class Line(NamedTuple):
    """One goal: what was measured against what (milliseconds), and the ratio that is aimed at."""

    goal: str
    ours: float
    bare: float
    aim: str

    def __str__(self) -> str:
        ratio = self.ours / self.bare if self.bare else float("nan")
        return f"{self.goal:78}{self.ours:12.3f}{self.bare:12.3f}{ratio:10.3f}   {self.aim}"


class Spread(NamedTuple):
    """Milliseconds of a page: half of the answers come within the first, 19 of 20 within the second."""

    p50: float
    p95: float

    @classmethod
    def of(cls, samples: list[float]) -> "Spread":
        ordered = sorted(samples)
        return cls(median(ordered), ordered[round(0.95 * (len(ordered) - 1))])


class PageLine(NamedTuple):
    """A page and the empty one beside it, asked in turn."""

    page: str
    queries: int
    ours: Spread
    empty: Spread

    def __str__(self) -> str:
        """Milliseconds, and the ratios to the empty page."""
        times = f"{self.ours.p50:12.1f}{self.ours.p95:12.1f}"
        return f"{self.page:62}{self.queries:8}{times}{self.ratios}"

    @property
    def ratios(self) -> str:
        """p50 and p95 against those of the empty page."""
        return f"{self.ours.p50 / self.empty.p50:12.1f}{self.ours.p95 / self.empty.p95:12.1f}"


HEAD_OF_PAGES = f"{'':62}{'queries':>8}{'p50 ms':>12}{'p95 ms':>12}{'p50 ratio':>12}{'p95 ratio':>12}"
HEAD = f"{'':78}{'ours':>12}{'bare':>12}{'ratio':>10}   aim"


def once(work: Callable[[], object]) -> float:
    """Milliseconds of one run."""
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)


def in_turn(ours: Callable[[], object], bare: Callable[[], object], times: int = 9) -> tuple[float, float]:
    """Medians of both in milliseconds, after one run of each to warm up."""
    mine, other = samples_in_turn(ours, bare, times)
    return median(mine), median(other)


def samples_in_turn(
    ours: Callable[[], object], bare: Callable[[], object], times: int
) -> tuple[list[float], list[float]]:
    """Milliseconds of every run of both, after one of each to warm up."""
    ours(), bare()
    pairs = [(once(ours), once(bare)) for _ in range(times)]
    return [mine for mine, _other in pairs], [other for _mine, other in pairs]


def side_by_side(opened: dict[int, list[PageLine]]) -> str:
    """The ratios of every page at each size."""
    head = f"\n{'pages / empty page':62}" + "".join(f"{f'{size:,} p50':>12}{'p95':>12}" for size in opened)
    rows = zip(*opened.values(), strict=True)
    return "\n".join([head, *(f"{row[0].page:62}" + "".join(line.ratios for line in row) for row in rows)])
