"""A real Chromium (Debian's) on the pages of a live server; collects what a page does wrong."""

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from accounts.models import User
from bpv.core import clock
from bpv.core.models import Touch
from compliance import judging
from tests.builders import a_placement
from tests.project.world import World, a_world

CHROMIUM = "/usr/bin/chromium"
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
WCAG = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOUR = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
TODAY = date(2026, 11, 23)
# htmx says an abort as an error: who follows a link leaves what was still being searched. Without a connection it
# also says sendError or timeout, and those do count.
GONE_ON = ("htmx:sendAbort", "htmx:afterRequest")
IN_A_BROWSER = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="package")  # its loop ends before other tests start theirs
def browser() -> Iterator[Browser]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs a loop; the tests ask the database beside it
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, env=os.environ | {"LANGUAGE": "nl"})
        yield started
        started.close()


@pytest.fixture(scope="package", autouse=True)
def _no_session_left(django_db_setup, django_db_blocker) -> Iterator[None]:
    """A request whose browser went away can leave its session, and the test database could not be dropped then."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture
def open_page(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """Makes pages: width, script on or off, logged in as. At the end no complaint is left but `expected`."""
    contexts, complaints = [], []

    def make(
        *, width: int = 1440, script: bool = True, user: User | None = None, expected: str = "nothing", home: str = ""
    ) -> Page:
        home = home or live_server.url
        context = browser.new_context(
            base_url=home,
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: _console(message, expected, complaints))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: _own(request.url, home, complaints))
        if user is not None:
            context.add_cookies([_session_of(user, home)])
        return page

    yield make
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def log_in(live_server) -> Callable[[Page, User], None]:
    """Somebody else sits down at the page."""
    return lambda page, user: page.context.add_cookies([_session_of(user, live_server.url)])


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with clock.moved(TODAY):
        yield


@pytest.fixture
def judged_world(live_server) -> World:
    """The school of the access tests with its findings; the second placement of our teacher is late with all."""
    world = a_world()
    side = world.ours
    late = a_placement(team=side.team, teacher=side.people["teacher"])
    for placement in (side.placement, late):
        Touch.objects.create(dossier=placement.pk)
    judging.judge_touched(today=TODAY)
    return world


def _console(message: ConsoleMessage, expected: str, complaints: list[str]) -> None:
    """Also what the policy refused comes by here, as an error."""
    if message.type == "error" and expected not in message.text and not message.text.startswith(GONE_ON):
        complaints.append(message.text)


def _own(url: str, home: str, complaints: list[str]) -> None:
    if not url.startswith((home, "data:")):
        complaints.append(f"asked another host: {url}")


def _session_of(user, url: str) -> dict[str, str]:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": url}


def violations(page: Page, rules: dict[str, Any]) -> list[str]:
    """What axe finds: rule and first place."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    run = "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations'], elementRef: false})"
    found = page.evaluate(run, rules)["violations"]
    return [f"{item['id']}: {item['nodes'][0]['target']} {item['nodes'][0]['html'][:120]}" for item in found]


def too_wide(page: Page) -> bool:
    """Whether the page scrolls sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))
