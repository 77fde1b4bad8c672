"""From a filtered list to the POKs of a class, in few clicks; and every look of the pages in between."""

import time
from datetime import date

import pytest

from agreements.models import Pok
from bpv.core.models import OutboxMail
from compliance import bulk as deeds
from placements.models import Placement
from tests.browser.conftest import IN_A_BROWSER, TODAY
from tests.browser.test_every_page import faults_of
from tests.builders import a_placement
from tests.project.world import World

pytestmark = IN_A_BROWSER


@pytest.fixture
def a_class(judged_world: World) -> list[Placement]:
    """Three students whose bpv is still to come, one of them without a praktijkopleider."""
    side = judged_world.ours
    dates = {"start": date(2027, 2, 1), "end": date(2027, 7, 2)}
    made = [a_placement(team=side.team, teacher=side.people["teacher"], **dates) for _ in range(3)]
    for placement in made:
        placement.enrolment.group = "ZZ9Z"
        placement.enrolment.save()
        placement.keuzedelen = ["K0067"]
        placement.save()
    return made


@pytest.mark.parametrize("width", [390, 1440])
def test_poks_for_a_class_in_three_clicks(open_page, judged_world, a_class, width):
    page = open_page(width=width, user=judged_world.ours.people["coordinator"])
    page.goto("/plaatsingen/?klas=ZZ9Z")
    began = time.monotonic()
    page.locator("[data-choose-all]:visible").first.click()
    page.get_by_role("button", name="POK's maken", exact=True).click()
    page.get_by_role("button", name="3 POK's maken", exact=True).click()
    page.get_by_role("progressbar").wait_for()
    assert page.locator("label[for=voortgang]").inner_text() == "Bezig: 0 van 3"
    deeds.work_waiting(today=TODAY)
    page.get_by_text("3 POK's gemaakt.").first.wait_for()
    assert time.monotonic() - began < 60
    assert set(Pok.objects.filter(placement__in=a_class).values_list("placement", flat=True)) == {
        placement.pk for placement in a_class
    }


@pytest.mark.parametrize("width", [390, 1440])
def test_the_same_without_javascript(open_page, judged_world, a_class, width):
    Placement.objects.filter(pk=a_class[0].pk).update(supervisor=None)
    page = open_page(width=width, script=False, user=judged_world.ours.people["coordinator"])
    page.goto("/plaatsingen/?klas=ZZ9Z")
    for placement in a_class:
        page.locator(f"[value={placement.number}]").check()
    page.get_by_role("button", name="POK's maken", exact=True).click()
    page.get_by_text("Er is nog geen praktijkopleider.").wait_for()
    page.get_by_label("Uren voor keuzedeel K0067").fill("120")
    page.get_by_role("button", name="2 POK's maken", exact=True).click()
    deeds.work_waiting(today=TODAY)
    page.get_by_role("link", name="Kijk hoe ver het is").click()
    page.get_by_text("2 POK's gemaakt. 1 is niet gedaan.").wait_for()
    page.goto("/plaatsingen/")
    page.get_by_role("link", name="Mijn klussen").click()
    page.get_by_role("link", name="POK's maken").first.click()
    page.get_by_role("link", name="Plaatsing wijzigen").click()
    assert page.url.endswith(f"/plaatsingen/{a_class[0].number}/wijzigen/")
    assert Pok.objects.filter(placement__in=a_class, lines__hours=120).count() == 2


@pytest.mark.parametrize("script", [True, False])
def test_a_docent_writes_to_the_own_students(open_page, judged_world, a_class, script):
    page = open_page(script=script, user=judged_world.ours.people["teacher"])
    page.goto("/plaatsingen/?klas=ZZ9Z")
    for placement in a_class[:2]:
        page.locator(f"[value={placement.number}]").check()
    page.get_by_role("button", name="Bericht sturen", exact=True).click()
    page.get_by_label("Onderwerp").fill("Terugkomdag")
    page.get_by_label("Bericht", exact=True).fill("Kom je om 9 uur?")
    if not script:
        page.get_by_role("button", name="Voorbeeld verversen").click()
    page.locator(".mail-text", has_text="Kom je om 9 uur?").wait_for()
    page.get_by_role("button", name="Bericht sturen", exact=True).click()
    page.get_by_text("Dit gaat door").wait_for()
    deeds.work_waiting(today=TODAY)
    to = sorted(OutboxMail.objects.filter(kind="message").values_list("to", flat=True))
    assert to == sorted(placement.student.email for placement in a_class[:2])


@pytest.mark.parametrize("deed", ["Docent toewijzen", "Bericht sturen", "POK's maken"])
def test_nothing_is_wrong_with_what_will_happen(open_page, judged_world, a_class, deed):
    Placement.objects.filter(pk=a_class[0].pk).update(supervisor=None)
    teacher = judged_world.ours.people["teacher"]
    teacher.reachability = "ma-vr 8-17 uur"
    teacher.save()
    page = open_page(user=judged_world.ours.people["coordinator"])
    page.goto("/plaatsingen/?periode=alles")
    page.locator("[data-choose-all]:visible").first.click()
    page.get_by_role("button", name=deed, exact=True).click()
    page.locator("#samen").wait_for()
    assert faults_of(page) == []
    if deed != "POK's maken":
        page.locator("[name=doen]").click()
        page.locator(".errors").wait_for()
        assert faults_of(page) == []


def test_nothing_is_wrong_with_the_result(open_page, judged_world, a_class):
    Placement.objects.filter(pk=a_class[0].pk).update(supervisor=None)
    page = open_page(user=judged_world.ours.people["coordinator"])
    page.goto("/plaatsingen/?klas=ZZ9Z")
    page.locator("[data-choose-all]:visible").first.click()
    page.get_by_role("button", name="POK's maken", exact=True).click()
    page.get_by_role("button", name="2 POK's maken", exact=True).click()
    deeds.work_waiting(today=TODAY)
    page.get_by_text("2 POK's gemaakt.").first.wait_for()
    assert faults_of(page) == []
    page.goto("/plaatsingen/samen/")
    page.get_by_role("link", name="POK's maken").first.wait_for()
    assert faults_of(page) == []
