"""The calendar that phones follow: read by two programs, moved and cancelled talks arrive as such (RFC 5545)."""

import os
import subprocess
import sys
from datetime import date, datetime, time
from pathlib import Path

import pytest
import vobject
from django.test import Client

from bpv.core import clock
from bpv.core.models import AuditEvent
from tests.builders import a_location, a_placement, a_talk, a_user
from visits import feed, planning
from visits.models import CalendarFeed

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 19)
HOW = {"at": time(9), "minutes": 45, "kind": "on_site", "place": ""}


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


@pytest.fixture
def talk():
    location = a_location(name="Bakkerij 't Hoekje; Goor, centrum", street="Dorpsstraat", house_number="1", city="Goor")
    placement = a_placement(location=location)
    made = a_talk(placement, date(2026, 10, 23))
    return planning.plan(talk=made, by=placement.teacher, today=TODAY, on=date(2026, 10, 23), **HOW)


def read(talk) -> bytes:
    return feed.as_ics(talk.placement.teacher, TODAY)


def events(content: bytes):
    """As vobject, which the calendar server Radicale uses, understands it."""
    return list(vobject.readOne(content.decode()).vevent_list)


def khal(tmp_path: Path, content: bytes) -> list[str]:
    """What the calendar program khal shows after importing the file: begin, end, title, place."""
    (tmp_path / "cal").mkdir(exist_ok=True)
    (tmp_path / "feed.ics").write_bytes(content)
    (tmp_path / "config").write_text(
        f"[calendars]\n[[bpv]]\npath = {tmp_path}/cal\n[locale]\nlocal_timezone = Europe/Amsterdam\n"
        "default_timezone = Europe/Amsterdam\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
        f"datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n[sqlite]\npath = {tmp_path}/khal.db\n"
    )
    program = [str(Path(sys.executable).parent / "khal"), "-c", str(tmp_path / "config")]
    env = os.environ | {"HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}
    subprocess.run(
        [*program, "import", "--batch", str(tmp_path / "feed.ics")], env=env, check=True, capture_output=True
    )
    shown = subprocess.run(
        [
            *program,
            "list",
            "--day-format",
            "",
            "--format",
            "{start}|{end}|{title}|{location}|{status}",
            "2026-10-19",
            "30d",
        ],
        env=env,
        check=True,
        capture_output=True,
        text=True,
    )
    return [line for line in shown.stdout.splitlines() if line]


def test_two_programs_read_the_talk_across_the_end_of_summer_time(talk, tmp_path):
    later = a_talk(talk.placement, occasion="half")
    planning.plan(talk=later, by=talk.placement.teacher, today=TODAY, on=date(2026, 10, 26), **HOW)
    name = f"{talk.placement.student.full_name}, {talk.placement.location.name}"
    place = "Dorpsstraat 1, Goor"
    assert khal(tmp_path, read(talk)) == [
        f"2026-10-23 09:00|2026-10-23 09:45|Eerste gesprek: {name}|{place}|CONFIRMED ",
        f"2026-10-26 09:00|2026-10-26 09:45|Tussengesprek: {name}|{place}|CONFIRMED ",
    ]
    begins = [event.dtstart.value for event in events(read(talk))]
    assert [moment.utcoffset().total_seconds() / 3600 for moment in begins] == [2, 1]
    assert [moment.replace(tzinfo=None) for moment in begins] == [
        datetime(2026, 10, 23, 9),
        datetime(2026, 10, 26, 9),
    ]


def test_a_moved_talk_keeps_its_uid_and_raises_its_sequence(talk, tmp_path):
    before = events(read(talk))[0]
    khal(tmp_path, read(talk))
    planning.plan(talk=talk, by=talk.placement.teacher, today=TODAY, on=date(2026, 10, 27), **HOW)
    after = events(read(talk))[0]
    assert (after.uid.value, int(before.sequence.value), int(after.sequence.value)) == (before.uid.value, 1, 2)
    assert [line[:16] for line in khal(tmp_path, read(talk))] == ["2026-10-27 09:00"]


def test_a_cancelled_talk_arrives_as_cancelled(talk, tmp_path):
    khal(tmp_path, read(talk))
    planning.cancel(talk=talk, by=talk.placement.teacher, reason="Ziek")
    after = events(read(talk))[0]
    assert (after.status.value, int(after.sequence.value)) == ("CANCELLED", 2)
    assert [line.split("|")[4].strip() for line in khal(tmp_path, read(talk))] == ["CANCELLED"]
    assert b"Ziek" not in read(talk)


def test_a_talk_without_a_time_lasts_the_day_and_a_proposal_is_not_there(talk):
    a_talk(talk.placement, occasion="final")
    planning.plan(talk=talk, by=talk.placement.teacher, today=TODAY, on=date(2026, 10, 23), **HOW | {"at": None})
    assert [event.dtstart.value for event in events(read(talk))] == [date(2026, 10, 23)]


def test_the_address_is_shown_once_renewed_and_withdrawn(client, talk):
    teacher = talk.placement.teacher
    client.force_login(teacher)
    first = client.post("/agenda/adres/").context["address"]
    assert client.get("/agenda/adres/").context["address"] == ""
    path = first[first.index("/agenda/") :]
    outside = Client()
    answer = outside.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert answer.content == read(talk)
    assert outside.get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    second = client.post("/agenda/adres/").context["address"]
    assert outside.get(path).status_code == 404
    client.post("/agenda/adres/", {"weg": "1"})
    assert outside.get(second[second.index("/agenda/") :]).status_code == 404
    assert CalendarFeed.objects.count() == 0
    happened = AuditEvent.objects.filter(by=teacher.pk, event__startswith="calendar").order_by("id")
    assert list(happened.values_list("event", flat=True)) == [
        "calendar_address_made",
        "calendar_address_made",
        "calendar_address_withdrawn",
    ]


def test_who_left_has_no_calendar_any_more(talk):
    teacher = talk.placement.teacher
    address = feed.renew(user=teacher)
    path = address[address.index("/agenda/") :]
    teacher.is_active = False
    teacher.save()
    assert Client().get(path).status_code == 404


def test_one_does_not_read_anothers_talks(talk):
    assert events(read(talk))[0].summary.value.startswith("Eerste gesprek") is True
    assert feed.as_ics(a_user("teacher"), TODAY).count(b"BEGIN:VEVENT") == 0
