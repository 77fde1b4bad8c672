"""The invented school, read plainly and judged on 23 November 2026, gives what was computed apart from the product."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from standards import (
    AccreditationFact,
    ContactFact,
    PlacementFacts,
    PokFact,
    RequestFacts,
    judge_placement,
    judge_request,
    moments,
    outcome,
)

KINDS: dict[str, Any] = {"bezoek": "on_site", "telefonisch": "phone", "online": "online"}
SIGNED_AND_FILED = ("POK getekend student", "POK getekend leerbedrijf", "POK getekend school", "POK in dossier")
TOOK_PART = ("Student aanwezig", "Praktijkopleider aanwezig", "Leerdoelen besproken")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="cp1252", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=";"))


@cache
def day(text: str) -> date | None:
    """The day of `21-09-2026` or `06-11-2026 10:12`; moments are written in Amsterdam time."""
    return datetime.strptime(text[:10], "%d-%m-%Y").date() if text else None


def accreditations(path: Path) -> dict[tuple[str, str], list[AccreditationFact]]:
    found = defaultdict(list)
    for location, crebo, granted_on, withdrawn_on in (
        CalamineWorkbook.from_path(path).get_sheet_by_name("Erkenningen").to_python()[1:]
    ):
        found[str(int(location)), str(crebo)].append(AccreditationFact(granted_on, withdrawn_on or None))
    return found


def contacts(path: Path) -> dict[str, list[ContactFact]]:
    found = defaultdict(list)
    for row in rows(path):
        took_part = (row[column] == "J" for column in TOOK_PART)
        found[row["Plaatsingsnummer"]].append(ContactFact(day(row["Datum"]), KINDS[row["Soort"]], *took_part))
    return found


def placements(school: Path) -> Iterator[PlacementFacts]:
    granted = accreditations(school / "leerbedrijven.xlsx")
    held = contacts(school / "contactmomenten.csv")
    listed = rows(school / "plaatsingen.csv")
    first_start: dict[tuple[str, str], date] = {}
    for row in listed:
        place = row["Leerbedrijf-ID"], row["Crebo"]
        first_start[place] = min(first_start.get(place, date.max), day(row["Begin"]))
    for row in listed:
        place = row["Leerbedrijf-ID"], row["Crebo"]
        start = day(row["Begin"])
        yield PlacementFacts(
            subject=row["Plaatsingsnummer"],
            leerweg=row["Leerweg"],
            start=start,
            end=day(row["Einde"]),
            new_location=first_start[place] == start,
            pok=PokFact(*(day(row[column]) for column in SIGNED_AND_FILED)) if row["POK-nummer"] else None,
            accreditations=tuple(granted[place]),
            contacts=tuple(held[row["Plaatsingsnummer"]]),
        )


def requests(school: Path) -> Iterator[RequestFacts]:
    for row in rows(school / "hulpvragen.csv"):
        yield RequestFacts(row["Nummer"], day(row["Ontvangen"]), day(row["Eerste reactie"]))


def judged(school: Path, today: date, free_days: frozenset[date]) -> list[dict[str, str]]:
    findings = [finding for facts in placements(school) for finding in judge_placement(facts, today=today)]
    for facts in requests(school):
        findings += judge_request(facts, today=today, free_days=free_days)
    return [
        {
            "subject": finding.subject,
            "rule": finding.rule,
            "outcome": str(outcome(finding.due, finding.done_on, today)),
            "due": finding.due.isoformat(),
        }
        for finding in findings
    ]


def test_invented_school_row_for_row(school: Path, free_days: frozenset[date]) -> None:
    expected = json.loads((school / "expected-2026-11-23.json").read_text(encoding="utf-8"))
    assert judged(school, date(2026, 11, 23), free_days) == expected


@pytest.mark.parametrize("today", [date(2026, 9, 1), date(2027, 2, 1)])
def test_invented_school_on_other_days_has_the_same_findings_and_due_dates(
    school: Path, free_days: frozenset[date], today: date
) -> None:
    def without_outcome(found: list[dict[str, str]]) -> list[tuple[str, str, str]]:
        return [(row["subject"], row["rule"], row["due"]) for row in found]

    on_the_day = judged(school, date(2026, 11, 23), free_days)
    assert without_outcome(judged(school, today, free_days)) == without_outcome(on_the_day)


def test_moments_and_findings_name_the_same_due_date(school: Path) -> None:
    for facts in placements(school):
        due = {finding.rule: finding.due for finding in judge_placement(facts, today=date(2026, 11, 23))}
        planned = moments(facts.leerweg, facts.start, facts.end, facts.new_location)
        assert {m.rule: m.due for m in planned if m.rule} == {m.rule: due[m.rule] for m in planned if m.rule}
