"""Blind and rights: the tables of docs/assessment.md, tried cell by cell over HTTP."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from assessment import rights
from assessment.models import CompanyJudgement, Final, Interim, InterimView, StudentView
from bpv.core import clock
from tests.builders import (
    a_company_judgement,
    a_contact,
    a_final,
    a_location,
    a_placement,
    a_programme,
    a_student_view,
    a_team,
    a_user,
    an_interim,
)
from tests.visits.held import logged_in

pytestmark = pytest.mark.django_db
TODAY = date(2027, 6, 25)
DOCUMENT = Path(settings.BASE_DIR) / "docs" / "assessment.md"
WORDS = {"student": "Studentenwoord", "company": "Bedrijfswoord", "answer": "Antwoordwoord", "decision": "Besluitwoord"}
VIEWS = {"student": "Studentenblik", "company": "Bedrijfsblik", "school": "Schoolblik"}


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


def tables():
    """Both tables: {(part, moment): {reader: cell}}."""
    found = []
    for block in re.findall(r"(?:^\|.*\n)+", DOCUMENT.read_text(), re.MULTILINE):
        rows = [[cell.strip() for cell in line.strip("|\n").split("|")] for line in block.splitlines()]
        head = rows[0][2:]
        found.append({(row[0], row[1]): dict(zip(head, row[2:], strict=True)) for row in rows[2:]})
    return found


END, INTERIM = tables()


class Case:
    """A bpv near its end with one person of each kind."""

    def __init__(self):
        team, location = a_team(), a_location()
        self.mentor = a_contact(location, is_mentor=True, is_supervisor=False, user=a_user())
        supervisor = a_contact(location, user=a_user())
        self.placement = a_placement(
            programme=a_programme(team=team),
            location=location,
            supervisor=supervisor,
            start=date(2027, 2, 1),
            end=date(2027, 7, 2),
        )
        self.placement.student.user = a_user()
        self.placement.student.save()
        self.people = {
            "student": self.placement.student.user,
            "supervisor": supervisor.user,
            "mentor": self.mentor.user,
            "teacher": self.placement.teacher,
            "coordinator": a_user("coordinator", team),
            "colleague": a_user("teacher", team),
            "manager": a_user("manager", team),
        }
        self.base = f"/plaatsingen/{self.placement.number}"

    def reads(self, reader, *urls):
        client = logged_in(self.people[reader])
        pages = [client.get(url) for url in urls]
        return " ".join(page.content.decode() for page in pages if page.status_code == 200)

    def posts(self, reader, url, **data):
        return logged_in(self.people[reader]).post(url, data).status_code


def at_the_end(moment):
    """The case at this moment of the end."""
    case = Case()
    an_interim(case.placement)
    student = {"good": WORDS["student"]}
    if moment in ("begin", "company in"):
        student["submitted_at"] = None
    if moment in ("answered", "decided", "closed"):
        student |= {"agrees": False, "remark": WORDS["answer"], "answered_at": clock.now()}
    a_student_view(case.placement, **student)
    company = {"good": WORDS["company"], "delegate": case.mentor, "by": case.people["supervisor"]}
    if moment in ("begin", "student in"):
        company["submitted_at"] = None
    case.judged = a_company_judgement(case.placement, **company)
    if moment in ("decided", "closed"):
        a_final(case.placement, text=WORDS["decision"])
    if moment == "closed":
        case.placement.closed_at, case.placement.closed_by = clock.now(), case.people["teacher"]
        case.placement.save()
    return case


def pages_of(case):
    return [f"{case.base}/eindbeoordeling/", f"{case.base}/oordeel/", f"{case.base}/eindbeoordeling/eigen/",
            f"{case.base}/eindbeoordeling/vaststellen/", f"/oordelen/{case.judged.pk}/"]  # fmt: skip


def writes(case, part, reader):
    """Whether this person's words were kept."""
    if part == "student":
        case.posts(reader, f"{case.base}/eindbeoordeling/eigen/", score="g", good="Nieuw.", bewaren="1")
        return StudentView.objects.filter(placement=case.placement, good="Nieuw.").exists()
    if part == "company":
        url = f"/oordelen/{case.judged.pk}/" if reader == "mentor" else f"{case.base}/oordeel/"
        drafts = {"bewaren": "1"} if reader in ("supervisor", "mentor") else {}  # the school hands in what it heard
        case.posts(reader, url, score="g", good="Nieuw.", assessor="I", way="phone", **drafts)
        return CompanyJudgement.objects.filter(placement=case.placement, good="Nieuw.").exists()
    if part == "answer":
        case.posts(reader, f"{case.base}/eindbeoordeling/reactie/", agrees="nee", remark="Nieuw.")
        return StudentView.objects.filter(placement=case.placement, remark="Nieuw.").exists()
    given = {"held_on": "2027-06-25", "score": "g", "text": "Nieuw.", "difference": "Zo.", "correction": "Fout."}
    case.posts(reader, f"{case.base}/eindbeoordeling/vaststellen/", override="Onbereikbaar.", **given)
    return Final.objects.filter(placement=case.placement, text="Nieuw.").exists()


def cell_of_the_end(part, moment, reader):
    """What the product allows: read first, then try to write."""
    case = at_the_end(moment)
    readable = WORDS[part] in case.reads(reader, *pages_of(case))
    return "w" if writes(case, part, reader) else "r" if readable else "-"


@pytest.mark.parametrize(("part", "moment"), END)
def test_who_reads_and_writes_what_at_the_end(part, moment):
    wanted = END[part, moment]
    assert {reader: cell_of_the_end(part, moment, reader) for reader in wanted} == wanted


def test_the_table_has_every_part_at_every_moment():
    moments = ("begin", "student in", "company in", "both in", "answered", "decided", "closed")
    assert list(END) == [(part, moment) for part in WORDS for moment in moments]


@pytest.mark.parametrize(
    ("part", "moment", "reader"), [("company", "company in", "student"), ("student", "student in", "supervisor")]
)
def test_control_without_the_rule_of_blindness_a_cell_turns_red(monkeypatch, part, moment, reader):
    """Somebody reads the other before the own judgement is in."""
    real = rights.moment_of
    monkeypatch.setattr(
        rights, "moment_of", lambda placement: rights.Moment(True, True, *list(vars(real(placement)).values())[2:])
    )
    assert cell_of_the_end(part, moment, reader) != END[part, moment][reader]


def at_the_interim(part, moment):
    case = Case()
    whole = ("student", "company", "school")
    handed = {"begin": (), "student in": ("student",), "company in": ("company",), "school in": ("school",)}
    handed |= {"both in": ("student", "company"), "established": whole}
    by = {"student": case.people["student"], "company": case.people["supervisor"], "school": case.people["teacher"]}
    held = an_interim(case.placement, good="Samenwoord") if moment == "established" else None
    for party in whole:
        said = {"good": VIEWS[party], "attention": "Iets.", "by": by[party], "interim": held}
        said["submitted_at"] = clock.now() if party in handed[moment] else None
        InterimView.objects.create(placement=case.placement, party=party, **said)
    case.pages = [f"{case.base}/tussentijds/", *([f"/tussentijds/{held.pk}/"] if held else [])]
    return case


def cell_of_the_interim(part, moment, reader):
    case = at_the_interim(part, moment)
    word = "Samenwoord" if part == "interim" else VIEWS[part.removeprefix("view of the ")]
    readable = word in case.reads(reader, *case.pages)
    if part == "interim":
        given = {"held_on": "2027-04-05", "good": "N.", "attention": "N.", "with_student": "on"}
        case.posts(reader, f"{case.base}/tussentijds/vastleggen/", with_supervisor="on", **given)
        held = Interim.objects.filter(placement=case.placement, good="N.")
        written = held.exists() and moment != "established"
    else:
        case.posts(reader, f"{case.base}/tussentijds/", good="Nieuw.", attention="N.", bewaren="1")
        party, views = part.removeprefix("view of the "), InterimView.objects.filter(placement=case.placement)
        written = views.filter(party=party, good="Nieuw.").exists() and moment != "established"
    return "w" if written else "r" if readable else "-"


@pytest.mark.parametrize(("part", "moment"), INTERIM)
def test_who_reads_and_writes_what_at_the_interim(part, moment):
    wanted = INTERIM[part, moment]
    assert {reader: cell_of_the_interim(part, moment, reader) for reader in wanted} == wanted
