"""Equivalence for zij-instromers: proof seen, or a decision with three times yes (ZIJ-01..ZIJ-03)."""

from datetime import date
from io import BytesIO

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from assessment import equivalence
from assessment.models import Equivalence
from bpv.core import clock
from bpv.core.models import AuditEvent
from tests.builders import a_placement, a_user, an_equivalence
from tests.visits.held import logged_in

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
WHY = {"recent_why": "Tot vorig jaar.", "extent_why": "Tien jaar.", "level_why": "Zelfstandig."}
YES = {"recent": "ja", "extent": "ja", "level": "ja"}


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


@pytest.fixture
def enrolment():
    return a_placement().enrolment


@pytest.fixture
def manager(enrolment):
    return a_user("manager", enrolment.programme.team)


def sent(**changes):
    return WHY | YES | {"granted": "ja", "on": "2026-11-20"} | changes


def decision(enrolment):
    return f"/examencommissie/{enrolment.pk}/besluit/"


def test_zij_02_walk_twice_yes_is_refused_three_times_is_accepted(enrolment, manager):
    client = logged_in(manager)
    refused = client.post(decision(enrolment), sent(level="nee"))
    assert refused.context["form"].errors == {
        "granted": ["Gelijkwaardig kan alleen als alle drie de vragen met ja zijn beantwoord."]
    }
    assert ("Zelfstandig." in refused.content.decode(), Equivalence.objects.count()) == (True, 0)
    assert client.post(decision(enrolment), sent()).headers["Location"] == f"/examencommissie/{enrolment.pk}/"
    kept = Equivalence.objects.get()
    assert (kept.granted, kept.on, kept.by, kept.is_current) == (True, date(2026, 11, 20), manager, True)
    page = client.get(f"/examencommissie/{enrolment.pk}/")
    assert page.context["overview"].line.verdict.word == "vrijgesteld (gelijkwaardig)"
    event = AuditEvent.objects.get(event="assessment_equivalence_decided")
    assert event.data == {"result": "gelijkwaardig"}


@pytest.mark.parametrize("question", ["recent", "extent", "level"])
def test_zij_02_each_question_needs_a_yes_and_a_motivation(enrolment, manager, question):
    client = logged_in(manager)
    no = client.post(decision(enrolment), sent(**{question: "nee"}))
    silent = client.post(decision(enrolment), sent(**{f"{question}_why": " "}))
    assert [list(answer.context["form"].errors) for answer in (no, silent)] == [["granted"], [f"{question}_why"]]
    with pytest.raises(IntegrityError, match="equivalence_three_times_yes"), transaction.atomic():
        an_equivalence(enrolment, **{question: False})
    with pytest.raises(IntegrityError, match="equivalence_motivated"), transaction.atomic():
        an_equivalence(enrolment, **{f"{question}_why": ""})


def test_control_without_the_check_of_the_deed_the_database_still_refuses(enrolment, manager, monkeypatch):
    monkeypatch.setattr(equivalence, "all", lambda answers: True, raising=False)
    answer = logged_in(manager).post(decision(enrolment), sent(level="nee"))
    assert answer.context["form"].non_field_errors() == [
        "Gelijkwaardig kan alleen als alle drie de vragen met ja zijn beantwoord."
    ]
    assert Equivalence.objects.count() == 0


def test_a_negative_decision_is_kept_and_a_next_one_takes_its_place(enrolment, manager):
    client = logged_in(manager)
    assert client.post(decision(enrolment), sent(level="nee", granted="nee")).status_code == 302
    page = client.get(f"/examencommissie/{enrolment.pk}/").context
    assert page["overview"].line.verdict.word == "voldoet nog niet"
    assert client.post(decision(enrolment), sent()).status_code == 302
    kept = Equivalence.objects.order_by("pk").values_list("granted", "is_current")
    assert list(kept) == [(False, False), (True, True)]


def test_only_the_manager_decides(enrolment, manager):
    coordinator, stranger = a_user("coordinator", enrolment.programme.team), a_user("manager")
    got = [logged_in(user).post(decision(enrolment), sent()).status_code for user in (coordinator, stranger)]
    assert got == [403, 404]
    with pytest.raises(PermissionDenied):
        equivalence.decide(enrolment=enrolment, by=coordinator, granted=False, on=TODAY, **WHY)


def test_zij_01_proof_of_an_earlier_bpv_with_a_positive_result(enrolment):
    coordinator = a_user("coordinator", enrolment.programme.team)
    client, page = logged_in(coordinator), f"/examencommissie/{enrolment.pk}/bewijs/"
    given = {"proof": "instellingsverklaring ROC Oost", "proof_on": "2019-07-05", "on": "2026-11-23"}
    doubtful = client.post(page, given)
    assert list(doubtful.context["form"].errors) == ["positive"]
    future = client.post(page, given | {"positive": "on", "on": "2026-11-24"})
    assert future.context["form"].errors == {"on": ["Deze datum ligt in de toekomst."]}
    assert client.post(page, given | {"positive": "on"}).status_code == 302
    kept = Equivalence.objects.get()
    assert (kept.ground, kept.granted, kept.proof, kept.proof_on) == (
        "proof",
        True,
        "instellingsverklaring ROC Oost",
        date(2019, 7, 5),
    )
    with pytest.raises(IntegrityError, match="equivalence_proof"), transaction.atomic():
        Equivalence.objects.update(proof="")


@pytest.mark.parametrize("ground", ["decision", "proof"])
def test_the_decision_as_pdf_for_the_school_and_the_student(enrolment, ground):
    proof = {"ground": "proof", "proof": "diploma", "proof_on": date(2019, 7, 5)} if ground == "proof" else {}
    kept = an_equivalence(enrolment, **proof)
    enrolment.student.user = a_user()
    enrolment.student.save()
    page = f"/gelijkwaardigheid/{kept.pk}/besluit.pdf"
    answer = logged_in(enrolment.student.user).get(page)
    with pikepdf.open(BytesIO(answer.content)) as pdf:
        assert str(pdf.docinfo["/Title"]) == f"Besluit zij-instroom {enrolment.student.full_name}"
    assert logged_in(a_user("coordinator")).get(page).status_code == 404
