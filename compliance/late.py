"""Who is late in a team, with what is missing and whose turn it is: for the page that goes along to a meeting."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Team
from compliance import presentation, queries, worklist
from compliance.models import Finding
from placements.models import Placement
from standards import RULES

MOST = 300  # more than this nobody reads below the own work; the lists have them all


@dataclass(frozen=True)
class LateName:
    """One student with something that is late and can still be done."""

    placement: Placement
    due: date
    missing: str
    who: str

    @property
    def url(self) -> str:
        """The dossier."""
        return reverse("dossier", args=[self.placement.number])


@dataclass(frozen=True)
class LateGroup:
    """The names behind one deed."""

    title: str
    source: str
    names: list[LateName]

    @property
    def students(self) -> int:
        """How many students; somebody with two questions stands here twice."""
        return len({name.placement.student_id for name in self.names})


def groups(team: Team, today: date) -> list[LateGroup]:
    """By deed, in the order of the standards; inside by name. Three queries."""
    found = worklist.worth_doing(today).filter(team=team, due__lt=today)
    found = found.select_related(
        "placement__student", "placement__location", "placement__enrolment", "placement__teacher", "request__owner"
    )
    deeds = worklist.by_deed(found.order_by("due", "rule", "id"))
    poks = worklist.live_poks({pk for pk, _request, deed in deeds if deed == "pok"})
    coordinators = ", ".join(person.full_name for person in queries.coordinators_of_team(team.pk))
    by_rule: dict[str, list[LateName]] = {}
    for finding in sorted(deeds.values(), key=lambda row: row.placement.sort_key):
        pok = poks.get(finding.placement_id)
        name = LateName(
            finding.placement, finding.due, worklist.missing(finding, pok, today), whose_turn(finding, coordinators)
        )
        by_rule.setdefault(finding.rule, []).append(name)
    return [
        LateGroup(str(presentation.NEXT[rule]), RULES[rule].label, by_rule[rule]) for rule in RULES if rule in by_rule
    ]


@dataclass(frozen=True)
class Elsewhere:
    """Something late that waits for somebody else."""

    placement: Placement
    title: str
    due: date
    who: str


def of_others(user: Any, today: date) -> list[Elsewhere]:
    """What is late in the teams a person leads (or with the own students) and waits for somebody else. One query.

    A manager has the overview for this.
    """
    near = Q(team__in=user.roles.coordinator) | Q(teacher=user)
    found = worklist.worth_doing(today).filter(near, due__lt=today).exclude(worklist.own_turn(user))
    found = found.select_related("placement__student", "placement__teacher", "request__owner")
    deeds = worklist.by_deed(found.order_by("due", "placement__sort_key", "rule", "id")[:MOST])
    somebody = _("de bpv-coördinator")
    return [
        Elsewhere(
            f.placement, f"{presentation.NEXT[f.rule]}: {f.placement.student.full_name}", f.due, whose_turn(f, somebody)
        )
        for f in deeds.values()
    ]


def whose_turn(finding: Finding, coordinators: str) -> str:
    """Who can do it: the owner of a question, the bpv-docent for contacts, the bpv-coördinator for the others."""
    person: Any = None
    if finding.request:
        person = finding.request.owner
    if person is None and finding.rule in presentation.GUIDING | {"S6.1-c"}:
        person = finding.placement.teacher
    return person.full_name if person else coordinators
