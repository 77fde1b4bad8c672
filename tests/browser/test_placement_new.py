"""A new placement: student and leerbedrijf by search, with and without script, by mouse and by keyboard."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from placements.models import Placement
from tests.browser.conftest import COLOUR, IN_A_BROWSER, WCAG, too_wide, violations
from tests.builders import a_contact, a_location, a_programme, a_student, a_user

pytestmark = IN_A_BROWSER


@pytest.fixture
def school(live_server):
    programme = a_programme()
    student = a_student(programme, first_name="Yusuf", prefix="van den", last_name="Berg")
    a_student(programme, first_name="Femke", prefix="de", last_name="Vries")
    trainer = a_contact(a_location(name="Zorggroep Regge", city="Rijssen"), first_name="Ilse", last_name="Wassink")
    a_contact(a_location(name="Bakkerij Oost"))
    return programme, student, trainer


def dates(page):
    page.get_by_label("Begin", exact=True).fill("2027-02-01")
    page.get_by_label("Einde", exact=True).fill("2027-07-02")
    page.get_by_label("Uren per week", exact=True).fill("24")
    page.get_by_label("Uren totaal", exact=True).fill("480")


def made(page, school):
    programme, student, trainer = school
    page.get_by_text("De plaatsing is gemaakt.").wait_for()
    placement = Placement.objects.get()
    found = (placement.student, placement.programme, placement.location, placement.supervisor)
    assert found == (student, programme, trainer.location, trainer)


def typed(page, label, words):
    """Letter by letter; back when the answer to the whole is there: what is chosen sooner, a later answer forgets."""
    with page.expect_response(lambda answer: [words] in parse_qs(urlsplit(answer.url).query).values()):
        page.get_by_label(label, exact=True).press_sequentially(words)
    expect(page.locator(".htmx-request")).to_have_count(0)


@pytest.mark.parametrize("width", [390, 1440])
def test_results_come_while_typing(open_page, school, width):
    page = open_page(width=width, user=a_user("coordinator", school[0].team))
    page.goto("/plaatsingen/nieuw/")
    dates(page)
    typed(page, "Student zoeken", "van den b")
    page.get_by_role("radio", name="Yusuf van den Berg").check()
    expect(page.locator("#gezegd")).to_have_text("1 gevonden. Kies die hieronder.")
    typed(page, "Leerbedrijf zoeken", "rijs")
    page.get_by_role("radio", name="Zorggroep Regge").check()
    page.get_by_role("radio", name="Ilse Wassink").check()
    page.get_by_label("Student zoeken", exact=True).fill("femke")
    expect(page.get_by_role("radio", name="Femke de Vries")).to_be_visible()
    expect(page.get_by_role("radio", name="Yusuf van den Berg")).to_be_checked()
    assert (violations(page, WCAG), violations(page, COLOUR), too_wide(page)) == ([], [], False)
    page.get_by_role("button", name="Plaatsing maken").click()
    made(page, school)


def test_with_the_keyboard_alone(open_page, school):
    page = open_page(user=a_user("coordinator", school[0].team))
    page.goto("/plaatsingen/nieuw/")
    dates(page)
    page.get_by_label("Student zoeken", exact=True).focus()
    page.keyboard.type("berg")
    page.get_by_role("radio", name="Yusuf van den Berg").wait_for()
    expect(page.get_by_label("Student zoeken", exact=True)).to_be_focused()
    for key in ("Tab", "Tab", "Space", "Tab"):
        page.keyboard.press(key)
    expect(page.get_by_label("Leerbedrijf zoeken", exact=True)).to_be_focused()
    page.keyboard.type("regge")
    page.get_by_role("radio", name="Zorggroep Regge").wait_for()
    for key in ("Tab", "Tab", "Space"):
        page.keyboard.press(key)
    page.get_by_role("radio", name="Ilse Wassink").wait_for()
    for key in ("Tab", "ArrowDown"):
        page.keyboard.press(key)
    page.get_by_role("button", name="Plaatsing maken").press("Enter")
    made(page, school)


@pytest.mark.parametrize("width", [390, 1440])
def test_without_script(open_page, school, width):
    page = open_page(width=width, script=False, user=a_user("coordinator", school[0].team))
    page.goto("/plaatsingen/nieuw/")
    dates(page)
    page.get_by_label("Student zoeken", exact=True).fill("berg")
    page.get_by_role("group", name="Student").get_by_role("button", name="Zoeken").click()
    page.get_by_role("radio", name="Yusuf van den Berg").check()
    page.get_by_label("Leerbedrijf zoeken", exact=True).fill("regge")
    page.get_by_role("group", name="Leerbedrijf").get_by_role("button", name="Zoeken").click()
    page.get_by_role("radio", name="Zorggroep Regge").check()
    page.get_by_role("button", name="Praktijkopleiders tonen").click()
    page.get_by_role("radio", name="Ilse Wassink").check()
    assert (page.get_by_label("Begin", exact=True).input_value(), Placement.objects.count()) == ("2027-02-01", 0)
    page.get_by_role("button", name="Plaatsing maken").click()
    made(page, school)
