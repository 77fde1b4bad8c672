"""The achterwacht: who is on call, and which days are not covered (CAL-01..CAL-03)."""

from datetime import date, datetime
from itertools import pairwise

import pytest
from django.core.management import call_command

from bpv.core import clock
from bpv.core.models import Holiday
from tests.builders import a_duty, a_placement, a_team, a_user
from tests.visits.held import logged_in
from visits import standby
from visits.models import Duty

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 30)  # a Monday


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


@pytest.mark.parametrize(
    ("day", "hour", "minute", "is_open"),
    [
        (date(2026, 11, 30), 8, 0, True),
        (date(2026, 11, 30), 7, 59, False),
        (date(2026, 11, 30), 16, 59, True),
        (date(2026, 11, 30), 17, 0, False),
        (date(2026, 12, 5), 12, 0, False),  # Saturday
        (date(2026, 12, 18), 12, 0, True),  # the last day before the holidays
        (date(2026, 12, 21), 12, 0, False),  # kerstvakantie
        (date(2027, 1, 4), 12, 0, True),
        (date(2027, 4, 27), 12, 0, False),  # Koningsdag
    ],
)
def test_when_somebody_answers_at_school(day, hour, minute, is_open):
    call_command("loaddata", "free_days", "holidays", verbosity=0)
    assert standby.school_is_open(clock.at(day, hour, minute)) is is_open


def test_holidays_of_the_fixture_do_not_overlap():
    call_command("loaddata", "holidays", verbosity=0)
    found = list(Holiday.objects.values_list("first", "last"))
    assert [later for (_f, last), (later, _l) in pairwise(found) if later <= last] == []
    assert {(first.weekday(), last.weekday()) for first, last in found} == {(5, 6)}


def test_the_number_on_the_pages_of_student_and_praktijkopleider():
    placement = a_placement()
    placement.student.user, placement.supervisor.user = a_user(), a_user()
    placement.student.save(), placement.supervisor.save()
    a_duty(placement.team.college, placement.teacher, phone="0612340000")
    pages = {
        "student": ("/", placement.student.user),
        "supervisor": (f"/plaatsingen/{placement.number}/", placement.supervisor.user),
    }
    found = {}
    for moment in (clock.at(date(2026, 12, 4), 12), clock.at(date(2026, 12, 5), 12)):
        with clock.moved(moment):
            for name, (url, user) in pages.items():
                on = "tel:+31612340000" in logged_in(user).get(url).content.decode()
                found.setdefault(name, []).append(on)
    assert found == {"student": [False, True], "supervisor": [False, True]}


def gaps(placement, today=TODAY):
    return [(gap.why, gap.first, gap.last, gap.students) for gap in standby.gaps(placement.team.college, today)]


def test_a_weekend_with_somebody_at_work_asks_for_the_achterwacht():
    """CAL-01."""
    placement = a_placement(in_weekend=True, end=date(2026, 12, 9))
    weekend = ("weekend", date(2026, 12, 5), date(2026, 12, 6), 1)
    assert gaps(placement) == [weekend]
    duty = a_duty(placement.team.college, placement.teacher, ends_at=clock.at(date(2026, 12, 6), 16, 59))
    assert gaps(placement) == [("weekend", date(2026, 12, 6), date(2026, 12, 6), 1)]
    duty.ends_at = clock.at(date(2026, 12, 6), 17)
    duty.save()
    assert gaps(placement) == []


def test_two_turns_together_cover_a_day():
    placement = a_placement(in_evening=True, end=date(2026, 11, 30))
    college, by = placement.team.college, placement.teacher
    a_duty(college, by, starts_at=clock.at(TODAY, 17), ends_at=clock.at(TODAY, 20))
    until = datetime(2026, 12, 4, 23, tzinfo=clock.AMSTERDAM)
    assert gaps(placement) == [("avonden", TODAY, date(2026, 12, 4), 1)]
    a_duty(college, by, starts_at=clock.at(TODAY, 20), ends_at=until)
    assert gaps(placement) == []


@pytest.mark.parametrize(
    ("leerweg", "fields", "counted"), [("BBL", {}, 1), ("BOL", {}, 0), ("BOL", {"in_holidays": True}, 1)]
)
def test_school_holidays(leerweg, fields, counted):
    """Who has a job goes on working in the kerstvakantie; who is on a stage only when that was agreed."""
    call_command("loaddata", "holidays", verbosity=0)
    placement = a_placement(leerweg=leerweg, **fields)
    assert gaps(placement) == [("Kerstvakantie", date(2026, 12, 19), date(2027, 1, 3), 1)] * counted


def test_the_roster_is_kept_by_the_coordinator_of_the_college():
    placement = a_placement(in_weekend=True)
    coordinator = a_user("coordinator", placement.team)
    client = logged_in(coordinator)
    sent = {"name": "Noor", "phone": "0612345678", "college": placement.team.college_id}
    wrong = client.post("/achterwacht/", sent | {"starts_at": "2026-12-05T08:00", "ends_at": "2026-12-04T08:00"})
    assert wrong.context["form"].non_field_errors() == ["Het einde ligt voor het begin."]
    right = sent | {"starts_at": "2026-12-05T00:00", "ends_at": "2026-12-07T00:00"}
    assert client.post("/achterwacht/", right).status_code == 302
    duty = Duty.objects.get()
    assert duty.starts_at == clock.at(date(2026, 12, 5), 0)
    other = a_team()
    assert list(client.post("/achterwacht/", right | {"college": other.college_id}).context["form"].errors) == [
        "college"
    ]
    colleague = logged_in(a_user("teacher", placement.team))
    assert [colleague.get("/achterwacht/").status_code, colleague.post("/achterwacht/", right).status_code] == [
        200,
        403,
    ]
    assert logged_in(a_user("coordinator", other)).post(f"/achterwacht/{duty.pk}/weghalen/").status_code == 404
    assert client.post(f"/achterwacht/{duty.pk}/weghalen/").status_code == 302
    assert Duty.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_roster(django_assert_num_queries, count):
    placement = a_placement()
    coordinator = a_user("coordinator", placement.team)
    for _number in range(count):
        a_duty(placement.team.college, coordinator)
    client = logged_in(coordinator)
    with django_assert_num_queries(12):
        client.get("/achterwacht/")
