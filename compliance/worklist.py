"""What waits for one person: open findings that are theirs to close, one item a deed, ordered by date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.lifecycle import State, open_parties, state_of
from agreements.models import Pok
from compliance import presentation
from compliance.actions import action_for
from compliance.models import Finding
from standards.norms import norms_for

# Rules that one deed closes together: the POK, the first contact, the contact moments, the plan, the end.
DEEDS = {
    "POK-03": "pok",
    "S5": "pok",
    "LB-02": "accreditation",
    "S4.2-a": "first contact",
    "S4.2-b": "first contact",
    "S6.2-a": "contacts",
    "S6.2-b": "contacts",
    "S6.1-c": "request",
    "S7": "goals",
    "S8-a": "plan",
    "S8-b": "plan",
    "BEO-06": "interim",
    "BEO-09": "hearing",
    "S8-c": "final",
    "BEO-12": "final",
    "S8-d": "closing",
}
AFTERWARDS = "BEO-12"  # a result is told when there is one: on the same day S8-c speaks for the deed
FIRST_CONTACT = timedelta(weeks=4)  # S4.2: from the start to the day of the first contact


@dataclass(frozen=True)
class WorkItem:
    """One thing to do: what, about whom, until when, why, and the button that goes straight to the deed."""

    finding: Finding
    state: str
    word: str
    title: str
    url: str
    meta: str
    missing: str
    action_label: str
    action_url: str
    kind: str

    @property
    def due(self) -> date:
        """The day of the earliest rule that this deed closes."""
        return self.finding.due

    @property
    def mail_title(self) -> str:
        """The title without the words of a question: those never travel by mail (T4)."""
        return f"{presentation.NEXT[self.finding.rule]}: {self.finding.placement.student.full_name}"

    @property
    def standard(self) -> str:
        """The number of the standard, empty for a rule of the law."""
        return presentation.standard_of(self.finding.rule)


def items_for(user: Any, today: date) -> list[WorkItem]:
    """The person's work by due date: four queries, however much there is."""
    found = list(open_findings(user, today))
    poks = live_poks({finding.placement_id for finding in found if DEEDS[finding.rule] == "pok"})
    found = (as_item(user, finding, poks.get(finding.placement_id), today) for finding in by_deed(found).values())
    items: dict[tuple[int, str], WorkItem] = {}
    for item in filter(None, found):  # one bpv-docent closes everything that waits for one
        about = item.finding.placement_id if item.kind == "teacher" else item.finding.pk
        items.setdefault((about, item.kind), item)
    return list(items.values())


def by_deed(found: Iterable[Finding]) -> dict[tuple[int, int | None, str], Finding]:
    """One finding for each deed, of findings in order of date: the earliest due date speaks for the deed."""
    deeds: dict[tuple[int, int | None, str], Finding] = {}
    for finding in sorted(found, key=lambda finding: (finding.due, finding.rule == AFTERWARDS)):
        deeds.setdefault((finding.placement_id, finding.request_id, DEEDS[finding.rule]), finding)
    return deeds


def open_findings(user: Any, today: date) -> Any:
    """Not done, late or soon due, of this person, and still worth doing."""
    return (
        worth_doing(today)
        .visible_to(user)
        .filter(own_turn(user))
        .select_related(
            "placement__student", "placement__location", "placement__programme", "placement__enrolment", "request"
        )
        .order_by("due", "placement__sort_key", "rule", "id")
    )


def own_turn(user: Any) -> Q:
    """Findings that are this person's to close; the twin of `presentation.acts`."""
    own = Q(teacher=user, rule__in=presentation.GUIDING) | Q(request__owner=user)
    teams = user.roles.coordinator
    if teams:
        led = Q(team__in=teams)
        own |= led & ~Q(rule__in=presentation.GUIDING | {"S6.1-c"})
        own |= led & Q(teacher=None, rule__in=presentation.GUIDING) | led & Q(
            request__isnull=False, request__owner=None
        )
    return own


def worth_doing(today: date) -> Any:
    """All findings, of anybody, that are late or soon due and that a deed can still close.

    Without a bpv-docent the first contact asks for attention when the start is near, not only when its own day is.
    """
    horizon = today + timedelta(days=norms_for(today).soon_days)
    unguided = Q(rule="S4.2-b", teacher=None, due__lte=horizon + FIRST_CONTACT)
    over = Q(placement__end__lt=today) | Q(placement__ended_on__lt=today)
    ended = over & Q(request=None) & ~Q(rule__in=presentation.AFTER_END)
    return (
        Finding.objects.current_on(today)
        .filter(Q(due__lte=horizon) | unguided)
        .filter(Q(done_on=None) | Q(done_on__gt=today), deviated_on=None)
        .filter(placement__closed_at=None)
        .exclude(presentation.gone_by(today))
        .exclude(ended)
    )


def live_poks(placements: set[int]) -> dict[int, Pok]:
    """The live POK of each placement with who signs and who signed."""
    found = Pok.objects.live().main().filter(placement__in=placements)
    return {pok.placement_id: pok for pok in found.prefetch_related("signatures", "signatories")}


def as_item(user: Any, finding: Finding, pok: Pok | None, today: date) -> WorkItem | None:
    """The finding as work; None when the deed is not this person's to do."""
    placement, request = finding.placement, finding.request
    action = action_for(user, finding.rule, placement, pok, request, today=today)
    if action is None:
        return None
    name = placement.student.full_name
    what = request.topic if request else presentation.NEXT[finding.rule] if action.kind != "teacher" else action.label
    return WorkItem(
        finding=finding,
        state=presentation.state_of(finding, today, mine=True),
        word=presentation.word_of(finding, today),
        title=f"{what}: {name}",
        url=reverse("request", args=[request.number]) if request else reverse("dossier", args=[placement.number]),
        meta=f"{placement.location.name}, {placement.location.city}"
        if placement.location.city
        else placement.location.name,
        missing=missing(finding, pok, today),
        action_label=action.label,
        action_url=action.url,
        kind=action.kind,
    )


def missing(finding: presentation.Dated, pok: Pok | None, today: date) -> str:
    """What is left to do, in a few words."""
    if DEEDS[finding.rule] != "pok":
        return presentation.source_of(finding.rule)
    if pok is None:
        return _("nog geen POK")
    match state_of(pok, today):
        case State.CONCEPT:
            return _("gemaakt, nog niet aangeboden")
        case State.REFUSED | State.LAPSED | State.COMPLETE as state:
            return str(state.label)
    if left := [str(party.label) for party in open_parties(pok)]:
        return _("nog niet getekend: %(parties)s") % {"parties": ", ".join(left)}
    return _("nog niet in het %(dossier)s") % {"dossier": pok.dossier_name}
