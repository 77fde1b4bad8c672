"""The POKs of a whole class: made in bulk, signed by three parties on their own devices, sealed, filed, and *met*.

CLASS=30 for a whole class; five of them at one leerbedrijf whose praktijkopleider reads German.
"""

import os
from datetime import timedelta
from itertools import groupby

import pytest
from playwright.sync_api import Page

from accounts.models import User
from agreements import invitations
from agreements.lifecycle import State, state_of
from agreements.models import Pok, Signature
from bpv.core import clock
from bpv.core.models import Touch
from companies.models import Contact
from compliance import bulk, judging
from tests.agreements.conftest import _seal_folder, seal_key  # noqa: F401
from tests.browser.conftest import IN_A_BROWSER, TODAY, too_wide
from tests.browser.rounds import PASSWORD, company_signs_all, school_signs, sealed, students_sign
from tests.builders import a_contact, a_location, a_placement, a_programme, a_team, a_user

pytestmark = IN_A_BROWSER
HOW_MANY = int(os.environ.get("CLASS", "7"))
TOGETHER = 5  # students at one leerbedrijf


def a_class() -> User:
    """Placements of group ZZ9Z, five at each leerbedrijf; the coordinator of their team."""
    team = a_team()
    programme = a_programme("BOL", team)
    period = {
        "start": clock.date(2026, 12, 7),
        "end": clock.date(2027, 4, 23),
        "hours_per_week": 32,
        "hours_total": 608,
    }
    teacher = a_user("teacher", team)
    for number in range(HOW_MANY):
        if number % TOGETHER == 0:
            boss = a_boss(number)
        same = {"programme": programme, "location": boss.location, "supervisor": boss, "teacher": teacher}
        placement = a_placement(**same, **period)
        placement.enrolment.group = "ZZ9Z"
        placement.enrolment.save()
    by = a_user("coordinator", team)
    by.set_password(PASSWORD)
    by.save()
    return by


def a_boss(number: int) -> Contact:
    """The praktijkopleider who signs; the first reads German."""
    if number:
        return a_contact(a_location(), function="chef")
    location = a_location(name="Grenzland Softwaretechnik und Datenverarbeitung GmbH")
    return a_contact(location, first_name="Jürgen", last_name="Gromann", function="Ausbilder", language="de")


@pytest.mark.parametrize("width", [390, 1440])
def test_from_a_class_without_poks_to_a_dossier_that_is_met(open_page, log_in, seal_key, width):  # noqa: F811
    by = a_class()
    page = open_page(width=width, user=by)
    coordinator_makes_and_offers(page)
    poks = list(Pok.objects.select_related("placement__supervisor", "document").order_by("placement__supervisor", "pk"))
    assert len(poks) == HOW_MANY
    companies = [list(group) for _boss, group in groupby(poks, key=lambda pok: pok.placement.supervisor_id)]
    invited = invitations.invite_waiting(clock.now() + timedelta(minutes=1))
    assert invited == len(companies) + HOW_MANY
    for theirs in companies:
        company_signs_all(open_page(width=width), theirs)
    students_sign(open_page(width=width), log_in, poks)
    school_signs(page, poks)
    assert Signature.objects.count() == 3 * HOW_MANY
    assert {state_of(pok, TODAY) for pok in Pok.objects.all()} == {State.COMPLETE}
    assert sealed() == HOW_MANY
    assert {state_of(pok, TODAY) for pok in Pok.objects.all()} == {State.FILED}
    everything_is_met(page, poks)


def coordinator_makes_and_offers(page: Page) -> None:
    """From the list of the class: choose all, make and have them signed, in one go."""
    page.goto("/plaatsingen/?klas=ZZ9Z")
    page.locator("[data-choose-all]:visible").first.click()
    page.get_by_role("button", name="POK's maken", exact=True).click()
    page.get_by_label("digitaal").check()
    assert not too_wide(page)
    page.get_by_role("button", name=f"{HOW_MANY} POK's maken", exact=True).click()
    page.get_by_role("progressbar").wait_for()
    while bulk.work_waiting(today=TODAY):
        pass
    page.get_by_text(f"{HOW_MANY} POK's gemaakt.").first.wait_for()
    assert not too_wide(page)


def everything_is_met(page: Page, poks: list[Pok]) -> None:
    """POK-03 and S5 in the dossier, in the words of the product."""
    judging.rejudge([pok.placement_id for pok in poks], today=TODAY)
    Touch.objects.all().delete()
    for pok in poks:
        page.goto(f"/plaatsingen/{pok.placement.number}/")
        page.locator("#standaarden summary", has_text="gehaald").first.click()
        for rule in ("POK op tijd getekend", "POK in dossier"):  # POK-03, S5
            line = page.locator("#standaarden .finding", has=page.get_by_role("heading", name=rule, exact=True))
            assert line.locator("b.is-done").count() == 1
    page.goto(f"/pok/{poks[0].pk}/")
    page.get_by_text("Elektronisch ondertekend, verzegeld door de school.").wait_for()
