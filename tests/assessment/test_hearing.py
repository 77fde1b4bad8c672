"""The leerbedrijf is asked before the school decides, and answers by link (BEO-09, ROL-BEO-3)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from assessment import judgement_asking
from assessment.models import CompanyJudgement
from bpv.core import clock
from bpv.core.models import AuditEvent, OutboxMail
from standards.words import long_date
from tests.builders import a_contact, a_placement, a_programme, a_user
from tests.visits.held import logged_in

pytestmark = pytest.mark.django_db
TODAY = date(2027, 6, 18)


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


def ending(end=date(2027, 7, 2), leerweg="BOL"):
    supervisor = a_user(language="de")
    contact = a_contact(user=supervisor, email=supervisor.email)
    placement = a_placement(programme=a_programme(leerweg), supervisor=contact, start=date(2027, 2, 1), end=end)
    placement.student.user = a_user()
    placement.student.save()
    return placement


def page(placement):
    return f"/plaatsingen/{placement.number}/oordeel/"


def filled(**changes):
    return {"score": "g", "good": "Pünktlich.", "attention": "Mehr fragen.", "assessor": "Ilse Wassink"} | changes


def test_beo_09_kept_while_it_is_filled_in_then_handed_in_once():
    placement = ending()
    client = logged_in(placement.supervisor.user)
    assert client.post(page(placement), {"good": "Pünktlich.", "bewaren": "1"}).status_code == 302
    assert client.get(page(placement)).context["form"]["good"].value() == "Pünktlich."
    assert CompanyJudgement.objects.get().submitted_at is None
    refused = client.post(page(placement), {"good": "Pünktlich.", "inleveren": "1"})
    assert list(refused.context["form"].errors) == ["score", "assessor"]
    assert "Wie hat sich die Studentin oder der Student gemacht?" in refused.content.decode()
    assert client.post(page(placement), filled(inleveren="1")).status_code == 302
    kept = CompanyJudgement.objects.get()
    assert (kept.score, kept.assessor, kept.way, kept.by) == ("g", "Ilse Wassink", "own", placement.supervisor.user)
    again = client.post(page(placement), filled(score="o", inleveren="1"))
    assert again.context["form"].non_field_errors() == ["Diese Beurteilung ist bereits eingereicht."]
    assert CompanyJudgement.objects.get().score == "g"
    event = AuditEvent.objects.get(event="assessment_heard")
    assert (event.dossier, event.data) == (placement.pk, {"way": "zelf ingevuld"})


def test_beo_09_the_school_may_write_it_down_and_says_how_it_came():
    placement = ending()
    client = logged_in(placement.teacher)
    refused = client.post(page(placement), filled(inleveren="1"))
    assert refused.context["form"].errors == {"way": ["Dit veld is verplicht."]}
    assert client.post(page(placement), filled(way="own", inleveren="1")).status_code == 200
    assert client.post(page(placement), filled(way="phone", inleveren="1")).status_code == 302
    assert CompanyJudgement.objects.get().way == "phone"


def test_what_was_handed_in_stands_beside_the_decision_of_the_school():
    placement = ending()
    logged_in(placement.supervisor.user).post(page(placement), filled(inleveren="1"))
    shown = logged_in(placement.teacher).get(f"/plaatsingen/{placement.number}/eindbeoordeling/vaststellen/")
    judged = shown.context["judged"]
    assert (judged.assessor, judged.score, judged.good) == ("Ilse Wassink", "g", "Pünktlich.")


def test_the_student_does_not_read_it_before_the_school_decides():
    placement = ending()
    logged_in(placement.supervisor.user).post(page(placement), filled(inleveren="1"))
    student = logged_in(placement.student.user)
    assert student.get(page(placement)).status_code == 403
    assert page(placement) not in student.get(f"/plaatsingen/{placement.number}/").content.decode()


def test_a_judgement_that_is_handed_in_is_whole():
    placement = ending()
    with pytest.raises(IntegrityError), transaction.atomic():
        CompanyJudgement.objects.create(placement=placement, submitted_at=clock.now())


@pytest.mark.parametrize("leerweg", ["BOL", "BBL"])
@pytest.mark.parametrize(("days_left", "asked"), [(15, 0), (14, 1), (8, 1), (7, 2), (3, 2), (2, 3), (0, 3), (-1, 3)])
def test_beo_09_asked_two_weeks_before_the_end_and_reminded_twice(leerweg, days_left, asked):
    placement = ending(leerweg=leerweg)
    for left in range(20, days_left - 1, -1):
        judgement_asking.ask_waiting(placement.end - timedelta(days=left))
        judgement_asking.ask_waiting(placement.end - timedelta(days=left))
    assert OutboxMail.objects.filter(kind="judgement_asked").count() == asked


def test_who_answered_is_not_asked_again():
    placement = ending()
    judgement_asking.ask_waiting(TODAY)
    logged_in(placement.supervisor.user).post(page(placement), filled(inleveren="1"))
    judgement_asking.ask_waiting(TODAY + timedelta(days=7))
    sent = OutboxMail.objects.get(kind="judgement_asked")
    assert (sent.to, sent.subject) == (
        placement.supervisor.email,
        f"Ihre Beurteilung der bpv von {placement.student.full_name}",
    )


def ended(on, **fields):
    """A bpv that ended on a day, with its praktijkopleider."""
    placement = ending(end=date(2027, 12, 24))
    for name, value in {"state": "ended", "ended_on": on, "reason": "Gestopt", **fields}.items():
        setattr(placement, name, value)
    placement.save()
    return placement


@pytest.mark.parametrize(("days_left", "asked"), [(15, 0), (14, 1), (7, 1), (0, 1), (-14, 1), (-15, 0)])
def test_beo_09_asked_about_a_bpv_that_ended_early_also_when_it_is_recorded_afterwards(days_left, asked):
    placement = ended(TODAY + timedelta(days=days_left))
    assert (judgement_asking.ask_waiting(TODAY), judgement_asking.ask_waiting(TODAY)) == (asked, 0)
    with override("de"):
        day = long_date(placement.ended_on)
    assert [day in mail.body for mail in OutboxMail.objects.filter(kind="judgement_asked")] == [True] * asked


def test_a_closed_dossier_of_a_bpv_that_ended_early_is_not_asked_about():
    ended(TODAY, closed_at=clock.now(), closed_by=a_user())
    assert judgement_asking.ask_waiting(TODAY) == 0


def test_a_bpv_that_is_cancelled_is_not_asked_about():
    placement = ending()
    placement.state, placement.reason = "cancelled", "x"
    placement.save()
    assert judgement_asking.ask_waiting(TODAY) == 0


def asked_at(placement, *days_left):
    """How many mails went on each of these days before the end."""
    return [judgement_asking.ask_waiting(placement.end - timedelta(days=left)) for left in days_left]


def test_beo_09_after_an_extension_it_is_asked_as_before_every_end():
    placement = ending()
    assert asked_at(placement, 14, 7, 2) == [1, 1, 1]
    placement.end = date(2027, 12, 31)
    placement.save()
    assert asked_at(placement, 15, 14, 13, 7, 2) == [0, 1, 0, 1, 1]
    assert OutboxMail.objects.filter(kind="judgement_asked").count() == 6


def test_beo_09_who_comes_in_the_place_of_another_is_asked_too():
    placement = ending()
    assert asked_at(placement, 14, 13) == [1, 0]
    placement.supervisor = a_contact(placement.location)
    placement.save()
    assert asked_at(placement, 13, 12, 7) == [1, 0, 1]
    assert OutboxMail.objects.filter(to=placement.supervisor.email).count() == 2
