"""Everything the placements app keeps, by subject."""

from placements.models.hours import Absence, Decision, HoursDay, HoursDecision, HoursWeek, Way, WeekState
from placements.models.placement import Placement, Search, SearchStep, State, one_point

__all__ = [
    "Absence",
    "Decision",
    "HoursDay",
    "HoursDecision",
    "HoursWeek",
    "Placement",
    "Search",
    "SearchStep",
    "State",
    "Way",
    "WeekState",
    "one_point",
]
