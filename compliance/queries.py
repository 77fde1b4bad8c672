"""The questions of the pages: which placements, which marks, how many of each standard."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.models import Role, Team, User
from bpv.core.models import AuditEvent
from companies.models import Location
from compliance import schoolyears
from compliance.counting import Counts, by_outcome
from compliance.models import Finding
from compliance.querysets import outcomes
from placements.models import Placement
from standards.norms import norms_for


def teams_of(user: Any) -> list[tuple[int, str]]:
    """The teams whose placements the person sees: (id, name)."""
    return list(Team.objects.filter(pk__in=user.roles.teams).values_list("pk", "name"))


def teams_with_college(user: Any) -> list[Team]:
    """The same teams with their college, by name."""
    return list(Team.objects.filter(pk__in=user.roles.teams).select_related("college"))


def placements(user: Any, wanted: dict[str, str], today: date) -> QuerySet[Placement]:
    """The list of placements as filtered; without a period those that run or are to come."""
    found = in_period(Placement.objects.visible_to(user), wanted.get("periode", ""), today)
    if "q" in wanted:
        found = found.matching(wanted["q"])
    if "team" in wanted:
        found = found.filter(team=wanted["team"])
    if "college" in wanted:
        found = found.filter(team__college__name=wanted["college"])
    if "schooljaar" in wanted:
        found = found.filter(start__range=schoolyears.bounds(wanted["schooljaar"]))
    if "klas" in wanted:
        found = found.filter(enrolment__group=wanted["klas"])
    if "leerweg" in wanted:
        found = found.filter(programme__leerweg=wanted["leerweg"])
    if "opleiding" in wanted:
        found = found.filter(programme__crebo=wanted["opleiding"])
    if "leerbedrijf" in wanted:
        found = found.filter(location__in=Location.objects.matching(wanted["leerbedrijf"]).values("pk"))
    if "docent" in wanted:
        found = found.filter(teacher={"mijn": user, "geen": None}.get(wanted["docent"], wanted["docent"]))
    if "regel" in wanted or "uitkomst" in wanted:
        found = found.filter(pk__in=matching_findings(wanted, today).values("placement"))
    return found.for_list().order_by("sort_key", "id")


def in_period(found: Any, period: str, today: date) -> Any:
    """Placements by where they are on a day."""
    match period:
        case "alles":
            return found
        case "loopt":
            return found.active_on(today).filter(start__lte=today)
        case "komt":
            return found.active_on(today).filter(start__gt=today)
        case "afgelopen":
            return found.exclude(state="cancelled").exclude(pk__in=found.active_on(today))
        case "vervallen":
            return found.filter(state="cancelled")
        case _:
            return found.active_on(today)


def matching_findings(wanted: dict[str, str], today: date) -> QuerySet[Finding]:
    """Findings of the rule and the outcome asked for: the same ones the overview counts.

    The current ones; of a school year all, also of what was over long ago.
    """
    findings = Finding.objects.all()
    if "schooljaar" not in wanted:
        findings = findings.current_on(today)
    if "regel" in wanted:
        findings = findings.filter(rule=wanted["regel"])
    being = outcomes(today)
    match wanted.get("uitkomst"):
        case None:
            return findings
        case "undone":
            return findings.filter(being["missed"] | being["open"])
        case "soon":
            return findings.filter(being["open"], due__lte=today + timedelta(days=norms_for(today).soon_days))
        case outcome:
            return findings.filter(being[outcome])


def findings_by_placement(placements: list[Placement]) -> dict[int, list[Finding]]:
    """The stored findings of these placements in one query, by placement."""
    found: dict[int, list[Finding]] = defaultdict(list)
    for finding in Finding.objects.filter(placement__in=placements).select_related("request").order_by("due", "rule"):
        found[finding.placement_id].append(finding)
    return found


def counts(
    user: Any, day: date, leerweg: str = "", *, college: str = "", schooljaar: str = "", team: int | None = None
) -> Counts:
    """Placements by (rule, team, outcome) on a day: what the overview shows and its links list.

    Those with a current finding; of a school year all that start in it.
    """
    findings = Finding.objects.visible_to(user).with_outcome(day)
    if schooljaar:
        findings = findings.filter(placement__start__range=schoolyears.bounds(schooljaar))
    else:
        findings = findings.current_on(day)
    if team:
        findings = findings.filter(team=team)
    if college:
        findings = findings.filter(team__college__name=college)
    if leerweg:
        findings = findings.filter(placement__programme__leerweg=leerweg)
    return {tuple(key): placements for *key, placements in by_outcome(findings, "rule", "team", "outcome")}


def events_of(placement: Placement, names: Collection[str] | None = None) -> QuerySet[AuditEvent]:
    """Everything that happened in a dossier, newest first; with `names` only these events."""
    found = AuditEvent.objects.filter(dossier=placement.pk).select_related("by")
    return found if names is None else found.filter(event__in=names)


def events_by_name(placement: Placement) -> dict[str, int]:
    """How often each event happened in a dossier."""
    found = AuditEvent.objects.filter(dossier=placement.pk).order_by().values_list("event").annotate(Count("pk"))
    return dict(found)


def coordinators_of(placement: Placement) -> list[User]:
    """The bpv-coördinators of the placement's team."""
    return coordinators_of_team(placement.team_id)


def coordinators_of_team(team: int) -> list[User]:
    """The bpv-coördinators of a team, by its id."""
    of_team = Q(memberships__team=team) | Q(memberships__college__teams=team)
    return list(User.objects.filter(of_team, memberships__role=Role.COORDINATOR, is_active=True).distinct())


def own_placements(user: Any) -> QuerySet[Placement]:
    """For a student or a praktijkopleider: the placements that are not cancelled, the newest first."""
    return Placement.objects.visible_to(user).exclude(state="cancelled").for_list().order_by("-start", "sort_key")


def has_placements(user: Any) -> bool:
    """Whether there is anything at all for this person."""
    return bool(Placement.objects.visible_to(user).exists())
