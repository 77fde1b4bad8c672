"""What comes over the line, in bytes as sent, with static files as in production: versioned, compressed, kept."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.test.testcases import LiveServerThread
from playwright.sync_api import Page

from tests.browser.conftest import IN_A_BROWSER
from tests.builders import a_placement, a_programme, a_student

pytestmark = IN_A_BROWSER
FIRST, LATER = 150_000, 30_000  # bytes
PRODUCTION = "whitenoise.storage.CompressedManifestStaticFilesStorage"


@pytest.fixture
def production_files(settings, tmp_path, transactional_db) -> Iterator[str]:
    """A server whose static files come from a folder that `collectstatic` made; gives its address."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": PRODUCTION}}
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = False
    settings.ALLOWED_HOSTS = ["localhost"]
    call_command("collectstatic", interactive=False, verbosity=0)
    server = LiveServerThread("localhost", static_handler=lambda application: application)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    assert server.error is None
    yield f"http://localhost:{server.port}"
    server.terminate()


def weigh(page: Page, address: str) -> int:
    """Bytes over the line until the page is quiet: headers and bodies of everything it asked for."""
    sizes = []
    line = page.context.new_cdp_session(page)
    line.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    line.send("Network.enable")
    page.goto(address, wait_until="networkidle")
    line.detach()
    return round(sum(sizes))


def test_first_view_is_small_and_later_views_are_smaller(open_page, production_files, judged_world):
    side = judged_world.ours
    programme, place = a_programme(team=side.team), side.placement.location
    for number in range(48):  # a full page of the list, with a name that needs the second font file
        student = a_student(programme, first_name="Şevval", last_name=f"Łukasiewicz{number}")
        a_placement(programme=programme, location=place, teacher=side.people["teacher"], student=student)
    dossier = f"/plaatsingen/{side.placement.number}/"
    for role in ("coordinator", "manager", "student"):
        page = open_page(home=production_files, user=side.people[role])
        places = ["/", dossier, *([] if role == "student" else ["/plaatsingen/", "/overzicht/"])]
        weights = {place: weigh(page, production_files + place) for place in places}
        first = weights.pop("/")
        assert first < FIRST
        assert {place: weight for place, weight in weights.items() if weight > LATER} == {}


def test_every_face_of_the_text_is_used(open_page):
    """A wrong range in a `@font-face` shows nothing but another letter: ask the browser what it took."""
    page = open_page()
    page.goto("/account/login/")
    page.evaluate("document.querySelector('h1').append(' Şahin Lǎo')")
    page.evaluate("document.body.getBoundingClientRect() && document.fonts.ready.then(() => null)")
    faces = "[...document.fonts].filter(face => face.family.includes('Source')).map(face => face.status)"
    assert page.evaluate(faces) == ["loaded", "loaded", "loaded"]
