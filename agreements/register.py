"""The bpv records of the registratieoverzicht: made from POKs, and read back. studentnummer in place of BSN.

One line a record, 13 fields between `|`, no header, UTF-8, days as ccyy-mm-dd:
recordsoort, studentnummer, (onderwijsnummer, empty), inschrijvingvolgnummer, volgnummer, afsluitdatum, begin, einde
gepland, einde werkelijk, omvang, leerbedrijf-ID, crebo, keuzedeel.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from agreements import administration
from agreements.models import Kind, Pok
from bpv.core import clock

KIND = "bpv".upper()  # the recordsoort, as the register writes it
FIELDS = 13
MAX_BYTES = 20 * 2**20
MAX_LINES = 200_000
MAX_NUMBER = 20  # AN1..20
MAX_HOURS = 9999  # N1..4
SHOWN = 30  # of a wrong value in a message


@dataclass(frozen=True, slots=True)
class Record:
    """One bpv record: of the kwalificatie (`crebo`) or of a keuzedeel (`keuzedeel`) of a POK."""

    student: str
    enrolment: str
    number: str
    closed_on: date
    start: date
    end: date
    ended_on: date | None
    hours: int | None
    location: str
    crebo: str = ""
    keuzedeel: str = ""


class Fault(NamedTuple):
    """A line that cannot be read, and why."""

    line: int
    message: str


@dataclass(frozen=True)
class Reading:
    """What was found in a file: records, lines that are wrong, and how many lines were of another kind."""

    records: list[Record]
    faults: list[Fault]
    skipped: int


class Unreadable(Exception):
    """The whole file cannot be read; the message says why."""


def file_name(first: int) -> str:
    """`RO_99XX_20260801_20270731.CSV` of the school year that begins in this year."""
    start, end = administration.school_year(first)
    return f"RO_{settings.SCHOOL_BRIN}_{start:%Y%m%d}_{end:%Y%m%d}.CSV"


def poks_of(user: Any, first: int, today: date) -> Any:
    """The signed POKs of a school year, of the teams of this studentenadministratie, in the order of the file.

    An addendum may have made the bpv longer than its POK says: the placement follows it.
    """
    start, end = administration.school_year(first)
    runs = Q(end__gte=start) | Q(placement__end__gte=start)
    whole = administration.of(user, today).filter(runs, start__lte=end, kind__in=(Kind.QUALIFICATION, Kind.KEUZEDEEL))
    found = whole.exclude(stand=administration.OPEN).select_related(
        "placement__student", "placement__programme", "placement__location"
    )
    return found.prefetch_related("signatures", "lines").order_by("placement__student__number", "start", "number")


def records(poks: Iterable[Pok]) -> Iterator[Record]:
    """One for the kwalificatie (not of a keuzedelen-POK) and one for each keuzedeel.

    What the last signed addendum says of keuzedelen, end and hours stands in place of what its POK says.
    """
    chosen = list(poks)
    addenda = _addenda(chosen)
    for pok in chosen:
        placement = pok.placement
        now = addenda.get(pok.pk, pok)
        basis: dict[str, Any] = {
            "student": placement.student.number,
            "enrolment": str(placement.enrolment_id),
            "closed_on": closed_on(pok),
            "start": pok.start,
            "end": now.end,
            "ended_on": placement.ended_on,
            "location": placement.location.sbb_id,
        }
        if pok.kind == Kind.QUALIFICATION:
            yield Record(number=pok.number, hours=now.hours_total, crebo=placement.programme.crebo, **basis)
        for line in sorted(now.lines.all(), key=lambda line: line.code):
            yield Record(number=f"{pok.number}-{line.code}", hours=line.hours, keuzedeel=line.code, **basis)


def _addenda(poks: list[Pok]) -> dict[int, Pok]:
    """POK -> its last addendum that everybody signed; an addendum names every keuzedeel that holds afterwards."""
    signed = Q(complete_at__isnull=False) | Q(filed_on__isnull=False)
    found = Pok.objects.live().filter(signed, kind=Kind.ADDENDUM, belongs_to__in=poks).prefetch_related("lines")
    return {addendum.belongs_to_id or 0: addendum for addendum in found.order_by("made_at", "pk")}


def closed_on(pok: Pok) -> date:
    """The afsluitdatum: the day the POK was drawn up, or (REGISTER_CLOSED_ON=compleet) the last signature.

    A POK that was read in says only when it was signed: it was drawn up by the first signature at the latest.
    """
    signed = [signature.signed_on for signature in pok.signatures.all()]
    if settings.REGISTER_CLOSED_ON == "compleet" and signed:
        return max(signed)
    return min([clock.local_day(pok.made_at), *signed])


def unfit(record: Record) -> str:
    """Why this record cannot stand in the register; empty when it can."""
    if len(record.number) > MAX_NUMBER or not re.fullmatch(r"[A-Za-z0-9-]+", record.number):
        return _("Het nummer past niet in het register (hoogstens 20 letters, cijfers en streepjes).")
    if record.hours is not None and record.hours > MAX_HOURS:
        return _("Meer dan 9999 uren past niet in het register.")
    return ""


def write(found: Iterable[Record]) -> bytes:
    """The file: exactly the columns of the register, nothing added for a spreadsheet."""
    return "".join(f"{'|'.join(_cells(record))}\r\n" for record in found).encode()


def _cells(record: Record) -> list[str]:
    ended = record.ended_on.isoformat() if record.ended_on else ""
    hours = "" if record.hours is None else str(record.hours)
    days = [record.closed_on.isoformat(), record.start.isoformat(), record.end.isoformat(), ended]
    about = [record.student, "", record.enrolment, record.number]
    return [KIND, *about, *days, hours, record.location, record.crebo, record.keuzedeel]


def read(content: bytes) -> Reading:
    """The bpv records of a file of the register: `|` or `;` between, days as ccyy-mm-dd or d-m-yyyy, with or without a
    mark at the start; other records are skipped. Raises Unreadable for what is no such file."""
    found, faults, skipped = [], [], 0
    seen: dict[tuple[str, str, str], int] = {}
    for number, line in enumerate(_lines(content), start=1):
        cells = _split(line)
        if cells[0].upper() != KIND:
            skipped += bool(line.strip())
            continue
        try:
            record = _record(cells)
        except ValueError as fault:
            faults.append(Fault(number, str(fault)))
            continue
        earlier = seen.setdefault((record.student, record.number, record.keuzedeel), number)
        if earlier != number:
            faults.append(Fault(number, _("Dit record staat ook op regel %(line)s.") % {"line": earlier}))
        else:
            found.append(record)
    if not found and not faults:
        raise Unreadable(_("Er staat geen bpv-record in dit bestand."))
    return Reading(found, faults, skipped)


def _lines(content: bytes) -> list[str]:
    if len(content) > MAX_BYTES:
        raise Unreadable(_("Het bestand is groter dan 20 MB."))
    if b"\x00" in content or content[:4] == b"PK\x03\x04":
        raise Unreadable(_("Dit is geen tekstbestand. Lever het registratieoverzicht als CSV."))
    if content.count(b"\n") > MAX_LINES:
        raise Unreadable(_("Het bestand heeft meer dan 200.000 regels. Kies een kortere periode."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")  # a bpv record has no letters that differ
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[: MAX_LINES + 1]


def _split(line: str) -> list[str]:
    separator = "|" if "|" in line else ";"
    return [cell.strip().strip('"').strip() for cell in line.split(separator)]


def _record(cells: list[str]) -> Record:
    """One line as a record. ValueError with what is wrong."""
    if len(cells) < FIELDS - 2 or any(cells[FIELDS:]):
        raise ValueError(
            _("Een bpv-record heeft %(fields)s velden; hier staan er %(count)s.")
            % {"fields": FIELDS, "count": len(cells)}
        )
    cells = [*cells, "", ""][:FIELDS]
    student = cells[1] or cells[2]
    record = Record(
        student=_match(student, r"\d{4,12}", _("Het studentnummer '%(value)s' heeft geen 4 tot 12 cijfers.")),
        enrolment=cells[3][:MAX_NUMBER],
        number=_match(cells[4], r"[^\s|;]{1,20}", _("Het volgnummer '%(value)s' heeft geen 1 tot 20 tekens.")),
        closed_on=_day(cells[5], _("afsluitdatum")),
        start=_day(cells[6], _("begin")),
        end=_day(cells[7], _("geplande einde")),
        ended_on=_day(cells[8], _("werkelijke einde")) if cells[8] else None,
        hours=int(_match(cells[9], r"\d{1,4}", _("De omvang '%(value)s' is geen heel aantal uren tot 9999.")))
        if cells[9]
        else None,
        location=_match(cells[10], r"[1-9]\d{8}", _("Het leerbedrijf-ID '%(value)s' heeft geen 9 cijfers.")),
        crebo=_match(cells[11], r"\d{5}|", _("De crebo '%(value)s' heeft geen 5 cijfers.")),
        keuzedeel=_match(cells[12], r"K\d{4}|", _("Het keuzedeel '%(value)s' is geen K met 4 cijfers.")),
    )
    if record.end < record.start:
        raise ValueError(_("Het geplande einde ligt voor het begin."))
    return record


def _match(value: str, pattern: str, message: str) -> str:
    if not re.fullmatch(pattern, value, re.ASCII):
        raise ValueError(message % {"value": value[:SHOWN]})
    return value


def _day(value: str, name: str) -> date:
    for pattern, order in ((r"(\d{4})-(\d{2})-(\d{2})", (1, 2, 3)), (r"(\d{1,2})-(\d{1,2})-(\d{4})", (3, 2, 1))):
        if found := re.fullmatch(pattern, value, re.ASCII):
            try:
                return date(*(int(found[part]) for part in order))
            except ValueError:
                break
    raise ValueError(_("De datum '%(value)s' (%(name)s) bestaat niet.") % {"value": value[:SHOWN], "name": name})
