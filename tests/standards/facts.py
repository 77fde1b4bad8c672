"""Makers of facts: a placement of ma 1 feb 2027 to vr 2 jul 2027; give only what the test is about."""

from dataclasses import replace
from datetime import date
from typing import Any

from standards import (
    AssessmentFacts,
    ContactFact,
    InterimFact,
    Outcome,
    PlacementFacts,
    PokFact,
    judge_placement,
    outcome,
)

START, END = date(2027, 2, 1), date(2027, 7, 2)
_PLACEMENT = PlacementFacts("PL1", "BOL", START, END, False, None, (), ())


def a_placement(**fields: Any) -> PlacementFacts:
    return replace(_PLACEMENT, **fields)


def a_contact(
    on: date, kind: Any = "on_site", student: bool = True, supervisor: bool = True, goals: bool = False
) -> ContactFact:
    return ContactFact(on, kind, student, supervisor, goals)


def a_pok(
    student: date | None = None, company: date | None = None, school: date | None = None, filed: date | None = None
) -> PokFact:
    return PokFact(student, company, school, filed)


def assessed(**fields: Any) -> PlacementFacts:
    """A placement whose assessment is kept; fields of AssessmentFacts, and leerweg, start and end of the placement."""
    about = {name: fields.pop(name) for name in ("leerweg", "start", "end") if name in fields}
    return a_placement(assessment=AssessmentFacts(**fields), **about)


def an_interim(on: date, student: date | None = None, supervisor: date | None = None) -> InterimFact:
    return InterimFact(on, student, supervisor)


def judged(rule: str, facts: PlacementFacts, today: date) -> tuple[Outcome, date, date | None]:
    """What the rule comes to: outcome, due date and the day it was done."""
    [finding] = [finding for finding in judge_placement(facts, today=today) if finding.rule == rule]
    return outcome(finding.due, finding.done_on, today), finding.due, finding.done_on
