"""How many clicks the deeds of every day take, from the page where a person begins; typing and Enter are no clicks."""

from datetime import date

import pytest
from playwright.sync_api import Locator, Page

from companies.models import Contact
from compliance import bulk, judging
from tests.browser.conftest import IN_A_BROWSER, TODAY
from tests.builders import a_placement
from visits.models import ContactMoment, HelpRequest

pytestmark = IN_A_BROWSER
MOST = 3


class Clicks:
    """Clicks and counts."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def on(self, place: Locator) -> None:
        self.count += 1
        place.first.click()


@pytest.mark.parametrize("width", [390, 1440])
def test_find_a_student_and_call_the_praktijkopleider(open_page, judged_world, width):
    side = judged_world.ours
    Contact.objects.filter(pk=side.placement.supervisor_id).update(phone="0685000141")
    page = open_page(width=width, user=side.people["coordinator"])
    page.goto("/")
    clicks = Clicks(page)
    if width == 390:
        clicks.on(page.get_by_role("link", name="Plaatsingen", exact=True))
        page.locator("#id_q").fill(side.placement.student.number)
    else:
        page.locator("header [name=q]").fill(side.placement.student.number)
        page.keyboard.press("Enter")
    clicks.on(page.locator("main").get_by_role("link", name=side.placement.student.full_name, exact=True))
    page.get_by_role("heading", level=1, name=side.placement.student.full_name).wait_for()
    assert page.locator("main a[href='tel:+31685000141']:visible").count() >= 1
    clicks.count += 1  # the number itself: a browser without a phone has nothing to open
    assert clicks.count == {390: MOST, 1440: MOST - 1}[width]


@pytest.mark.parametrize("width", [390, 1440])
def test_log_a_visit(open_page, judged_world, width):
    page = open_page(width=width, user=judged_world.ours.people["teacher"])
    page.goto("/")
    clicks = Clicks(page)
    clicks.on(page.locator("main").get_by_role("link", name="Gesprek vastleggen"))
    clicks.on(page.get_by_label("Wat is besproken?"))
    page.keyboard.type("Het ging goed.")
    clicks.on(page.get_by_label("Er zijn geen nieuwe afspraken"))  # one more than elsewhere: BEG-06 asks for it
    clicks.on(page.get_by_role("button", name="Gesprek vastleggen"))
    page.wait_for_url("**/plaatsingen/*/")
    assert (clicks.count, ContactMoment.objects.filter(discussed="Het ging goed.").count()) == (MOST + 1, 1)


@pytest.mark.parametrize("width", [390, 1440])
def test_answer_a_question(open_page, judged_world, width):
    number = judged_world.ours.ids["request"]
    HelpRequest.objects.filter(number=number).update(owner=judged_world.ours.people["teacher"])
    page = open_page(width=width, user=judged_world.ours.people["teacher"])
    page.goto("/vragen/")
    clicks = Clicks(page)
    row = page.locator(f"#antwoord-{number}")
    clicks.on(page.locator(f"a[hx-target='#antwoord-{number}']"))
    clicks.on(row.get_by_label("Antwoord", exact=True))
    page.keyboard.type("Ik bel je.")
    clicks.on(row.get_by_role("button", name="Antwoord versturen"))
    page.get_by_text("Het antwoord is verstuurd.").wait_for()
    assert (clicks.count, HelpRequest.objects.get(number=number).response) == (MOST, "Ik bel je.")


def test_make_poks_for_a_class(open_page, judged_world):
    side = judged_world.ours
    dates = {"start": date(2026, 11, 30), "end": date(2027, 4, 23)}
    made = [a_placement(team=side.team, teacher=side.people["teacher"], **dates) for _ in range(3)]
    judging.rejudge([placement.pk for placement in made], today=TODAY)
    page = open_page(user=side.people["coordinator"])
    page.goto("/")
    clicks = Clicks(page)
    clicks.on(page.locator(".work-group", has_text="Maak 3 POK's").get_by_role("button", name="POK's maken"))
    clicks.on(page.get_by_role("button", name="3 POK's maken", exact=True))
    page.get_by_role("progressbar").wait_for()
    bulk.work_waiting(today=TODAY)
    page.get_by_text("3 POK's gemaakt.").first.wait_for()
    assert (clicks.count, sum(placement.poks.count() for placement in made)) == (2, 3)


@pytest.mark.parametrize("width", [390, 1440])
def test_find_who_has_no_first_contact(open_page, judged_world, width):
    page = open_page(width=width, user=judged_world.ours.people["coordinator"])
    page.goto("/")
    clicks = Clicks(page)
    clicks.on(page.get_by_role("link", name="Plaatsingen", exact=True))
    clicks.on(page.locator("main").get_by_role("link", name="1e contact te laat"))
    page.wait_for_url("**/plaatsingen/?*regel=S4.2-b*")
    page.locator("main table").wait_for()
    assert clicks.count == 2
