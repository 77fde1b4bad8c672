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


HEAD = f"{'':78}{'ours':>12}{'bare':>12}{'ratio':>10}   aim"


def once(work: Callable[[], object]) -> float:
    """Milliseconds of one run."""
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)


def in_turn(ours: Callable[[], object], bare: Callable[[], object], times: int = 9) -> tuple[float, float]:
    """Medians of both in milliseconds, after one run of each to warm up."""
    ours(), bare()
    pairs = [(once(ours), once(bare)) for _ in range(times)]
    return median(mine for mine, _other in pairs), median(other for _mine, other in pairs)
