"""Opdrachten in the demo: a catalogue of five for each opleiding, handed out and further on when the bpv is further."""

from datetime import date, timedelta
from typing import Any

import companies.guests
import students.guests
from accounts.models import Role, User
from assessment import assessing, assignments, catalogue, submitting
from assessment.models import Assignment, AssignmentJudgement, HandedOut, Proposal, Submission
from assessment.models import Role as SubmissionRole
from bpv.core import clock
from placements.models import Placement, State
from students.models import Programme

# title, difficulty, the werkprocessen by their place in the list, steps
TEXTS = (
    (
        "Leer het bedrijf kennen",
        1,
        (0,),
        ("Wie werkt hier en wie doet wat?", "Teken hoe het werk door het bedrijf gaat."),
    ),
    (
        "Doe een taak onder begeleiding",
        2,
        (0, 1),
        ("Kies samen een taak.", "Voer haar uit.", "Wat ging anders dan je dacht?"),
    ),
    ("Plan je eigen werkdag", 4, (1, 2), ("Maak een planning voor een dag.", "Leg haar voor.", "Werk ernaar.")),
    (
        "Los een probleem zelf op",
        7,
        (2, 3),
        ("Beschrijf het probleem.", "Bedenk twee oplossingen.", "Kies en leg uit."),
    ),
)
CAREER = (
    "Welk werk past bij mij?",
    3,
    (0,),
    ("Praat met drie collega's over hun loopbaan.", "Wat wil jij ook, en wat niet?"),
)
ANSWERS = (
    "1. Er werken acht mensen. Ik heb met iedereen gepraat en opgeschreven wie waarvoor is.\n2. De tekening zit erbij.",
    "1. Samen gekozen op maandag.\n2. Gedaan, met hulp bij het begin.\n3. Het duurde langer dan ik dacht.",
)
FEEDBACK = {
    "g": "Volledig en netjes. Je legt uit waarom je iets zo doet.",
    "v": "Goed gedaan. Schrijf een volgende keer ook op wat je ervan leerde.",
    "o": "Stap 2 mist nog. Vul die aan en lever opnieuw in.",
}


def opdrachten(today: date) -> None:
    """The catalogues, and what the students of the first placements of each opleiding have of them."""
    for programme in Programme.objects.select_related("team"):
        keeper = User.objects.filter(memberships__role=Role.COORDINATOR, memberships__team=programme.team).first()
        if keeper:
            texts = _catalogue(programme, keeper)
            _give(programme, texts, today)
            _give_the_first(programme, texts[0], today)


def _catalogue(programme: Programme, by: Any) -> list[Assignment]:
    processes = list(catalogue.work_processes_of(programme))
    made = [_write(programme, processes, text, by) for text in TEXTS]
    return [*made, _write(programme, processes, CAREER, by, competence="work", moment="during", in_working_time=False)]


def _write(programme: Programme, processes: list[Any], text: Any, by: Any, **fields: Any) -> Assignment:
    title, difficulty, places, steps = text
    made = Assignment(programme=programme, title=title, difficulty=difficulty, steps=list(steps), **fields)
    made.reflection = list(catalogue.REFLECTION)
    return catalogue.save(assignment=made, work_processes=[processes[place] for place in places], by=by)


def _begun(programme: Programme, today: date) -> Any:
    return Placement.objects.filter(programme=programme, start__lt=today, state=State.PLANNED, teacher__isnull=False)


def _give(programme: Programme, texts: list[Assignment], today: date) -> None:
    placed = _begun(programme, today).filter(end__gte=today, supervisor__isnull=False)
    for student, supervisor in placed.order_by("number").values_list("student__email", "supervisor__email")[:8]:
        students.guests.connect(student)
        companies.guests.connect(supervisor)
    placed = placed.select_related("teacher", "student__user", "supervisor__user")
    for index, placement in enumerate(placed.order_by("number")[:8]):
        day = placement.start - timedelta(days=3)
        with clock.moved(day):
            due = day + timedelta(days=31)
            given = {"placement": placement, "by": placement.teacher, "today": day, "due": due}
            made = assignments.hand_out(chosen=texts[: 2 + index % 3], **given)
        _work(placement, made, index, min(day + timedelta(days=24), today))
    if first := placed.order_by("number").first():
        _propose(first)


def _give_the_first(programme: Programme, text: Assignment, today: date) -> None:
    """To six of seven of the others the first one; what is over was judged. Without mails: it was long ago."""
    others = _begun(programme, today).filter(assignments=None)
    for email in others.filter(end__lt=today).values_list("student__email", flat=True):
        students.guests.connect(email)
    others = others.select_related("teacher", "student__user").order_by("number")
    made = [_handed_out(placement, text, today) for index, placement in enumerate(others) if index % 7 != 6]
    HandedOut.objects.bulk_create(made)
    process, through = text.work_processes.get(), HandedOut.work_processes.through
    through.objects.bulk_create(through(handedout=handed, workprocess=process) for handed in made)
    judged = [handed for handed in made if handed.state == HandedOut.State.ASSESSED]
    sent = Submission.objects.bulk_create(
        Submission(
            handed_out=handed,
            version=1,
            text=ANSWERS[0],
            by=handed.placement.student.user,
            at=clock.at(handed.placement.start + timedelta(days=21), 15),
        )
        for handed in judged
    )
    AssignmentJudgement.objects.bulk_create(
        AssignmentJudgement(
            submission=one,
            role=SubmissionRole.TEACHER,
            assessor=one.handed_out.handed_out_by.full_name,
            score=one.handed_out.score,
            feedback=FEEDBACK[one.handed_out.score],
            by=one.handed_out.handed_out_by,
            at=one.at + timedelta(days=2),
        )
        for one in sent
    )


def _handed_out(placement: Placement, text: Assignment, today: date) -> HandedOut:
    is_over = placement.end < today and placement.student.user is not None
    about = {"placement": placement, "source": text, "handed_out_by": placement.teacher}
    state = HandedOut.State.ASSESSED if is_over else HandedOut.State.OPEN
    score = "vg"[placement.pk % 2] if is_over else ""
    on = placement.start - timedelta(days=3)
    return HandedOut(**about, **text.words(), handed_out_on=on, state=state, score=score)


def _work(placement: Placement, made: list[HandedOut], index: int, day: date) -> None:
    student, supervisor = placement.student.user, placement.supervisor and placement.supervisor.user
    if not student:
        return
    with clock.moved(day):
        for number, handed in enumerate(made[: 1 + index % 2]):
            submitting.submit(handed=handed, by=student, text=ANSWERS[number % len(ANSWERS)])
            score = "gvo"[(index + number) % 3]
            if number == 0 and supervisor:
                how = {"version": 1, "score": score, "feedback": FEEDBACK[score]}
                assessing.assess(handed=handed, by=supervisor, role="supervisor", **how)
                assessing.rate_fit(handed=handed, by=supervisor, score=3 + index % 3)
                assessing.rate_fit(handed=handed, by=student, score=2 + index % 4)


def _propose(placement: Placement) -> None:
    user = placement.supervisor and placement.supervisor.user
    if user:
        about = {"title": "Een dag mee met een collega", "introduction": "Zo ziet de student het hele werk."}
        steps = ["Kies een collega.", "Loop een dag mee.", "Schrijf op wat je opviel."]
        Proposal.objects.create(placement=placement, steps=steps, proposed_by=user, **about)
