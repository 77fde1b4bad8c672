"""A school with two sides that may not see each other, and one person of each role on either side."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from accounts.models import Team, User
from bpv.core import documents
from bpv.core.models import OutboxMail
from exchange.models import ImportRun
from placements.models import Placement
from tests.builders import (
    a_bulk,
    a_college,
    a_company_judgement,
    a_contact,
    a_contact_moment,
    a_deviation,
    a_duty,
    a_goal,
    a_handed_out,
    a_location,
    a_pdf,
    a_placement,
    a_plan,
    a_pok,
    a_proposal,
    a_remark,
    a_request,
    a_saved_filter,
    a_search,
    a_statement,
    a_student,
    a_submission,
    a_talk,
    a_team,
    a_user,
    a_week,
    an_agreed_plan,
    an_assignment,
    an_ending,
    an_equivalence,
    an_incident,
    an_interim,
)
from visits.models import StartAgreements

STAFF = ("coordinator", "teacher", "colleague", "manager", "administration", "confidant")
KINDS = (*STAFF, "student", "supervisor", "neighbour")


@dataclass
class Side:
    """One team with one placement; `canary` stands in everything that only this side may read."""

    name: str
    canary: str
    team: Team
    placement: Placement
    people: dict[str, User]
    ids: dict[str, Any] = field(default_factory=dict)

    def secrets(self, kind: str) -> list[str]:
        """Words that may never be in a page for somebody of the other side; contact persons are known to all staff."""
        found = [self.canary, self.placement.number, self.placement.student.number, self.ids["request"]]
        return found if kind in STAFF else [*found, self.placement.supervisor.last_name]


def a_side(name: str, canary: str) -> Side:
    """A college, team, leerbedrijf and placement, with all that hangs below."""
    college = a_college(f"College {name}")
    team = a_team(f"Team {name}", college)
    people = {
        "coordinator": a_user("coordinator", team),
        "teacher": a_user("teacher", team),
        "colleague": a_user("teacher", team),
        "manager": a_user("manager", college=college),
        "student": a_user(),
        "supervisor": a_user(),
        "neighbour": a_user(),
        "administration": a_user("administration", team),
        "confidant": a_user("confidant", college=college),
    }
    location = a_location(name=f"Bedrijf {name}")
    supervisor = a_contact(location, last_name=f"Opleider{name}", user=people["supervisor"])
    a_contact(location, last_name="Buurman", user=people["neighbour"])
    student = a_student(last_name=f"{canary}student", user=people["student"], street=f"{canary}straat")
    placement = a_placement(
        team=team, location=location, supervisor=supervisor, student=student, teacher=people["teacher"]
    )
    side = Side(name, canary, team, placement, people)
    side.ids = below(placement, canary) | {"number": placement.number, "location": location.sbb_id, "team": team.pk}
    side.ids["contact"] = supervisor.pk
    side.ids |= {"student": student.number, "programme": placement.programme_id}
    side.ids["incident"] = an_incident(placement, people["confidant"], text=f"{canary}melding").number
    away = {"first": date(2030, 1, 7), "last": date(2030, 1, 11), "stand_in": people["colleague"]}
    side.ids["absence"] = people["teacher"].absences.create(**away).pk
    side.ids["duty"] = a_duty(college, people["coordinator"]).pk
    side.ids["bulk"] = a_bulk(people["coordinator"], [placement]).pk
    side.ids["filter"] = a_saved_filter(people["coordinator"], f"{canary}filter", team=team).pk
    return side


def below(placement: Placement, canary: str) -> dict[str, Any]:
    """What hangs below a placement; ids by kind."""
    held = a_contact_moment(placement, date(2026, 9, 7), discussed=f"{canary}verslag", agreed=f"{canary}afspraak")
    point = held.action_points.create(
        placement=placement, text=f"{canary}punt", owner="student", due=date(2026, 12, 1), made_by=placement.teacher
    )
    question = a_request(placement, topic=f"{canary} mist begeleiding", text=f"{canary}vraag")
    company = a_request(placement, sender="company", topic=f"{canary} komt te laat")
    assessed = assessment_of(placement, canary)
    pdf = documents.store(
        a_pdf(f"{canary}pok"), filename="pok.pdf", media_type="application/pdf", by=None, dossier=placement.pk
    )
    pok = a_pok(placement, document=pdf)
    search = a_search(placement.enrolment, agreements=f"{canary}afspraken", addendum=pdf)
    search.steps.create(on=date(2026, 9, 2), text=f"{canary}stap", by=placement.teacher)
    StartAgreements.objects.create(
        placement=placement,
        updated_by=placement.teacher,
        established_on=date(2026, 9, 1),
        reflection=f"{canary}start",
    )
    guidance = {
        "on": date(2026, 10, 1),
        "by": placement.teacher,
        "verdict": "good",
        "explanation": f"{canary}begeleiding",
    }
    task = an_assignment(placement.programme, f"{canary}catalogus", by=placement.teacher)
    handed = a_handed_out(placement, f"{canary}opdracht", source=task, introduction=f"{canary}inleiding")
    submission = a_submission(handed, f"{canary}uitwerking", document=pdf)
    judged = {"role": "teacher", "assessor": "Wolters", "score": "v", "feedback": f"{canary}feedback"}
    submission.judgements.create(by=placement.teacher, **judged)
    return {
        "task": task.pk,
        "handed": handed.pk,
        "version": submission.version,
        "proposal": a_proposal(placement, f"{canary}voorstel").pk,
        "guidance": placement.guidance_judgements.create(**guidance).pk,
        "search": search.pk,
        "deviation": a_deviation(placement, reason=f"{canary}onderbouwing").pk,
        "contact_moment": held.pk,
        "point": point.pk,
        "talk": a_talk(placement).pk,
        "planned": a_talk(placement, date(2030, 1, 7), occasion="extra", state="planned").pk,
        "enrolment": placement.enrolment_id,
        "pok": pok.pk,
        "scan": pok.scans.create(document=pdf, by=placement.teacher).pk,
        "ending": an_ending(pok).pk,
        "code": pok.code,
        "remark": a_remark(pok).pk,
        "request": question.number,
        "request_of_company": company.number,
        "equivalence": an_equivalence(placement.enrolment, recent_why=f"{canary}ervaring").pk,
        "statement": a_statement(placement, remark=f"{canary}verklaring").pk,
        "hours_week": a_week(placement, note=f"{canary}uren").pk,
        "goal": a_goal(placement, text=f"{canary}leerdoel", note=f"{canary}gedaan").pk,
        **assessed,
    }


def assessment_of(placement: Placement, canary: str) -> dict[str, Any]:
    """The plan with a draft of the next one, an interim that was not told, a judgement that is being written."""
    an_agreed_plan(placement, a_plan(placement.programme, procedure=f"{canary}procedure"))
    interim = an_interim(
        placement, good=f"{canary}goed", attention=f"{canary}aandacht", student_told_on=None, supervisor_told_on=None
    )
    draft = a_plan(placement.programme, version=2, procedure=f"{canary}concept", published_at=None, published_by=None)
    judged = a_company_judgement(placement, good=f"{canary}oordeel", submitted_at=None)
    return {"plan": draft.pk, "interim": interim.pk, "judgement": judged.pk}


@dataclass
class World:
    """Both sides, and who stands outside them."""

    ours: Side
    theirs: Side
    others: dict[str, User | None]
    mail: OutboxMail

    def people(self) -> list[tuple[str, Side | None, User | None]]:
        """Everybody: (kind, side, user)."""
        inside = [(kind, side, side.people[kind]) for side in (self.ours, self.theirs) for kind in KINDS]
        return [*inside, *((kind, None, user) for kind, user in self.others.items())]

    def other(self, side: Side) -> Side:
        return self.theirs if side is self.ours else self.ours


def a_world() -> World:
    """Both sides; outside: somebody of the school without a role, and nobody."""
    ours, theirs = a_side("Noord", "Kanarie"), a_side("Zuid", "Merel")
    mail = OutboxMail.objects.create(key="k", kind="digest", to="wie@x.example", subject="s", body="b", state="failed")
    others = {"without a role": a_user(staff_number="D9"), "anonymous": None}
    run = ImportRun.objects.create(by=ours.people["coordinator"], state="planned")
    for side in (ours, theirs):
        side.ids |= {"mail": mail.pk, "import": run.pk}
    return World(ours, theirs, others, mail)
