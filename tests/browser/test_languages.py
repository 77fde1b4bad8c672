"""Longer words fit on a phone, and the switch of languages works by mouse, by keyboard and without JavaScript."""

import pytest

from tests.browser.conftest import IN_A_BROWSER, too_wide
from tests.browser.test_every_page import addresses_of

pytestmark = IN_A_BROWSER


@pytest.mark.parametrize(("kind", "language"), [("supervisor", "de"), ("supervisor", "es"), ("coordinator", "en")])
def test_every_page_fits_at_320_pixels_in_another_language(open_page, judged_world, kind, language):
    user = judged_world.ours.people[kind]
    user.language = language
    user.save()
    page = open_page(width=320, user=user)
    found = []
    for place in addresses_of(judged_world, kind):
        if page.request.get(place).headers["content-type"].startswith("text/html"):
            page.goto(place)
            if too_wide(page) or page.locator("html").get_attribute("lang") != language:
                found.append(place)
    assert found == []


@pytest.mark.parametrize("script", [True, False])
def test_somebody_from_outside_chooses_a_language(open_page, db, script):
    page = open_page(width=390, script=script)
    page.goto("/link/")
    page.get_by_text("Nederlands").first.click()
    page.get_by_role("button", name="Español").click()
    page.wait_for_load_state()
    assert page.locator("h1").inner_text() == "Pedir un enlace para entrar"
    page.goto("/account/login/")
    assert page.locator("h1").inner_text() == "Entrar en bpv"


def test_a_praktijkopleider_chooses_a_language_with_the_keyboard(open_page, judged_world):
    user = judged_world.ours.people["supervisor"]
    page = open_page(user=user)
    page.goto("/")
    page.get_by_role("button", name="Deutsch").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.documentElement.lang == 'de'")
    assert page.locator("h1").inner_text() == "Ihre Studierenden"
    user.refresh_from_db()
    assert user.language == "de"
