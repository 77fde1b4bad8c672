"""The night and the digests: each day once, missed nights made up, only on workdays, never empty."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bpv.core import clock
from bpv.core.models import FreeDay, OutboxMail
from compliance import digests, judging, night, worklist
from compliance.models import Finding, Run
from tests.builders import a_contact_moment, a_placement, a_pok, a_request, a_user, signed_by_all

pytestmark = pytest.mark.django_db
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


def test_a_night_is_done_once_and_not_before_two_o_clock():
    assert [run.day for run in night.run_nights(at("2026-11-23T01:59"))] == [date(2026, 11, 22)]
    assert night.run_nights(at("2026-11-23T01:59")) == []
    assert [run.day for run in night.run_nights(at("2026-11-23T02:00"))] == [date(2026, 11, 23)]
    assert night.run_nights(at("2026-11-23T23:59")) == []


def test_missed_nights_are_made_up():
    night.run_nights(at("2026-11-20T03:00"))
    assert [run.day.day for run in night.run_nights(at("2026-11-23T03:00"))] == [21, 22, 23]


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_both_dst_nights_are_done_once(day):
    night.run_nights(at(f"{day}T00:30"))
    ticks = [at(f"{day}T01:45"), at(f"{day}T02:15"), at(f"{day}T02:45").replace(fold=1), at(f"{day}T03:15")]
    assert sum(len(night.run_nights(tick)) for tick in ticks) == 1


def test_what_fell_due_is_counted_by_rule():
    placement = a_placement()
    judging.rejudge([placement.pk], today=date(2026, 9, 28))
    assert night.one_night(date(2026, 9, 28))["fell_due"] == {}
    assert night.one_night(date(2026, 9, 29))["fell_due"] == {"S4.2-a": 1, "S4.2-b": 1}


def test_lb_02_an_announced_withdrawal_counts_from_its_own_day():
    placement = a_placement(start=date(2026, 12, 1))
    placement.location.accreditations.update(withdrawn_on=date(2026, 11, 25))
    judging.rejudge([placement.pk], today=date(2026, 11, 23))
    lb = Finding.objects.filter(rule="LB-02")
    assert lb.get().done_on is not None
    night.one_night(date(2026, 11, 24))
    assert lb.get().done_on is not None
    night.one_night(date(2026, 11, 25))
    assert lb.get().done_on is None


def test_the_check_says_it_loudly_when_a_finding_is_not_up_to_date(caplog):
    placement = a_placement()
    judging.rejudge([placement.pk], today=date(2026, 9, 1))
    a_contact_moment(placement, on=date(2026, 9, 2))  # without an audit event: nobody was told
    day = next(d for d in (date(2026, 10, n) for n in range(1, 31)) if placement.pk in night.share_of(d))
    assert night.one_night(day)["checked_different"] == 3
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def late_team():
    """A placement whose POK and first contact are late on 1 October 2026."""
    placement = a_placement()
    judging.rejudge([placement.pk], today=date(2026, 10, 1))
    return placement


def test_one_digest_a_workday_for_teacher_and_coordinator():
    placement = late_team()
    coordinator = a_user("coordinator", placement.team)
    assert digests.run_digests(at("2026-10-01T06:29"))[-1:] == [Run.objects.get()]
    OutboxMail.objects.all().delete()
    digests.run_digests(at("2026-10-01T06:30"))
    digests.run_digests(at("2026-10-01T09:00"))
    found = OutboxMail.objects.order_by("to").values_list("to", "kind")
    assert list(found) == sorted([(placement.teacher.email, "digest"), (coordinator.email, "digest")])


def test_no_digest_on_saturday_on_a_free_day_or_when_nothing_waits():
    late_team()
    FreeDay.objects.create(date=date(2026, 10, 5), name="vrij")
    assert [digests.send(date(2026, 10, number)) for number in (3, 4, 5, 6)] == [0, 0, 0, 1]
    Finding.objects.all().delete()
    assert digests.send(date(2026, 10, 7)) == 0


def test_somebody_who_is_teacher_and_coordinator_gets_one_mail():
    placement = late_team()
    placement.teacher.memberships.create(role="coordinator", team=placement.team)
    assert digests.send(date(2026, 10, 1)) == 1
    items = worklist.items_for(placement.teacher, date(2026, 10, 1))
    assert [item.finding.rule for item in items] == ["POK-03", "S4.2-a"]


def test_a_crash_halfway_and_again_gives_each_person_one_mail():
    placement = late_team()
    a_user("coordinator", placement.team)
    assert [digests.send(date(2026, 10, 1)), digests.send(date(2026, 10, 1))] == [2, 2]
    assert OutboxMail.objects.count() == 2


def test_the_digest_never_holds_the_words_of_a_question():
    placement = a_placement()
    a_request(placement, clock.at(date(2026, 9, 21)), topic="Kanarieonderwerp")
    judging.rejudge([placement.pk], today=date(2026, 10, 1))
    digests.send(date(2026, 10, 1))
    body = OutboxMail.objects.get(to=placement.teacher.email).body
    assert ("Kanarieonderwerp" in body, "Vraag beantwoorden: Yusuf" in body) == (False, True)


def test_work_that_is_done_or_can_no_longer_be_done_is_not_on_the_list():
    placement = a_placement(start=date(2026, 3, 2), end=date(2026, 9, 30))
    a_pok(placement, signed_by_all(date(2026, 2, 1)), filed_on=date(2026, 2, 2))
    judging.rejudge([placement.pk], today=date(2026, 10, 1))
    coordinator = a_user("coordinator", placement.team)
    for user in (placement.teacher, coordinator):
        assert worklist.items_for(user, date(2026, 10, 1)) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_query_count_of_the_worklist(django_assert_num_queries, rows):
    team = a_placement().team
    for _ in range(rows):
        judging.rejudge([a_placement(team=team).pk], today=date(2026, 10, 1))
    coordinator = a_user("coordinator", team)
    assert coordinator.roles.coordinator == {team.pk}
    with django_assert_num_queries(2):
        worklist.items_for(coordinator, date(2026, 10, 1))
