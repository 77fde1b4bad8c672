"""What waits for one person: each task once, in time, and the same on the page and in the mail."""

from datetime import date, timedelta

import pytest

from bpv.core import clock
from compliance import digests, worklist
from tests.builders import a_finding, a_placement, a_pok, a_team, a_user, signed_by_all

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


def unguided(team, start):
    """A placement without a bpv-docent, with its first contact four weeks after the start."""
    placement = a_placement(team=team, start=start)
    placement.teacher = None
    placement.save()
    a_finding(placement, "S4.2-b", due=start + timedelta(weeks=4))
    return placement


@pytest.mark.parametrize(("start", "count"), [(date(2026, 12, 7), 1), (date(2026, 12, 8), 0)])
def test_who_starts_within_two_weeks_without_a_docent_waits_for_the_coordinator(start, count):
    team = a_team()
    unguided(team, start)
    items = worklist.items_for(a_user("coordinator", team), TODAY)
    assert [item.kind for item in items] == ["teacher"] * count


def test_a_first_contact_with_a_docent_waits_until_its_own_day_is_near():
    placement = a_placement(start=date(2026, 12, 7))
    a_finding(placement, "S4.2-b", due=date(2027, 1, 4))
    assert worklist.items_for(placement.teacher, TODAY) == []


@pytest.mark.parametrize("ended_on", [None, date(2026, 11, 20), TODAY])
def test_a_bpv_that_is_over_asks_only_for_its_end_also_when_it_ended_early(ended_on):
    """S7, BEO-06 and the like can no longer be met; BEO-09 and S8 can."""
    fields = {"state": "ended", "ended_on": ended_on, "reason": "Gestopt"} if ended_on else {"end": date(2026, 11, 20)}
    placement = a_placement(**fields)
    for rule in ("S7", "BEO-06", "BEO-09", "S8-d"):
        a_finding(placement, rule, due=date(2026, 11, 20))
    still = {"S7", "BEO-06", "BEO-09", "S8-d"} if ended_on == TODAY else {"BEO-09", "S8-d"}
    assert {item.finding.rule for item in worklist.items_for(placement.teacher, TODAY)} == still


def test_one_docent_is_one_task_however_much_waits_for_one():
    team = a_team()
    placement = unguided(team, date(2026, 10, 5))
    a_finding(placement, "S6.2-a", due=date(2026, 12, 1))
    a_finding(placement, "S6.2-b", due=date(2026, 12, 1))
    items = worklist.items_for(a_user("coordinator", team), TODAY)
    assert [(item.kind, item.due) for item in items] == [("teacher", date(2026, 11, 2))]


def test_a_pok_is_one_task_and_says_what_is_missing():
    team = a_team()
    placement = a_placement(team=team)
    a_finding(placement, "POK-03", due=date(2026, 8, 29), done_on=date(2026, 8, 28))
    a_finding(placement, "S5", due=date(2026, 8, 30))
    pok = a_pok(placement, signed_by_all(date(2026, 8, 28)))
    (item,) = worklist.items_for(a_user("coordinator", team), TODAY)
    assert (item.kind, item.missing) == ("file", f"nog niet in het {pok.dossier_name}")


def test_the_mail_names_what_is_late_on_the_page(client):
    team = a_team()
    for due in (date(2026, 11, 1), date(2026, 11, 22), TODAY):
        a_finding(a_placement(team=team), "S5", due=due)
    unguided(team, date(2026, 10, 5))
    coordinator = a_user("coordinator", team)
    client.force_login(coordinator)
    mail = digests.digest_for(coordinator, TODAY, None)
    assert len(mail.late) == client.get("/").context["late_count"] == 3


@pytest.mark.parametrize("count", [1, 3])
def test_work_takes_four_queries_however_much_there_is(django_assert_num_queries, count):
    team = a_team()
    for _ in range(count):
        placement = a_placement(team=team)
        a_finding(placement, "S5", due=date(2026, 11, 22))
        a_pok(placement)
        unguided(team, date(2026, 10, 5))
    coordinator = a_user("coordinator", team)
    assert coordinator.roles.coordinator == {team.pk}
    with django_assert_num_queries(4):
        assert len(worklist.items_for(coordinator, TODAY)) == 2 * count
