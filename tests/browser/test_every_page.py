"""Every page of tests/project/pages.py as everybody who may open it, and what else a page can look like.

A page that is added to that table is covered here by itself. In light, at 1440 and at 320 pixels, axe checks every rule
of WCAG 2.2 AA, at 320 with all folds open; in dark, at 320, the rules about colour: no other depends on it.
"""

import re
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from accounts import links
from bpv.core.models import OutboxMail
from tests.browser.conftest import COLOUR, IN_A_BROWSER, WCAG, too_wide, violations
from tests.builders import a_user
from tests.project.pages import PAGES
from tests.project.test_access import address
from tests.project.world import KINDS, World

pytestmark = IN_A_BROWSER
# On a phone what one taps is 44 pixels high; links in a text and boxes inside a larger label are not counted
FINGERS = "button, summary, .btn, select, input:not([type=hidden], [type=checkbox], [type=radio])"
TOO_SMALL = """places => [...document.querySelectorAll(places)]
  .filter(place => place.checkVisibility({visibilityProperty: true}) && place.getBoundingClientRect().height < 43.5)
  .map(place => place.outerHTML.slice(0, 120))"""
OPEN_FOLDS = "for (const fold of document.querySelectorAll('main details')) fold.open = true"
# Pages as they are with other data or after a filter: (who, address with {ids})
OTHER_LOOKS = [
    ("coordinator", "/plaatsingen/?q=bestaatniet"),
    ("coordinator", "/leerbedrijven/?q=bestaatniet"),
    ("coordinator", "/post/{mail}/"),
    ("without a role", "/vragen/"),
]


def faults_of(page: Page) -> list[str]:
    """What is wrong with the page that is open, in both themes and at both widths."""
    found = [("1440 light", fault) for fault in violations(page, WCAG)]
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 320, "height": 800})
    page.evaluate(OPEN_FOLDS)
    found += [("320 dark", fault) for fault in violations(page, COLOUR)]
    page.emulate_media(color_scheme="light")
    found += [("320 light", fault) for fault in violations(page, WCAG)]
    if too_wide(page):
        found.append(("320", "scrolls sideways"))
    found += [("320", f"lower than 44 pixels: {place}") for place in page.evaluate(TOO_SMALL, FINGERS)]
    page.set_viewport_size({"width": 1440, "height": 900})
    return [f"{look}: {fault}" for look, fault in found]


def examine(page: Page, addresses: list[str]) -> str:
    """Faults, a line each; a file is no page."""
    found = []
    for place in addresses:
        answer = page.request.get(place)
        if not answer.ok:
            found.append(f"{place}: status {answer.status}")
        elif answer.headers["content-type"].startswith("text/html"):
            page.goto(place)
            found += [f"{place}: {fault}" for fault in faults_of(page)]
    return "\n".join(found)


def addresses_of(world: World, who: str) -> list[str]:
    """Everything this person of our side may open."""
    ids = world.ours.ids
    listed = [
        address(name, page, ids)
        for name, page in PAGES.items()
        if not page.post and page.opened == 200 and (who in page.may or (who == "anonymous" and page.open))
    ]
    return listed + [place.format(**ids) for kind, place in OTHER_LOOKS if kind == who]


# A colleague is a bpv-docent as well, who sees the pages of the teacher with fewer buttons
@pytest.mark.parametrize("who", [*sorted({*KINDS} - {"colleague"}), "without a role"])
def test_nothing_is_wrong_with_any_page(open_page, judged_world, who):
    user = judged_world.ours.people.get(who) or judged_world.others[who]
    assert examine(open_page(user=user), addresses_of(judged_world, who)) == ""


def test_nothing_is_wrong_with_pages_without_login(open_page, judged_world):
    page = open_page()
    listed = addresses_of(judged_world, "anonymous")  # with a token or number that does not exist: 404
    assert examine(page, [place for place in listed if page.request.get(place).status not in (404, 405)]) == ""


def test_nothing_is_wrong_with_the_pages_of_a_link(open_page, judged_world):
    links.send(judged_world.ours.people["supervisor"], "/")
    token = re.search(r"/link/([\w-]{43})/", OutboxMail.objects.get(kind="link").body)[1]
    page = open_page()
    assert examine(page, [f"/link/{token}/"]) == ""
    page.locator("main button").first.click()
    page.wait_for_url("**/code/**")
    assert faults_of(page) == []


def test_nothing_is_wrong_with_the_pages_of_a_password(open_page, db):
    user = a_user("teacher", password="drie groene fietsen")
    page = open_page()
    for password in ("drie blauwe fietsen", "drie groene fietsen"):
        page.goto("/account/login/")
        page.locator("#id_login").fill(user.email)
        page.get_by_label("Wachtwoord", exact=True).fill(password)
        page.get_by_role("button", name="Inloggen").click()
        page.wait_for_load_state()
        assert faults_of(page) == []
    assert urlsplit(page.url).path == "/"
    names = ("account_change_password", "account_reauthenticate", "mfa_activate_totp")
    assert examine(page, [reverse(name) for name in names]) == ""
