"""Daily counts: kept once a night, equal to the overview, made up by the same arithmetic."""

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from django.core.management import call_command

from bpv.core import clock
from compliance import counting, night, queries
from compliance.models import DailyCount
from tests.builders import a_finding, a_placement, a_request, a_team, a_user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def _no_check(monkeypatch):
    """The nightly check judges a share of the dossiers afresh; these findings are set by hand."""
    monkeypatch.setattr(night, "share_of", lambda day: [])


def a_school():
    """Two teams, both leerwegen, every outcome, two questions of one placement, one that is over."""
    teams = [a_team(), a_team()]
    due = date(2026, 8, 30)
    for team in teams:
        for leerweg, done_on in (("BOL", due), ("BOL", date(2026, 9, 2)), ("BBL", None), ("BBL", due)):
            a_finding(a_placement(team=team, leerweg=leerweg), "S5", due=due, done_on=done_on)
        asked = a_placement(team=team)
        a_finding(asked, "S5", due=TODAY)
        for _ in range(2):
            a_finding(asked, "S6.1-c", due=date(2026, 11, 19), request=a_request(asked))
        over = a_placement(team=team, start=date(2024, 9, 1), end=date(2025, 1, 31))
        a_finding(over, "S5", due=date(2024, 8, 31), active_until=date(2025, 2, 28))
    return teams


def kept(day):
    """The kept counts of a day as the overview counts them."""
    found = Counter()
    for row in DailyCount.objects.filter(day=day):
        found[row.rule, row.team_id, row.outcome] += row.placements
    return dict(found)


def test_the_counts_of_a_day_are_those_of_the_overview():
    teams = a_school()
    manager = a_user("manager", teams[0])
    manager.memberships.create(role="manager", team=teams[1])
    for day in (TODAY, TODAY - timedelta(weeks=12), date(2025, 1, 1)):
        assert counting.keep(day) > 0
        assert kept(day) == queries.counts(manager, day)
    assert kept(TODAY)["S6.1-c", teams[0].pk, "missed"] == 1
    by_leerweg = DailyCount.objects.filter(day=TODAY, team=teams[0], rule="S5").order_by("leerweg", "outcome")
    assert list(by_leerweg.values_list("leerweg", "outcome", "placements")) == [
        ("BBL", "met", 1),
        ("BBL", "missed", 1),
        ("BOL", "late", 1),
        ("BOL", "met", 1),
        ("BOL", "open", 1),
    ]


@pytest.mark.usefixtures("_no_check")
def test_a_night_counts_its_day_once_and_what_was_kept_stays():
    teams = a_school()
    at_night = datetime(2026, 11, 23, 2, 30, tzinfo=clock.AMSTERDAM)
    assert [run.counts["counted"] for run in night.run_nights(at_night)] == [12]
    before = list(DailyCount.objects.values_list("pk", "placements"))
    assert night.run_nights(at_night + timedelta(minutes=15)) == []
    a_finding(a_placement(team=teams[0]), "S5", due=TODAY)
    assert counting.keep(TODAY) == 0
    assert list(DailyCount.objects.values_list("pk", "placements")) == before


@pytest.mark.usefixtures("_no_check")
def test_missed_nights_are_made_up():
    a_school()
    night.run_nights(datetime(2026, 11, 20, 2, 30, tzinfo=clock.AMSTERDAM))
    night.run_nights(datetime(2026, 11, 23, 2, 30, tzinfo=clock.AMSTERDAM))
    days = DailyCount.objects.order_by("day").values_list("day", flat=True).distinct()
    assert list(days) == [date(2026, 11, number) for number in (20, 21, 22, 23)]
    made_up = kept(date(2026, 11, 22))
    DailyCount.objects.all().delete()
    counting.keep(date(2026, 11, 22))
    assert kept(date(2026, 11, 22)) == made_up


def test_the_last_good_day_and_the_first_bad_one():
    team = a_team()
    a_finding(a_placement(team=team), "S5", due=date(2026, 11, 20))
    a_finding(a_placement(team=team), "S5", due=date(2026, 11, 20), done_on=date(2026, 11, 21))
    a_finding(a_placement(team=team), "S5", due=date(2026, 11, 20), active_until=date(2026, 11, 21))
    found = []
    for number in (20, 21, 22):
        counting.keep(date(2026, 11, number))
        found.append({outcome: n for (_rule, _team, outcome), n in kept(date(2026, 11, number)).items()})
    assert found == [{"open": 3}, {"missed": 2, "late": 1}, {"missed": 1, "late": 1}]


def test_days_are_kept_for_two_school_years():
    a_school()
    old, young = TODAY - timedelta(days=counting.KEPT_DAYS + 1), TODAY - timedelta(days=counting.KEPT_DAYS)
    for day in (old, young):
        counting.keep(day)
    removed = DailyCount.objects.filter(day=old).count()
    assert (removed > 0, counting.forget(TODAY)) == (True, removed)
    assert set(DailyCount.objects.values_list("day", flat=True)) == {young}


def test_count_days_fills_the_weeks_before_and_leaves_what_is_there(capsys):
    a_school()
    counting.keep(TODAY)
    with clock.moved(TODAY):
        call_command("count_days", since=date(2026, 11, 16))
        call_command("count_days", since=date(2026, 11, 16))
    assert capsys.readouterr().out == "7 van 8 dagen geteld\n0 van 8 dagen geteld\n"


def test_kept_counts_are_of_the_teams_and_the_leerweg_asked():
    teams = a_school()
    counting.keep(TODAY)
    both = counting.kept([TODAY, date(2026, 1, 1)], [team.pk for team in teams])
    assert (list(both), both[TODAY]["S5", counting.ALL, "met"]) == ([TODAY], 4)
    assert counting.kept([TODAY], [teams[0].pk], "BBL")[TODAY] == {
        ("S5", counting.ALL, "met"): 1,
        ("S5", counting.ALL, "missed"): 1,
    }
    assert counting.kept_by_team(TODAY, [teams[1].pk], "BBL") == {
        ("S5", teams[1].pk, "met"): 1,
        ("S5", teams[1].pk, "missed"): 1,
    }
