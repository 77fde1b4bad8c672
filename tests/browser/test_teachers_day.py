"""A bpv-docent's day on a phone: three students at one leerbedrijf, one visit, three reports, one without connection.

Prints the seconds and taps of each report; the taps are pinned, the seconds depend on the machine.
"""

import time
from datetime import date

import pytest
from playwright.sync_api import Page

from placements.models import Placement
from tests.browser.conftest import COLOUR, IN_A_BROWSER, TODAY, WCAG, too_wide, violations
from tests.builders import a_contact, a_location, a_placement, a_talk, a_team, a_user
from visits.models import ActionPoint, ContactMoment, Talk

pytestmark = IN_A_BROWSER
NO_CONNECTION = "Failed to load resource"
# How many forms are on the device, asked until there is one.
FETCHED = """async () => {
  for (let count = 0; ; ) {
    count = (await (await caches.open("forms")).keys()).length;
    if (count) return count;
    await new Promise((again) => setTimeout(again, 50));
  }
}"""
MOST_TAPS = 4  # a short report: what was said, what was agreed, save; and one to open it


class Thumb:
    """Taps and types, and counts the taps."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps, self.began = page, 0, time.monotonic()

    def tap(self, place) -> None:
        place.click()
        self.taps += 1

    def write(self, label: str, text: str) -> None:
        self.tap(self.page.get_by_label(label, exact=True).first)
        self.page.keyboard.type(text)

    def report(self, name: str) -> int:
        """Prints what it took, and begins again."""
        seconds = time.monotonic() - self.began
        print(f"{name}: {self.taps} taps, {seconds:.1f} s")
        taken, self.taps, self.began = self.taps, 0, time.monotonic()
        return taken


@pytest.fixture
def visit(live_server) -> list[Placement]:
    """Three students of one praktijkopleider, each with a talk to plan this week."""
    team = a_team()
    teacher = a_user("teacher", team, first_name="Puck", last_name="Wetering")
    location = a_location(name="Bakkerij Regge", city="Goor")
    supervisor = a_contact(location, user=a_user())
    same = {"team": team, "teacher": teacher, "location": location, "supervisor": supervisor}
    placements = [a_placement(start=date(2026, 8, 31), **same) for _number in range(3)]
    for placement in placements:
        a_talk(placement, date(2026, 11, 25), occasion="half")
    return placements


def fill_in(thumb: Thumb, said: str) -> None:
    thumb.write("Wat is besproken?", said)
    thumb.write("Afspraak", "Opdracht 2 af")
    thumb.tap(thumb.page.get_by_role("button", name="Gesprek vastleggen", exact=True))


def is_fine(page: Page) -> None:
    assert (violations(page, WCAG), violations(page, COLOUR), too_wide(page)) == ([], [], False)


def test_one_visit_three_reports_one_without_connection(open_page, visit):
    page = open_page(width=390, user=visit[0].teacher, expected=NO_CONNECTION)
    page.goto("/agenda/")
    is_fine(page)
    page.get_by_role("button", name="Eén bezoek plannen").click()
    page.get_by_label("Datum").fill(str(TODAY))
    page.get_by_label("Begint om").fill("10:00")
    page.get_by_role("button", name="3 gesprekken plannen").click()
    page.get_by_text("De gesprekken staan in de agenda.").wait_for()
    assert [str(at) for at in Talk.objects.order_by("at").values_list("at", flat=True)] == [
        "10:00:00",
        "10:30:00",
        "11:00:00",
    ]
    thumb = Thumb(page)
    thumb.tap(page.get_by_role("link", name="Vastleggen").first)
    is_fine(page)
    second, third = [f"**gesprek={talk.pk}" for talk in Talk.objects.order_by("at")[1:]]
    fill_in(thumb, "De ochtend ging goed.")
    page.wait_for_url(second)
    taps = [thumb.report("first, online")]
    fill_in(thumb, "Werkt zelfstandig.")
    page.wait_for_url(third)
    taps.append(thumb.report("second, online"))
    page.context.set_offline(True)
    fill_in(thumb, "Mag vaker om hulp vragen.")
    page.get_by_text("nog niet verstuurd").wait_for()
    taps.append(thumb.report("third, without connection"))
    assert ContactMoment.objects.count() == 2
    page.context.set_offline(False)
    page.get_by_text("alsnog verstuurd").wait_for()
    page.goto("/")
    page.get_by_role("heading", level=1).wait_for()
    found = ContactMoment.objects.filter(talk__isnull=False, kind="on_site", with_student=True, with_supervisor=True)
    assert sorted(found.values_list("discussed", flat=True)) == [
        "De ochtend ging goed.",
        "Mag vaker om hulp vragen.",
        "Werkt zelfstandig.",
    ]
    assert (ContactMoment.objects.count(), ActionPoint.objects.count()) == (3, 3)
    assert [count <= MOST_TAPS for count in taps] == [True] * 3


def test_a_form_opens_without_connection_and_is_sent_once(open_page, visit):
    """The forms of the talks on the page were fetched when there was a connection."""
    talk = Talk.objects.get(placement=visit[0])
    talk.state, talk.on = "planned", TODAY
    talk.save()
    page = open_page(width=390, user=visit[0].teacher, expected=NO_CONNECTION)
    page.goto("/agenda/")
    assert page.evaluate(FETCHED) == 1
    page.context.set_offline(True)
    page.get_by_role("link", name="Vastleggen").first.click()
    page.get_by_label("Wat is besproken?", exact=True).fill("In de kelder.")
    page.get_by_label("Er zijn geen nieuwe afspraken").check()
    page.get_by_role("button", name="Gesprek vastleggen", exact=True).click()
    page.get_by_text("nog niet verstuurd").wait_for()
    page.context.set_offline(False)
    page.get_by_text("alsnog verstuurd").wait_for()
    for _time in range(2):  # nothing is left to send
        page.goto("/agenda/")
        page.get_by_role("heading", level=1).wait_for()
    assert list(ContactMoment.objects.values_list("discussed", flat=True)) == ["In de kelder."]


def test_what_the_school_refuses_later_comes_back_to_be_mended(open_page, visit):
    page = open_page(width=390, user=visit[0].teacher, expected=NO_CONNECTION)
    page.goto(f"/plaatsingen/{visit[0].number}/contact/")
    page.context.set_offline(True)
    page.get_by_label("Wat is besproken?", exact=True).fill("Morgen pas geweest.")
    page.get_by_label("Datum").fill("2026-11-24")
    page.get_by_label("Er zijn geen nieuwe afspraken").check()
    page.get_by_role("button", name="Gesprek vastleggen", exact=True).click()
    page.get_by_text("nog niet verstuurd").wait_for()
    page.context.set_offline(False)
    page.get_by_role("link", name="kon niet worden verstuurd").click()
    field = page.get_by_label("Wat is besproken?", exact=True)
    field.wait_for()
    assert field.input_value() == "Morgen pas geweest."
    page.get_by_label("Datum").fill("2026-11-23")
    page.get_by_label("Er zijn geen nieuwe afspraken").check()
    page.get_by_role("button", name="Gesprek vastleggen", exact=True).click()
    page.wait_for_url(f"**/plaatsingen/{visit[0].number}/")
    assert list(ContactMoment.objects.values_list("on", "discussed")) == [(TODAY, "Morgen pas geweest.")]
