"""From what stands in a cell to a value. Every refusal is one Dutch sentence that says what to write instead."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from bpv.core import clock

Cell = str | float | int | bool | date | datetime | time | timedelta | None
Parser = Callable[[Cell], Any]

EXCEL_DAY_0 = datetime(1899, 12, 30)
DUTCH_DATE = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[ T]+(.*))?")
ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]+(.*))?")
CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.]\d{2}(?:\.\d+)?)?")
EMAIL = re.compile(r"[^@\s<>,;\"]+@[^@\s<>,;\"]+\.[^@\s<>,;\".]+")
WHOLE_WITH_POINT = re.compile(r"(\d+)[.,]0+")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
YES = {"j", "ja", "1", "true", "waar", "y", "yes"}
NO = {"n", "nee", "0", "false", "onwaar", "no"}


class Wrong(ValueError):
    """What is wrong with one cell, as a sentence for the reader."""


def plain(cell: Cell) -> str:
    """The cell as text, as a person sees it: 100010001.0 is '100010001'."""
    if isinstance(cell, str):
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, int | float):
        return str(cell)
    raise Wrong(_("Excel heeft hier een datum van gemaakt. Maak de kolom op als tekst en typ de waarde opnieuw."))


def digits(cell: Cell) -> str:
    """Text of a number, without the '.0' that a spreadsheet adds."""
    value = plain(cell)
    found = WHOLE_WITH_POINT.fullmatch(value)
    return found[1] if found else value


def text(limit: int) -> Parser:
    """One line of text that is not a formula."""

    def parse(cell: Cell) -> str:
        value = plain(cell)
        if not value:
            return ""
        if value[0] in "=+-@":
            raise Wrong(_("De tekst begint met %(sign)s, zoals een formule. Haal dat teken weg.") % {"sign": value[0]})
        return _fitting(" ".join(value.split()), limit)

    return parse


def story(cell: Cell) -> str:
    """Longer text, which may have lines and may begin with a dash."""
    return _fitting(plain(cell), 10_000)


def _fitting(value: str, limit: int) -> str:
    if CONTROL.search(value):
        raise Wrong(_("Hier staat een onzichtbaar teken in. Typ de tekst opnieuw."))
    if len(value) > limit:
        raise Wrong(
            _("De tekst is te lang: %(length)s tekens, er passen er %(limit)s.")
            % {"length": len(value), "limit": limit}
        )
    return value


def code(pattern: str, message: str, *, pad: int = 0, at_least: int = 0) -> Parser:
    """A number by its pattern. `pad`: zeros that a spreadsheet took away come back, from `at_least` digits on."""
    shape = re.compile(pattern)

    def parse(cell: Cell) -> str:
        value = digits(cell).replace(" ", "")
        if at_least and value.isdecimal() and at_least <= len(value) < pad:
            value = value.zfill(pad)
        if value and not shape.fullmatch(value):
            raise Wrong(_(message) % {"value": value[:40]})
        return value

    return parse


def phone(cell: Cell) -> str:
    """A telephone number. Nine digits without 0 have lost it to a spreadsheet; 31 in front is the Netherlands."""
    value = digits(cell)
    bare = re.sub(r"[\s().-]", "", value)
    if re.fullmatch(r"[1-9]\d{8}", bare):
        return f"0{bare}"
    if re.fullmatch(r"31[1-9]\d{8}", bare):
        return f"+{bare}"
    if value and (not re.fullmatch(r"\+?\d{6,15}", bare) or len(value) > 20):
        raise Wrong(_("'%(value)s' is geen telefoonnummer.") % {"value": value[:40]})
    return value


def email(cell: Cell) -> str:
    """An address in lower case."""
    value = plain(cell).lower()
    if value and (not EMAIL.fullmatch(value) or len(value) > 254):
        raise Wrong(_("'%(value)s' is geen e-mailadres.") % {"value": value[:60]})
    return value


def postcode(cell: Cell) -> str:
    """'7551gb' becomes '7551 GB'; foreign ones stay as they are."""
    value = digits(cell)
    found = re.fullmatch(r"(\d{4})\s*([A-Za-z]{2})", value)
    return f"{found[1]} {found[2].upper()}" if found else _fitting(value, 12)


def number(low: int, high: int) -> Parser:
    """A whole number within limits."""

    def parse(cell: Cell) -> int | None:
        value = digits(cell)
        if not value:
            return None
        if not value.isdecimal() or not low <= int(value[:12]) <= high:
            raise Wrong(
                _("'%(value)s' is geen heel getal van %(low)s tot en met %(high)s.")
                % {"value": value[:40], "low": low, "high": high}
            )
        return int(value)

    return parse


def hours(cell: Cell) -> Decimal | None:
    """Hours a week with at most one decimal: 24 or 25,5."""
    value = plain(cell).replace(",", ".")
    if not value:
        return None
    if not re.fullmatch(r"\d{1,2}(\.\d0*)?", value) or not 1 <= Decimal(value) <= 60:
        raise Wrong(_("'%(value)s' is geen aantal uren per week, zoals 24 of 25,5.") % {"value": value[:40]})
    return Decimal(value).quantize(Decimal("0.1"))


def yes_no(cell: Cell) -> bool | None:
    """J or N, and the other ways people write it."""
    value = plain(cell).lower()
    if value in YES:
        return True
    if value in NO:
        return False
    if value:
        raise Wrong(_("Schrijf J of N, niet '%(value)s'.") % {"value": value[:40]})
    return None


def choice(words: Mapping[str, str]) -> Parser:
    """One of a few Dutch words."""

    def parse(cell: Cell) -> str:
        value = plain(cell)
        if not value:
            return ""
        if found := words.get(value.lower()):
            return found
        known = ", ".join(words)
        raise Wrong(_("'%(value)s' is niet bekend. Kies uit: %(known)s.") % {"value": value[:40], "known": known})

    return parse


def several(words: Mapping[str, str] | None = None, pattern: str = "") -> Parser:
    """A list with commas: of known words, or of codes by a pattern."""

    def parse(cell: Cell) -> list[str]:
        parts = [part.strip() for part in re.split(r"[,;|+/]", plain(cell)) if part.strip()]
        found = [words.get(part.lower()) if words else part.upper() for part in parts]
        for part, value in zip(parts, found, strict=True):
            if value is None or (pattern and not re.fullmatch(pattern, value)):
                raise Wrong(_("'%(value)s' is niet bekend.") % {"value": part[:40]} + _hint(words))
        return sorted(set(found))

    return parse


def _hint(words: Iterable[str] | None) -> str:
    if words:
        return " " + _("Kies uit: %(known)s.") % {"known": ", ".join(words)}
    return " " + _("Een keuzedeel is een K met 4 cijfers, zoals K0067.")


@lru_cache(maxsize=20_000)
def day(cell: Cell) -> date | None:
    """A date in any of the usual ways of writing, or as a spreadsheet keeps it."""
    if isinstance(cell, datetime):
        cell = cell.date()
    if not isinstance(cell, date):
        cell = _read_day(cell)
    if cell is not None and not 1900 <= cell.year <= 2100:
        raise Wrong(_("Het jaar %(year)s klopt niet.") % {"year": cell.year})
    return cell


def _read_day(cell: Cell) -> date | None:
    value = digits(cell)
    if not value:
        return None
    if value.isdecimal() and 10_000 <= int(value[:6]) < 75_000:
        return (EXCEL_DAY_0 + timedelta(days=int(value))).date()
    return _split(value)[0]


def _split(value: str) -> tuple[date, str]:
    """The day and what stands behind it."""
    if found := DUTCH_DATE.fullmatch(value):
        numbers = (found[3], found[2], found[1])
    elif found := ISO_DATE.fullmatch(value):
        numbers = (found[1], found[2], found[3])
    else:
        raise Wrong(_("'%(value)s' is geen datum. Schrijf dd-mm-jjjj.") % {"value": value[:40]})
    try:
        return date(*map(int, numbers)), found[4] or ""
    except ValueError:
        raise Wrong(_("De datum %(value)s bestaat niet.") % {"value": value[:40]}) from None


def moment(cell: Cell) -> datetime | None:
    """A day and a time in Europe/Amsterdam."""
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        cell = EXCEL_DAY_0 + timedelta(minutes=round(cell * 24 * 60))
    if isinstance(cell, datetime):
        found = cell.replace(second=0, microsecond=0)
    else:
        value = plain(cell)
        if not value:
            return None
        on, rest = _split(value)
        hour = CLOCK.fullmatch(rest.strip())
        if not hour or int(hour[1]) > 23 or int(hour[2]) > 59:
            raise Wrong(_("Schrijf datum en tijd, zoals 06-11-2026 10:12, niet '%(value)s'.") % {"value": value[:40]})
        found = datetime.combine(on, time(int(hour[1]), int(hour[2])))
    there = found.replace(tzinfo=clock.AMSTERDAM)
    if datetime.fromtimestamp(there.timestamp(), clock.AMSTERDAM).replace(tzinfo=None) != found:
        raise Wrong(_("Dit tijdstip bestaat niet: de klok ging toen een uur vooruit."))
    return there
