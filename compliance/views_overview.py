"""Overzicht: standards down, teams across; every number opens the list of exactly those placements."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from bpv.core import clock
from bpv.core.access import require
from compliance import queries
from standards import RULES, Rule
from students.models import Leerweg

Counts = dict[tuple[str, int, str], int]
NEAR = 90  # percent: below is "niet gehaald" as far as the mark goes; not a norm of the handbook


@dataclass(frozen=True)
class Cell:
    """A rule in a team (or in all): how many placements at which outcome, and where their names are."""

    rule: str
    team: int | None
    label: str
    leerweg: str
    met: int
    late: int
    missed: int
    open: int

    @property
    def judged(self) -> int:
        """How many have a verdict: the open ones can still be met."""
        return self.met + self.late + self.missed

    @property
    def total(self) -> int:
        """All placements the rule speaks about."""
        return self.judged + self.open

    @property
    def percentage(self) -> int:
        """Met as a share of those with a verdict, rounded down: 100 only when all are met."""
        return 100 * self.met // self.judged if self.judged else 0

    @property
    def state(self) -> str:
        """The mark of the cell."""
        if not self.judged:
            return "coming" if self.open else "na"
        if self.met == self.judged:
            return "done"
        return "near" if self.percentage >= NEAR else "missed"

    def url(self, outcome: str = "") -> str:
        """The list of these placements."""
        query = {"regel": self.rule, "uitkomst": outcome, "team": self.team, "leerweg": self.leerweg}
        asked = {name: value for name, value in query.items() if value} | {"periode": "alles"}
        return f"{reverse('placements')}?{urlencode(asked)}"

    @property
    def links(self) -> dict[str, str]:
        """The lists by outcome, and of all."""
        return {name: self.url(name) for name in ("met", "late", "missed", "open")} | {"all": self.url()}


def overview(request: HttpRequest) -> HttpResponse:
    """How many placements meet each measured standard, by team; for managers and coordinators."""
    user: Any = request.user
    require(bool(user.roles.manager or user.roles.coordinator))
    today = clock.today()
    leerweg = request.GET.get("leerweg", "")
    leerweg = leerweg if leerweg in Leerweg.values else ""
    teams = queries.teams_of(user)
    counts = queries.counts(user, today, leerweg)
    context = {
        "leerweg": leerweg,
        "leerwegen": Leerweg.values,
        "teams": [name for _pk, name in teams],
        "rows": [row(rule, teams, counts, leerweg) for rule in RULES.values()],
        "today": today,
        "any": bool(counts),
    }
    return render(request, "compliance/overview.html", context)


def row(rule: Rule, teams: list[tuple[int, str]], counts: Counts, leerweg: str) -> dict[str, Any]:
    """A rule with its cell per team, and over all that the person sees when there are more."""
    cells = [cell(rule.code, counts, leerweg, pk, name) for pk, name in teams]
    if len(teams) > 1:
        cells.append(cell(rule.code, counts, leerweg))
    return {"rule": rule, "cells": cells}


def cell(rule: str, counts: Counts, leerweg: str, team: int | None = None, label: str = "") -> Cell:
    """The counts of one rule in a team, or in all."""
    sums = dict.fromkeys(("met", "late", "missed", "open"), 0)
    for (counted, of_team, outcome), number in counts.items():
        if counted == rule and team in (None, of_team):
            sums[outcome] += number
    return Cell(rule, team, label, leerweg, **sums)
