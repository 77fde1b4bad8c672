"""Words, in the reader's language. The source is Dutch; whoever shows it in another language installs a translator."""

from collections.abc import Callable
from datetime import date


def _in_dutch(one: str, many: str, number: int) -> str:
    return one if number == 1 else many


_say: Callable[[str], str] = str
_count: Callable[[str, str, int], str] = _in_dutch


def install(say: Callable[[str], str], count: Callable[[str, str, int], str]) -> None:
    """From now on ask these: gettext and ngettext of the program around this package."""
    global _say, _count
    _say, _count = say, count


def gettext(text: str) -> str:
    """The text in the reader's language; Dutch without a translator."""
    return _say(text)


def ngettext(one: str, many: str, number: int) -> str:
    """The form that goes with the number."""
    return _count(one, many, number)


def gettext_noop(text: str) -> str:
    """Marks a text for the catalogues; it is said in the reader's language when it is shown."""
    return text


def days(count: int) -> str:
    """A number of days: `1 dag`, `8 dagen`."""
    return ngettext("%(count)s dag", "%(count)s dagen", count) % {"count": count}


def long_date(day: date) -> str:
    """A date in full: `ma 31 aug 2026`."""
    return gettext("%(weekday)s %(day)s %(month)s %(year)s") % _parts(day)


def short_date(day: date) -> str:
    """A date without its year: `ma 31 aug`."""
    return gettext("%(weekday)s %(day)s %(month)s") % _parts(day)


def _parts(day: date) -> dict[str, str | int]:
    """One text each for all weekdays and all months: an abbreviation alone (`zo`) says too little to translate."""
    weekdays = gettext("ma di wo do vr za zo").split()
    months = gettext("jan feb mrt apr mei jun jul aug sep okt nov dec").split()
    return {
        "weekday": weekdays[day.weekday()],
        "day": day.day,
        "month": months[day.month - 1],
        "year": day.year,
    }
