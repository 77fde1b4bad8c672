"""Small makers of rows: each makes what is missing; give only what the test is about."""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from accounts.models import College, Membership, Team, User
from agreements import signing
from agreements.models import Annex, Ending, Kind, Method, Mode, Pok, Remark, Signature
from assessment.models import (
    AgreedPlan,
    Assignment,
    CompanyJudgement,
    Equivalence,
    Final,
    Goal,
    HandedOut,
    Interim,
    Part,
    Plan,
    Proposal,
    Statement,
    StudentView,
    Submission,
)
from bpv.core import clock, documents
from companies.models import Accreditation, AccreditationCheck, Company, Contact, Location
from compliance.models import Bulk, Deviation, Finding, SavedFilter
from placements.models import HoursWeek, Placement, Search
from standards.hours import split_hours
from students.models import Enrolment, Programme, Student, WorkProcess
from visits.models import ContactMoment, Duty, HelpRequest, Incident, Talk

serial = count(1)


def a_college(name: str = "") -> College:
    return College.objects.create(name=name or f"College {next(serial)}")


def a_team(name: str = "", college: College | None = None) -> Team:
    return Team.objects.create(name=name or f"Team {next(serial)}", college=college or a_college())


def a_user(role: str = "", team: Team | None = None, college: College | None = None, **fields: Any) -> User:
    """A person; with `role` a member of the team (or of the college)."""
    number = next(serial)
    values = {"email": f"u{number}@voorbeeldroc.example", "first_name": "Sanne", "last_name": f"Wolters{number}"}
    user = User.objects.create_user(**values | fields)
    if role:
        team = team or (None if college else a_team())
        Membership.objects.create(user=user, role=role, team=team, college=college)
    return user


def a_programme(leerweg: str = "BOL", team: Team | None = None, crebo: str = "", **fields: Any) -> Programme:
    values = {"name": "Software developer", "level": 4, "years": 3, "bpv_hours": 900}
    crebo = crebo or f"{20000 + next(serial)}"
    programme = Programme.objects.create(crebo=crebo, leerweg=leerweg, team=team or a_team(), **values | fields)
    an_annex(programme)
    return programme


def a_location(**fields: Any) -> Location:
    number = next(serial)
    company = Company.objects.create(name=f"Bedrijf {number}")
    values = {"sbb_id": f"{100000000 + number}", "name": f"Bedrijf {number}", "city": "Goor", "company": company}
    return Location.objects.create(**values | fields)


def an_accreditation(
    location: Location, crebo: str, granted_on: date = date(2020, 1, 1), **fields: Any
) -> Accreditation:
    return Accreditation.objects.create(location=location, crebo=crebo, granted_on=granted_on, **fields)


def a_check(location: Location, crebo: str, *, by: Any, **fields: Any) -> AccreditationCheck:
    """Somebody looked today, and the leerbedrijf is erkend (LB-03)."""
    values = {"on": clock.today(), "accredited": True, "by": by}
    return AccreditationCheck.objects.create(location=location, crebo=crebo, **values | fields)


def a_contact(location: Location | None = None, **fields: Any) -> Contact:
    number = next(serial)
    values = {
        "first_name": "Ilse",
        "last_name": f"Wassink{number}",
        "email": f"c{number}@bedrijf.example",
        "is_supervisor": True,
    }
    return Contact.objects.create(location=location or a_location(), **values | fields)


def a_student(programme: Programme | None = None, **fields: Any) -> Student:
    number = next(serial)
    values = {
        "number": f"{400000 + number}",
        "first_name": "Yusuf",
        "last_name": f"Berg{number}",
        "prefix": "van den",
        "birth_date": date(2007, 5, 14),
        "email": f"{400000 + number}@student.voorbeeldroc.example",
    }
    student = Student.objects.create(**values | fields)
    if programme:
        an_enrolment(student, programme)
    return student


def an_enrolment(student: Student, programme: Programme) -> Enrolment:
    return Enrolment.objects.create(
        student=student, programme=programme, group="IC4A", cohort=2025, start=date(2025, 8, 1), end=date(2029, 7, 31)
    )


def a_placement(
    *, leerweg: str = "BOL", team: Team | None = None, programme: Programme | None = None, **fields: Any
) -> Placement:
    """A placement of half a year from 31 August 2026, accredited, with a teacher and praktijkopleider."""
    programme = programme or a_programme(leerweg, team)
    student = fields.pop("student", None) or a_student()
    enrolment = student.enrolments.filter(programme=programme).first() or an_enrolment(student, programme)
    location = fields.pop("location", None) or a_location()
    looked = fields.pop("looked", True)
    if not location.accreditations.filter(crebo=programme.crebo).exists():
        an_accreditation(location, programme.crebo)
    values = {
        "number": f"PL{500000 + next(serial)}",
        "start": date(2026, 8, 31),
        "end": date(2027, 2, 26),
        "hours_per_week": 24,
        "hours_total": 600,
        "supervisor": fields.pop("supervisor", None) or a_contact(location),
        "teacher": fields.pop("teacher", None) or a_user("teacher", programme.team),
    }
    if looked and not location.checks.filter(crebo=programme.crebo).exists():
        a_check(location, programme.crebo, by=values["teacher"])
    return Placement.objects.create(
        student=student,
        enrolment=enrolment,
        programme=programme,
        team=programme.team,
        location=location,
        **values | fields,
    )


def a_pok(
    placement: Placement, signed: dict[str, date] | None = None, filed_on: date | None = None, **fields: Any
) -> Pok:
    """A live POK; `signed` maps party (student, company, school) to the date."""
    pok = Pok(
        placement=placement,
        number=f"POK{next(serial)}",
        start=placement.start,
        end=placement.end,
        hours_per_week=placement.hours_per_week,
        hours_total=placement.hours_total,
        annex=placement.programme.annexes.first(),
        filed_on=filed_on,
        **{"hours_by_year": split_hours(placement.start, placement.end, placement.hours_total)} | fields,
    )
    pok.filed_in = pok.dossier_name if filed_on else ""
    pok.save()
    for party, day in (signed or {}).items():
        Signature.objects.create(pok=pok, party=party, method=Method.IMPORTED, signed_on=day, signer=party)
    return pok


def signed_by_all(day: date) -> dict[str, date]:
    return dict.fromkeys(("student", "company", "school"), day)


def a_contact_moment(placement: Placement, on: date | None = None, **fields: Any) -> ContactMoment:
    """A visit on site with all three parties in which the leerdoelen were discussed."""
    values = {
        "kind": "on_site",
        "with_student": True,
        "with_supervisor": True,
        "goals_discussed": True,
        "teacher": placement.teacher,
    }
    on = on or placement.start + timedelta(days=7)
    return ContactMoment.objects.create(placement=placement, on=on, **values | fields)


def a_talk(placement: Placement, on: date | None = None, **fields: Any) -> Talk:
    """A proposed talk in the fourth week."""
    values = {"occasion": "first", "school_year": 2026, "on": on or placement.start + timedelta(days=21)}
    return Talk.objects.create(placement=placement, **values | fields)


def an_incident(placement: Placement, owner: User, **fields: Any) -> Incident:
    """A report of the student, told to `owner`."""
    values = {"kind": "discrimination", "text": "Uitgescholden.", "recipient": "confidant", "form_key": uuid4()}
    values |= {"reported_by": placement.student.user, "received_at": clock.at(date(2026, 11, 16))}
    number = f"V{10000 + next(serial)}"
    return Incident.objects.create(placement=placement, number=number, owner=owner, **values | fields)


def a_duty(college: College, by: User, **fields: Any) -> Duty:
    """A turn in the weekend of 5 December 2026."""
    values = {"name": "Noor Achterwacht", "phone": "0612345678"}
    values |= {"starts_at": clock.at(date(2026, 12, 5), 0), "ends_at": clock.at(date(2026, 12, 7), 0)}
    return Duty.objects.create(college=college, made_by=by, **values | fields)


def a_request(placement: Placement, received_at: datetime | None = None, **fields: Any) -> HelpRequest:
    values = {"kind": "question", "sender": "student", "topic": "Rooster klopt niet", "owner": placement.teacher}
    received_at = received_at or clock.at(date(2026, 11, 16))
    number = f"H{10000 + next(serial)}"
    return HelpRequest.objects.create(placement=placement, number=number, received_at=received_at, **values | fields)


def a_finding(placement: Placement, rule: str, due: date, done_on: date | None = None, **fields: Any) -> Finding:
    """A stored finding as the judging writes it."""
    values = {"team": placement.team, "teacher": placement.teacher, "active_until": placement.end + timedelta(days=90)}
    return Finding.objects.create(placement=placement, rule=rule, due=due, done_on=done_on, **values | fields)


def a_saved_filter(owner: User, name: str = "", query: str = "leerweg=BOL", team: Team | None = None) -> SavedFilter:
    return SavedFilter.objects.create(owner=owner, name=name or f"Filter {next(serial)}", query=query, team=team)


def a_deviation(placement: Placement, rule: str = "S6.2-a", **fields: Any) -> Deviation:
    """Proposed by the bpv-docent and not decided yet."""
    values = {"proposed_by": placement.teacher, "reason": "De praktijkopleider was lang ziek."}
    return Deviation.objects.create(placement=placement, rule=rule, **values | fields)


def an_annex(programme: Programme, **fields: Any) -> Annex:
    """The bijlage of an opleiding, complete."""
    newest = programme.annexes.first()
    values = {"version": newest.version + 1 if newest else 1, "guide": "Bpv-gids 2026-2027", "content": "Vorm"}
    values |= {"guidance": "Begeleiding", "learning": "Leerdoelen", "assessment": "Toetsing"}
    return Annex.objects.create(programme=programme, **values | fields)


def a_bulk(by: User, placements: list[Placement], deed: str = "pok", **asked: Any) -> Bulk:
    """A deed for many placements that waits for the worker."""
    bulk = Bulk.objects.create(by=by, deed=deed, form_key=uuid4(), asked=asked)
    for placement in placements:
        bulk.items.create(placement=placement)
    return bulk


def a_round(placement: Placement | None = None, *, by: User | None = None, mode: str = "digital", **fields: Any) -> Pok:
    """A POK with bytes, offered for signing today, with everybody reachable."""
    placement = placement or a_placement()
    by = by or a_user("coordinator", placement.team)
    if "document" not in fields:
        content = a_pdf(placement.number, "Einde")
        fields["document"] = documents.store(
            content, filename="pok.pdf", media_type="application/pdf", by=by, dossier=placement.pk
        )
    made = a_pok(placement, made_by=by, **fields)
    return signing.offer(pok=made, by=by, mode=Mode(mode), today=clock.today())


def sign_for(pok: Pok, party: str, *, by: User | None = None, **changes: Any) -> Signature:
    """A digital signature for a party, with all that is asked."""
    if by is None:
        signer = pok.signatories.get(party=party)
        by = signer.user or pok.offered_by
    how = {"name": by.full_name, "function": "chef", "sha256": pok.document.sha256, "proof": "link_code"}
    client = {"ip": "192.0.2.7", "agent": "Browser"}
    return signing.sign(pok=pok, by=by, client=client, authority=True, **how | changes)


def a_pdf(*pages: str) -> bytes:
    """A PDF that can be shown, with one line of text on each page (plain letters only)."""
    font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    kids = " ".join(f"{3 + 2 * number} 0 R" for number in range(len(pages)))
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>"]
    for number, text in enumerate(pages):
        stream = f"BT /F 18 Tf 60 760 Td ({text}) Tj ET"
        shown = f"/MediaBox[0 0 595 842]/Contents {4 + 2 * number} 0 R/Resources<</Font<</F {font}>>>>"
        objects += [f"<</Type/Page/Parent 2 0 R{shown}>>", f"<</Length {len(stream)}>>stream\n{stream}\nendstream"]
    made, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(made))
        made += f"{number} 0 obj{body}endobj\n".encode()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(objects) + 1}/Root 1 0 R>>\n"
    return made + f"{end}startxref\n{len(made)}\n%%EOF\n".encode()


def a_remark(pok: Pok, kind: str = "mistake", **fields: Any) -> Remark:
    """What somebody of the leerbedrijf sent back."""
    values = {"party": "company", "text": "De werkdagen kloppen niet.", "by": fields.pop("by", None) or a_user()}
    return Remark.objects.create(pok=pok, kind=kind, **values | fields)


def a_search(enrolment: Enrolment, opened_on: date = date(2026, 9, 1), **fields: Any) -> Search:
    """A search for a place that runs."""
    return Search.objects.create(enrolment=enrolment, **{"kind": "without", "opened_on": opened_on} | fields)


def an_ending(pok: Pok, reason: str = "guidance", *, culpable: bool = True, **fields: Any) -> Pok:
    """The document of an ending, with its form; the placement itself goes on."""
    values = {"start": pok.start, "end": pok.end, "hours_per_week": 24, "hours_total": 100}
    made = Pok.objects.create(
        placement=pok.placement, belongs_to=pok, kind=Kind.ENDING, number=f"{pok.number}-B1", **values
    )
    Ending.objects.create(pok=made, on=pok.end, reason=reason, asked_by="school", culpable=culpable, **fields)
    return made


def a_work_process(programme: Programme, code: str = "B1-K1-W1", cohort: int = 2020, title: str = "") -> WorkProcess:
    about = {"crebo": programme.crebo, "cohort": cohort, "code": code}
    return WorkProcess.objects.get_or_create(**about, defaults={"title": title or f"Werkt aan {code}"})[0]


def a_goal(placement: Placement, text: str = "Zelf een klant te woord staan", **fields: Any) -> Goal:
    by = {"work_process": a_work_process(placement.programme), "made_by": placement.teacher}
    return Goal.objects.create(placement=placement, text=text, **(by | fields))


def a_plan(programme: Programme, weights: tuple[int, ...] = (60, 40), cohort: int = 2020, **fields: Any) -> Plan:
    """A published plan with a part for each weight."""
    by = a_user("coordinator", programme.team)
    values = {"procedure": "Zo gaat het.", "study_guide": "hoofdstuk 5", "bpv_guide": "hoofdstuk 4", "made_by": by}
    values |= {"published_at": clock.now(), "published_by": by, "version": 1}
    plan = Plan.objects.create(programme=programme, cohort=cohort, **values | fields)
    for order, weight in enumerate(weights, start=1):
        about = {"name": f"Onderdeel {order}", "criteria": "Kijk hiernaar.", "moment": "aan het einde"}
        Part.objects.create(plan=plan, order=order, weight=weight, **about)
    return plan


def an_agreed_plan(placement: Placement, plan: Plan | None = None, **fields: Any) -> AgreedPlan:
    """The plan of the opleiding, shared and not agreed yet."""
    return AgreedPlan.objects.create(placement=placement, plan=plan or a_plan(placement.programme), **fields)


def an_interim(placement: Placement, held_on: date | None = None, **fields: Any) -> Interim:
    """Established and told to both."""
    held_on = held_on or placement.start + timedelta(weeks=10)
    values = {"good": "Gaat goed.", "attention": "Vraag vaker.", "established_by": placement.teacher}
    values |= {"student_told_on": held_on, "supervisor_told_on": held_on}
    return Interim.objects.create(placement=placement, held_on=held_on, **values | fields)


def a_company_judgement(placement: Placement, **fields: Any) -> CompanyJudgement:
    """Handed in by the praktijkopleider."""
    values = {"score": "v", "good": "Werkt netjes.", "assessor": "Ilse Wassink", "by": placement.teacher}
    values |= {"submitted_at": clock.now()}
    return CompanyJudgement.objects.create(placement=placement, **values | fields)


def a_student_view(placement: Placement, **fields: Any) -> StudentView:
    """Handed in by the student."""
    values = {"score": "v", "good": "Het ging goed.", "submitted_at": clock.now()}
    return StudentView.objects.create(placement=placement, **values | fields)


def an_assignment(programme: Programme, title: str = "Rijd een route", *codes: str, **fields: Any) -> Assignment:
    """An opdracht of the catalogue for the first werkproces, or for those of the codes."""
    values = {"steps": ["Bekijk de route.", "Rijd haar."], "changed_by": fields.pop("by", None) or a_user()}
    made = Assignment.objects.create(programme=programme, title=title, **values | fields)
    made.work_processes.set([a_work_process(programme, code) for code in codes or ("B1-K1-W1",)])
    return made


def a_handed_out(placement: Placement, title: str = "Rijd een route", *codes: str, **fields: Any) -> HandedOut:
    """An opdracht of a student, handed out today; without a source in the catalogue unless it is given."""
    values = {"steps": ["Bekijk de route.", "Rijd haar."], "handed_out_on": clock.today()}
    values |= {"handed_out_by": placement.teacher}
    made = HandedOut.objects.create(placement=placement, title=title, **values | fields)
    made.work_processes.set([a_work_process(placement.programme, code) for code in codes or ("B1-K1-W1",)])
    return made


def a_submission(handed: HandedOut, text: str = "Ik reed de route.", **fields: Any) -> Submission:
    """The next version of a student's work, which waits for a judgement."""
    values = {"version": handed.submissions.count() + 1, "by": handed.placement.student.user or a_user()}
    made = Submission.objects.create(handed_out=handed, text=text, **values | fields)
    handed.state, handed.score = HandedOut.State.SUBMITTED, ""
    handed.save()
    return made


def a_proposal(placement: Placement, title: str = "Onze eigen opdracht", **fields: Any) -> Proposal:
    """An own opdracht of the praktijkopleider that waits for the school."""
    values = {"steps": ["Loop een dag mee."], "proposed_by": placement.supervisor.user or a_user()}
    return Proposal.objects.create(placement=placement, title=title, **values | fields)


def a_final(placement: Placement, **fields: Any) -> Final:
    """The current eindoordeel, told to both on its day."""
    day = placement.last_day
    values = {"held_on": day, "score": "v", "text": "Deed wat was afgesproken.", "adopted_by": placement.teacher}
    values |= {"student_told_on": day, "supervisor_told_on": day}
    return Final.objects.create(placement=placement, **values | fields)


def an_equivalence(enrolment: Enrolment, **fields: Any) -> Equivalence:
    """A decision that the work experience satisfies: three times yes."""
    values = {"ground": "decision", "granted": True, "on": date(2026, 9, 1), "recent": True, "extent": True}
    values |= {"level": True, "recent_why": "Tot vorig jaar.", "extent_why": "Tien jaar.", "level_why": "Zelfstandig."}
    by = fields.pop("by", None) or a_user("manager", enrolment.programme.team)
    return Equivalence.objects.create(enrolment=enrolment, by=by, **values | fields)


def a_statement(placement: Placement, **fields: Any) -> Statement:
    """A praktijkverklaring with one werkproces."""
    values = {"trajectory": "diploma", "on": date(2026, 11, 2), "judged_by": "Ilse Wassink"}
    by = fields.pop("drawn_by", None) or a_user("coordinator", placement.programme.team)
    made = Statement.objects.create(enrolment=placement.enrolment, drawn_by=by, **values | fields)
    made.finished.create(placement=placement, work_process=a_work_process(placement.programme))
    return made


def a_week(
    placement: Placement,
    monday: date = date(2026, 8, 31),
    days: dict[int, Any] | None = None,
    state: str = "handed_in",
    note: str = "",
    **fields: Any,
) -> HoursWeek:
    """A week with hours; `days`: weekday -> hours, or hours absent and why. Hours are kept by the opleiding then."""
    Programme.objects.filter(pk=placement.programme_id).update(registers_hours=True)
    placement.programme.registers_hours = True
    settled = (
        {"settled_at": clock.now(), "settled_by": placement.teacher} if state in ("confirmed", "sent_back") else {}
    )
    settled |= {"way": "own"} if state == "confirmed" else {}
    settled |= {"handed_in_at": clock.now()} if state == "handed_in" else {}
    week = HoursWeek.objects.create(placement=placement, monday=monday, state=state, **settled | fields)
    for index, hours in ({0: 8, 1: 8, 2: 8} if days is None else days).items():
        away = dict(zip(("absent", "absence"), hours, strict=True)) if isinstance(hours, tuple) else {"worked": hours}
        week.days.create(on=monday + timedelta(days=index), note=note, **away)
    return week
