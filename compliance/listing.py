"""The list of placements: what can be chosen, in which order it stands, how many each ready-made filter finds."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

from django.db.models import Case, CharField, Count, F, IntegerField, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, Team, User
from bpv.core import text
from compliance import queries
from compliance.models import Finding
from compliance.presentation import gone_by
from compliance.rows import Row
from placements.models import Placement
from students.models import Enrolment, Programme

# Somebody with more teams chooses a team before a class or a bpv-docent: a choice of hundreds is no choice.
MANY_TEAMS = 12
AT_ONCE = 500  # rows of an export that are read together
BY_STUDENT, BY_LOCATION, BY_START, BY_DUE, BY_TEACHER = "student", "leerbedrijf", "begin", "uiterlijk", "docent"
ORDERS = [
    (BY_STUDENT, _("Achternaam")),
    (f"-{BY_STUDENT}", _("Achternaam, van Z naar A")),
    (BY_LOCATION, _("Leerbedrijf")),
    (f"-{BY_LOCATION}", _("Leerbedrijf, van Z naar A")),
    (BY_START, _("Begin, vroegste eerst")),
    (f"-{BY_START}", _("Begin, laatste eerst")),
    (BY_DUE, _("Eerst te doen")),
    (f"-{BY_DUE}", _("Laatst te doen")),
    (BY_TEACHER, _("Bpv-docent")),
    (f"-{BY_TEACHER}", _("Bpv-docent, van Z naar A")),
]
KEYS = {
    BY_STUDENT: "sort_key",
    BY_LOCATION: "location__sort_key",
    BY_START: "start",
    BY_DUE: "first_due",
    BY_TEACHER: "teacher__sort_key",
}


@dataclass(frozen=True)
class Choices:
    """What the filters offer this person: (value, label)."""

    of_one_team: bool  # whether classes and bpv-docenten are offered
    teams: list[tuple[str, str]] = field(default_factory=list)
    groups: list[tuple[str, str]] = field(default_factory=list)
    programmes: list[tuple[str, str]] = field(default_factory=list)
    teachers: list[tuple[str, str]] = field(default_factory=list)


def choices(user: Any, team: str) -> Choices:
    """In one query; classes, programmes and bpv-docenten are those of the chosen team, if it is the person's own."""
    own = user.roles.teams
    teams = {int(team)} if team.isdecimal() and int(team) in own else own
    few = len(teams) <= MANY_TEAMS
    parts = [
        _part("teams", Team.objects.filter(pk__in=own), Cast("pk", CharField()), F("name"), F("name")),
        _part("programmes", Programme.objects.filter(team__in=teams), F("crebo"), F("name"), F("name")),
    ]
    if few:
        groups = Enrolment.objects.filter(programme__team__in=teams).exclude(group="")
        of_teams = Q(memberships__team__in=teams) | Q(memberships__college__teams__in=teams)
        teachers = User.objects.filter(of_teams, memberships__role=Role.TEACHER, is_active=True)
        parts.append(_part("groups", groups, F("group"), F("group"), F("group")))
        name = Concat("first_name", Value(" "), "prefix", Value(" "), "last_name")
        parts.append(_part("teachers", teachers, Cast("pk", CharField()), name, F("sort_key")))
    found: dict[str, list[tuple[str, str]]] = {}
    for kind, value, label, _key in sorted(parts[0].union(*parts[1:]), key=lambda row: (text.fold(row[3]), row[1])):
        found.setdefault(kind, []).append((value, " ".join(label.split())))
    return Choices(of_one_team=few, **found)


def _part(kind: str, rows: Any, value: Any, label: Any, key: Any) -> Any:
    """One kind of choice as a part of a union, which also leaves out what is there twice."""
    return rows.order_by().values_list(Value(kind), value, label, key)


def placements(user: Any, wanted: dict[str, str], order: str, today: date) -> QuerySet[Placement]:
    """The list as filtered and in this order, with what a row shows.

    Searched for and no other order asked: who has that number or that last name comes first.
    """
    found = queries.placements(user, wanted, today)
    found = found.select_related(None).select_related("student", "programme", "location", "teacher", "enrolment")
    down, name = order.startswith("-"), order.removeprefix("-")
    if name == BY_DUE:
        due = waiting(today).filter(placement=OuterRef("pk")).order_by().values("placement").annotate(first=Min("due"))
        open_until = When(closed_at__isnull=True, then=Subquery(due.values("first")))
        found = found.annotate(first_due=Case(open_until))
    if name == BY_STUDENT:
        keys = [F("sort_key").desc(), F("id").desc()] if down else [F("sort_key").asc(), F("id").asc()]
        return _exact_first(found, wanted["q"]).order_by("rank", *keys) if "q" in wanted else found.order_by(*keys)
    key = F(KEYS[name])
    return found.order_by(key.desc(nulls_last=True) if down else key.asc(nulls_last=True), "sort_key", "id")


def _exact_first(found: Any, typed: str) -> Any:
    """Adds `rank`: 0 for the number that was typed, 1 for the last name, 2 for the others."""
    named = Q()
    for word in text.fold(typed).split():
        named |= Q(sort_key__startswith=f"{word} ")
    numbered = Q(number=typed.strip().upper()) | Q(student__number=typed.strip())
    whens = [When(numbered, then=0), *([When(named, then=1)] if named else [])]
    return found.annotate(rank=Case(*whens, default=2, output_field=IntegerField()))


def waiting(today: date) -> Any:
    """Findings that a row can show as "eerst te doen": not done, not deviated from, and not gone by for good."""
    undone = Q(done_on=None) | Q(done_on__gt=today)
    return Finding.objects.filter(undone, deviated_on=None).exclude(gone_by(today))


def count_each(user: Any, wanted: dict[str, str], views: list[dict[str, str]], today: date) -> tuple[int, list[int]]:
    """How many placements the filter finds, and how many each of the ready-made ones; in one query.

    `views`: the placements that run or are to come, or a part of those by docent, regel and uitkomst.
    """
    conditions = [_condition(user, view, today) for view in views]
    counts = {f"n{n}": Count("pk", filter=condition) for n, condition in enumerate(conditions)}
    all_of_them = queries.placements(user, {}, today).order_by().values(part=Value(0))
    parts = [all_of_them.annotate(**counts).values_list("part", *counts)]
    if wanted and wanted not in views:
        nothing = {f"n{n}": Value(0) for n in range(1, len(views))}
        mine = queries.placements(user, wanted, today).order_by().values(part=Value(1))
        parts.append(mine.annotate(n0=Count("pk"), **nothing).values_list("part", "n0", *nothing))
    found = {part: counts for part, *counts in parts[0].union(*parts[1:], all=True)}
    number = found[1][0] if 1 in found else found[0][views.index(wanted)]
    return number, found[0]


def _condition(user: Any, view: dict[str, str], today: date) -> Q:
    """What `queries.placements` does with these filters, as a condition on placements the person sees."""
    condition = Q()
    if "docent" in view:
        condition &= Q(teacher=user if view["docent"] == "mijn" else None)
    if "regel" in view:
        findings = queries.matching_findings(view, today).values("placement")
        # Apart: either is found by its index, the two in one condition only by reading them all.
        own, of_teams = findings.filter(teacher=user), findings.filter(team__in=user.roles.teams)
        condition &= Q(pk__in=of_teams) | Q(pk__in=own)
    return condition


class Question(NamedTuple):
    """What a row shows of the question a finding is about."""

    number: str
    owner_id: int | None


class Judged(NamedTuple):
    """A stored finding with what a row shows of it: a page has hundreds, a model for each would cost more."""

    rule: str
    due: date
    done_on: date | None
    deviated_on: date | None
    year: int
    request: Question | None


def rows(user: Any, found: list[Placement], today: date) -> list[Row]:
    """These placements as rows, with their findings in one query."""
    fields = ("placement_id", "rule", "due", "done_on", "deviated_on", "year", "request__number", "request__owner_id")
    findings: dict[int, list[Judged]] = defaultdict(list)
    stored = Finding.objects.filter(placement__in=found).order_by("due", "rule")
    for placement, rule, due, done_on, deviated_on, year, question, owner in stored.values_list(*fields):
        asked = Question(question, owner) if question else None
        findings[placement].append(Judged(rule, due, done_on, deviated_on, year, asked))
    return [Row.of(user, placement, findings[placement.pk], today) for placement in found]


def all_rows(user: Any, found: QuerySet[Placement], today: date) -> Iterator[Row]:
    """Every row of the list, some hundreds at a time: however long it is, little of it is in memory."""
    walk = found.iterator(chunk_size=AT_ONCE)
    while some := list(islice(walk, AT_ONCE)):
        yield from rows(user, some, today)
