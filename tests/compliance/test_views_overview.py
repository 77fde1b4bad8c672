"""Overzicht: the numbers are those of the list behind them."""

from datetime import date

import pytest

from bpv.core import clock
from tests.builders import a_finding, a_placement, a_request, a_team, a_user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
URL = "/overzicht/"
OUTCOMES = ("met", "late", "missed", "open")


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


def a_school() -> list:
    """Two teams with every outcome of S5, questions, something over long ago, and a cancelled one."""
    teams = [a_team(), a_team()]
    due = date(2026, 8, 30)
    for team in teams:
        for done_on in (due, due, date(2026, 9, 2), None):
            a_finding(a_placement(team=team), "S5", due=due, done_on=done_on)
        asked = a_placement(team=team, leerweg="BBL")
        a_finding(asked, "S5", due=TODAY)
        for _ in range(2):
            a_finding(asked, "S6.1-c", due=date(2026, 11, 19), request=a_request(asked))
        over = a_placement(team=team, start=date(2024, 9, 1), end=date(2025, 1, 31))
        a_finding(over, "S5", due=date(2024, 8, 31), active_until=date(2025, 2, 28))
    return teams


def cells(response) -> list:
    return [cell for row in response.context["rows"] for cell in row["cells"]]


def test_every_number_is_that_of_its_list(client):
    teams = a_school()
    manager = a_user("manager", teams[0])
    manager.memberships.create(role="coordinator", team=teams[1])
    client.force_login(manager)
    seen = 0
    for query in ("", "?leerweg=BBL"):
        for cell in cells(client.get(URL + query)):
            for outcome in (*OUTCOMES, ""):
                number = getattr(cell, outcome or "total")
                if number:
                    listed = client.get(cell.url(outcome)).context["page"].paginator.count
                    assert (cell.rule, cell.label, outcome, number) == (cell.rule, cell.label, outcome, listed)
                    seen += 1
    assert seen == 33


def test_s5_is_counted_by_outcome(client):
    teams = a_school()
    client.force_login(a_user("coordinator", teams[0]))
    s5 = next(cell for cell in cells(client.get(URL)) if cell.rule == "S5")
    assert (s5.met, s5.late, s5.missed, s5.open, s5.percentage, s5.state) == (2, 1, 1, 1, 50, "missed")


def test_own_students_in_another_team_are_in_the_total_and_in_its_list(client):
    teams = a_school()
    user = a_user("coordinator", teams[0])
    user.memberships.create(role="teacher", team=teams[0])
    user.memberships.create(role="teacher", team=a_team())
    a_finding(a_placement(teacher=user), "S5", due=TODAY)
    client.force_login(user)
    total = next(c for c in cells(client.get(URL)) if c.rule == "S5" and not c.label)
    assert total.open == client.get(total.url("open")).context["page"].paginator.count == 2


@pytest.mark.parametrize("role", ["teacher", ""])
def test_only_managers_and_coordinators_look_over_teams(client, role):
    client.force_login(a_user(role))
    assert client.get(URL).status_code == 403


def test_nothing_yet_is_said(client):
    client.force_login(a_user("manager"))
    response = client.get(URL)
    assert (response.status_code, response.context["any"]) == (200, False)


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_does_not_grow(client, django_assert_num_queries, count):
    team = a_team()
    for _ in range(count):
        a_finding(a_placement(team=team), "S5", due=date(2026, 8, 30))
    client.force_login(a_user("manager", team))
    client.get(URL)
    with django_assert_num_queries(5):
        client.get(URL)
