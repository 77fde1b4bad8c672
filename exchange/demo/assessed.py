"""The assessment in the demo: a plan for each opleiding, interims halfway, judgements and decisions at the end."""

from datetime import date, timedelta

from accounts.models import Role, User
from assessment import agreeing, finals, hearing, interims, plans, sharing
from assessment.models import Part, Plan, Score, Way
from bpv.core import clock
from placements.models import Placement
from students.models import Programme

PARTS = (
    ("Bpv-opdrachten", 40, Part.By.BOTH, "Tijdens de bpv", "Zijn de opdrachten gemaakt, en laten ze het werk zien?"),
    (
        "Werkhouding",
        30,
        Part.By.COMPANY,
        "Halverwege en aan het einde",
        "Inzet, kritiek, afspraken nakomen.",
    ),
    ("Kwaliteit van het werk", 30, Part.By.COMPANY, "Aan het einde", "Nauwkeurig, volledig en verzorgd."),
)
TEXTS = {
    Score.GOOD: ("Werkt zelfstandig en vraagt op tijd om hulp.", "Mag vaker zelf iets voorstellen."),
    Score.SUFFICIENT: ("Doet wat is afgesproken.", "Mag meer laten zien uit zichzelf."),
    Score.INSUFFICIENT: ("Is vriendelijk tegen klanten.", "Komt afspraken nog niet na en is vaak te laat."),
}


def assessed(today: date) -> None:
    """Plans for all; for two of three placements an interim, and what is over is decided."""
    for programme in Programme.objects.all():
        _plan(programme, today)
    begun = Placement.objects.filter(start__lte=today + timedelta(weeks=4), teacher__isnull=False)
    for index, placement in enumerate(begun.select_related("supervisor", "teacher").order_by("number")):
        if placement.state != "planned":
            continue
        _agree(placement, today)
        if index % 3 != 2 and placement.start <= today - timedelta(weeks=10):
            _halfway(placement, index)
            if placement.end <= today:
                _end(placement, index)


def _plan(programme: Programme, today: date) -> None:
    by = User.objects.filter(memberships__role=Role.COORDINATOR, memberships__team=programme.team).first()
    if by is None:
        return
    draft = plans.draft(programme=programme, cohort=today.year - 6, by=by)
    draft.procedure = (
        "Student en praktijkopleider geven elk hun oordeel. De bpv-docent bespreekt beide in het eindgesprek en stelt "
        "het eindoordeel vast.\n\nNiet mee eens? Praat met de bpv-coördinator, of ga naar de examencommissie."
    )
    year = f"{today.year}-{today.year + 1}"
    draft.study_guide, draft.bpv_guide = f"Studiehandleiding {year}, hoofdstuk 5", f"Bpv-gids {year}, hoofdstuk 4"
    parts = [
        Part(name=name, weight=weight, by=who, moment=moment, criteria=what)
        for name, weight, who, moment, what in PARTS
    ]
    plans.publish(plan=plans.save(plan=draft, parts=parts, by=by), by=by)


def _agree(placement: Placement, today: date) -> None:
    if Plan.objects.for_cohort(placement.programme_id, placement.enrolment.cohort).exists():
        at = clock.at(min(today, placement.start - timedelta(days=20)), 10)
        with clock.moved(at):
            sharing.share(placement=placement, by=placement.teacher)
            if placement.number[-1] not in "37":
                both = {"with_student": True, "with_supervisor": True}
                agreeing.agree(placement=placement, by=placement.teacher, on=clock.today(), **both)


def _score(index: int) -> Score:
    return (Score.SUFFICIENT, Score.GOOD, Score.INSUFFICIENT)[index % 7 % 3]


def _halfway(placement: Placement, index: int) -> None:
    good, attention = TEXTS[_score(index)]
    held = min(placement.start + timedelta(weeks=9), placement.last_day)
    with clock.moved(clock.at(held, 15)):
        interims.establish(placement=placement, by=placement.teacher, held_on=held, good=good, attention=attention)


def _end(placement: Placement, index: int) -> None:
    score = Score.GOOD if index % 4 else Score.SUFFICIENT
    good, attention = TEXTS[score]
    with clock.moved(clock.at(placement.end, 16)):
        about = {"good": good, "attention": attention, "assessor": str(placement.supervisor)}
        hearing.write(placement=placement, by=placement.teacher, submit=True, way=Way.TALK, score=score, **about)
        text = "Besproken in het eindgesprek, met het oordeel van het leerbedrijf."
        made = finals.adopt(placement=placement, by=placement.teacher, held_on=placement.end, score=score, text=text)
        told = {"student": True, "supervisor": index % 5 != 0}
        finals.tell(final=made, by=placement.teacher, on=placement.end, **told)
