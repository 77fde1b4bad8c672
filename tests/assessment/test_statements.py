"""Praktijkverklaringen: who needs one, and what stands in it (CERT-01, CERT-02)."""

from datetime import date
from io import BytesIO

import pikepdf
import pytest
from django.core.exceptions import ValidationError

from assessment import statements
from assessment.models import Statement
from bpv.core import clock
from bpv.core.models import AuditEvent
from tests.builders import a_final, a_goal, a_placement, a_programme, a_statement, a_team, a_user, a_work_process
from tests.visits.held import logged_in

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
URL = "/verklaringen/"
ENDED = {"state": "ended", "ended_on": date(2026, 11, 2), "reason": "Gestopt"}


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


@pytest.fixture
def programme():
    return a_programme(team=a_team())


@pytest.fixture
def coordinator(programme):
    return a_user("coordinator", programme.team)


def waiting(coordinator):
    return [one.pk for one in statements.due(coordinator, TODAY)]


def test_cert_02_who_stopped_is_listed_until_there_is_a_statement(programme, coordinator):
    a_placement(programme=programme)
    stopped = a_placement(programme=programme, **ENDED)
    assert waiting(coordinator) == [stopped.enrolment_id]
    a_statement(stopped)
    assert waiting(coordinator) == []


def test_cert_02_who_goes_on_at_another_place_did_not_stop(programme, coordinator):
    stopped = a_placement(programme=programme, **ENDED)
    a_placement(programme=programme, student=stopped.student, start=date(2026, 11, 16))
    assert waiting(coordinator) == []


@pytest.mark.parametrize("needless", ["", "Gaat verder op een andere plek"])
@pytest.mark.parametrize(("on", "listed"), [(date(2026, 11, 1), True), (date(2026, 11, 2), False)])
def test_cert_02_what_was_stated_before_a_later_stop_does_not_hide_it(programme, coordinator, on, listed, needless):
    first = a_placement(programme=programme, state="ended", ended_on=date(2026, 9, 18), reason="Gestopt")
    a_statement(first, on=on, needless=needless, judged_by="" if needless else "Ilse")
    assert waiting(coordinator) == []
    a_placement(programme=programme, student=first.student, start=date(2026, 10, 5), **ENDED)
    assert waiting(coordinator) == ([first.enrolment_id] if listed else [])


def test_cert_02_who_has_a_statement_since_the_last_day_is_not_asked_again_when_the_enrolment_ends(
    programme, coordinator
):
    stopped = a_placement(programme=programme, **ENDED)
    a_statement(stopped, on=date(2026, 11, 3))
    stopped.enrolment.end = date(2026, 11, 20)
    stopped.enrolment.save()
    assert waiting(coordinator) == []


@pytest.mark.parametrize(
    ("end", "listed"),
    [(date(2026, 11, 23), False), (date(2026, 11, 22), True), (date(2025, 8, 1), True), (date(2025, 7, 31), False)],
)
def test_cert_02_an_enrolment_that_is_over_of_this_school_year_or_the_one_before(programme, coordinator, end, listed):
    placement = a_placement(programme=programme, start=date(2025, 2, 1), end=date(2025, 6, 30))
    placement.enrolment.start, placement.enrolment.end = date(2024, 8, 1), end
    placement.enrolment.save()
    assert waiting(coordinator) == ([placement.enrolment_id] if listed else [])


@pytest.mark.parametrize(("score", "listed"), [("v", False), ("o", True)])
def test_who_is_over_with_every_bpv_positive_goes_for_the_diploma(programme, coordinator, score, listed):
    placement = a_placement(programme=programme, end=date(2026, 10, 30))
    placement.enrolment.end = date(2026, 11, 1)
    placement.enrolment.save()
    a_final(placement, score=score)
    assert bool(waiting(coordinator)) is listed


def test_walk_a_statement_is_drawn_up(programme, coordinator):
    placement = a_placement(programme=programme, **ENDED)
    first, second = (a_work_process(programme, f"B1-K1-W{number}") for number in (1, 2))
    a_goal(placement, work_process=first, progress="reached")
    client, page = logged_in(coordinator), f"{URL}student/{placement.enrolment_id}/"
    name = f"bij_{placement.pk}"
    assert client.get(page).context["form"].initial[name] == [first.pk]
    given = {"trajectory": "practice", "on": "2026-11-23", "judged_by": "", "remark": ""}
    nobody = client.post(page, given | {name: [first.pk, second.pk]})
    nothing = client.post(page, given)
    future = client.post(page, given | {"on": "2026-11-24", "remark": "Niets af."})
    assert [list(answer.context["form"].errors) for answer in (nobody, nothing, future)] == [
        ["judged_by"],
        ["remark"],
        ["on"],
    ]
    assert client.post(page, given | {name: [first.pk, second.pk], "judged_by": "Ilse"}).status_code == 302
    made = Statement.objects.get()
    finished = [(one.placement, one.work_process) for one in made.finished.all()]
    assert (made.trajectory, made.drawn_by, finished) == (
        "practice",
        coordinator,
        [(placement, first), (placement, second)],
    )
    assert AuditEvent.objects.get(event="assessment_statement_made").data == {"count": 2}
    answer = client.get(f"{URL}{made.pk}/verklaring.pdf")
    with pikepdf.open(BytesIO(answer.content)) as pdf:
        assert str(pdf.docinfo["/Title"]) == f"Gegevens praktijkverklaring {placement.student.full_name}"


def test_a_werkproces_of_another_opleiding_or_a_bpv_of_another_student_is_refused(programme, coordinator):
    placement, other = a_placement(programme=programme, **ENDED), a_placement(programme=programme)
    strange, own = a_work_process(a_programme()), a_work_process(programme)
    fields = {"trajectory": "diploma", "on": TODAY, "judged_by": "Ilse", "remark": ""}
    for pair in ((placement.pk, strange.pk), (other.pk, own.pk)):
        with pytest.raises(ValidationError, match="bij een bpv van deze student"):
            statements.draw_up(enrolment=placement.enrolment, by=coordinator, finished=[pair], **fields)


def test_needless_takes_it_off_the_list_and_has_no_pdf(programme, coordinator):
    placement = a_placement(programme=programme, **ENDED)
    client, page = logged_in(coordinator), f"{URL}student/{placement.enrolment_id}/niet-nodig/"
    assert list(client.post(page, {"trajectory": "diploma"}).context["form"].errors) == ["reason"]
    assert client.post(page, {"trajectory": "diploma", "reason": "Andere opleiding"}).status_code == 302
    made = Statement.objects.get()
    assert (made.needless, waiting(coordinator)) == ("Andere opleiding", [])
    assert client.get(f"{URL}{made.pk}/verklaring.pdf").status_code == 404


def test_cert_01_hours_stand_on_it_until_the_last_day(programme, monkeypatch):
    made = a_statement(a_placement(programme=programme, **ENDED))
    monkeypatch.setattr(statements.documents, "render", lambda template, sheet: sheet)
    assert [(place.end, place.hours) for place in statements.pdf_of(made).places] == [(date(2026, 11, 2), 213)]


def test_owner_reader_stranger(programme, coordinator):
    placement = a_placement(programme=programme, **ENDED)
    colleague, stranger = a_user("teacher", programme.team), a_user("coordinator")
    pages = [URL, f"{URL}student/{placement.enrolment_id}/", f"{URL}{a_statement(placement).pk}/verklaring.pdf"]
    got = [[logged_in(user).get(page).status_code for page in pages] for user in (coordinator, colleague, stranger)]
    assert got == [[200, 200, 200], [403, 403, 200], [200, 404, 404]]


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_of_the_list(programme, coordinator, count, django_assert_num_queries):
    for _number in range(count):
        a_placement(programme=programme, **ENDED)
    client = logged_in(coordinator)
    client.get(URL)
    with django_assert_num_queries(5):
        assert len(client.get(URL).context["page"].object_list) == count
