"""Hours on a phone: a student writes a week, a praktijkopleider confirms a month at once (UUR-01)."""

from datetime import date

import pytest

from bpv.core import clock
from placements.models import HoursWeek
from tests.browser.conftest import COLOUR, IN_A_BROWSER, WCAG, too_wide, violations
from tests.builders import a_contact, a_placement, a_user, a_week

pytestmark = IN_A_BROWSER
FRIDAY = date(2026, 9, 18)


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(FRIDAY):
        yield


def looks_right(page):
    assert (violations(page, WCAG), violations(page, COLOUR), too_wide(page)) == ([], [], False)


def test_a_week_is_written_on_a_phone_and_a_month_confirmed_at_once(open_page):
    contact = a_contact(user=a_user(language="de"), language="de")
    placement = a_placement(location=contact.location, supervisor=contact)
    placement.student.user = a_user()
    placement.student.save()
    a_week(placement, date(2026, 9, 7))
    here = f"/plaatsingen/{placement.number}/uren/"

    page = open_page(width=390, user=placement.student.user)
    page.goto(f"{here}2026-w38/")
    page.get_by_role("link", name="Zoals vorige week invullen").click()
    page.get_by_label("Gewerkt").first.fill("25")
    page.get_by_role("button", name="Week indienen").click()
    page.locator(".is-invalid").first.wait_for()
    looks_right(page)
    page.get_by_label("Gewerkt").first.fill("7,5")
    page.get_by_role("button", name="Week indienen").click()
    page.get_by_text("Week 38 is ingediend.").wait_for()
    looks_right(page)

    page = open_page(width=390, user=contact.user)
    page.goto("/")
    page.get_by_role("link", name="Stunden bestätigen: 2 Wochen").click()
    looks_right(page)
    page.get_by_role("button", name="Gewählte Wochen bestätigen").click()
    page.get_by_text("2 Wochen sind bestätigt.").wait_for()
    looks_right(page)
    found = [(week.number, week.state, sum(day.worked for day in week.days.all())) for week in HoursWeek.objects.all()]
    assert sorted(found) == [(37, "confirmed", 24), (38, "confirmed", 23.5)]
