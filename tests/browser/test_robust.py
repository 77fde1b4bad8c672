"""What may go wrong under one's fingers: two clicks, no connection, an ended session, letters twice as large."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page

from tests.browser.conftest import IN_A_BROWSER, too_wide
from tests.project.world import World
from visits.models import ContactMoment, HelpRequest

pytestmark = IN_A_BROWSER
REPORT = "Een lang verslag van een goed gesprek."
# Hands the form over to htmx, as a page does with hx-post; the answer comes late enough for a second click.
BY_HTMX = """() => {
  const form = document.querySelector('main form');
  form.setAttribute('hx-post', form.action);
  form.setAttribute('hx-target', 'main');
  form.setAttribute('hx-select', 'main');
  form.setAttribute('hx-select-oob', 'unset');
  htmx.process(form);
}"""


def late(page: Page, address: str) -> list[str]:
    """Let every POST to this address wait a moment; gives the list of those that were made."""
    made = []

    def hold(route):
        if route.request.method == "POST":
            made.append(route.request.url)
            page.wait_for_timeout(300)
        route.continue_()

    page.route(address, hold)
    return made


@pytest.mark.parametrize("by_htmx", [False, True], ids=["form", "htmx"])
def test_second_click_does_nothing(open_page, judged_world, by_htmx):
    page = open_page(user=judged_world.ours.people["student"])
    page.goto(f"/vragen/nieuw/?plaatsing={judged_world.ours.placement.number}")
    page.get_by_label("Onderwerp").fill("Rooster")
    page.get_by_label("Bericht").fill("Het rooster klopt niet.")
    if by_htmx:
        page.evaluate(BY_HTMX)
    made = late(page, "**/vragen/nieuw/*")
    page.get_by_role("button", name="Vraag versturen").dblclick()
    page.get_by_text("De vraag is verstuurd.").wait_for()
    assert (len(made), HelpRequest.objects.filter(topic="Rooster").count()) == (1, 1)


def test_form_with_a_mistake_can_be_sent_again_by_htmx(open_page, judged_world):
    page = open_page(user=judged_world.ours.people["student"])
    page.goto(f"/vragen/nieuw/?plaatsing={judged_world.ours.placement.number}")
    page.get_by_label("Onderwerp").fill("Rooster")
    page.evaluate(BY_HTMX)
    page.get_by_role("button", name="Vraag versturen").click()
    page.locator(".errors").wait_for()
    page.wait_for_function("document.activeElement.className === 'errors'")
    page.get_by_label("Bericht").fill("Het rooster klopt niet.")
    page.get_by_role("button", name="Vraag versturen").click()
    page.get_by_text("De vraag is verstuurd.").wait_for()


def write_report(page: Page, world: World) -> str:
    address = f"/plaatsingen/{world.ours.placement.number}/contact/"
    page.goto(address)
    page.get_by_label("Wat is besproken?").fill(REPORT)
    page.get_by_label("Er zijn geen nieuwe afspraken").check()
    return address


def test_long_text_survives_a_browser_that_was_closed(open_page, judged_world):
    """Without a connection the whole form is kept (test_teachers_day); this is the text of one that was never sent."""
    page = open_page(width=390, user=judged_world.ours.people["teacher"])
    address = write_report(page, judged_world)
    page.goto("/")
    page.goto(address)
    assert page.get_by_label("Wat is besproken?").input_value() == REPORT
    page.get_by_label("Er zijn geen nieuwe afspraken").check()
    page.get_by_role("button", name="Gesprek vastleggen").click()
    page.wait_for_url(f"**/plaatsingen/{judged_world.ours.placement.number}/")
    assert ContactMoment.objects.filter(discussed=REPORT).count() == 1
    page.goto(address)
    assert page.get_by_label("Wat is besproken?").input_value() == ""


def test_long_text_survives_an_ended_session_but_not_another_person(open_page, judged_world, log_in):
    page = open_page(user=judged_world.ours.people["teacher"])
    address = write_report(page, judged_world)
    Session.objects.all().delete()
    page.get_by_role("button", name="Gesprek vastleggen").click()
    page.wait_for_url("**/account/login/**")
    log_in(page, judged_world.ours.people["teacher"])
    page.goto(address)
    assert page.get_by_label("Wat is besproken?").input_value() == REPORT
    log_in(page, judged_world.ours.people["coordinator"])
    page.goto(address)
    assert page.get_by_label("Wat is besproken?").input_value() == ""
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('draft:'))") == []


@pytest.fixture
def list_by_htmx(open_page, judged_world) -> Page:
    """A page of which a part is asked for by htmx."""
    page = open_page(user=judged_world.ours.people["coordinator"], expected="")
    page.goto("/vragen/")
    page.evaluate(
        """() => {
          const link = document.querySelector('main h1');
          link.setAttribute('hx-get', location.href);
          link.setAttribute('hx-target', 'main');
          link.setAttribute('hx-select', 'main');
          htmx.process(link);
        }"""
    )
    return page


def test_part_of_a_page_whose_session_ended_goes_to_the_login(list_by_htmx):
    Session.objects.all().delete()
    list_by_htmx.locator("h1").click()
    list_by_htmx.wait_for_url("**/account/login/?next=/vragen/")


def test_failed_part_says_so_and_its_success_takes_it_away(list_by_htmx):
    page = list_by_htmx
    page.route("**/vragen/", lambda route: route.fulfill(status=500, body="kapot"))
    page.locator("h1").click()
    page.get_by_role("status").get_by_text("Dat is niet gelukt.").wait_for()
    page.unroute("**/vragen/")
    page.context.set_offline(True)
    page.locator("h1").click()
    page.get_by_role("status").get_by_text("Er is geen verbinding.").wait_for()
    page.context.set_offline(False)
    page.locator("h1").click()
    page.get_by_text("Er is geen verbinding.").wait_for(state="hidden")


# Not the tables with data, which may scroll (1.4.10); zooming in on a whole page is the same as a narrow one
@pytest.mark.parametrize("address", ["/", "/plaatsingen/{number}/", "/plaatsingen/{number}/contact/", "/inlezen/"])
def test_nothing_is_lost_with_letters_twice_as_large(open_page, judged_world, address):
    page = open_page(width=1280, user=judged_world.ours.people["coordinator"])
    page.goto(address.format(**judged_world.ours.ids))
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert not too_wide(page)


def test_first_tab_leads_to_the_content(open_page, judged_world):
    page = open_page(user=judged_world.ours.people["coordinator"])
    page.goto("/plaatsingen/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Naar de inhoud"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhoud"
