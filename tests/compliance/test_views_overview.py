"""Overzicht: the numbers are those of the list behind them, now and on the day that is compared with."""

import csv
import io
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from bpv.core import clock
from compliance import counting
from standards import RULES
from tests.builders import (
    a_college,
    a_finding,
    a_placement,
    a_pok,
    a_request,
    a_team,
    a_user,
)

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
    teams = [a_team("ICT", a_college("Techniek")), a_team("Welzijn", a_college("Zorg"))]
    due = date(2026, 8, 30)
    for team in teams:
        for done_on in (due, due, due, date(2026, 9, 2), None):
            a_finding(a_placement(team=team), "S5", due=due, done_on=done_on)
        asked = a_placement(team=team, leerweg="BBL")
        a_finding(asked, "S5", due=TODAY)
        for _ in range(2):
            a_finding(asked, "S6.1-c", due=date(2026, 11, 19), request=a_request(asked))
        over = a_placement(team=team, start=date(2024, 9, 1), end=date(2025, 1, 31))
        a_finding(over, "S5", due=date(2024, 8, 31), active_until=date(2025, 2, 28))
    return teams


def a_manager_of(teams):
    manager = a_user("manager", teams[0])
    manager.memberships.create(role="coordinator", team=teams[1])
    return manager


def cells(response) -> list:
    return [cell for line in response.context["table"].lines for cell in line.cells]


def s5(response, label=""):
    return next(cell for cell in cells(response) if cell.rule == "S5" and label in ("", cell.label))


def checked(client, query) -> int:
    """Every number of the page against its list; how many."""
    seen = 0
    for cell in cells(client.get(URL + query)):
        for outcome in (*OUTCOMES, ""):
            number = getattr(cell.now, outcome or "total")
            if number and not (outcome == "" and cell.rule == "S6.1-c"):
                listed = client.get(cell.url(outcome)).context["page"].paginator.count
                assert (cell.rule, cell.label, outcome, number) == (cell.rule, cell.label, outcome, listed)
                seen += 1
    return seen


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", 18),
        ("?leerweg=BBL", 9),
        ("?leerweg=naast", 13),
        ("?college=Zorg", 6),
        ("?schooljaar=2026-2027", 18),
        ("?schooljaar=2024-2025", 6),
        ("?schooljaar=2024-2025&college=Techniek&leerweg=BOL", 2),
    ],
)
def test_every_number_is_that_of_its_list(client, query, numbers):
    client.force_login(a_manager_of(a_school()))
    assert checked(client, query) == numbers


def test_s5_is_counted_by_outcome(client):
    teams = a_school()
    client.force_login(a_user("coordinator", teams[0]))
    cell = s5(client.get(URL))
    assert (*cell.now, cell.now.percentage, cell.now.state) == (3, 1, 1, 1, 0, 60, "missed")


def test_fewer_than_five_with_a_verdict_get_a_number_and_no_verdict(client):
    team = a_team()
    due = date(2026, 8, 30)
    for done_on in (due, due, due, None):
        a_finding(a_placement(team=team), "S5", due=due, done_on=done_on)
    client.force_login(a_user("manager", team))
    response = client.get(URL)
    cell = s5(response)
    assert (cell.now.percentage, cell.now.state, cell.difference) == (None, "na", None)
    assert ("3 van 4" in response.content.decode(), "75%" in response.content.decode()) == (True, False)
    a_finding(a_placement(team=team), "S5", due=due, done_on=due)
    assert (s5(client.get(URL)).now.percentage, s5(client.get(URL)).now.state) == (80, "missed")


def test_own_students_in_another_team_are_in_the_total_and_in_its_list(client):
    teams = a_school()
    user = a_user("coordinator", teams[0])
    user.memberships.create(role="teacher", team=teams[0])
    user.memberships.create(role="teacher", team=a_team())
    a_finding(a_placement(teacher=user), "S5", due=TODAY)
    client.force_login(user)
    total = s5(client.get(URL), "Alle teams")
    assert total.now.open == client.get(total.url("open")).context["page"].paginator.count == 2


def test_the_leerwegen_stand_side_by_side(client):
    client.force_login(a_manager_of(a_school()))
    response = client.get(URL + "?leerweg=naast")
    assert [column.label for column in response.context["table"].columns] == ["BOL en BBL", "BOL", "BBL"]
    numbers = [tuple(s5(response, label).now) for label in ("BOL en BBL", "BOL", "BBL")]
    assert numbers == [(6, 2, 2, 2, 0), (6, 2, 2, 0, 0), (0, 0, 0, 2, 0)]


def late_since(team, weeks):
    """Ten placements of which one becomes late in each of the last weeks; five were in time long ago."""
    for number in range(10):
        due = TODAY - timedelta(weeks=13 if number < 5 else weeks - number + 5, days=1)
        a_finding(a_placement(team=team), "S4.2-b", due=due, done_on=due if number < 5 else None)
    for ago in (52, 12, 11, 8, 4, 2, 1):
        counting.keep(TODAY - timedelta(weeks=ago))


def test_the_trend_the_difference_and_what_dropped_most(client):
    team = a_team()
    late_since(team, 10)
    client.force_login(a_user("manager", team))
    response = client.get(URL)
    line = response.context["table"].worst
    assert (line.rule.code, line.trend.points) == (
        "S4.2-b",
        [(12, 100), (11, 100), (8, 62), (4, 50), (2, 50), (1, 50), (0, 50)],
    )
    assert response.context["table"].compared == TODAY - timedelta(weeks=12)
    assert line.whole.difference == -50
    text = " ".join(response.content.decode().split())
    said = (
        "‘Leerdoelen besproken’ gaat omlaag",
        "In 12 weken ging het van 100% naar 50%.",
        "12 weken: van 100% naar 50%",
    )
    assert [sentence in text for sentence in said] == [True, True, True]
    four = client.get(URL + "?vergelijk=4").context["table"]
    assert (four.compared, four.lines[4].whole.difference) == (TODAY - timedelta(weeks=4), 0)


def test_only_days_that_were_counted_can_be_chosen(client):
    team = a_team()
    late_since(team, 10)
    client.force_login(a_user("manager", team))
    response = client.get(URL)
    offered = [value for value, _label in response.context["filters"].fields["vergelijk"].choices]
    assert offered == ["", "4", "jaar", "geen"]
    unknown = client.get(URL + "?vergelijk=begin").context["table"]
    assert (unknown.compared, unknown.lines[4].whole.difference) == (None, None)
    assert client.get(URL + "?vergelijk=geen").context["table"].compared is None


def test_a_school_year_is_compared_with_the_one_before(client):
    client.force_login(a_manager_of(a_school()))
    table = client.get(URL + "?schooljaar=2025-2026&vergelijk=jaar").context["table"]
    whole = table.columns[0]
    assert (whole.now, whole.earlier["S5", counting.ALL].total) == ({}, 2)


@pytest.mark.parametrize("role", ["teacher", ""])
def test_only_managers_and_coordinators_look_over_teams(client, role):
    client.force_login(a_user(role))
    assert client.get(URL).status_code == 403


def test_nothing_yet_is_said(client):
    client.force_login(a_user("manager"))
    response = client.get(URL)
    assert (response.status_code, response.context["table"].any) == (200, False)


@pytest.mark.parametrize("query", ["?college=Niets", "?leerweg=XYZ", "?schooljaar=1999", "?vergelijk=ooit"])
def test_what_does_not_exist_is_left_out(client, query):
    client.force_login(a_manager_of(a_school()))
    assert tuple(s5(client.get(URL + query)).now) == (6, 2, 2, 2, 0)


@pytest.mark.parametrize("teams", [1, 3])
@pytest.mark.parametrize(("query", "queries"), [("", 7), ("?leerweg=naast", 8), ("?schooljaar=2026-2027", 6)])
def test_number_of_queries_does_not_grow(client, django_assert_num_queries, teams, query, queries):
    college = a_college()
    for _ in range(teams):
        a_finding(a_placement(team=a_team(college=college)), "S5", due=date(2026, 8, 30))
    counting.keep(TODAY - timedelta(weeks=12))
    client.force_login(a_user("manager", college=college))
    client.get(URL)
    with django_assert_num_queries(queries):
        client.get(URL + query)


def a_late_team():
    """A team whose coordinator and teacher each have something late."""
    team = a_team()
    coordinator, placement = a_user("coordinator", team, last_name="Coster"), a_placement(team=team)
    a_pok(placement, {"student": date(2026, 8, 20)})
    a_finding(placement, "POK-03", due=date(2026, 8, 30))
    a_finding(placement, "S5", due=date(2026, 8, 30))
    a_finding(placement, "S4.2-b", due=date(2026, 9, 28))
    a_finding(placement, "S6.2-a", due=date(2026, 10, 30))  # gone by: nothing can be done any more
    a_finding(placement, "S6.1-c", due=date(2026, 11, 19), request=a_request(placement, topic="Kanarie"))
    return coordinator, placement


def test_the_page_of_a_team_names_who_is_late_with_what_and_whose_turn_it_is(client):
    coordinator, placement = a_late_team()
    client.force_login(coordinator)
    response = client.get(f"{URL}team/{placement.team_id}/")
    found = [(group.title, [(n.missing, n.who) for n in group.names]) for group in response.context["groups"]]
    teacher = placement.teacher.full_name
    assert found == [
        ("POK laten tekenen", [("nog niet getekend: leerbedrijf, school", coordinator.full_name)]),
        ("Leerdoelen bespreken", [("", teacher)]),
        ("Vraag beantwoorden", [("", teacher)]),
    ]
    assert "Kanarie" not in response.content.decode()


def test_the_page_of_a_team_is_for_who_leads_it(client):
    coordinator, placement = a_late_team()
    other = a_user("manager")
    answers = []
    for user in (coordinator, a_user("manager", college=placement.team.college), placement.teacher, other):
        client.force_login(user)
        answers.append(client.get(f"{URL}team/{placement.team_id}/").status_code)
    assert answers == [200, 200, 403, 404]


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_page_of_a_team(client, django_assert_num_queries, rows):
    team = a_team()
    for _ in range(rows):
        placement = a_placement(team=team)
        a_pok(placement, {"student": date(2026, 8, 20)})
        a_finding(placement, "S5", due=date(2026, 8, 30))
    client.force_login(a_user("manager", team))
    client.get(URL)
    with django_assert_num_queries(11):
        client.get(f"{URL}team/{team.pk}/")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_table_goes_along_as_a_file_as_it_is_shown(client, form):
    client.force_login(a_manager_of(a_school()))
    response = client.post(f"{URL}exporteren/?college=Zorg", {"vorm": form})
    assert response.headers["Content-Disposition"] == f'attachment; filename="overzicht-2026-11-23.{form}"'
    content = b"".join(response.streaming_content)
    rows = (
        as_lists(content)
        if form == "xlsx"
        else list(csv.reader(content.decode("utf-8-sig").splitlines(), delimiter=";"))
    )
    empty = None if form == "xlsx" else ""
    numbers = [60, 3, 1, 1, 1, 0] if form == "xlsx" else ["60", "3", "1", "1", "1", "0"]
    assert (rows[0][:4], len(rows)) == (["Standaard", "Nummer", "Team of leerweg", "Percentage"], 1 + len(RULES))
    assert rows[2] == ["POK in dossier", "standaard 5", "Welzijn", *numbers, empty]


def as_lists(content):
    return [list(row) for row in load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)]


def test_another_form_of_file_does_not_exist(client):
    client.force_login(a_user("manager"))
    assert client.post(f"{URL}exporteren/", {"vorm": "pdf"}).status_code == 404
    assert client.get(f"{URL}exporteren/").status_code == 405
