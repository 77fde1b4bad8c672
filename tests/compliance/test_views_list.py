"""Plaatsingen: who sees which rows, what a filter finds, how many queries it takes."""

from datetime import date

import pytest
from django.urls import reverse

from bpv.core import clock
from placements.models import Placement
from tests.builders import a_college, a_contact, a_finding, a_location, a_placement, a_student, a_team, a_user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
URL = "/plaatsingen/"


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


def numbers(response) -> list[str]:
    return [row.placement.number for row in response.context["page"]]


def listed(client, user, **query) -> list[str]:
    client.force_login(user)
    return numbers(client.get(URL, query))


def test_coordinator_sees_the_teams_placements_and_no_others(client):
    placement = a_placement()
    a_placement()
    assert listed(client, a_user("coordinator", placement.team)) == [placement.number]


def test_teacher_sees_the_team_and_the_own_students_elsewhere(client):
    of_team = a_placement(student=a_student(last_name="Aarts"))
    teacher = a_user("teacher", of_team.team)
    elsewhere = a_placement(student=a_student(last_name="Bakker"), teacher=teacher)
    assert listed(client, teacher) == [of_team.number, elsewhere.number]


@pytest.mark.parametrize("who", ["student", "supervisor"])
def test_a_student_and_a_praktijkopleider_have_no_list(client, who):
    placement = a_placement()
    user = a_user()
    if who == "student":
        placement.student.user = user
        placement.student.save()
    else:
        placement.supervisor.user = user
        placement.supervisor.save()
    client.force_login(user)
    assert client.get(URL).status_code == 403


def test_search_finds_by_the_beginning_of_a_word(client):
    student = a_student(first_name="Özgür", last_name="Vries", prefix="de")
    location = a_location(name="Zorggroep Regge", city="Rijssen")
    found = a_placement(student=student, location=location)
    a_placement(team=found.team)
    coordinator = a_user("coordinator", found.team)
    for typed in ("ozg", "vri", student.number, found.number.lower(), "regge", "rijs", "zorg vries"):
        assert listed(client, coordinator, q=typed) == [found.number], typed
    assert listed(client, coordinator, q="riessen") == []


def test_periods_part_the_placements(client):
    team = a_team()
    names = iter("ABCD")

    def one(**fields):
        return a_placement(team=team, student=a_student(last_name=next(names)), **fields).number

    runs = one()
    comes = one(start=date(2027, 2, 1), end=date(2027, 6, 30))
    over = one(start=date(2026, 2, 1), end=date(2026, 6, 30))
    gone = one(state="cancelled", reason="Andere plaats")
    coordinator = a_user("coordinator", team)
    assert listed(client, coordinator) == [runs, comes]
    assert listed(client, coordinator, periode="loopt") == [runs]
    assert listed(client, coordinator, periode="komt") == [comes]
    assert listed(client, coordinator, periode="afgelopen") == [over]
    assert listed(client, coordinator, periode="vervallen") == [gone]
    assert listed(client, coordinator, periode="alles") == [runs, comes, over, gone]


def test_filters_by_leerweg_class_teacher_and_team(client):
    team = a_team()
    bol = a_placement(team=team, student=a_student(last_name="Aarts"))
    bbl = a_placement(team=team, leerweg="BBL", student=a_student(last_name="Bakker"))
    bbl.enrolment.group = "VZ3"
    bbl.enrolment.save()
    bol.teacher = None
    bol.save()
    coordinator = a_user("coordinator", team)
    assert listed(client, coordinator, leerweg="BBL") == [bbl.number]
    assert listed(client, coordinator, klas="VZ3") == [bbl.number]
    assert listed(client, coordinator, docent="geen") == [bol.number]
    assert listed(client, coordinator, team=str(team.pk)) == [bol.number, bbl.number]
    assert listed(client, bbl.teacher, docent="mijn") == [bbl.number]


def test_filter_by_rule_and_outcome(client):
    team = a_team()
    missed, met, late, still_open = (a_placement(team=team, student=a_student(last_name=name)) for name in "ABCD")
    a_finding(missed, "S5", due=date(2026, 8, 30))
    a_finding(met, "S5", due=date(2026, 8, 30), done_on=date(2026, 8, 30))
    a_finding(late, "S5", due=date(2026, 8, 30), done_on=date(2026, 8, 31))
    a_finding(still_open, "S5", due=TODAY)
    a_finding(met, "LB-02", due=date(2026, 8, 31))
    coordinator = a_user("coordinator", team)
    for outcome, placement in {"missed": missed, "met": met, "late": late, "open": still_open}.items():
        assert listed(client, coordinator, regel="S5", uitkomst=outcome) == [placement.number], outcome
    assert listed(client, coordinator, regel="LB-02") == [met.number]


def test_filter_by_what_is_not_done_and_what_is_due_soon(client):
    team = a_team()
    missed, soon, later, met = (a_placement(team=team, student=a_student(last_name=name)) for name in "ABCD")
    a_finding(missed, "S5", due=date(2026, 8, 30))
    a_finding(soon, "S5", due=date(2026, 12, 7))
    a_finding(later, "S5", due=date(2026, 12, 8))
    a_finding(met, "S5", due=date(2026, 8, 30), done_on=date(2026, 8, 30))
    coordinator = a_user("coordinator", team)
    assert listed(client, coordinator, uitkomst="undone") == [missed.number, soon.number, later.number]
    assert listed(client, coordinator, uitkomst="soon") == [soon.number]


def test_filters_by_programme_company_and_one_teacher(client):
    team = a_team()
    care = a_placement(team=team, student=a_student(last_name="Aarts"))
    build = a_placement(team=team, student=a_student(last_name="Bakker"), location=a_location(name="Bouw Oost"))
    coordinator = a_user("coordinator", team)
    assert listed(client, coordinator, opleiding=care.programme.crebo) == [care.number]
    assert listed(client, coordinator, leerbedrijf="oost") == [build.number]
    assert listed(client, coordinator, leerbedrijf=build.location.sbb_id) == [build.number]
    assert listed(client, coordinator, docent=str(build.teacher.pk)) == [build.number]


def test_choices_are_of_the_own_teams_and_of_the_chosen_one(client):
    college = a_college()
    one, other = a_team("Zorg", college), a_team("Bouw", college)
    in_one, in_other, foreign = a_placement(team=one), a_placement(team=other), a_placement()
    client.force_login(a_user("manager", college=college))

    def offered(name, **query):
        return [value for value, _label in client.get(URL, query).context["filters"].fields[name].choices if value]

    assert offered("team") == [str(other.pk), str(one.pk)]
    assert offered("docent") == ["mijn", "geen", str(in_one.teacher.pk), str(in_other.teacher.pk)]
    assert offered("docent", team=str(one.pk)) == ["mijn", "geen", str(in_one.teacher.pk)]
    assert offered("opleiding", team=str(foreign.team.pk)) == [in_one.programme.crebo, in_other.programme.crebo]


def test_who_has_many_teams_chooses_a_team_before_a_class(client, monkeypatch):
    monkeypatch.setattr("compliance.listing.MANY_TEAMS", 1)
    college = a_college()
    placement = a_placement(team=a_team(college=college))
    a_team(college=college)
    manager = a_user("manager", college=college)
    client.force_login(manager)
    assert client.get(URL).context["filters"].fields["klas"].choices == [("", "Kies eerst een team")]
    assert listed(client, manager, klas="IC4A") == [placement.number]
    assert listed(client, manager, klas="XX") == []


def test_what_has_the_number_or_the_last_name_that_is_typed_comes_first(client):
    team = a_team()
    in_a_company = a_placement(
        team=team, student=a_student(last_name="Aarts"), location=a_location(name="Jansen Bouw")
    ).number
    longer = a_placement(team=team, student=a_student(last_name="Jansen-Abels")).number
    exact = a_placement(team=team, student=a_student(last_name="Jansen")).number
    coordinator = a_user("coordinator", team)
    assert listed(client, coordinator, q="Jansen") == [exact, in_a_company, longer]
    assert listed(client, coordinator, q="jansen", sort="-student") == [exact, longer, in_a_company]


def test_search_with_the_prefix_or_without(client):
    placement = a_placement(student=a_student(first_name="Noa", prefix="de", last_name="Vries"))
    coordinator = a_user("coordinator", placement.team)
    for typed in ("de vries", "vries", "Noa de Vries", "noa vries", "vries de"):
        assert listed(client, coordinator, q=typed) == [placement.number], typed


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("student", "ABC"),
        ("-student", "CBA"),
        ("leerbedrijf", "CAB"),
        ("-leerbedrijf", "BAC"),
        ("begin", "BCA"),
        ("-begin", "ACB"),
        ("uiterlijk", "BAC"),
        ("-uiterlijk", "ABC"),
        ("docent", "ACB"),
        ("-docent", "CAB"),
        ("onzin", "ABC"),
    ],
)
def test_order(client, order, expected):
    """C has nothing left to do and B has no bpv-docent: they stand last, whichever the direction."""
    team = a_team()
    teachers = {name: a_user("teacher", team, last_name=name) for name in ("Peters", "Zwart")}
    made = {}
    for name, company, start, teacher in [
        ("A", "Molen", date(2026, 9, 28), "Peters"),
        ("B", "Zaag", date(2026, 8, 31), None),
        ("C", "Akker", date(2026, 9, 7), "Zwart"),
    ]:
        placement = a_placement(
            team=team, start=start, student=a_student(last_name=name), location=a_location(name=company)
        )
        placement.teacher = teachers.get(teacher)
        placement.save()
        made[placement.number] = name
    by_name = {name: number for number, name in made.items()}
    a, b, c = (Placement.objects.get(number=by_name[name]) for name in "ABC")
    a_finding(a, "S5", due=date(2026, 12, 1))
    a_finding(a, "LB-02", due=date(2026, 8, 1))  # gone by for good: nothing to do
    a_finding(b, "S5", due=date(2026, 11, 1))
    a_finding(c, "S5", due=date(2026, 8, 1), done_on=date(2026, 8, 1))
    found = listed(client, a_user("coordinator", team), sort=order)
    assert "".join(made[number] for number in found) == expected


def test_the_column_that_orders_says_so(client):
    placement = a_placement()
    client.force_login(a_user("coordinator", placement.team))
    page = client.get(URL, {"sort": "-begin", "leerweg": "BOL"}).content.decode()
    assert page.count("aria-sort=") == page.count('aria-sort="descending"') == 1
    assert 'href="?leerweg=BOL&amp;sort=begin"' in page


def test_ready_made_views_count_what_they_list(client):
    team = a_team()
    for name in "ABC":
        a_finding(a_placement(team=team, student=a_student(last_name=name)), "S5", due=date(2026, 8, 30))
    without = a_placement(team=team)
    without.teacher = None
    without.save()
    coordinator = a_user("coordinator", team)
    client.force_login(coordinator)
    views = client.get(URL).context["views"]
    counted = {str(view.label): view.count for view in views}
    assert counted == {
        "Loopt of komt": 4,
        "POK te laat": 3,
        "1e contact te laat": 0,
        "Vraag open": 0,
        "Zonder docent": 1,
    }
    assert {str(view.label): len(numbers(client.get(URL + view.url))) for view in views} == counted


def test_a_filter_that_is_typed_gives_a_short_address(client):
    placement = a_placement()
    client.force_login(a_user("coordinator", placement.team))
    typed = {"q": "yus", "klas": "", "periode": "", "sort": "student", "leerweg": "BOL"}
    response = client.get(URL, typed, headers={"HX-Request": "true"})
    assert response["HX-Replace-Url"] == "/plaatsingen/?q=yus&leerweg=BOL"


def test_first_to_do_links_to_the_deed_of_the_reader_alone(client):
    placement = a_placement()
    a_finding(placement, "S4.2-b", due=date(2026, 9, 28))

    def first(user):
        client.force_login(user)
        return client.get(URL).context["page"][0].first.url

    assert first(placement.teacher) == f"/plaatsingen/{placement.number}/contact/"
    assert first(a_user("coordinator", placement.team)) == ""


def test_rows_are_chosen_by_whom_they_are_for(client):
    team = a_team()
    own = a_placement(team=team, student=a_student(last_name="Aarts"))
    a_placement(team=team, student=a_student(last_name="Bakker"))

    def choices(user):
        client.force_login(user)
        return [row.may_choose for row in client.get(URL).context["page"]]

    assert choices(a_user("coordinator", team)) == [True, True]
    assert choices(own.teacher) == [True, False]
    assert choices(a_user("manager", team)) == [False, False]


def test_find_a_student_and_call(client):
    """Search, open the dossier, press the number: three clicks at most."""
    placement = a_placement()
    placement.supervisor.phone = "0685000141"
    placement.supervisor.save()
    client.force_login(a_user("coordinator", placement.team))
    assert (
        f'href="/plaatsingen/{placement.number}/"' in client.get(URL, {"q": placement.student.number}).content.decode()
    )
    assert 'href="tel:+31685000141"' in client.get(f"/plaatsingen/{placement.number}/").content.decode()


def test_an_unknown_filter_is_off_and_no_chip_says_otherwise(client):
    placement = a_placement()
    client.force_login(a_user("coordinator", placement.team))
    response = client.get(URL, {"team": "999999", "regel": "X", "page": "77"})
    assert (numbers(response), response.context["chips"]) == ([placement.number], [])


def test_a_chip_takes_its_filter_off(client):
    placement = a_placement()
    client.force_login(a_user("coordinator", placement.team))
    chips = client.get(URL, {"leerweg": "BOL", "docent": "mijn"}).context["chips"]
    assert [(chip.label, chip.url) for chip in chips] == [
        ("Bpv-docent: Mijn studenten", "?leerweg=BOL"),
        ("Leerweg: BOL", "?docent=mijn"),
    ]


def test_late_is_red_only_for_whose_turn_it_is(client):
    placement = a_placement()
    a_finding(placement, "S5", due=date(2026, 8, 30))
    a_finding(placement, "S4.2-b", due=date(2026, 9, 28))

    def states(user):
        client.force_login(user)
        row = client.get(URL).context["page"][0]
        return [mark.state for mark in row.marks]

    assert states(a_user("coordinator", placement.team)) == ["late", "na", "late-other", "na", "na", "na", "na"]
    assert states(placement.teacher) == ["late-other", "na", "late", "na", "na", "na", "na"]
    assert states(a_user("manager", placement.team)) == ["late-other", "na", "late-other", "na", "na", "na", "na"]


def test_first_to_do_is_what_falls_due_first(client):
    placement = a_placement()
    a_finding(placement, "S6.2-a", due=date(2027, 2, 26))
    a_finding(placement, "S4.2-b", due=date(2026, 9, 28))
    client.force_login(placement.teacher)
    first = client.get(URL).context["page"][0].first
    assert (first.text, first.due, first.state) == ("Leerdoelen bespreken", date(2026, 9, 28), "late")


def test_an_empty_result_says_what_to_do(client):
    placement = a_placement(start=date(2026, 2, 1), end=date(2026, 6, 30))
    client.force_login(a_user("coordinator", placement.team))
    page = client.get(URL, {"q": placement.number}).content.decode()
    assert f'href="?q={placement.number}&amp;periode=alles"' in page
    page = client.get(URL, {"q": "bestaatniet", "periode": "alles"}).content.decode()
    assert page.count(">Alle plaatsingen tonen</a>") == 1


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_does_not_grow(client, django_assert_num_queries, count):
    team = a_team()
    for _ in range(count):
        placement = a_placement(team=team, supervisor=a_contact())
        a_finding(placement, "S5", due=date(2026, 8, 30))
    client.force_login(a_user("coordinator", team))
    client.get(URL)  # the first visit marks the session
    with django_assert_num_queries(8):
        assert len(numbers(client.get(URL))) == count


def test_pages_of_fifty(client):
    team = a_team()
    for _ in range(51):
        a_placement(team=team)
    client.force_login(a_user("coordinator", team))
    assert len(numbers(client.get(URL))) == 50
    assert len(numbers(client.get(URL, {"page": 2}))) == 1
    assert reverse("placements") == URL
