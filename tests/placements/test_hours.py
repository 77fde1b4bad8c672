"""Hours by week: entered by the student, confirmed or sent back by the leerbedrijf, corrected in a next version."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from bpv.core import clock
from bpv.core.models import AuditEvent, FreeDay, Holiday, OutboxMail
from placements import hours, hours_asking, timesheet
from placements.hours import DayInput
from placements.models import HoursDecision, HoursWeek
from tests.builders import a_contact, a_placement, a_programme, a_student, a_user, a_week
from tests.visits.held import logged_in

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 16)  # week 47
TODAY = MONDAY + timedelta(days=4)


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


def placed(leerweg="BOL", registers=True, **fields):
    """A placement with somebody on each side who can come in."""
    programme = a_programme(leerweg, registers_hours=registers)
    supervisor = a_user()
    contact = a_contact(user=supervisor, email=supervisor.email)
    return a_placement(programme=programme, supervisor=contact, student=a_student(user=a_user()), **fields)


def page(placement, week="2026-w47"):
    return f"/plaatsingen/{placement.number}/uren/{week}/"


def filled(*worked, **fields):
    values = {f"worked_{index}": hours for index, hours in enumerate(worked)}
    return {"indienen": "1"} | values | fields


def write(placement, *worked, by=None, hand_in=True, today=TODAY, **fields):
    days = [DayInput(MONDAY + timedelta(days=index), Decimal(hours)) for index, hours in enumerate(worked)]
    by = by or placement.student.user
    return hours.write(placement=placement, monday=MONDAY, days=days, hand_in=hand_in, by=by, today=today, **fields)


def worked(week):
    return {day.on.weekday(): day.worked for day in week.days.all()}


# UUR-01


def test_uur_01_without_the_switch_there_is_nothing():
    placement = placed(registers=False)
    client = logged_in(placement.student.user)
    assert client.get(page(placement)).status_code == 404
    assert client.get(f"/plaatsingen/{placement.number}/uren/").status_code == 404
    assert "h-uren" not in client.get(f"/plaatsingen/{placement.number}/").content.decode()
    assert client.get("/").context["hours_to_enter"] == []
    with pytest.raises(ValidationError, match="houdt geen uren bij"):
        write(placement, 8)


def test_uur_01_the_coordinator_switches_it_on_and_the_same_once_more_says_nothing():
    placement = placed(registers=False)
    coordinator = a_user("coordinator", placement.team)
    address = f"/opleidingen/{placement.programme_id}/uren/"
    for _time in range(2):
        assert logged_in(coordinator).post(address, {"registers": "ja"}).status_code == 302
    placement.programme.refresh_from_db()
    assert placement.programme.registers_hours is True
    assert [event.data["answer"] for event in AuditEvent.objects.filter(event="hours_registration_set")] == ["aan"]
    assert logged_in(placement.student.user).get(page(placement)).status_code == 200


# the student enters


def test_a_week_is_kept_with_comma_or_point_then_handed_in():
    placement = placed()
    client = logged_in(placement.student.user)
    draft = {"worked_0": "7,5", "worked_1": "8", "worked_2": "7.75", "bewaren": "1"}
    assert client.post(page(placement), draft).url == page(placement)
    week = HoursWeek.objects.get()
    assert (week.state, worked(week)) == ("draft", {0: Decimal("7.5"), 1: 8, 2: Decimal("7.75")})
    assert [client.get(page(placement)).context["form"][f"worked_{day}"].value() for day in range(4)] == [
        "7,5",
        "8",
        "7,75",
        "",
    ]
    assert client.post(page(placement), filled("7,5", "8", "7.75")).url == f"/plaatsingen/{placement.number}/uren/"
    week.refresh_from_db()
    assert (week.state, week.version, AuditEvent.objects.get(event="hours_handed_in").dossier) == (
        "handed_in",
        1,
        placement.pk,
    )


def test_handing_in_twice_is_handing_in_once():
    placement = placed()
    first = write(placement, 8, 8)
    assert write(placement, 8, 8) == first
    assert (HoursWeek.objects.get().revision, AuditEvent.objects.filter(event="hours_handed_in").count()) == (1, 1)


@pytest.mark.parametrize(
    ("sent", "field", "said"),
    [
        ({"worked_5": "4"}, "worked_5", "Deze dag komt nog."),
        ({"worked_0": "7,3"}, "worked_0", "Vul hele uren of kwartieren in, zoals 7,5 of 7,75."),
        ({"worked_0": "12,25"}, "worked_0", "Op een dag kunnen ten hoogste 12 uur staan."),
        ({"worked_0": "-1"}, "worked_0", "Vul hele uren of kwartieren in, zoals 7,5 of 7,75."),
        ({"worked_0": "acht"}, "worked_0", "Vul een getal in, zoals 7,5."),
        ({"absent_0": "8"}, "absence_0", "Kies waarom je er niet was."),
        ({"absence_0": "sick"}, "absent_0", "Vul in hoeveel uur je er niet was."),
        ({"absent_0": "8", "absence_0": "other"}, "note_0", "Schrijf op waarom je er niet was."),
        (
            {"worked_0": "8", "absent_0": "8", "absence_0": "sick"},
            "worked_0",
            "Op een dag kunnen ten hoogste 12 uur staan.",
        ),
        ({}, "__all__", "Er staat nog niets. Vul je uren in, of waarom je er niet was."),
    ],
)
def test_what_cannot_be_is_said_at_the_field_and_nothing_typed_is_lost(sent, field, said):
    placement = placed()
    answer = logged_in(placement.student.user).post(page(placement), {"indienen": "1"} | sent)
    form = answer.context["form"]
    assert (answer.status_code, dict(form.errors)) == (200, {field: [said]})
    assert {name: form[name].value() for name in sent} == sent
    assert HoursWeek.objects.count() == 0


def test_a_day_outside_the_bpv_is_refused_and_a_week_outside_it_has_no_page():
    placement = placed(start=MONDAY + timedelta(days=1), end=MONDAY + timedelta(days=20))
    client = logged_in(placement.student.user)
    refused = client.post(page(placement), filled("8", "8"))
    assert dict(refused.context["form"].errors) == {"worked_0": ["Deze dag valt buiten de bpv."]}
    assert [client.get(page(placement, week)).status_code for week in ("2026-w46", "2026-w50", "2026-w54")] == [404] * 3


def test_a_day_after_the_bpv_was_ended_is_outside_it():
    placement = placed(state="ended", ended_on=MONDAY + timedelta(days=1), reason="Gestopt")
    with pytest.raises(ValidationError) as fault:
        write(placement, 8, 8, 8)
    assert fault.value.message_dict == {"worked_2": ["Deze dag valt buiten de bpv."]}
    assert write(placement, 8, 8, today=MONDAY + timedelta(days=1)).state == "handed_in"


def test_a_week_is_handed_in_from_its_friday_on():
    placement = placed()
    with pytest.raises(ValidationError, match="nog niet om"):
        write(placement, 8, today=MONDAY + timedelta(days=3))
    assert write(placement, 8, hand_in=False, today=MONDAY + timedelta(days=3)).state == "draft"
    assert write(placement, 8, today=MONDAY + timedelta(days=4)).state == "handed_in"


@pytest.mark.parametrize("kind", ["free", "holiday", "summer"])
def test_vak_01_a_bol_enters_hours_on_a_free_day_only_deliberately(kind):
    last = MONDAY + timedelta(days=6 if kind == "holiday" else 43)
    if kind == "free":
        FreeDay.objects.update_or_create(date=MONDAY, defaults={"name": "Vrije dag"})
    else:
        Holiday.objects.create(name="Vakantie", first=MONDAY, last=last)
    placement = placed()
    client = logged_in(placement.student.user)
    text = client.get(page(placement)).content.decode()
    summer = "Zomervakantie: de bpv ligt dan stil, tenzij anders is afgesproken."
    assert (summer in text) is (kind == "summer")
    refused = client.post(page(placement), filled("8"))
    said = "Deze dag is vrij. Vink aan dat je hier volgens afspraak werkte."
    assert dict(refused.context["form"].errors) == {"deliberate_0": [said]}
    assert client.post(page(placement), filled("8", deliberate_0="on")).status_code == 302
    assert HoursWeek.objects.get().days.get().deliberate is True


@pytest.mark.parametrize(("leerweg", "in_holidays"), [("BBL", False), ("BOL", True)])
def test_vak_01_who_works_through_is_only_told(leerweg, in_holidays):
    Holiday.objects.create(name="Vakantie", first=MONDAY, last=MONDAY + timedelta(days=43))
    placement = placed(leerweg, in_holidays=in_holidays)
    client = logged_in(placement.student.user)
    assert "Zomervakantie" in client.get(page(placement)).content.decode()
    assert client.post(page(placement), filled("8")).status_code == 302


def test_a_week_in_which_a_bol_is_free_is_not_missing():
    Holiday.objects.create(name="Vakantie", first=MONDAY, last=MONDAY + timedelta(days=6))
    placement, bbl = (placed(leerweg, start=MONDAY - timedelta(days=7)) for leerweg in ("BOL", "BBL"))
    assert [week.number for week in timesheet.to_enter(placement, TODAY)] == [46]
    assert [week.number for week in timesheet.to_enter(bbl, TODAY)] == [46, 47]


@pytest.mark.parametrize(
    ("leerweg", "in_holidays", "start", "today", "due", "may"),
    [
        ("BBL", False, date(2026, 8, 1), date(2026, 7, 31), [], False),  # a Saturday
        ("BBL", False, date(2026, 8, 1), date(2026, 8, 1), [], True),
        ("BBL", False, date(2026, 8, 1), date(2026, 8, 7), [32], True),
        ("BOL", True, date(2026, 2, 1), date(2026, 1, 30), [], False),  # a Sunday
        ("BOL", True, date(2026, 2, 1), date(2026, 2, 6), [6], True),
        ("BBL", False, date(2026, 7, 31), date(2026, 7, 31), [31], True),  # a Friday
    ],
)
def test_a_bpv_that_starts_in_a_weekend_asks_no_hours_of_the_week_before(leerweg, in_holidays, start, today, due, may):
    placement = placed(leerweg, start=start, in_holidays=in_holidays)
    assert [week.number for week in timesheet.to_enter(placement, today)] == due
    assert timesheet.may_hand_in(placement, timesheet.monday_of(start), today) is may


def test_a_weekend_that_was_worked_is_handed_in():
    placement = placed("BBL", start=MONDAY - timedelta(days=2))
    monday, sunday = MONDAY - timedelta(days=7), MONDAY - timedelta(days=1)
    about = {"placement": placement, "monday": monday, "by": placement.student.user, "today": TODAY}
    kept = hours.write(days=[DayInput(sunday, Decimal(6))], hand_in=False, **about)
    assert [week.number for week in timesheet.to_enter(placement, TODAY)] == [46, 47]
    assert hours.write(days=[DayInput(sunday, Decimal(6))], hand_in=True, **about) == kept
    assert [week.number for week in timesheet.to_enter(placement, TODAY)] == [47]


def test_like_last_week_fills_in_hours_and_writes_nothing():
    placement = placed()
    a_week(placement, MONDAY - timedelta(days=7), {0: "7.5", 1: ("8", "sick"), 2: 6, 6: 3})
    client = logged_in(placement.student.user)
    form = client.get(f"{page(placement)}?zoals=vorige").context["form"]
    assert [form[f"worked_{day}"].value() for day in range(7)] == ["7,5", "", "6", "", "", "", ""]
    assert [form[f"absent_{day}"].value() for day in range(3)] == ["", "", ""]
    assert HoursWeek.objects.count() == 1


def test_uur_04_absence_is_kept_apart_with_its_ground():
    placement = placed()
    sent = filled("4", absent_0="4", absence_0="sick", absent_1="8", absence_1="unexcused")
    assert logged_in(placement.student.user).post(page(placement), sent).status_code == 302
    week = HoursWeek.objects.get()
    assert (week.worked, week.absent) == (4, 12)
    assert list(week.days.values_list("worked", "absent", "absence")) == [(4, 4, "sick"), (0, 8, "unexcused")]


def test_the_database_refuses_absence_without_a_reason_and_two_open_versions():
    week = a_week(placed(), MONDAY, {})
    with pytest.raises(IntegrityError), transaction.atomic():
        week.days.create(on=MONDAY, absent=8)
    with pytest.raises(IntegrityError), transaction.atomic():
        HoursWeek.objects.create(placement=week.placement, monday=MONDAY, version=2, reason="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        HoursWeek.objects.create(placement=week.placement, monday=MONDAY + timedelta(days=1))


def test_a_closed_dossier_takes_no_hours():
    placement = placed()
    week = write(placement, 8)
    placement.closed_at, placement.closed_by = clock.now(), placement.teacher
    placement.save()
    for deed in (
        lambda: write(placement, 7),
        lambda: hours.confirm(placement=placement, seen={week.pk: 1}, by=placement.supervisor.user),
        lambda: hours.send_back(week=week, reason="x", by=placement.supervisor.user),
        lambda: hours.decide(
            placement=placement, kind="assessable", answer="yes", text="x", by=placement.teacher, today=TODAY
        ),
    ):
        with pytest.raises(ValidationError, match="afgesloten"):
            deed()


def test_control_a_closed_dossier_is_refused_by_its_own_check(monkeypatch):
    placement = placed()
    placement.closed_at, placement.closed_by = clock.now(), placement.teacher
    placement.save()
    monkeypatch.setattr(hours, "refuse_closed", lambda placement: None)
    assert write(placement, 8).state == "handed_in"


# confirmed by the leerbedrijf


def test_the_praktijkopleider_confirms_all_weeks_of_a_month_at_once_by_link():
    placement = placed()
    weeks = [a_week(placement, date(2026, 10, 26) + timedelta(days=7 * number)) for number in range(3)]
    client = logged_in(placement.supervisor.user)
    address = f"/plaatsingen/{placement.number}/uren/bevestigen/"
    assert [len(found) for _first, found in client.get(address).context["months"]] == [1, 2]
    chosen = {"weeks": [f"{week.pk}:{week.revision}" for week in weeks], "maand": "2026-11"}
    for _time in range(2):
        assert client.post(address, chosen).status_code == 302
    assert list(HoursWeek.objects.values_list("state", "way", "settled_by")) == [
        ("handed_in", "", None),
        ("confirmed", "own", placement.supervisor.user_id),
        ("confirmed", "own", placement.supervisor.user_id),
    ]
    assert [event.data for event in AuditEvent.objects.filter(event="hours_confirmed")] == [
        {"weeks": "45, 46", "where": "zelf bevestigd"}
    ]


def test_what_changed_after_it_was_read_is_not_confirmed():
    placement = placed()
    week = write(placement, 8)
    write(placement, 10)
    assert HoursWeek.objects.get().revision == 2
    address = f"/plaatsingen/{placement.number}/uren/bevestigen/"
    answer = logged_in(placement.supervisor.user).post(address, {"weeks": [f"{week.pk}:1"]})
    said = "De student heeft week 47 intussen gewijzigd. Kijk die opnieuw na."
    assert answer.context["form"].non_field_errors() == [said]
    assert HoursWeek.objects.get().state == "handed_in"


def test_a_week_of_another_placement_cannot_be_confirmed_along():
    placement, other = placed(), placed()
    a_week(placement, MONDAY)
    foreign = a_week(other, MONDAY)
    address = f"/plaatsingen/{placement.number}/uren/bevestigen/"
    answer = logged_in(placement.supervisor.user).post(address, {"weeks": [f"{foreign.pk}:1", "x", "1:x"]})
    assert dict(answer.context["form"].errors) == {"weeks": ["Kies ten minste een week."]}
    hours.confirm(placement=placement, seen={foreign.pk: 1}, by=placement.supervisor.user)
    foreign.refresh_from_db()
    assert foreign.state == "handed_in"


def test_who_guides_confirms_when_it_was_heard_in_another_way_and_says_how():
    placement = placed()
    week = a_week(placement, MONDAY)
    client, address = logged_in(placement.teacher), f"/plaatsingen/{placement.number}/uren/bevestigen/"
    refused = client.post(address, {"weeks": [f"{week.pk}:1"]})
    assert dict(refused.context["form"].errors) == {"way": ["Kies hoe het leerbedrijf de uren bevestigde."]}
    with pytest.raises(ValidationError):
        hours.confirm(placement=placement, seen={week.pk: 1}, by=placement.teacher, way="own")
    assert client.post(address, {"weeks": [f"{week.pk}:1"], "way": "phone"}).status_code == 302
    week.refresh_from_db()
    assert (week.state, week.way, week.settled_by) == ("confirmed", "phone", placement.teacher)


def test_a_week_that_is_sent_back_says_why_until_it_is_handed_in_again():
    placement = placed()
    week = write(placement, 8, 8)
    address = f"/uren/{week.pk}/terugsturen/"
    assert logged_in(placement.supervisor.user).post(address, {"reason": "Dinsdag was je er niet."}).status_code == 302
    client = logged_in(placement.student.user)
    assert "Dinsdag was je er niet." in client.get(page(placement)).content.decode()
    assert [due.answer for due in client.get("/").context["hours_to_enter"] if due.number == 47] == [
        "Dinsdag was je er niet."
    ]
    assert write(placement, 8, 4, hand_in=False).state == "sent_back"
    found = write(placement, 8)
    assert (found.pk, found.state, found.answer, found.version) == (week.pk, "handed_in", "", 1)
    refused = logged_in(placement.supervisor.user)
    hours.confirm(placement=placement, seen={week.pk: found.revision}, by=placement.supervisor.user)
    answer = refused.post(address, {"reason": "Toch niet."})
    assert answer.context["form"].non_field_errors() == ["Deze week wacht niet op bevestiging."]


def test_a_confirmed_week_stays_and_a_correction_is_a_next_version_with_its_reason():
    placement = placed()
    week = write(placement, 8, 8)
    hours.confirm(placement=placement, seen={week.pk: 1}, by=placement.supervisor.user)
    client = logged_in(placement.student.user)
    assert client.get(page(placement)).context["form"] is None
    address = f"{page(placement)}?wijzigen=1"
    assert client.get(address).context["form"]["worked_0"].value() == "8"
    refused = client.post(address, filled("8", "6"))
    assert dict(refused.context["form"].errors) == {"reason": ["Dit veld is verplicht."]}
    for _time in range(2):
        assert client.post(address, filled("8", "6", reason="Eerder naar huis.")).status_code == 302
    found = list(HoursWeek.objects.all())
    assert [(one.version, one.state, worked(one)) for one in found] == [
        (1, "confirmed", {0: 8, 1: 8}),
        (2, "handed_in", {0: 8, 1: 6}),
    ]
    assert [one.version for one in timesheet.standing(found)] == [1]
    hours.confirm(placement=placement, seen={found[1].pk: 1}, by=placement.supervisor.user)
    assert [one.version for one in timesheet.standing(HoursWeek.objects.all())] == [2]
    assert len(client.get(page(placement)).context["older"]) == 1


def test_control_without_the_revision_somebody_confirms_what_was_not_read():
    placement = placed()
    week = write(placement, 8)
    write(placement, 10)
    with pytest.raises(ValidationError, match="intussen gewijzigd"):
        hours.confirm(placement=placement, seen={week.pk: 1}, by=placement.supervisor.user)
    HoursWeek.objects.update(revision=1)
    assert hours.confirm(placement=placement, seen={week.pk: 1}, by=placement.supervisor.user) == [week]


def test_uur_01_switched_off_the_weeks_stay_and_their_pages_go():
    placement = placed()
    week = write(placement, 8)
    placement.programme.registers_hours = False
    placement.programme.save()
    client = logged_in(placement.supervisor.user)
    addresses = (page(placement), f"/plaatsingen/{placement.number}/uren/bevestigen/", f"/uren/{week.pk}/terugsturen/")
    assert [client.get(address).status_code for address in addresses] == [404] * 3
    assert (HoursWeek.objects.count(), client.get("/").context["waiting_hours"]) == (1, [])


@pytest.mark.parametrize("who", ["teacher", "supervisor", "stranger"])
def test_only_the_student_writes_hours(who):
    placement = placed()
    people = {"teacher": placement.teacher, "supervisor": placement.supervisor.user, "stranger": a_user("teacher")}
    with pytest.raises(PermissionDenied):
        write(placement, 8, by=people[who])


@pytest.mark.parametrize("who", ["student", "colleague", "manager"])
def test_only_the_leerbedrijf_and_who_guides_confirm(who):
    placement = placed()
    week = write(placement, 8)
    by = (
        placement.student.user if who == "student" else a_user("teacher" if who == "colleague" else who, placement.team)
    )
    with pytest.raises(PermissionDenied):
        hours.confirm(placement=placement, seen={week.pk: 1}, by=by, way="phone")
    with pytest.raises(PermissionDenied):
        hours.send_back(week=week, reason="x", by=by)


# minors


def test_a_minor_who_works_long_is_warned_and_not_stopped():
    student = a_student(user=a_user(), birth_date=date(2009, 12, 1))
    placement = a_placement(programme=a_programme(registers_hours=True), student=student)
    write(placement, "9.5", 8)
    text = logged_in(student.user).get(page(placement)).content.decode()
    assert "Op ma 16 nov staat 9,5 uur; ten hoogste 9." in text
    assert "Op ma 16 nov staat 9,5 uur" in logged_in(placement.teacher).get(page(placement)).content.decode()
    bevestigen = f"/plaatsingen/{placement.number}/uren/bevestigen/"
    assert "Op ma 16 nov staat 9,5 uur" in logged_in(placement.teacher).get(bevestigen).content.decode()


def test_what_was_not_handed_in_is_for_the_student_alone():
    student = a_student(user=a_user(), birth_date=date(2009, 12, 1))
    placement = a_placement(
        programme=a_programme(registers_hours=True), student=student, supervisor=a_contact(user=a_user())
    )
    write(placement, "9.5", 8, hand_in=False)
    overview = f"/plaatsingen/{placement.number}/uren/"
    for reader, shown in ((student.user, 1), (placement.supervisor.user, 0), (placement.teacher, 0)):
        client = logged_in(reader)
        assert (len(client.get(overview).context["rows"]), len(client.get(page(placement)).context["warnings"])) == (
            shown,
            shown,
        )


@pytest.mark.parametrize(
    ("state", "read", "sent"),
    [("draft", 404, 404), ("sent_back", 404, 200), ("handed_in", 200, 302), ("confirmed", 404, 200)],
)
def test_only_a_week_that_waits_is_read_where_it_is_sent_back(state, read, sent):
    placement = placed()
    week = a_week(placement, MONDAY, {0: (8, "sick")}, state=state, note="griep")
    address = f"/uren/{week.pk}/terugsturen/"
    for reader in (placement.supervisor.user, placement.teacher):
        assert logged_in(reader).get(address).status_code == read
    answer = logged_in(placement.supervisor.user).post(address, {"reason": "Dinsdag was je er niet."})
    assert (answer.status_code, "griep" in answer.content.decode()) == (sent, state == "confirmed")


def test_what_was_kept_in_a_week_that_came_back_is_for_the_student_alone():
    placement = placed()
    week = write(placement, 8, 8)
    hours.send_back(week=week, reason="Dinsdag was je er niet.", by=placement.supervisor.user)
    write(placement, "3.25", hand_in=False)
    overview, total = f"/plaatsingen/{placement.number}/uren/", 'class="num" data-label="Gewerkt">3,25'
    readers = {placement.student.user: True, placement.supervisor.user: False, placement.teacher: False}
    for reader, shown in readers.items():
        answer = logged_in(reader).get(overview)
        word = "telt niet mee" if shown else ""
        assert (total in answer.content.decode(), [row[1] for row in answer.context["rows"]]) == (shown, [word])


@pytest.mark.parametrize("sent", ["9" * 5000 + ":1", "1:" + "9" * 5000, "a:b", ":", "\x00:1"])
def test_what_is_no_week_was_not_chosen(sent):
    placement = placed()
    a_week(placement)
    address = f"/plaatsingen/{placement.number}/uren/bevestigen/"
    page = logged_in(placement.supervisor.user).post(address, {"weeks": [sent]})
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["weeks"])


# decisions


@pytest.mark.parametrize(
    ("kind", "answer", "may"),
    [
        ("assessable", "yes", {"coordinator", "teacher"}),
        ("parts", "extend", {"coordinator", "manager"}),
        ("late_pok", "counts", {"coordinator"}),
    ],
)
def test_who_decides_what(kind, answer, may):
    placement = placed()
    people = {role: a_user(role, placement.team) for role in ("coordinator", "manager")}
    people |= {"teacher": placement.teacher, "colleague": a_user("teacher", placement.team)}
    people |= {"student": placement.student.user, "supervisor": placement.supervisor.user}
    before = TODAY if kind == "late_pok" else None
    allowed = set()
    for name, by in people.items():
        try:
            hours.decide(placement=placement, kind=kind, answer=answer, text=name, by=by, today=TODAY, before=before)
        except PermissionDenied:
            continue
        allowed.add(name)
    assert allowed == may


def test_a_decision_stays_and_the_newest_stands():
    placement = placed()
    said = {"placement": placement, "kind": "assessable", "by": placement.teacher, "today": TODAY}
    for answer in ("no", "yes", "yes"):
        hours.decide(answer=answer, text="Vier dagen inhalen.", **said)
    assert list(HoursDecision.objects.values_list("answer", "on")) == [("yes", TODAY), ("no", TODAY)]
    with pytest.raises(ValidationError):
        hours.decide(answer="counts", text="x", **said)
    with pytest.raises(ValidationError):
        hours.decide(answer="no", text="", **said)


# the mail


def test_once_a_month_the_praktijkopleider_is_asked_on_the_first_workday():
    placement = placed()
    second = a_placement(programme=placement.programme, supervisor=placement.supervisor)
    for found in (placement, second):
        a_week(found, MONDAY)
    days = [date(2026, 11, 30) + timedelta(days=number) for number in range(4)]
    assert [hours_asking.ask_waiting(day) for day in days] == [0, 1, 0, 0]
    assert hours_asking.ask_waiting(days[1]) == 0
    sent = OutboxMail.objects.get(kind="hours_asked")
    assert (sent.to, sent.subject) == (placement.supervisor.email, "Wilt u de uren van 2 studenten bevestigen?")
    FreeDay.objects.create(date=date(2027, 1, 1), name="Nieuwjaarsdag")
    assert [hours_asking.ask_waiting(date(2027, 1, day)) for day in (1, 2, 3, 4)] == [0, 0, 0, 1]
    HoursWeek.objects.update(handed_in_at=clock.at(date(2026, 7, 31)))
    assert [hours_asking.ask_waiting(date(2026, 8, day)) for day in (1, 2, 3)] == [0, 0, 1]


def test_the_mail_of_a_day_on_which_nothing_ran_goes_later_about_what_was_in_by_then():
    early, late = placed(), placed()
    for found, handed_in_at in ((early, clock.at(date(2026, 11, 30))), (late, clock.at(date(2026, 12, 1), 0))):
        a_week(found, MONDAY, handed_in_at=handed_in_at)
    days = [date(2026, 12, 2), date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 4)]
    assert [hours_asking.ask_waiting(day) for day in days] == [1, 0, 2, 0]
    sent = list(OutboxMail.objects.filter(kind="hours_asked").order_by("pk").values_list("to", flat=True))
    assert (sent[0], set(sent[1:])) == (early.supervisor.email, {early.supervisor.email, late.supervisor.email})


def test_nobody_is_asked_about_nothing():
    placement, off = placed(), placed()
    a_week(placement, MONDAY, state="confirmed")
    a_week(off, MONDAY)
    off.programme.registers_hours = False
    off.programme.save()
    assert hours_asking.ask_waiting(date(2026, 12, 1)) == 0


# Vandaag


def test_vandaag_says_which_hours_wait():
    placement = placed()
    for number in range(3):
        a_week(placement, MONDAY - timedelta(days=7 * number))
    supervisor = logged_in(placement.supervisor.user).get("/")
    assert [(found.pk, count) for found, count in supervisor.context["waiting_hours"]] == [(placement.pk, 3)]
    assert f"Uren bevestigen: 3 weken van {placement.student.full_name}" in supervisor.content.decode()
    student = logged_in(placement.student.user).get("/")
    assert student.context["hours_to_enter"][0].monday == date(2026, 8, 31)
    assert "Uren van week 36 invullen" in student.content.decode()


@pytest.mark.parametrize(("start", "asked"), [(date(2026, 11, 30), [11]), (MONDAY, [11, 1])])
def test_vandaag_asks_for_the_open_weeks_of_every_bpv_of_the_student(start, asked):
    """Of one that ended while the next is still to come, and of two at the same time."""
    first = placed(end=date(2026, 11, 13))
    a_placement(programme=first.programme, student=first.student, start=start)
    answer = logged_in(first.student.user).get("/")
    found = [(due.placement, due.monday) for due in answer.context["hours_to_enter"]]
    by_start = [len([one for one, _monday in found if one.start == day]) for day in (first.start, start)]
    assert [count for count in by_start if count] == asked
    text = answer.content.decode()
    names = [f'<span class="sub">{one.location.name}</span>' for one in first.student.placements.order_by("start")]
    assert [name in text for name in names] == [len(asked) > 1] * 2
    assert f'href="{page(first, "2026-w36")}"' in text
