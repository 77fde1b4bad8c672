"""BBL without a place: who is on the list, the search, the agreements, the decision, the help (S3.2, BBL-01..07)."""

import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from io import BytesIO

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from bpv.core import clock, documents
from bpv.core.models import AuditEvent, OutboxMail
from placements import searching, services, without_place
from placements.models import Placement, Search, SearchStep
from students.models import Enrolment
from tests.builders import a_placement, a_pok, a_programme, a_search, a_student, a_team, a_user, signed_by_all

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
URL = "/bbl-zonder-plek/"


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


@pytest.fixture
def team():
    return a_team()


@pytest.fixture
def coordinator(team):
    return a_user("coordinator", team)


def a_bbl(team, start=date(2026, 8, 1), user=None, leerweg="BBL", **programme):
    """An enrolment without a place."""
    student = a_student(user=user)
    return Enrolment.objects.create(
        student=student,
        programme=a_programme(leerweg, team, **programme),
        group="VZ3B26",
        cohort=start.year,
        start=start,
        end=date(start.year + 3, 7, 31),
    )


def a_place(enrolment, **fields):
    return a_placement(student=enrolment.student, programme=enrolment.programme, **fields)


def places(user, today=TODAY):
    return dict(without_place.of(user, today).values_list("pk", "place"))


def test_bbl_01_an_enrolment_needs_no_leerbedrijf(team, coordinator):
    enrolment = a_bbl(team)
    assert places(coordinator) == {enrolment.pk: "geen"}


def test_on_the_list_until_everybody_signed_a_pok_for_the_kwalificatie(team, coordinator):
    none, planned, unsigned, signed, only_keuzedelen, withdrawn, cancelled = (a_bbl(team) for _number in range(7))
    a_place(planned)
    a_pok(a_place(unsigned), {"student": TODAY, "company": TODAY})
    a_pok(a_place(signed), signed_by_all(TODAY))
    a_pok(a_place(only_keuzedelen), signed_by_all(TODAY), kind="keuzedeel")
    a_pok(a_place(withdrawn), signed_by_all(TODAY), withdrawn_on=TODAY, withdrawn_reason="Fout")
    a_pok(a_place(cancelled, state="cancelled", reason="Stopt"), signed_by_all(TODAY))
    assert places(coordinator) == {
        none.pk: "geen",
        planned.pk: "plek",
        unsigned.pk: "pok",
        only_keuzedelen.pk: "plek",
        withdrawn.pk: "plek",
        cancelled.pk: "geen",
    }


def test_a_bpv_that_is_over_is_no_place(team, coordinator):
    enrolment = a_bbl(team)
    placement = a_place(enrolment, end=TODAY)
    a_pok(placement, signed_by_all(date(2026, 8, 20)))
    assert (places(coordinator), places(coordinator, TODAY + timedelta(days=1))) == ({}, {enrolment.pk: "geen"})


@pytest.mark.parametrize(("today", "listed"), [(date(2026, 3, 31), False), (date(2026, 4, 1), True)])
def test_bbl_02_on_the_list_from_1_april_before_the_start(team, coordinator, today, listed):
    a_bbl(team)
    assert bool(places(coordinator, today)) == listed


@pytest.mark.parametrize(("today", "listed"), [(date(2029, 7, 31), True), (date(2029, 8, 1), False)])
def test_off_the_list_when_the_enrolment_is_over(team, coordinator, today, listed):
    a_bbl(team)
    assert bool(places(coordinator, today)) == listed


def test_bol_is_not_on_the_list_unless_a_search_runs(team, coordinator):
    a_bbl(team, leerweg="BOL")
    replaced = a_bbl(team, leerweg="BOL")
    a_search(replaced, kind="replacement")
    assert places(coordinator) == {replaced.pk: "geen"}


def test_only_the_own_teams(team, coordinator):
    a_bbl(a_team())
    assert places(coordinator) == {}


@pytest.mark.parametrize(
    ("today", "state", "word"),
    [
        (date(2026, 9, 30), "coming", "er is nog tijd"),
        (date(2026, 10, 1), "soon", "let op: geen getekende POK"),
        (date(2026, 11, 1), "soon", "dringend"),
        (date(2026, 12, 1), "soon", "zeer dringend"),
        (date(2026, 12, 15), "soon", "laatste weken"),
        (date(2026, 12, 31), "soon", "laatste weken"),
        (date(2027, 1, 1), "missed", "31 december is voorbij"),
    ],
)
def test_bbl_03_the_words_become_stronger(client, team, coordinator, today, state, word):
    a_bbl(team)
    client.force_login(coordinator)
    with clock.moved(today):
        [row] = client.get(URL).context["page"]
    assert (row.state, row.word) == (state, word)


def test_t4b_a_february_starter_counts_from_the_next_1_october(client, team, coordinator):
    a_bbl(team, start=date(2027, 2, 1))
    client.force_login(coordinator)
    with clock.moved(date(2027, 2, 15)):
        [row] = client.get(URL).context["page"]
    assert (row.state, row.word) == ("coming", "telt mee vanaf vr 1 okt 2027")


def test_filters_and_counts(client, team, coordinator):
    searched, alone, placed = a_bbl(team), a_bbl(team), a_bbl(team)
    a_place(placed)
    at = clock.at(TODAY)
    a_search(searched, agreements="Samen", student_agreed_at=at, school_agreed_at=at)
    client.force_login(coordinator)

    def listed(**query):
        return {row.enrolment.pk for row in client.get(URL, query).context["page"]}

    assert [view.count for view in client.get(URL).context["views"]] == [3, 2, 0, 1, 0]
    assert (listed(zoek="afspraken"), listed(plek="plek")) == ({searched.pk}, {placed.pk})
    assert (listed(q=alone.student.number), listed(team="0", zoek="x")) == (
        {alone.pk},
        {searched.pk, alone.pk, placed.pk},
    )


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_of_the_list(client, team, coordinator, count, django_assert_num_queries):
    for _number in range(count):
        search = a_search(a_bbl(team))
        searching.add_step(search=search, by=coordinator, on=TODAY, text="Gebeld")
    client.force_login(coordinator)
    client.get(URL)  # the first page of a session writes the session
    with django_assert_num_queries(8):
        assert len(client.get(URL).context["page"]) == count


def test_the_list_as_a_file(client, team, coordinator):
    search = a_search(a_bbl(team))
    searching.add_step(search=search, by=coordinator, on=TODAY, text="=Gebeld met drie bedrijven")
    client.force_login(coordinator)
    answer = client.post(f"{URL}exporteren/", {"vorm": "csv"})
    line = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()[1]
    assert line.split(";")[5:] == [
        "geen plek",
        "zoekt, zonder afspraken",
        "2026-12-31",
        "2027-01-01",
        "",
        "'=Gebeld met drie bedrijven",
        "2026-11-24",
    ]


def test_opening_twice_is_one_search(client, team, coordinator):
    enrolment = a_bbl(team)
    client.force_login(coordinator)
    answers = [client.post(f"{URL}{enrolment.pk}/zoeken/").headers["Location"] for _click in range(2)]
    search = Search.objects.get()
    assert answers == [f"/zoeken/{search.pk}/"] * 2
    assert (search.kind, search.opened_on, search.opened_by_id) == ("without", TODAY, coordinator.pk)


@pytest.mark.django_db(transaction=True)
def test_eight_people_at_the_same_moment_open_one_search(team, coordinator):
    enrolment = a_bbl(team)

    def click(_number):
        try:
            return services.open_search(enrolment=enrolment, kind="without", by=coordinator, on=TODAY).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        opened = set(pool.map(click, range(8)))
    assert opened == {Search.objects.get().pk}
    assert AuditEvent.objects.filter(event="search_opened").count() == 1


def test_s3_2_d_a_search_after_a_bpv_that_ended_knows_which(team, coordinator):
    placement = a_place(a_bbl(team))
    search = services.open_search(
        enrolment=placement.enrolment, kind="replacement", by=coordinator, on=TODAY, reason="Failliet", after=placement
    )
    assert (search.after_id, search.kind, search.reason) == (placement.pk, "replacement", "Failliet")
    assert AuditEvent.objects.get(event="search_opened").dossier == placement.pk


def test_s3_2_a_student_and_school_write_down_what_they_did(client, team, coordinator):
    student = a_user()
    search = a_search(a_bbl(team, user=student))
    for user, text in (
        (coordinator, "Drie bedrijven gebeld"),
        (student, "Gesolliciteerd"),
        (a_user("manager", team), "x"),
    ):
        client.force_login(user)
        client.post(f"/zoeken/{search.pk}/stap/", {"on": "2026-11-23", "text": text})
    assert list(search.steps.values_list("by", "text")) == [
        (coordinator.pk, "Drie bedrijven gebeld"),
        (student.pk, "Gesolliciteerd"),
    ]


def test_a_step_is_not_to_come_and_says_something(client, team, coordinator):
    search = a_search(a_bbl(team))
    client.force_login(coordinator)
    answer = client.post(f"/zoeken/{search.pk}/stap/", {"on": "2026-11-25", "text": ""})
    assert answer.context["form"].errors == {
        "on": ["Deze datum ligt in de toekomst."],
        "text": ["Dit veld is verplicht."],
    }


def agreed(search, coordinator, student):
    search = searching.write_agreements(
        search=search, by=coordinator, text="Elke week bellen\nSamen naar SBB", today=TODAY
    )
    seen = searching.digest(search)
    searching.agree(search=search, by=student, seen=seen, today=TODAY)
    return searching.agree(search=search, by=coordinator, seen=seen, today=TODAY)


def test_s3_2_b_the_addendum_with_both_moments(client, team, coordinator):
    student = a_user()
    search = a_search(a_bbl(team, user=student))
    client.force_login(coordinator)
    client.post(f"/zoeken/{search.pk}/afspraken/", {"text": "Elke week bellen\r\nSamen naar SBB"})
    search.refresh_from_db()
    assert (search.student_agreed_at, search.school_agreed_at) == (None, None)
    mail = OutboxMail.objects.get(kind="search_agreements")
    [page] = [line for line in mail.body.splitlines() if "/link/" in line]
    assert (mail.to, page.partition("/link/")[2]) == (search.enrolment.student.email, f"?next=/zoeken/{search.pk}/")
    for user in (student, coordinator):
        client.force_login(user)
        seen = client.get(f"/zoeken/{search.pk}/").context["seen"]
        client.post(f"/zoeken/{search.pk}/akkoord/", {"gezien": seen})
    search.refresh_from_db()
    assert (search.student_agreed_at, search.school_agreed_at, search.school_agreed_by_id) == (
        clock.at(TODAY),
        clock.at(TODAY),
        coordinator.pk,
    )
    assert list(AuditEvent.objects.filter(event="search_agreed").order_by("pk").values_list("data", flat=True)) == [
        {"party": "student"},
        {"party": "school"},
    ]


def test_d06_is_accessible_and_says_who_agreed_when(client, team, coordinator, tmp_path):
    student = a_user()
    search = agreed(a_search(a_bbl(team, user=student)), coordinator, student)
    content = documents.read(search.addendum)
    path = tmp_path / "afspraken.pdf"
    path.write_bytes(content)
    read = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    wanted = [
        search.enrolment.student.full_name,
        search.enrolment.student.number,
        "Elke week bellen",
        "Samen naar SBB",
        "do 31 dec 2026",
        "vr 1 jan 2027",
        f"{coordinator.full_name}: di 24 nov 2026, 12.00 uur",
        "pagina 1 van 1",
    ]
    assert [word for word in wanted if word not in read] == []
    with pikepdf.open(BytesIO(content)) as pdf, pdf.open_metadata() as metadata:
        assert (metadata["pdfuaid:part"], metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("1", "3", "A")
    client.force_login(student)
    assert client.get(f"/zoeken/{search.pk}/addendum/").content == content


@pytest.mark.parametrize(("day", "first"), [(date(2027, 7, 31), date(2027, 1, 1)), (date(2027, 8, 1), None)])
def test_the_document_names_the_decision_in_the_first_school_year_only(team, day, first):
    search = a_search(a_bbl(team), agreements="Elke week bellen")
    assert searching.Addendum.of(search, day).decision_from == first


def test_another_text_asks_both_again_and_an_old_page_agrees_with_nothing(team, coordinator):
    student = a_user()
    search = agreed(a_search(a_bbl(team, user=student)), coordinator, student)
    seen = searching.digest(search)
    search = searching.write_agreements(search=search, by=coordinator, text="Iets anders", today=TODAY)
    assert (search.student_agreed_at, search.school_agreed_at, search.school_agreed_by) == (None, None, None)
    with pytest.raises(ValidationError) as refused:
        searching.agree(search=search, by=student, seen=seen, today=TODAY)
    assert refused.value.messages == ["De afspraken zijn intussen gewijzigd. Lees ze opnieuw."]
    assert OutboxMail.objects.filter(kind="search_agreements").count() == 2


def test_a_party_agrees_once(team, coordinator):
    student = a_user()
    search = agreed(a_search(a_bbl(team, user=student)), coordinator, student)
    with pytest.raises(ValidationError) as refused:
        searching.agree(search=search, by=student, seen=searching.digest(search), today=TODAY)
    assert refused.value.messages == ["Dit akkoord is al gegeven."]


@pytest.mark.parametrize(
    ("today", "status"),
    [(date(2026, 12, 31), 200), (date(2027, 1, 1), 302), (date(2027, 7, 31), 302), (date(2027, 8, 1), 200)],
)
def test_bbl_04_a_decision_from_1_january_of_the_first_year_only(client, team, coordinator, today, status):
    search = a_search(a_bbl(team))
    client.force_login(coordinator)
    with clock.moved(today):
        given = {"decision": "end", "on": f"{today:%Y-%m-%d}", "reason": "Geen plek gevonden"}
        answer = client.post(f"/zoeken/{search.pk}/besluit/", given)
    search.refresh_from_db()
    assert (answer.status_code, search.decision) == (status, "end" if status == 302 else "")
    if status == 200:
        message = "Dit besluit kan alleen in het eerste schooljaar, van vr 1 jan 2027 tot en met za 31 jul 2027."
        assert answer.context["form"].errors == {"on": [message]}


def test_bbl_04_the_decision_is_a_persons_and_changes_no_enrolment(team, coordinator):
    enrolment = a_bbl(team)
    search = searching.decide(
        search=a_search(enrolment), by=coordinator, on=date(2027, 1, 11), decision="end", reason="Geen plek"
    )
    enrolment.refresh_from_db()
    assert (search.decided_by, search.decision_reason, enrolment.end) == (coordinator, "Geen plek", date(2029, 7, 31))


def test_bbl_04_keeping_can_later_become_ending_and_ending_is_final(team, coordinator):
    search = a_search(a_bbl(team))
    how = {"search": search, "by": coordinator, "reason": "x"}
    searching.decide(on=date(2027, 1, 4), decision="keep", **how)
    assert searching.decide(on=date(2027, 1, 11), decision="end", **how).decided_on == date(2027, 1, 11)
    with pytest.raises(ValidationError) as refused:
        searching.decide(on=date(2027, 1, 12), decision="keep", **how)
    assert refused.value.messages == ["Er is al besloten dat de inschrijving eindigt."]


@pytest.mark.parametrize(
    ("today", "state", "word"),
    [
        (date(2027, 3, 8), "soon", "begeleiding tot en met ma 8 mrt 2027"),
        (date(2027, 3, 9), "late", "begeleiding tot en met ma 8 mrt 2027 is voorbij"),
    ],
)
def test_bbl_05_eight_weeks_of_help_after_the_decision(client, team, coordinator, today, state, word):
    search = a_search(a_bbl(team))
    searching.decide(search=search, by=coordinator, on=date(2027, 1, 11), decision="end", reason="Geen plek")
    client.force_login(coordinator)
    with clock.moved(today):
        [row] = client.get(URL).context["page"]
    assert (row.state, row.word, row.support_until) == (state, word, date(2027, 3, 8))


def test_a_found_place_stays_on_the_list_until_the_search_is_closed(client, team, coordinator):
    enrolment = a_bbl(team)
    search = a_search(enrolment)
    a_pok(a_place(enrolment), signed_by_all(TODAY))
    client.force_login(coordinator)
    [row] = client.get(URL).context["page"]
    assert row.word == "plek gevonden: rond de zoektocht af"
    client.post(f"/zoeken/{search.pk}/afronden/", {"result": "placed", "on": "2026-11-24"})
    assert list(client.get(URL).context["page"]) == []
    search.refresh_from_db()
    assert (search.closed_on, search.result) == (TODAY, "placed")


def test_what_is_closed_does_not_change(team, coordinator):
    search = a_search(a_bbl(team))
    searching.close(search=search, by=coordinator, on=TODAY, result="stopped")
    for deed in (
        lambda: searching.add_step(search=search, by=coordinator, on=TODAY, text="x"),
        lambda: searching.write_agreements(search=search, by=coordinator, text="x", today=TODAY),
        lambda: searching.consult_sbb(search=search, by=coordinator, on=TODAY),
        lambda: searching.close(search=search, by=coordinator, on=TODAY, result="placed"),
    ):
        with pytest.raises(ValidationError) as refused:
            deed()
        assert refused.value.messages == ["Deze zoektocht is afgerond."]
    assert SearchStep.objects.count() == 0


def test_sbb_was_asked(client, team, coordinator):
    search = a_search(a_bbl(team))
    client.force_login(coordinator)
    client.post(f"/zoeken/{search.pk}/sbb/", {"on": "2026-11-20"})
    search.refresh_from_db()
    assert search.sbb_consulted_on == date(2026, 11, 20)


def test_the_three_parts_of_the_funding_rule_on_the_page(client, team, coordinator):
    enrolment = a_bbl(team)
    search = a_search(enrolment)
    placement = a_place(enrolment)
    a_pok(placement, signed_by_all(date(2026, 8, 20)))
    client.force_login(coordinator)
    verdict = client.get(f"/zoeken/{search.pk}/").context["verdict"]
    assert [(reason.met, reason.text) for reason in verdict.reasons] == [
        (True, "ingeschreven op do 1 okt 2026"),
        (True, "POK getekend op do 20 aug 2026"),
        (True, "in de praktijk op do 31 dec 2026"),
    ]
    Placement.objects.filter(pk=placement.pk).update(state="ended", ended_on=date(2026, 12, 30), reason="x")
    verdict = client.get(f"/zoeken/{search.pk}/").context["verdict"]
    assert [reason.met for reason in verdict.reasons] == [True, True, False]


def test_who_sees_a_search(client, team, coordinator):
    student = a_user()
    search = a_search(a_bbl(team, user=student))
    people = [coordinator, a_user("teacher", team), a_user("manager", team), student, a_user("coordinator"), a_user()]
    people.append(a_user("administration", team))
    found = []
    for user in people:
        client.force_login(user)
        found.append(client.get(f"/zoeken/{search.pk}/").status_code)
    assert found == [200, 200, 200, 200, 404, 404, 404]


def test_a_student_does_not_see_the_reason_of_the_decision_nor_the_funding(client, team, coordinator):
    student = a_user()
    search = a_search(a_bbl(team, user=student))
    searching.decide(search=search, by=coordinator, on=date(2027, 1, 11), decision="end", reason="Interne onderbouwing")
    client.force_login(student)
    page = client.get(f"/zoeken/{search.pk}/").content.decode()
    assert [word for word in ("Interne onderbouwing", "bekostiging") if word in page] == []


def test_the_own_search_stands_on_vandaag(client, team):
    with_place, without = a_user(), a_user()
    enrolment = a_bbl(team, user=with_place)
    a_place(enrolment)
    searches = [a_search(enrolment), a_search(a_bbl(team, user=without))]
    for user, search in zip((with_place, without), searches, strict=True):
        client.force_login(user)
        assert f'href="/zoeken/{search.pk}/"' in client.get("/").content.decode()
