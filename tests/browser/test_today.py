"""From Vandaag to a deed for some of the students of one line, with and without script."""

from datetime import date

import pytest

from compliance import judging
from placements.models import Placement
from tests.browser.conftest import COLOUR, IN_A_BROWSER, TODAY, WCAG, too_wide, violations
from tests.builders import a_placement
from tests.project.world import World

pytestmark = IN_A_BROWSER


@pytest.fixture
def starting(judged_world: World) -> list[Placement]:
    """Three students whose bpv begins next week without a POK."""
    side = judged_world.ours
    dates = {"start": date(2026, 11, 30), "end": date(2027, 4, 23)}
    made = [a_placement(team=side.team, teacher=side.people["teacher"], **dates) for _ in range(3)]
    judging.rejudge([placement.pk for placement in made], today=TODAY)
    return made


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("script", [True, False])
def test_a_coordinator_takes_two_of_three(open_page, judged_world, starting, width, script):
    page = open_page(width=width, script=script, user=judged_world.ours.people["coordinator"])
    page.goto("/")
    line = page.locator(".work-group", has_text="Maak 3 POK's")
    line.locator("summary").click()
    line.locator(f"[value={starting[0].number}]").uncheck()
    line.get_by_role("button", name="POK's maken").click()
    page.get_by_role("button", name="2 POK's maken", exact=True).wait_for()


@pytest.mark.parametrize("width", [320, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_opened_folds_are_for_everybody(open_page, judged_world, starting, width, scheme):
    page = open_page(width=width, user=judged_world.ours.people["coordinator"])
    page.emulate_media(color_scheme=scheme)
    page.goto("/")
    for fold in page.locator("main details > summary").all():
        fold.click()
    assert (violations(page, WCAG), violations(page, COLOUR), too_wide(page)) == ([], [], False)
