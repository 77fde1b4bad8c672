"""How days are written on screen, on paper and in mail."""

from datetime import date

_WEEKDAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
_MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def long_date(day: date) -> str:
    """A date in full: `ma 31 aug 2026`."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def days(count: int) -> str:
    """A number of days: `1 dag`, `8 dagen`."""
    return "1 dag" if count == 1 else f"{count} dagen"
