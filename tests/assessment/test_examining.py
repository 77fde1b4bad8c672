"""The diploma requirement for the examencommissie, over all placements of a student (BEO-14, OND-15, ZIJ-03)."""

from datetime import date
from io import BytesIO

import pikepdf
import pytest
from django.db.models import Exists, OuterRef, Q
from django.template.loader import render_to_string

from assessment import examining, leaving_out
from assessment.models import Final
from bpv.core import clock
from bpv.core.models import AuditEvent
from standards.diploma import Answer
from tests.builders import (
    a_company_judgement,
    a_final,
    a_location,
    a_placement,
    a_programme,
    a_student,
    a_team,
    a_user,
    an_equivalence,
    an_interim,
)
from tests.visits.held import logged_in

pytestmark = pytest.mark.django_db
TODAY = date(2027, 3, 1)
URL = "/examencommissie/"


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


def a_bpv(programme, score="", student=None, **fields):
    """A placement with an eindoordeel, or without."""
    placement = a_placement(programme=programme, student=student or a_student(), **fields)
    if score:
        a_final(placement, score=score)
    return placement


def listed(user, **query):
    return {line.enrolment.pk: line for line in logged_in(user).get(URL, query).context["page"]}


def test_beo_14_every_bpv_of_the_student_counts(programme, coordinator):
    first = a_bpv(programme, "v", location=a_location(name="Alfa"))
    line = listed(coordinator)[first.enrolment_id]
    assert (line.verdict.answer, line.hours) == (Answer.MET, 600)
    later = {"start": date(2027, 3, 1), "end": date(2027, 6, 30), "location": a_location(name="Beta")}
    a_bpv(programme, student=first.student, hours_total=300, **later)
    line = listed(coordinator)[first.enrolment_id]
    assert (line.verdict.word, line.verdict.reasons, line.hours) == (
        "voldoet nog niet",
        ("nog geen eindoordeel bij Beta",),
        900,
    )


def test_a_placement_that_another_team_guides_counts_as_well(programme, coordinator):
    placement = a_bpv(programme, "o", location=a_location(name="Gamma"))
    placement.team = a_team()
    placement.save()
    assert listed(coordinator)[placement.enrolment_id].verdict.reasons == ("onvoldoende bij Gamma",)
    page = logged_in(coordinator).get(f"{URL}{placement.enrolment_id}/").content.decode()
    assert ("Gamma" in page, f"/plaatsingen/{placement.number}/&quot;" in page) == (True, False)
    assert f'href="/plaatsingen/{placement.number}/"' not in page
    guides = a_user("coordinator", placement.team)
    assert (listed(guides), logged_in(guides).get(f"{URL}{placement.enrolment_id}/").status_code) == ({}, 404)


def test_cancelled_does_not_count_and_ended_early_needs_a_decision(programme, coordinator):
    cancelled = a_bpv(programme, state="cancelled", reason="Ging niet door", location=a_location(name="Nul"))
    ended = {"state": "ended", "ended_on": date(2026, 11, 2), "reason": "Gestopt"}
    stopped = a_bpv(programme, location=a_location(name="Epsilon"), **ended)
    found = listed(coordinator)
    assert [found[one.enrolment_id].verdict.reasons for one in (cancelled, stopped)] == [
        ("er is nog geen bpv die meetelt",),
        ("bij Epsilon beëindigd zonder eindoordeel: een besluit is nodig",),
    ]


def test_the_examencommissie_leaves_a_bpv_out_and_takes_it_back(programme, coordinator):
    bad = a_bpv(programme, "o")
    later = {"start": date(2027, 3, 1), "end": date(2027, 6, 30)}
    a_bpv(programme, "g", student=bad.student, **later)
    client = logged_in(coordinator)
    page = f"/plaatsingen/{bad.number}/telt-niet-mee/"
    future = client.post(page, {"reason": "Opnieuw gedaan", "on": "2027-03-02"})
    assert future.context["form"].errors == {"on": ["Deze datum ligt in de toekomst."]}
    assert client.post(page, {"reason": "Opnieuw gedaan", "on": "2027-02-26"}).status_code == 302
    line = listed(coordinator)[bad.enrolment_id]
    assert (line.verdict.answer, line.hours) == (Answer.MET, 600)
    again = client.post(page, {"reason": "Nog eens", "on": "2027-02-26"})
    assert again.context["form"].non_field_errors() == ["Deze bpv telt al niet mee."]
    assert client.post(f"/plaatsingen/{bad.number}/telt-weer-mee/").status_code == 302
    assert listed(coordinator)[bad.enrolment_id].verdict.answer is Answer.NOT_YET
    events = AuditEvent.objects.filter(dossier=bad.pk).order_by("pk").values_list("event", flat=True)
    assert list(events) == ["assessment_left_out", "assessment_counted_again"]


def a_school_of_answers(programme):
    """One student for each way to an answer."""
    met, bad, open_, redone = (a_bpv(programme, score) for score in ("g", "o", "", "o"))
    leaving_out.leave_out(
        placement=redone, by=a_user("manager", programme.team), on=TODAY, reason="Opnieuw gedaan op een andere plek"
    )
    a_bpv(programme, "v", student=redone.student, start=date(2027, 3, 1), end=date(2027, 6, 30))
    half = a_bpv(programme, "v")
    a_bpv(programme, student=half.student, start=date(2027, 3, 1), end=date(2027, 6, 30))
    exempt, both, refused = (a_bpv(programme, score) for score in ("", "v", ""))
    an_equivalence(exempt.enrolment)
    an_equivalence(both.enrolment)
    an_equivalence(refused.enrolment, granted=False, recent=False)
    an_equivalence(refused.enrolment, is_current=False)
    corrected = a_bpv(programme, "v")
    corrected.finals.update(is_current=False)
    a_final(corrected, score="o", version=2, correction="Verkeerd ingevuld")
    a_bpv(programme, state="cancelled", reason="Ging niet door")
    alone = a_student(programme)
    return met, bad, open_, half, alone, corrected


def test_the_filter_of_the_database_answers_as_the_rule_does(programme, coordinator):
    a_school_of_answers(programme)
    everybody = listed(coordinator)
    assert len(everybody) == 11
    for word, answer in examining.ANSWERS.items():
        by_rule = {pk for pk, line in everybody.items() if line.verdict.answer is answer}
        assert (word, set(listed(coordinator, antwoord=word))) == (word, by_rule)
        assert by_rule
    assert sum(len(listed(coordinator, antwoord=word)) for word in examining.ANSWERS) == 11


def test_filters(programme, coordinator):
    other = a_programme(team=programme.team, name="Netwerkbeheer")
    first, second = a_bpv(programme), a_bpv(other)
    second.enrolment.cohort, second.enrolment.group = 2024, "NB2B"
    second.enrolment.save()
    one, two = first.enrolment_id, second.enrolment_id
    found = [
        set(listed(coordinator, **query))
        for query in (
            {},
            {"opleiding": other.pk},
            {"cohort": 2025},
            {"klas": "nb2b"},
            {"q": first.student.number},
            {"opleiding": "0", "cohort": "x", "antwoord": "y"},
        )
    ]
    assert found == [{one, two}, {two}, {one}, {two}, {one}, {one, two}]


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_of_the_list(programme, coordinator, count, django_assert_num_queries):
    for _number in range(count):
        an_equivalence(a_bpv(programme, "v").enrolment)
    client = logged_in(coordinator)
    client.get(URL)
    with django_assert_num_queries(7):
        assert len(client.get(URL).context["page"]) == count


def test_owner_reader_stranger(programme, coordinator):
    placement = a_bpv(programme, "v")
    placement.student.user = a_user()
    placement.student.save()
    manager, colleague = a_user("manager", programme.team), a_user("teacher", programme.team)
    stranger, student = a_user("coordinator"), placement.student.user
    pages = [URL, f"{URL}{placement.enrolment_id}/", f"{URL}{placement.enrolment_id}/overzicht.pdf"]
    got = [
        [logged_in(user).get(page).status_code for page in pages]
        for user in (coordinator, manager, colleague, student, stranger)
    ]
    assert got == [[200] * 3, [200] * 3, [403] * 3, [403] * 3, [200, 404, 404]]
    assert listed(stranger) == {}


def test_the_list_as_a_file(programme, coordinator):
    a_bpv(programme, "o", location=a_location(name="=Alfa"))
    answer = logged_in(coordinator).post(f"{URL}exporteren/", {"vorm": "csv"})
    line = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()[1].split(";")
    assert line[2:] == [
        "IC4A",
        "2025",
        "Software developer",
        programme.crebo,
        "BOL",
        "'=Alfa: onvoldoende",
        "600",
        "900",
        "voldoet nog niet",
        "onvoldoende bij =Alfa",
    ]
    event = AuditEvent.objects.get(event="register_exported")
    assert event.data == {"name": "Bpv voor de examencommissie", "count": 1}


def test_s8_d_the_page_of_a_student_tells_how_the_result_came_about(programme, coordinator):
    placement = a_bpv(programme)
    an_interim(placement)
    a_company_judgement(placement)
    a_final(placement, difference="Het bedrijf kende de opdracht niet.", override="Ziek tijdens het gesprek.")
    [period] = logged_in(coordinator).get(f"{URL}{placement.enrolment_id}/").context["overview"].periods
    assert (period.result, period.interim_on, period.heard, period.company_score, period.final.override) == (
        "voldoende",
        date(2026, 11, 9),
        "Ilse Wassink",
        "voldoende",
        "Ziek tijdens het gesprek.",
    )


def test_the_overview_of_a_student_as_pdf(programme, coordinator):
    placement = a_bpv(programme, "v")
    an_equivalence(placement.enrolment)
    answer = logged_in(coordinator).get(f"{URL}{placement.enrolment_id}/overzicht.pdf")
    with pikepdf.open(BytesIO(answer.content)) as pdf:
        title = f"Overzicht bpv voor de examencommissie {placement.student.full_name}"
        assert str(pdf.docinfo["/Title"]) == title


def test_hours_of_a_bpv_that_ended_early_stand_there_until_its_last_day(programme, coordinator):
    ended = {"state": "ended", "ended_on": date(2026, 9, 18), "reason": "Gestopt"}
    placement = a_bpv(programme, "v", **ended)
    later = {"start": date(2027, 3, 1), "end": date(2027, 6, 30)}
    a_bpv(programme, student=placement.student, hours_total=300, **later)
    page = logged_in(coordinator).get(f"{URL}{placement.enrolment_id}/")
    overview = page.context["overview"]
    assert (overview.line.hours, [one.placement.hours_planned for one in overview.periods]) == (363, [63, 300])
    paper = render_to_string("assessment/pdf/examined.html", {"document": overview})
    assert [("63 uur" in text, "600 uur" in text) for text in (page.content.decode(), paper)] == [(True, False)] * 2


def test_control_a_filter_that_asks_for_one_positive_bpv_answers_otherwise_than_the_rule(
    programme, coordinator, monkeypatch
):
    a_school_of_answers(programme)
    positive = Final.objects.filter(placement__enrolment=OuterRef("pk"), is_current=True).exclude(score="o")
    monkeypatch.setattr(examining, "is_met", lambda: Q(Exists(positive)))
    by_rule = {pk for pk, line in listed(coordinator).items() if line.verdict.answer is Answer.MET}
    assert set(listed(coordinator, antwoord="voldoet")) > by_rule
