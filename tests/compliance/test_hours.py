"""The page of hours: planned from the POK, realised, absent, to go, against the norm; who reads and decides what."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements import ending
from agreements.models import Kind, Signature
from agreements.spans import spans_of
from bpv.core import clock
from bpv.core.models import AuditEvent, Holiday
from compliance.hours import Hours
from placements import timesheet
from placements.models import HoursDecision, HoursWeek
from standards.hours import split_hours
from standards.hours_answers import Funding
from tests.builders import a_placement, a_pok, a_programme, a_student, a_user, a_week, signed_by_all
from tests.visits.held import logged_in

pytestmark = pytest.mark.django_db
START, END = date(2026, 8, 31), date(2027, 2, 26)
TODAY = date(2026, 11, 20)
MONDAY = date(2026, 9, 7)


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


def placed(leerweg="BOL", complete_on=START - timedelta(days=7), **fields):
    """A placement with a POK that everybody signed on a day; without one when that is None."""
    programme = fields.pop("programme", None) or a_programme(leerweg, registers_hours=True)
    student = fields.pop("student", None) or a_student(user=a_user())
    placement = a_placement(programme=programme, student=student, **fields)
    if complete_on:
        a_pok(placement, signed=signed_by_all(complete_on))
    return placement


def page(placement, more=""):
    return f"/plaatsingen/{placement.number}/uren/{more}"


def figures(tally):
    return tally.planned, tally.confirmed, tally.counted, tally.waiting, tally.absent, tally.unexcused, tally.to_go


def test_planned_from_the_pok_by_school_year_realised_absent_and_to_go():
    placement = placed("BBL", start=date(2026, 8, 31), end=date(2027, 12, 31), hours_total=1400)
    placement.poks.update(hours_by_year={"2026-2027": 900, "2027-2028": 500})
    a_week(placement, MONDAY, {0: 8, 1: 8, 2: (8, "sick")}, state="confirmed")
    a_week(placement, MONDAY + timedelta(days=7), {0: 8, 1: (4, "unexcused")}, state="handed_in")
    a_week(placement, MONDAY + timedelta(days=14), {0: 8}, state="draft")
    found = Hours(placement, TODAY)
    assert {year: figures(tally) for year, tally in found.sheet.years.items()} == {
        "2026-2027": (900, 16, 16, 8, 8, 4, 884),
        "2027-2028": (500, 0, 0, 0, 0, 0, 500),
    }
    assert [(norm.year, norm.needed, norm.planned, norm.made) for norm in found.norms] == [
        ("2026-2027", 610, 900, 16),
        ("2027-2028", 306, 500, 0),
    ]
    text = logged_in(placement.teacher).get(page(placement)).content.decode()
    assert "WEB art. 7.2.7 lid 4, geldt vanaf do 1 aug 2024" in text


def test_without_a_pok_planned_comes_from_the_placement_and_nothing_counts():
    placement = placed(complete_on=None)
    a_week(placement, MONDAY, {0: 8}, state="confirmed")
    total = Hours(placement, TODAY).sheet.total
    assert (total.planned, total.confirmed, total.lost, total.counted) == (600, 8, 8, 0)
    text = logged_in(placement.teacher).get(page(placement)).content.decode()
    assert "Er is geen geldige POK: deze uren tellen niet mee." in text
    assert "<b>telt niet mee</b>" in text


def test_g_06_a_pok_that_somebody_has_not_signed_is_not_valid_yet():
    placement = placed()
    Signature.objects.filter(party="company").delete()
    a_week(placement, MONDAY, {0: 8}, state="confirmed")
    assert Hours(placement, TODAY).sheet.total.lost == 8
    text = logged_in(placement.teacher).get(page(placement)).content.decode()
    assert "De POK is nog niet door iedereen getekend: deze uren tellen niet mee." in text


def test_t3_days_before_a_late_pok_wait_for_the_coordinator_and_another_pok_asks_again():
    placement = placed(complete_on=date(2026, 9, 9))
    a_week(placement, MONDAY, {0: 8, 1: 8, 2: 8}, state="confirmed")
    coordinator = a_user("coordinator", placement.team)
    client, address = logged_in(coordinator), page(placement, "besluit/pok/")
    assert (Hours(placement, TODAY).sheet.total.risk, Hours(placement, TODAY).sheet.total.counted) == (16, 8)
    text = client.get(page(placement)).content.decode()
    assert "16 uur telt mogelijk niet mee: de POK was pas op wo 9 sep 2026 door iedereen getekend." in text
    refused = client.post(address, {"answer": "counts", "text": ""})
    assert dict(refused.context["form"].errors) == {"text": ["Dit veld is verplicht."]}
    for _time in range(2):
        assert client.post(address, {"answer": "counts", "text": "De handtekening lag bij de post."}).status_code == 302
    assert HoursDecision.objects.get().before == date(2026, 9, 9)
    assert AuditEvent.objects.get(event="hours_decided").data == {
        "kind": "uren voordat de POK compleet was",
        "answer": "deze uren tellen mee",
    }
    assert Hours(placement, TODAY).sheet.total.counted == 24
    Signature.objects.filter(party="school").update(signed_on=date(2026, 9, 10))
    assert Hours(placement, TODAY).sheet.total.risk == 24
    assert logged_in(placement.teacher).get(address).status_code == 403


@pytest.mark.parametrize(
    ("leerweg", "complete_on", "risk", "decides"),
    [
        ("BOL", date(2026, 8, 31), 0, 404),
        ("BOL", date(2026, 9, 1), 8, 200),
        ("BBL", date(2026, 9, 13), 0, 404),  # the Sunday of the second week
        ("BBL", date(2026, 9, 14), 16, 200),
    ],
)
def test_t3_s5_bbl_a_pok_completed_within_the_second_week_is_in_time(leerweg, complete_on, risk, decides):
    placement = placed(leerweg, complete_on=complete_on)
    a_week(placement, START, {0: 8, 1: 8}, state="confirmed")
    total = Hours(placement, TODAY).sheet.total
    assert (total.risk, total.counted) == (risk, 16 - risk)
    coordinator = a_user("coordinator", placement.team)
    assert logged_in(coordinator).get(page(placement, "besluit/pok/")).status_code == decides


@pytest.mark.parametrize("complete_on", [None, START - timedelta(days=1), START])
def test_t3_there_is_nothing_to_decide_about_a_pok_that_is_not_complete_or_was_in_time(complete_on):
    placement = placed(complete_on=complete_on)
    coordinator = a_user("coordinator", placement.team)
    assert logged_in(coordinator).get(page(placement, "besluit/pok/")).status_code == 404


def test_an_addendum_that_everybody_signed_gives_the_end_and_the_hours():
    placement = placed(end=date(2027, 1, 29))
    main = placement.poks.get()
    more = {"kind": Kind.ADDENDUM, "belongs_to": main, "version": 2}
    addendum = a_pok(placement, **more)
    addendum.end, addendum.hours_total, addendum.hours_by_year = END, 700, {"2026-2027": 700}
    addendum.save()
    assert (spans_of([placement], TODAY)[placement.pk].end, Hours(placement, TODAY).sheet.total.planned) == (
        date(2027, 1, 29),
        600,
    )
    for party, day in signed_by_all(date(2026, 11, 2)).items():
        Signature.objects.create(pok=addendum, party=party, method="imported", signed_on=day, signer=party)
    span = spans_of([placement], TODAY)[placement.pk]
    assert (span.end, span.complete_on) == (END, START - timedelta(days=7))
    assert Hours(placement, TODAY).sheet.total.planned == 700


def test_uur_02_a_bol_counts_both_placements_of_the_enrolment_over_two_years():
    first = placed(complete_on=date(2025, 8, 20), start=date(2025, 9, 1), end=date(2026, 1, 30), hours_total=400)
    second = placed(programme=first.programme, student=first.student, hours_total=520)
    elsewhere = placed(student=first.student)
    for number in range(12):
        a_week(first, date(2025, 9, 1) + timedelta(days=7 * number), dict.fromkeys(range(4), 8), state="confirmed")
    a_week(second, MONDAY, {0: 8, 1: 8}, state="confirmed")
    a_week(elsewhere, MONDAY, {0: 8, 1: 8}, state="confirmed")
    (norm,) = Hours(second, TODAY).norms
    assert (norm.year, norm.needed, norm.planned, norm.made, norm.is_over) == ("", 900, 920, 400, False)
    text = logged_in(second.teacher).get(page(second)).content.decode()
    assert "De wet vraagt 900 uur; 400 uur is bevestigd en telt mee, 920 uur is gepland." in text
    assert "WEB art. 7.2.7 lid 3, voor cohorten vanaf 2014" in text
    first.enrolment.end = date(2026, 11, 1)
    first.enrolment.save()
    second.enrolment.refresh_from_db()
    assert Hours(second, TODAY).answer.funding is Funding.SHORT


def test_bbl_11_a_school_year_of_a_bbl_is_asked_once_over_all_placements_of_the_enrolment():
    """A keuzedeel elsewhere (KZD-05), and a bpv that follows on the first."""
    first = placed("BBL", end=date(2027, 1, 29), hours_total=320)
    same = {"programme": first.programme, "student": first.student}
    keuzedeel = placed(start=date(2026, 11, 2), hours_total=60, **same)
    placed(start=date(2027, 2, 1), end=date(2027, 7, 31), hours_total=380, **same)
    placed(state="cancelled", reason="Ging niet door", complete_on=None, hours_total=90, **same)
    for number in range(10):
        a_week(first, START + timedelta(days=7 * number), dict.fromkeys(range(4), 8), state="confirmed")
    a_week(keuzedeel, date(2026, 11, 2), {0: 8}, state="confirmed")
    after = date(2027, 3, 1)
    found = [(norm.year, norm.needed, norm.planned, norm.made, norm.is_over) for norm in Hours(first, after).norms]
    assert found == [("2026-2027", 610, 760, 328, False)]
    assert [Hours(one, after).answer.funding for one in (first, keuzedeel)] == [Funding.RUNNING] * 2
    assert Hours(first, date(2027, 8, 2)).answer.funding is Funding.SHORT


def test_an_entree_has_no_norm():
    placement = placed(programme=a_programme(level=1, years=1, registers_hours=True))
    assert (Hours(placement, TODAY).norms, Hours(placement, TODAY).answer.funding) == ([], Funding.NO_NORM)
    text = logged_in(placement.teacher).get(page(placement)).content.decode()
    assert "Voor deze opleiding geeft de wet geen aantal bpv-uren." in text


def test_uur_03_three_answers_in_place_of_one_red_mark():
    placement = placed("BBL", start=date(2026, 8, 31), end=date(2026, 9, 25), hours_total=100)
    for number in range(4):
        a_week(placement, START + timedelta(days=7 * number), {0: 8, 1: 8}, state="confirmed")
    client = logged_in(placement.teacher)

    def said():
        return [(one.about, one.word) for one in client.get(page(placement)).context["hours"].answers]

    assert [norm.needed for norm in Hours(placement, TODAY).norms] == [53]
    assert said() == [
        ("Bekostiging", "norm gehaald"),
        ("Contract (POK)", "minder dan afgesproken"),
        ("Examinering", "nog vast te leggen"),
    ]
    agreed = {"answer": "yes", "text": "Geen uren inhalen."}
    assert client.post(page(placement, "besluit/beoordeelbaar/"), agreed).status_code == 302
    assert said()[2] == ("Examinering", "te beoordelen")
    text = client.get(page(placement)).content.decode()
    assert "Het leerbedrijf mag de student aan die uren houden. Het is geen plicht." in text
    assert '"is-late"' not in text


@pytest.mark.parametrize(
    ("complete_on", "signed", "ended_on", "contract", "exam"),
    [
        (START, True, None, "De uren van de POK zijn gemaakt.", "alle uren gemaakt"),
        (date(2026, 9, 2), True, None, "De uren van de POK zijn gemaakt.", "nog vast te leggen"),
        (
            START,
            True,
            date(2026, 9, 15),
            "De uren die tot de laatste dag gepland waren, zijn gemaakt.",
            "nog vast te leggen",
        ),
        (
            START,
            True,
            date(2026, 9, 22),
            "Er zijn 3 uur minder gemaakt dan er tot de laatste dag gepland waren.",
            "nog vast te leggen",
        ),
        (
            START,
            False,
            None,
            "Zonder POK die iedereen heeft getekend, is er met het leerbedrijf niets afgesproken over uren.",
            "nog vast te leggen",
        ),
    ],
)
def test_uur_03_the_contract_in_words(complete_on, signed, ended_on, contract, exam):
    early = {"state": "ended", "ended_on": ended_on, "reason": "Gestopt"} if ended_on else {}
    hours = 62 if early else 48
    placement = placed(complete_on=complete_on, end=date(2026, 9, 27), hours_total=hours, **early)
    if not signed:
        Signature.objects.filter(party="company").delete()
    for number in range(3):
        a_week(placement, START + timedelta(days=7 * number), {0: 8, 1: 8}, state="confirmed")
    _funding, about, examined = Hours(placement, TODAY).answers
    assert (about.text, examined.word) == (contract, exam)


def test_uur_05_the_manager_records_it_and_outsiders_do_not_read_why():
    placement = placed()
    manager = a_user("manager", placement.team)
    sent = {"answer": "extend", "text": "Onderdeel B1-K2 is niet gedaan."}
    assert logged_in(manager).post(page(placement, "besluit/onderdelen/"), sent).status_code == 302
    assert logged_in(placement.teacher).get(page(placement, "besluit/onderdelen/")).status_code == 403
    texts = {
        who: logged_in(user).get(page(placement)).content.decode()
        for who, user in (("student", placement.student.user), ("coordinator", a_user("coordinator", placement.team)))
    }
    assert {who: "De bpv wordt verlengd" in text for who, text in texts.items()} == dict.fromkeys(texts, True)
    assert {who: "Onderdeel B1-K2" in text for who, text in texts.items()} == {"student": False, "coordinator": True}
    assert {who: "Verlenging plannen" in text for who, text in texts.items()} == {"student": False, "coordinator": True}


def test_uur_05_the_longer_bpv_is_planned_from_what_is_known():
    placement = placed()
    coordinator = a_user("coordinator", placement.team)
    sent = {"answer": "extend", "text": "Onderdeel B1-K2 is niet gedaan."}
    client = logged_in(coordinator)
    client.post(page(placement, "besluit/onderdelen/"), sent)
    shown = client.get(page(placement))
    planning = client.get(shown.context["following"])
    filled = {name: str(planning.context["form"][name].value()) for name in ("enrolment", "location", "start")}
    after = str(placement.last_day + timedelta(days=1))
    assert filled == {"enrolment": str(placement.enrolment_id), "location": str(placement.location_id), "start": after}
    assert shown.context["following"].replace("&", "&amp;") in shown.content.decode()


def test_a_correction_that_waits_leaves_the_confirmed_version_in_the_count():
    placement = placed()
    a_week(placement, MONDAY, {0: 8}, state="confirmed")
    a_week(placement, MONDAY, {0: 6}, version=2, reason="Eerder weg")
    total = Hours(placement, TODAY).sheet.total
    assert (total.confirmed, total.waiting) == (8, 0)
    assert [(week.version, waits) for week, _word, waits in Hours(placement, TODAY).rows] == [(2, True)]


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(address).status_code == 200
    return len(found)


@pytest.mark.parametrize("who", ["student", "teacher"])
def test_the_page_asks_as_many_questions_at_one_week_as_at_three(who):
    placement = placed()
    client = logged_in(placement.teacher if who == "teacher" else placement.student.user)
    a_week(placement, MONDAY, state="confirmed")
    addresses = [page(placement), f"/plaatsingen/{placement.number}/", page(placement, "bevestigen/"), "/"]
    addresses = addresses if who == "teacher" else [addresses[0], addresses[3]]
    one = {address: queries(client, address) for address in addresses}
    for number in (1, 2):
        a_week(placement, MONDAY + timedelta(days=7 * number), state=("confirmed", "handed_in")[number - 1])
    assert {address: queries(client, address) for address in addresses} == one


def test_the_list_as_a_file():
    placement = placed(complete_on=date(2026, 9, 8))
    a_week(placement, MONDAY, {0: "7.5", 1: (8, "sick")}, state="confirmed")
    client = logged_in(placement.teacher)
    answer = client.post(page(placement, "exporteren/"), {"vorm": "csv"})
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")), delimiter=";"))
    by = placement.teacher.full_name
    assert rows[1:] == [
        ["2026-09-07", "37", "7,50", "0,00", "", "", "bevestigd", "telt mogelijk niet mee", by, "1"],
        ["2026-09-08", "37", "0,00", "8,00", "ziek", "", "bevestigd", "", by, "1"],
    ]
    assert AuditEvent.objects.get(event="hours_exported").data == {"count": 2}
    sheet = client.post(page(placement, "exporteren/"), {"vorm": "xlsx"})
    assert b"".join(sheet.streaming_content)[:2] == b"PK"


def test_the_urenverantwoording_is_a_pdf():
    placement = placed()
    a_week(placement, MONDAY, {0: 8, 1: (8, "sick")}, state="confirmed")
    answer = logged_in(placement.supervisor.user or placement.teacher).get(page(placement, "urenverantwoording.pdf"))
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")


def test_the_dossier_shows_the_hours_in_one_line():
    placement = placed()
    a_week(placement, MONDAY, {0: "7.5"}, state="confirmed")
    text = logged_in(placement.teacher).get(f"/plaatsingen/{placement.number}/").content.decode()
    assert "<b>7,5 van 600 uur</b> is bevestigd en telt mee." in text


def test_a_stranger_finds_nothing():
    placement = placed()
    client = logged_in(a_user("coordinator"))
    assert [client.get(page(placement, more)).status_code for more in ("", "2026-w37/", "urenverantwoording.pdf")] == [
        404
    ] * 3


def test_ended_early_is_planned_until_that_day():
    placement = placed(state="ended", ended_on=date(2026, 11, 27), reason="Gestopt")
    assert Hours(placement, date(2026, 12, 1)).sheet.total.planned == 297
    assert Hours(placement, date(2026, 12, 1)).sheet.total.to_go == Decimal(297)


@pytest.mark.parametrize(
    ("leerweg", "fields", "planned"),
    [
        ("BOL", {}, {"2026-2027": 143, "2027-2028": 0}),
        ("BOL", {"in_holidays": True}, {"2026-2027": 159, "2027-2028": 58}),
        ("BBL", {}, {"2026-2027": 159, "2027-2028": 58}),
    ],
)
def test_vak_01_nothing_is_planned_in_the_summer_break_unless_it_was_agreed(leerweg, fields, planned):
    Holiday.objects.create(name="Zomervakantie", first=date(2027, 7, 10), last=date(2027, 8, 22))
    Holiday.objects.create(name="Herfstvakantie", first=date(2027, 10, 16), last=date(2027, 10, 24))
    about = {"start": date(2027, 6, 1), "end": date(2027, 10, 31), "hours_total": 400}
    ended = {"state": "ended", "ended_on": date(2027, 8, 22), "reason": "Gestopt"}
    placement = placed(leerweg, complete_on=None, **about, **fields, **ended)
    sheet = Hours(placement, date(2027, 9, 1)).sheet
    assert {year: tally.planned for year, tally in sheet.years.items()} == planned
    by_year = split_hours(about["start"], about["end"], 400, timesheet.pauses_of(placement))
    a_pok(placement, signed=signed_by_all(date(2027, 5, 3)), hours_by_year=by_year)
    assert ending.hours_until(placement.poks.get(), date(2027, 8, 22)) == sum(planned.values())


@pytest.mark.parametrize(
    ("ended_on", "lost", "counted", "words"),
    [
        (None, 0, 48, ["", "", ""]),
        (date(2026, 11, 17), 0, 48, ["", "", ""]),
        (date(2026, 11, 16), 8, 40, ["telt voor een deel niet mee", "", ""]),
        (date(2026, 11, 6), 32, 16, ["telt niet mee", "telt niet mee", ""]),
    ],
)
def test_g_06_hours_after_the_last_day_of_a_bpv_that_ended_early_do_not_count(ended_on, lost, counted, words):
    placement = placed()
    for number in range(3):
        a_week(placement, date(2026, 11, 2) + timedelta(days=7 * number), {0: 8, 1: 8}, state="confirmed")
    if ended_on:
        placement.state, placement.ended_on, placement.reason = "ended", ended_on, "Gestopt"
        placement.save()
    found = Hours(placement, TODAY)
    total = found.sheet.total
    assert (total.confirmed, total.lost, total.counted) == (48, lost, counted)
    assert [word for _week, word, _waits in found.rows] == words


def test_a_week_after_the_last_day_is_still_read_and_not_written():
    placement = placed(state="ended", ended_on=date(2026, 11, 6), reason="Gestopt")
    a_week(placement, date(2026, 11, 9), {0: 8}, state="confirmed")
    pages = {who: logged_in(who) for who in (placement.student.user, placement.teacher)}
    for client in pages.values():
        codes = [client.get(page(placement, f"2026-w{number}/")).status_code for number in (46, 47)]
        assert codes == [200, 404]
    student = pages[placement.student.user]
    assert student.get(page(placement, "2026-w46/?wijzigen=1")).context["form"] is None
    assert "?wijzigen=1" not in student.get(page(placement, "2026-w46/")).content.decode()
    answer = student.post(page(placement, "2026-w46/"), {"worked_0": "4", "reason": "Fout", "indienen": "1"})
    assert (answer.status_code, HoursWeek.objects.get().worked) == (200, 8)
