"""Plaatsingen in a browser: the list follows what is typed, and does the same without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import COLOUR, IN_A_BROWSER, WCAG, too_wide, violations
from tests.builders import a_location, a_placement, a_student, a_team, a_user

pytestmark = IN_A_BROWSER


@pytest.fixture
def team():
    """Four students; one is called De Vries, one does their bpv in Rijssen, one is of BBL."""
    team = a_team("Zorg")
    a_placement(team=team, student=a_student(first_name="Noa", prefix="de", last_name="Vries"))
    a_placement(
        team=team,
        student=a_student(first_name="Sem", last_name="Bos"),
        location=a_location(name="Regge", city="Rijssen"),
    )
    a_placement(team=team, student=a_student(first_name="Mila", prefix="", last_name="Kok"), leerweg="BBL")
    a_placement(
        team=team, student=a_student(first_name="Guus", prefix="van den", last_name="Nijenhuis-tot-den-Achterhoekerweg")
    )
    return team


def names(page: Page) -> list[str]:
    return [name.split()[0] for name in page.locator("tbody th a").all_inner_texts()]


def test_the_list_follows_what_is_typed(open_page, team):
    page = open_page(user=a_user("coordinator", team))
    page.goto("/plaatsingen/")
    search = page.get_by_label("Zoeken", exact=True)
    search.press_sequentially("de vri", delay=20)
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"/plaatsingen/\?q=de\+vri$"))
    expect(search).to_be_focused()
    expect(page.locator("#gezegd")).to_have_text("1 plaatsing")
    expect(page.locator(".chip")).to_have_text(re.compile("^Zoeken: de vri"))
    search.press_sequentially("es", delay=20)  # the caret is where it was
    expect(search).to_have_value("de vries")
    search.fill("")
    expect(page.locator("tbody tr")).to_have_count(4)
    expect(page).to_have_url(re.compile(r"/plaatsingen/$"))


def test_a_choice_works_at_once_and_the_file_goes_along(open_page, team):
    page = open_page(user=a_user("coordinator", team))
    page.goto("/plaatsingen/")
    page.get_by_text("Alle filters").click()
    page.get_by_label("Leerweg").select_option("BBL")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("#filters-aan")).to_have_text("(1 aan)")
    page.get_by_text("Exporteren").click()
    with page.expect_download() as file:
        page.get_by_role("button", name="Tekst (csv)").click()
    assert file.value.path().read_text("utf-8-sig").count("\n") == 2
    page.get_by_text("Filter opslaan").first.click()
    page.get_by_label("Naam van het filter").fill("Alleen BBL")
    page.get_by_role("button", name="Filter opslaan").click()
    expect(page.get_by_text("Filter Alleen BBL is opgeslagen.")).to_be_visible()
    assert names(page) == ["Mila"]


def test_rows_are_chosen_also_after_the_list_changed(open_page, team):
    page = open_page(user=a_user("coordinator", team))
    page.goto("/plaatsingen/")
    page.get_by_label("Zoeken", exact=True).press_sequentially("rijssen")
    expect(page).to_have_url(re.compile(r"q=rijssen$"))  # the last of several answers: its rows are new ones
    expect(page.locator("tbody tr")).to_have_count(1)
    page.get_by_label("Alles op deze pagina kiezen").check()
    expect(page.locator(".bulk")).to_be_visible()
    expect(page.locator("[data-chosen]")).to_have_text("1")


@pytest.mark.parametrize("width", [390, 1440])
def test_the_same_without_script(open_page, team, width):
    page = open_page(width=width, script=False, user=a_user("coordinator", team))
    page.goto("/plaatsingen/")
    page.get_by_label("Zoeken", exact=True).fill("de vries")
    page.get_by_role("button", name="Filteren").click()
    assert names(page) == ["Noa"]
    page.get_by_label("Zoeken", exact=True).fill("")
    page.get_by_text("Alle filters").click()
    page.get_by_label("Leerweg").select_option("BBL")
    page.get_by_label("Volgorde").select_option("-student")
    page.get_by_role("button", name="Filteren").click()
    assert names(page) == ["Mila"]
    page.get_by_text("Filter opslaan").first.click()
    page.get_by_label("Naam van het filter").fill("BBL")
    page.get_by_role("button", name="Filter opslaan").click()
    assert names(page) == ["Mila"]
    page.get_by_label("Mila Kok kiezen").check()
    expect(page.locator(".bulk")).to_be_visible()
    with page.expect_download():
        page.get_by_text("Exporteren").click()
        page.get_by_role("button", name="Excel (xlsx)").click()


def test_open_folds_are_readable_for_everybody(open_page, team):
    page = open_page(user=a_user("coordinator", team))
    found = {}
    for width in (1440, 320):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("/plaatsingen/?leerweg=BOL")
        page.locator("tbody [name=sel]").first.check()
        for fold in ("Alle filters", "Filter opslaan", "Exporteren"):
            page.get_by_text(fold, exact=False).first.click()
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                rules = WCAG if scheme == "light" else COLOUR
                found[width, fold, scheme] = violations(page, rules) + (["too wide"] if too_wide(page) else [])
    assert {place: faults for place, faults in found.items() if faults} == {}
