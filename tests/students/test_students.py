"""What the bpv-coördinator keeps of a student: address, work permit (TWV-01), parent or guardian (T26)."""

from datetime import date

import pytest
from django.test import Client

from bpv.core import clock
from bpv.core.audit import sentence
from bpv.core.models import AuditEvent
from students.models import Guardian, Student, WorkPermit
from tests.builders import a_placement, a_student, a_user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 8, 3)


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


@pytest.fixture
def placement():
    return a_placement(student=a_student(first_name="Yusuf", last_name="Berg", user=a_user()))


@pytest.fixture
def client(placement):
    client = Client()
    client.force_login(a_user("coordinator", placement.team, first_name="Sanne", last_name="Wolters"))
    return client


def page(placement, name=""):
    return f"/studenten/{placement.student.number}/" + (f"{name}/" if name else "")


def happened():
    return [(event.dossier, sentence(event)) for event in AuditEvent.objects.order_by("id")]


def test_a_permit_is_what_was_seen_by_whom_and_when(client, placement):
    sent = {"state": "granted", "valid_until": "2027-02-26", "checked_on": "2026-08-01"}
    answer = client.post(page(placement, "werkvergunning"), sent)
    assert (answer.status_code, answer.url) == (302, page(placement))
    permit = WorkPermit.objects.get()
    assert (permit.state, permit.valid_until, permit.checked_on) == ("granted", date(2027, 2, 26), date(2026, 8, 1))
    assert permit.checked_by.full_name == "Sanne Wolters"
    assert happened() == [(placement.pk, "Werkvergunning van Yusuf van den Berg nagekeken: TWV verleend")]
    client.post(page(placement, "werkvergunning"), {"state": "not_needed", "checked_on": "2026-08-03"})
    assert WorkPermit.objects.values_list("state", "valid_until", "checked_on").get() == ("not_needed", None, TODAY)


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"state": ""}, {"state": ["Kies een van de vier."]}),
        ({"state": "granted"}, {"valid_until": ["Geef de einddatum van de TWV."]}),
        ({"checked_on": "2026-08-04"}, {"checked_on": ["Deze datum ligt in de toekomst."]}),
        ({"checked_on": ""}, {"checked_on": ["Dit veld is verplicht."]}),
    ],
)
def test_a_permit_that_says_too_little_is_not_kept(client, placement, changes, errors):
    sent = {"state": "needed", "checked_on": "2026-08-03"} | changes
    assert client.post(page(placement, "werkvergunning"), sent).context["form"].errors == errors
    assert WorkPermit.objects.count() == 0


def test_a_parent_is_kept_and_changed(client, placement):
    for name in ("M. Berg", "K. Berg"):
        answer = client.post(page(placement, "ouder"), {"name": name, "email": "berg@post.example"})
        assert (answer.status_code, answer.url) == (302, page(placement))
    assert list(Guardian.objects.values_list("student", "name", "email")) == [
        (placement.student_id, "K. Berg", "berg@post.example")
    ]
    assert happened() == [(placement.pk, "Ouder of voogd van Yusuf van den Berg bewaard")] * 2


def test_a_student_is_not_the_own_parent(client, placement):
    sent = {"name": "Yusuf", "email": placement.student.email.upper()}
    form = client.post(page(placement, "ouder"), sent).context["form"]
    assert form.errors == {"email": ["Dit is het adres van de student zelf."]}
    assert Guardian.objects.count() == 0


def test_no_bsn_as_the_name_of_a_parent(client, placement):
    form = client.post(page(placement, "ouder"), {"name": "111222333", "email": "berg@post.example"}).context["form"]
    assert list(form.errors) == ["name"]


def test_a_new_address_closes_the_way_in_by_the_old_one(client, placement):
    sent = {"email": placement.student.email, "mobile": "0612345678"}
    client.post(page(placement, "gegevens"), sent)
    student = Student.objects.get(pk=placement.student_id)
    assert (student.mobile, student.user_id) == ("0612345678", placement.student.user_id)
    client.post(page(placement, "gegevens"), sent | {"email": "nieuw@student.voorbeeldroc.example"})
    student.refresh_from_db()
    assert (student.email, student.user) == ("nieuw@student.voorbeeldroc.example", None)
    assert happened()[-1] == (placement.pk, "Gegevens van Yusuf van den Berg gewijzigd")


def test_an_address_belongs_to_one_student(client, placement):
    other = a_student()
    sent = {"email": other.email.upper(), "mobile": ""}
    form = client.post(page(placement, "gegevens"), sent).context["form"]
    assert form.errors == {"email": ["Dit adres is van een andere student."]}


def test_the_parent_has_a_name_and_an_address_of_the_own(client, placement):
    def errors(name, email):
        return client.post(page(placement, "ouder"), {"name": name, "email": email}).context["form"].errors

    assert errors("", "") == {"name": ["Dit veld is verplicht."], "email": ["Dit veld is verplicht."]}
    assert list(errors("M. Berg", "geen adres")) == ["email"]
    assert errors("M. Berg", placement.student.email.upper()) == {"email": ["Dit is het adres van de student zelf."]}
    assert list(errors("M. Berg 111222333", "berg@post.example")) == ["name"]
    assert Guardian.objects.count() == 0
    for name in ("M. Berg", "M. de Berg"):  # one guardian, who can change
        client.post(page(placement, "ouder"), {"name": name, "email": "berg@post.example"})
    assert [(kept.name, kept.email) for kept in Guardian.objects.all()] == [("M. de Berg", "berg@post.example")]
    assert happened()[-1][0] == placement.pk


def test_the_page_says_what_is_known(client, placement):
    context = client.get(page(placement)).context
    assert (context["permit"], context["guardian"], context["age"]) == (None, None, 19)
    assert [found.pk for found in context["placements"]] == [placement.pk]
    client.post(page(placement, "ouder"), {"name": "M. Berg", "email": "berg@post.example"})
    client.post(page(placement, "werkvergunning"), {"state": "exempt", "checked_on": "2026-08-03"})
    context = client.get(page(placement)).context
    assert (context["permit"].state, context["guardian"].name) == ("exempt", "M. Berg")
