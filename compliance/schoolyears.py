"""School years as they stand in an address: "2026-2027" runs from 1 August 2026 up to and including 31 July 2027."""

from datetime import date


def of(day: date) -> str:
    """The school year of a day."""
    first = day.year if day.month >= 8 else day.year - 1
    return f"{first}-{first + 1}"


def before(year: str) -> str:
    """The school year before."""
    first = int(year[:4]) - 1
    return f"{first}-{first + 1}"


def bounds(year: str) -> tuple[date, date]:
    """Its first and last day. A placement belongs to the school year in which it starts."""
    first = int(year[:4])
    return date(first, 8, 1), date(first + 1, 7, 31)
