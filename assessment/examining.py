"""The diploma requirement of the bpv for the examencommissie, over all placements of an enrolment (BEO-14, OND-15).

Who leads the opleiding of the student sees them all, also those that another team guides.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Exists, F, FilteredRelation, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from assessment.models import Equivalence, LeftOut, Score
from placements.models import Placement, State
from standards import diploma
from standards.diploma import Answer
from students.models import Enrolment, Programme

STATES = {Answer.MET: "done", Answer.NOT_YET: "coming", Answer.EXEMPT: "deviated"}
# The word of an answer in an address.
ANSWERS = {"voldoet": Answer.MET, "nog-niet": Answer.NOT_YET, "vrijgesteld": Answer.EXEMPT}


def teams_of(user: Any) -> frozenset[int]:
    """The teams whose opleidingen this person leads: as bpv-coördinator or as manager."""
    teams: frozenset[int] = user.roles.coordinator | user.roles.manager
    return teams


def leads(user: Any, enrolment: Enrolment) -> bool:
    """The bpv-coördinator or the manager of the student's opleiding."""
    return enrolment.programme.team_id in teams_of(user)


def last_dossier(enrolment: Enrolment) -> int | None:
    """The last placement, in whose history a deed about the enrolment stands; a zij-instromer mostly has none."""
    return enrolment.placements.order_by("-start").values_list("pk", flat=True).first()


@dataclass(frozen=True)
class Line:
    """One enrolment of the overview."""

    enrolment: Enrolment
    placements: list[Any]
    verdict: diploma.Verdict

    @property
    def state(self) -> str:
        """The shape of the answer."""
        return STATES[self.verdict.answer]

    @property
    def hours(self) -> int:
        """What the placements that count were planned for, until their last day."""
        return sum(placement.hours_planned for placement in self.placements if not placement.out)


def of(user: Any) -> Any:
    """The enrolments of the opleidingen this person leads, with `equivalent`."""
    current = FilteredRelation("equivalences", condition=Q(equivalences__is_current=True))
    led = Enrolment.objects.filter(programme__team__in=teams_of(user))
    return led.annotate(standing=current, equivalent=F("standing__granted"))


def filtered(found: Any, wanted: dict[str, str]) -> Any:
    """q, opleiding, cohort, klas and antwoord, as the address asks."""
    if "q" in wanted:
        found = found.matching(wanted["q"])
    if "opleiding" in wanted:
        found = found.filter(programme=wanted["opleiding"])
    if "cohort" in wanted:
        found = found.filter(cohort=wanted["cohort"])
    if "klas" in wanted:
        found = found.filter(group__iexact=wanted["klas"])
    return _answering(found, ANSWERS[wanted["antwoord"]]) if "antwoord" in wanted else found


def _answering(found: Any, answer: Answer) -> Any:
    """Those with this answer: `standards.diploma.judge` for the database."""
    met = is_met()
    if answer is Answer.MET:
        return found.filter(met)
    exempt = Exists(Equivalence.objects.filter(enrolment=OuterRef("pk"), is_current=True, granted=True))
    return found.filter(exempt if answer is Answer.EXEMPT else ~exempt).exclude(met)


def is_met() -> Q:
    """There is a placement that counts, and none without a positive eindoordeel; of an enrolment.

    `pk__in` and not `left_out=None`: of an outer join without a row the planner expects nearly none.
    """
    current = FilteredRelation("finals", condition=Q(finals__is_current=True))
    counted = Placement.objects.filter(enrolment=OuterRef("pk")).exclude(state=State.CANCELLED)
    counted = counted.exclude(pk__in=LeftOut.objects.values("placement"))
    lacking = counted.annotate(current=current).filter(Q(current=None) | Q(current__score=Score.INSUFFICIENT))
    return Q(Exists(counted)) & ~Q(Exists(lacking))


def ordered(found: Any) -> Any:
    """By name, with what a row shows."""
    return found.select_related("student", "programme").order_by("student__sort_key", "pk")


def lines(enrolments: Iterable[Any]) -> list[Line]:
    """The enrolments with all their placements; one query, however many there are."""
    chosen = list(enrolments)
    by_enrolment: dict[int, list[Any]] = {enrolment.pk: [] for enrolment in chosen}
    for placement in placements_of(by_enrolment):
        by_enrolment[placement.enrolment_id].append(placement)
    return [_line(enrolment, by_enrolment[enrolment.pk]) for enrolment in chosen]


def _line(enrolment: Any, placements: list[Any]) -> Line:
    return Line(enrolment, placements, diploma.judge(map(period, placements), equivalent=bool(enrolment.equivalent)))


def placements_of(enrolments: Iterable[int]) -> Any:
    """All placements but those that were cancelled, with `score` (the eindoordeel) and `out` (why left out)."""
    current = FilteredRelation("finals", condition=Q(finals__is_current=True))
    found = Placement.objects.filter(enrolment__in=list(enrolments)).exclude(state=State.CANCELLED)
    found = found.annotate(current=current, score=F("current__score"), out=F("left_out__reason"))
    return found.select_related("location").order_by("start", "pk")


def result_word(placement: Any) -> str:
    """The eindoordeel in words, or that there is none."""
    return str(Score(placement.score).label) if placement.score else _("geen eindoordeel")


def period(placement: Any) -> diploma.Period:
    """A placement as the rule knows it."""
    result = diploma.Result(placement.score or "")
    ended = placement.state == State.ENDED
    return diploma.Period(placement.location.name, result, ended_early=ended, left_out=bool(placement.out))


def choices(user: Any) -> dict[str, list[tuple[str, str]]]:
    """The opleidingen and cohorts the filters offer this person, in one query."""
    led = Programme.objects.filter(team__in=teams_of(user)).order_by()
    name = Concat("name", Value(" ("), "crebo", Value(" "), "leerweg", Value(")"))
    programmes = led.values_list(Value("opleiding"), Cast("pk", CharField()), name)
    cohorts = Enrolment.objects.filter(programme__team__in=teams_of(user)).order_by()
    year = Cast("cohort", CharField())
    found: dict[str, list[tuple[str, str]]] = {"opleiding": [], "cohort": []}
    for kind, value, label in programmes.union(cohorts.values_list(Value("cohort"), year, year)):
        found[kind].append((value, label))
    found["opleiding"].sort(key=lambda choice: choice[1].casefold())
    found["cohort"].sort(reverse=True)
    return found
