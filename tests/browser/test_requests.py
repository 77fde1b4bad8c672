"""A question is answered below its row in the inbox; without a script on its own page."""

import re

import pytest

from tests.browser.conftest import IN_A_BROWSER
from tests.builders import a_request
from visits.models import HelpRequest

pytestmark = IN_A_BROWSER


@pytest.fixture
def questions(judged_world):
    side = judged_world.ours
    HelpRequest.objects.all().delete()
    return [a_request(side.placement, topic=topic, owner=side.people["teacher"]) for topic in ("Rooster", "Reiskosten")]


def responses():
    return dict(HelpRequest.objects.values_list("topic", "response"))


@pytest.mark.parametrize("width", [390, 1440])
def test_answer_below_the_row_and_the_row_says_what_happened(open_page, judged_world, questions, width):
    page = open_page(width=width, user=judged_world.ours.people["teacher"])
    page.goto("/vragen/")
    page.get_by_role("link", name=re.compile("Beantwoorden.*Rooster")).click()
    page.get_by_label("Antwoord", exact=True).fill("Ik bel je morgen.")
    page.get_by_role("button", name="Antwoord versturen").dblclick()
    page.get_by_text("Het antwoord is verstuurd.").wait_for()
    assert page.locator(f"#klok-{questions[0].number} .state").inner_text() == "te laat gedaan"
    assert (page.url.endswith("/vragen/"), responses()) == (True, {"Rooster": "Ik bel je morgen.", "Reiskosten": ""})


def test_an_empty_answer_is_told_at_the_field_below_the_row(open_page, judged_world, questions):
    page = open_page(user=judged_world.ours.people["teacher"])
    page.goto("/vragen/")
    for topic in ("Rooster", "Reiskosten"):
        page.get_by_role("link", name=re.compile(f"Beantwoorden.*{topic}")).click()
        page.locator(f"#antwoord-{HelpRequest.objects.get(topic=topic).number} form").wait_for()
    second = page.locator(f"#antwoord-{questions[1].number}")
    second.get_by_role("button", name="Antwoord versturen").click()
    second.locator(".errors").wait_for()
    second.get_by_label("Antwoord", exact=True).fill("Vraag het aan je praktijkopleider.")
    second.get_by_role("button", name="Antwoord versturen").click()
    page.get_by_text("Het antwoord is verstuurd.").wait_for()
    assert responses() == {"Rooster": "", "Reiskosten": "Vraag het aan je praktijkopleider."}


@pytest.mark.parametrize("width", [390, 1440])
def test_answer_without_a_script(open_page, judged_world, questions, width):
    page = open_page(width=width, script=False, user=judged_world.ours.people["teacher"])
    page.goto("/vragen/")
    page.get_by_role("link", name=re.compile("Beantwoorden.*Rooster")).click()
    page.get_by_label("Antwoord", exact=True).fill("Ik zoek het uit.")
    page.get_by_role("button", name="Antwoord versturen").click()
    page.get_by_text("Het antwoord is verstuurd.").wait_for()
    assert responses() == {"Rooster": "Ik zoek het uit.", "Reiskosten": ""}
