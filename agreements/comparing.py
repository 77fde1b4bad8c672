"""The bpv records that are here beside those of the register: what is missing on either side, and what differs."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agreements import administration
from agreements.register import Record
from students.models import Student

MISSING_THERE, MISSING_HERE = "daar", "hier"
DATES, CLOSED, HOURS, LOCATION, CREBO = "data", "afsluitdatum", "uren", "leerbedrijf", "crebo"
KINDS = {
    MISSING_THERE: _("ontbreekt in het register"),
    MISSING_HERE: _("ontbreekt hier"),
    DATES: _("andere data"),
    CLOSED: _("andere afsluitdatum"),
    HOURS: _("andere uren"),
    LOCATION: _("ander leerbedrijf"),
    CREBO: _("andere crebo"),
}
ALIKE = 2  # of begin, einde, leerbedrijf and uren: enough to be the same bpv under another volgnummer


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs; days, numbers and hours as they stand in the register. Empty: not there."""

    kind: str
    student: str
    number: str
    code: str
    here: str
    there: str

    @property
    def label(self) -> Any:
        """The kind in words."""
        return KINDS[self.kind]

    @property
    def pok(self) -> str:
        """The POK-nummer, also of a keuzedeel."""
        return self.number.removesuffix(f"-{self.code}")


@dataclass(frozen=True)
class Comparison:
    """The differences, and how many records were laid beside each other or left out."""

    differences: list[Difference]
    equal: int
    elsewhere: int  # of students of other teams, or unknown
    other_years: int


def compare(here: Iterable[Record], there: Iterable[Record]) -> tuple[list[Difference], int]:
    """The differences by student, and how many records are equal.

    Pairs by student, volgnummer and keuzedeel; what is left by student and keuzedeel, when enough is alike.
    """
    ours, theirs = _by_student(here), _by_student(there)
    found: list[Difference] = []
    equal = 0
    for student in sorted(ours.keys() | theirs.keys()):
        pairs, only_here, only_there = _paired(ours.get(student, []), theirs.get(student, []))
        for one, other in pairs:
            differences = _between(one, other)
            equal += not differences
            found += differences
        found += [_missing(MISSING_THERE, record) for record in only_here]
        found += [_missing(MISSING_HERE, record) for record in only_there]
    return found, equal


def of_school_year(user: Any, first: int, here: Iterable[Record], there: Iterable[Record]) -> Comparison:
    """Compare what concerns the students of this studentenadministratie and this school year only."""
    known = set(_students(user).values_list("number", flat=True))
    start, end = administration.school_year(first)
    records = list(there)
    own = [record for record in records if record.student in known]
    this_year = [record for record in own if record.start <= end and record.end >= start]
    differences, equal = compare(here, this_year)
    return Comparison(differences, equal, len(records) - len(own), len(own) - len(this_year))


def names(user: Any, numbers: set[str]) -> dict[str, str]:
    """Studentnummer -> name, of students of this studentenadministratie."""
    return {student.number: student.full_name for student in _students(user).filter(number__in=numbers)}


def _students(user: Any) -> QuerySet[Student]:
    return Student.objects.filter(enrolments__programme__team__in=user.roles.administration)


def _by_student(records: Iterable[Record]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        found[record.student].append(record)
    return found


def _paired(ours: list[Record], theirs: list[Record]) -> tuple[list[tuple[Record, Record]], list[Record], list[Record]]:
    by_key = {(record.number, record.keuzedeel): record for record in theirs}
    pairs, left = [], []
    for record in ours:
        other = by_key.pop((record.number, record.keuzedeel), None)
        if other:
            pairs.append((record, other))
        else:
            left.append(record)
    rest = list(by_key.values())
    for alike, one, other in sorted(
        ((_alike(one, other), n, m) for n, one in enumerate(left) for m, other in enumerate(rest)), reverse=True
    ):
        pairs += _pair_left(left, rest, alike, one, other)
    return pairs, [one for one in left if one], [other for other in rest if other]


def _pair_left(left: list[Any], rest: list[Any], alike: int, one: int, other: int) -> list[tuple[Record, Record]]:
    """The two as a pair when they look alike and neither has one; they are taken out of the lists."""
    first, second = left[one], rest[other]
    if alike < ALIKE or first is None or second is None:
        return []
    left[one] = rest[other] = None
    return [(first, second)]


def _alike(one: Record, other: Record) -> int:
    if one.keuzedeel != other.keuzedeel:
        return 0
    same = (one.start == other.start, one.end == other.end, one.location == other.location, one.hours == other.hours)
    return sum(same)


def _between(one: Record, other: Record) -> list[Difference]:
    pairs = {
        DATES: (_days(one), _days(other)),
        CLOSED: (_day(one.closed_on), _day(other.closed_on)),
        HOURS: (_hours(one), _hours(other)),
        LOCATION: (one.location, other.location),
        CREBO: (one.crebo, other.crebo),
    }
    if not one.crebo or not other.crebo:  # a keuzedeel may stand there with or without the crebo it belongs to
        pairs.pop(CREBO)
    code = one.keuzedeel or one.crebo
    return [
        Difference(kind, one.student, one.number, code, here, there)
        for kind, (here, there) in pairs.items()
        if here != there
    ]


def _missing(kind: str, record: Record) -> Difference:
    said = f"{_days(record)}, {record.location}"
    here, there = (said, "") if kind == MISSING_THERE else ("", said)
    return Difference(kind, record.student, record.number, record.keuzedeel or record.crebo, here, there)


def _days(record: Record) -> str:
    """`31-08-2026 t/m 26-02-2027`, with the day it really ended."""
    days = f"{_day(record.start)} - {_day(record.end)}"
    return f"{days} ({_day(record.ended_on)})" if record.ended_on else days


def _day(day: date) -> str:
    return f"{day:%d-%m-%Y}"


def _hours(record: Record) -> str:
    return "" if record.hours is None else str(record.hours)
