"""One bpv from planning to a closed dossier, by its own people, over HTTP, with real mail and a real PDF."""

import re
import subprocess
from datetime import date, datetime

import pytest
from django.test import Client

from assessment.models import Plan
from bpv.core import clock, mail
from compliance import judging
from compliance.models import Finding
from placements.models import Placement
from tests.builders import (
    a_contact,
    a_programme,
    a_student,
    a_user,
    a_work_process,
    an_accreditation,
    an_assignment,
)
from tests.core.conftest import smtp  # noqa: F401  (the fixture)
from tests.visits.held import lines

pytestmark = pytest.mark.django_db
WORD = "Een-lang-wachtwoord-7"


def on(day: str, hour: int = 12) -> datetime:
    return clock.at(date.fromisoformat(day), hour)


def by_password(user) -> Client:
    user.set_password(WORD)
    user.save()
    client = Client()
    assert client.post("/account/login/", {"login": user.email, "password": WORD}).status_code == 302
    return client


def by_link(address: str, mailbox) -> Client:
    """Ask for a link, press the button, type the code of the second mail."""
    mail.deliver_waiting()  # what waited goes first: the newest one is to be the link
    client = Client()
    client.post("/link/", {"email": address})
    token = re.search(r"/link/([\w-]{43})/", newest(mailbox, address))[1]
    client.post(f"/link/{token}/")
    code = re.search(r"^(\d{6})$", newest(mailbox, address), re.M)[1]
    assert client.post("/link/code/", {"digits": code}).status_code in (302, 303)
    return client


def newest(mailbox, address: str) -> str:
    mail.deliver_waiting()
    found = [message for message in mailbox.received if message["To"] == address]
    return found[-1].get_payload(decode=True).decode().replace("\r\n", "\n")


def outcomes(placement: Placement, day: date) -> dict[str, str]:
    judging.judge_touched(today=day)
    return dict(Finding.objects.filter(placement=placement).with_outcome(day).values_list("rule", "outcome"))


def scores(client: Client, path: str) -> dict[str, str]:
    """A good for every part of the plan, and for the whole."""
    fields = client.get(path).context["form"].fields
    return {name: "g" for name in fields if name == "score" or name.startswith("part")}


def test_one_bpv(smtp, tmp_path, settings):  # noqa: F811
    settings.ASSESSMENTS_FROM = date(2026, 1, 1)
    programme = a_programme()
    process, opdracht = a_work_process(programme), an_assignment(programme)
    enrolment = a_student(programme).enrolments.get()
    trainer = a_contact()
    an_accreditation(trainer.location, programme.crebo)
    coordinator = a_user("coordinator", programme.team)
    teacher = a_user("teacher", programme.team, reachability="ma t/m do 8.30-16.30 uur")

    with clock.moved(on("2026-06-01")):
        client = by_password(coordinator)
        sent = {"enrolment": enrolment.pk, "location": trainer.location_id, "supervisor": trainer.pk}
        sent |= {"start": "2026-08-31", "end": "2027-02-26", "hours_per_week": "24", "hours_total": "600"}
        client.post("/plaatsingen/nieuw/", sent)
        client.post(f"/opleidingen/{programme.pk}/beoordelingsplan/", {"cohort": "2020"})
        guides = {"study_guide": "Studiehandleiding, hoofdstuk 5", "bpv_guide": "Bpv-gids, hoofdstuk 4"}
        part = {"name": "Werkhouding", "weight": "100", "by": "both", "moment": "eind", "criteria": "Op tijd."}
        plan = {"procedure": "De school beslist.", "vaststellen": "1"} | guides
        plan |= {f"part0-{name}": text for name, text in part.items()}
        assert client.post(f"/beoordelingsplannen/{Plan.objects.get().pk}/", plan).status_code == 302
        placement = Placement.objects.get()
        dossier = f"/plaatsingen/{placement.number}/"
        client.post(f"{dossier}docent/", {"teacher": teacher.pk})
        hours = {name: sent[name] for name in ("start", "end", "hours_per_week", "hours_total")}
        looked = {"crebo": programme.crebo, "on": "2026-06-01", "accredited": "ja", "source": "Stagemarkt.nl"}
        client.post(f"/leerbedrijven/{trainer.location.sbb_id}/erkenning/", looked)
        client.post(f"{dossier}pok/", hours)
        pok = placement.poks.get()
        path = tmp_path / "pok.pdf"
        path.write_bytes(client.get(f"/pok/{pok.pk}/pdf/").content)
        text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
        assert enrolment.student.full_name in " ".join(text.split())
        assert outcomes(placement, date(2026, 6, 1))["POK-03"] == "open"

    with clock.moved(on("2026-07-01")):
        client = by_password(coordinator)
        client.post(f"/pok/{pok.pk}/aanbieden/", {"mode": "paper", "contact": trainer.pk})
        client.post(f"/pok/{pok.pk}/papier/", {"sent_on": "2026-07-01"})
        client.post(f"/pok/{pok.pk}/papier/", {"received_on": "2026-07-01", "channel": "student"})
        original = {f"name_{party}": "Naam" for party in ("student", "company", "school")}
        original |= {f"on_{party}": "2026-06-20" for party in ("student", "company", "school")}
        client.post(f"/pok/{pok.pk}/papier/", original | {"kept_at": "Kast 3"})
        client.post(f"/pok/{pok.pk}/dossier/", {"on": "2026-07-01"})
        found = outcomes(placement, date(2026, 7, 1))
        assert (found["POK-03"], found["S5"], found["LB-02"]) == ("met", "met", "met")

    with clock.moved(on("2026-08-03")):
        client = by_password(teacher)
        client.post(f"{dossier}beoordelingsplan/delen/")
        client.post(f"{dossier}opdrachten/uitdelen/", {"chosen": [opdracht.pk]})
        client = by_link(enrolment.student.email, smtp)
        client.post(f"{dossier}leerdoelen/nieuw/", {"text": "Zelf bakken", "work_process": process.pk})
        client.post(f"{dossier}beoordelingsplan/")

    talks = ("2026-09-10", "2026-11-20", "2027-02-25")
    for number, day in enumerate(talks):
        with clock.moved(on(day)):
            client = by_password(teacher)
            form = client.get(f"{dossier}contact/").context["form"]
            talk = {"on": day, "kind": "on_site", "with_student": "on", "with_supervisor": "on"}
            talk |= {"goals_discussed": "on", "discussed": f"Gesprek {number}", "form_key": form["form_key"].value()}
            talk |= lines() | {"no_agreements": "on"}
            assert client.post(f"{dossier}contact/", talk).status_code == 302
            if number == 1:
                both = {"with_student": "on", "with_supervisor": "on"}
                said = {"held_on": day, "good": "Op tijd.", "attention": "Meer vragen."}
                client.post(f"{dossier}tussentijds/vastleggen/", said | both)

    with clock.moved(on("2026-12-01")):
        client = by_link(enrolment.student.email, smtp)
        asked = {"kind": "question", "topic": "Rooster", "text": "Mijn rooster klopt niet."}
        client.post(f"/vragen/nieuw/?plaatsing={placement.number}", asked)
        question = placement.requests.get()
    with clock.moved(on("2026-12-03")):
        assert question.number in newest(smtp, teacher.email)
        by_password(teacher).post(f"/vragen/{question.number}/", {"text": "Ik bel je."})
        assert "beantwoord" in newest(smtp, enrolment.student.email)
        client = by_link(trainer.email, smtp)
        assert client.get(dossier).status_code == 200
        assert client.get(f"/vragen/{question.number}/").status_code == 404

    with clock.moved(on("2027-02-26")):
        client = by_link(trainer.email, smtp)
        heard = {"good": "Sterk.", "assessor": trainer.full_name, "inleveren": "1"}
        client.post(f"{dossier}oordeel/", scores(client, f"{dossier}oordeel/") | heard)
        client = by_password(teacher)
        decided = {"held_on": "2027-02-25", "text": "Geslaagd."}
        path = f"{dossier}eindbeoordeling/vaststellen/"
        assert client.post(path, scores(client, path) | decided).status_code == 302
        told = {"on": "2027-02-26", "student": "on", "supervisor": "on"}
        client.post(f"{dossier}eindbeoordeling/verteld/", told)

    with clock.moved(on("2027-03-01")):
        client = by_password(teacher)
        assert client.post(f"{dossier}afsluiten/", {"despite": "on"}).status_code == 302
        assert set(outcomes(placement, date(2027, 3, 1)).values()) == {"met"}
        assert client.get(f"{dossier}geschiedenis/").status_code == 200
