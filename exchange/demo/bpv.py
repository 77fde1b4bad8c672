"""Placements of the invented school: most in order, some late, some forgotten, all around `today`."""

from datetime import date, timedelta
from random import Random
from typing import Any

from exchange.demo.names import TALKS, TOPICS
from exchange.demo.people import (
    LOCATIONS_EACH,
    PROGRAMMES,
    STUDENTS_EACH,
    TEAMS,
    Row,
    contacts,
    locations,
    nl,
    staff,
    students,
)

# Weeks from now at which a BOL period begins and how long it lasts; BBL runs with the school year.
PERIODS = ((-22, 20), (-11, 20), (-3, 20), (2, 20), (9, 20))
WEEKLY = {"BOL": 32, "BBL": 24}


def placements(today: date) -> list[dict[str, Any]]:
    """Every student but one in fourteen has one; a few of those who ended have a second."""
    rng = Random(15)  # noqa: S311 - invented, not secret
    teachers, supervisors = _teachers(), _supervisors()
    places, found = locations(), []
    for index, student in enumerate(students(today)):
        if index % 14 == 13:
            continue
        crebo, _name, _level, leerweg, _years, team, *_rest = PROGRAMMES[index // STUDENTS_EACH]
        own = [name for _college, name in TEAMS].index(team) * LOCATIONS_EACH
        location = places[own + rng.randrange(LOCATIONS_EACH)][0]
        start, end = _period(today, leerweg, index)
        weeks = (end - start).days // 7
        found.append(
            {
                "number": f"PL{200000 + index}",
                "student": student[0],
                "crebo": crebo,
                "leerweg": leerweg,
                "location": location,
                "start": start,
                "end": end,
                "hours_per_week": WEEKLY[leerweg],
                "hours_total": WEEKLY[leerweg] * weeks,
                "supervisor": supervisors[location],
                "teacher": teachers[team][index % len(teachers[team])],
                "keuzedelen": "K0023" if index % 6 == 0 else "",
                **_pok(rng, today, start, f"POK{200000 + index}"),
            }
        )
    return found


def _teachers() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in staff():
        if row[7] == "bpv-docent":
            found.setdefault(row[6], []).append(row[4])
    return found


def _supervisors() -> dict[str, str]:
    return {row[0]: row[5] for row in contacts() if row[8].startswith("praktijkopleider")}


def _period(today: date, leerweg: str, index: int) -> tuple[date, date]:
    monday = today - timedelta(days=today.weekday())
    if leerweg == "BOL":
        begin, weeks = PERIODS[index % len(PERIODS)]
    else:
        begin, weeks = -12 + index % 3 * 4, 40
    start = monday + timedelta(weeks=begin)
    return start, start + timedelta(weeks=weeks, days=-3)


def _pok(rng: Random, today: date, start: date, number: str) -> dict[str, Any]:
    """Three of four in time; others signed late, by two parties only, or not made at all."""
    luck = rng.random()
    none = {"pok": "", "student_on": None, "company_on": None, "school_on": None, "filed_on": None}
    if luck < 0.06 or start > today + timedelta(weeks=7):
        return none
    last = start - timedelta(days=rng.randrange(4, 25)) if luck < 0.82 else start + timedelta(days=rng.randrange(1, 15))
    signed = [last - timedelta(days=rng.randrange(1, 9)), last - timedelta(days=rng.randrange(0, 4)), last]
    filed = last + timedelta(days=1)
    days = [day if day <= today else None for day in (*signed, filed)]
    if 0.70 < luck < 0.78:
        days[1] = days[3] = None
    return {"pok": number} | dict(zip(("student_on", "company_on", "school_on", "filed_on"), days, strict=True))


def talks(today: date) -> list[Row]:
    """About three talks each, the first one a visit; one student in nine was forgotten."""
    rng, rows = Random(16), []  # noqa: S311
    for index, placement in enumerate(placements(today)):
        if index % 9 == 4:
            continue
        for turn, days in enumerate((rng.randrange(5, 26), rng.randrange(50, 80), rng.randrange(100, 130))):
            day = placement["start"] + timedelta(days=days)
            day -= timedelta(days=max(0, day.weekday() - 4))
            if day > min(today, placement["end"]) or rng.random() < 0.08:
                continue
            kind = "bezoek" if turn == 0 or rng.random() < 0.3 else rng.choice(("telefonisch", "online"))
            goals = "J" if turn == 0 or rng.random() < 0.5 else "N"
            row = [placement["number"], nl(day), kind, "J", "N" if rng.random() < 0.06 else "J", goals]
            rows.append(row + list(TALKS[(index + turn) % len(TALKS)]))
    return rows


def questions(today: date) -> list[Row]:
    """One in seven asked something in the last months; most were answered in time, some wait."""
    rng, rows = Random(17), []  # noqa: S311
    for index, placement in enumerate(placements(today)):
        if index % 7 or placement["start"] > today:
            continue
        received = max(placement["start"], today - timedelta(days=rng.randrange(1, 60)))
        hour = f"{rng.randrange(8, 17):02}:{rng.randrange(60):02}"
        answered = received + timedelta(days=rng.choice((0, 1, 1, 2, 3, 6)))
        waits = answered >= today or rng.random() < 0.12
        rows.append(
            [
                f"H{20000 + index}",
                placement["number"],
                rng.choice(("hulpvraag", "hulpvraag", "klacht", "melding")),
                rng.choice(("student", "leerbedrijf")),
                f"{nl(received)} {hour}",
                "" if waits else f"{nl(answered)} 17:{rng.randrange(60):02}",
                rng.choice(TOPICS),
            ]
        )
    return rows
