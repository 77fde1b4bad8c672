"""S8-d: in a closed dossier no talk is logged, corrected, planned or prepared; questions and reports go on."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from bpv.core import clock
from placements import access
from tests.builders import a_contact_moment, a_placement, a_talk, a_user, an_interim
from tests.visits.held import form, logged_in
from visits import contacts, guidance, planning, preparing, services, starting, watching
from visits.models import ContactMoment, HelpRequest

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
HOW = {"on": date(2026, 12, 1), "at": time(9), "minutes": 45, "kind": "on_site", "place": ""}


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


@pytest.fixture
def placement():
    made = a_placement()
    made.student.user = a_user()
    made.student.save()
    return made


def log(placement):
    contacts.log_contact(placement=placement, by=placement.teacher, form_key=uuid4(), on=TODAY, kind="on_site")


def correct(placement):
    contacts.correct(contact=a_contact_moment(placement), by=placement.teacher, reason="Fout", discussed="Anders")


def plan(placement):
    planning.plan(talk=a_talk(placement), by=placement.teacher, today=TODAY, **HOW)


def extra(placement):
    planning.extra(placement=placement, by=placement.teacher, today=TODAY, **HOW)


def prepare(placement):
    talk, given = a_talk(placement), {"scores": {}, "answers": {}, "remarks": "", "submit": False}
    preparing.save(talk=talk, by=placement.student.user, **given)


def judge(placement):
    values = {"on": TODAY, "scores": {}, "explanation": "", "improvement": "", "improve_by": None, "verdict": "good"}
    return guidance.judge(placement=placement, by=placement.teacher, **values)


def watch(placement):
    values = {"since": TODAY, "every_weeks": 2, "reason": "Stil", "measure": "Bellen"}
    watching.start(placement=placement, by=placement.teacher, **values)


def agree(placement):
    starting.write(placement=placement, by=placement.teacher, today=TODAY, establish=False)


DEEDS = [log, correct, plan, extra, prepare, judge, watch, agree]


def close(placement):
    placement.closed_at, placement.closed_by = clock.now(), placement.teacher
    placement.save()


@pytest.mark.parametrize("deed", DEEDS)
def test_a_closed_dossier_refuses(placement, deed):
    close(placement)
    with pytest.raises(ValidationError) as refused:
        deed(placement)
    assert refused.value.messages == ["Dit dossier is afgesloten en verandert niet meer."]


def test_what_came_of_a_judgement_stays(placement):
    kept = judge(placement)
    close(placement)
    dates = {"improved_on": None, "sbb_informed_on": None, "transfer_on": None}
    with pytest.raises(ValidationError, match="afgesloten"):
        guidance.proceed(judgement=kept, by=placement.teacher, close=True, **dates)


@pytest.mark.parametrize("deed", DEEDS)
def test_control_it_is_the_closing_that_refuses(placement, deed, monkeypatch):
    close(placement)
    monkeypatch.setattr(access, "refuse_closed", lambda placement: None)
    deed(placement)


def test_what_was_typed_stays_on_the_page(placement):
    close(placement)
    page = f"/plaatsingen/{placement.number}/contact/"
    answer = logged_in(placement.teacher).post(page, form(discussed="Een lang verhaal."))
    shown = answer.content.decode()
    said = answer.context["form"].non_field_errors()
    assert (said, "Een lang verhaal." in shown) == (["Dit dossier is afgesloten en verandert niet meer."], True)
    assert ContactMoment.objects.count() == 0


def test_a_form_that_came_in_before_is_kept_once(placement):
    """A phone that sends the same form again after the closing hears that it is there."""
    sent, page = form(), f"/plaatsingen/{placement.number}/contact/"
    codes = [logged_in(placement.teacher).post(page, sent).status_code]
    close(placement)
    codes.append(logged_in(placement.teacher).post(page, sent).status_code)
    assert (codes, ContactMoment.objects.count()) == ([302, 302], 1)


def test_a_question_is_still_taken_in(placement):
    close(placement)
    given = {"topic": "Cijfer", "kind": "question", "text": "Waar staat mijn cijfer?", "sender": "student"}
    services.receive_request(placement=placement, by=placement.student.user, at=clock.now(), **given)
    assert HelpRequest.objects.count() == 1


@pytest.mark.parametrize("closed", [False, True])
def test_the_dossier_offers_what_can_be_done(placement, closed):
    an_interim(placement)
    with clock.moved(placement.end + timedelta(days=7)):
        if closed:
            close(placement)
        shown = logged_in(placement.teacher).get(f"/plaatsingen/{placement.number}/").content.decode()
    offered = [f'href="/plaatsingen/{placement.number}/{page}/"' for page in ("contact", "tussentijds")]
    assert [link in shown for link in offered] == [not closed, not closed]
