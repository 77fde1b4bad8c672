"""From leerdoel to closed dossier in a browser, on a phone and at a desk; the praktijkopleider reads German."""

import os
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page

from assessment.models import Final, HandedOut, Submission
from bpv.core import clock
from placements.models import Placement
from tests.browser.conftest import COLOUR, IN_A_BROWSER, WCAG, too_wide, violations
from tests.builders import (
    a_contact,
    a_handed_out,
    a_location,
    a_placement,
    a_programme,
    a_team,
    a_user,
    a_work_process,
    an_agreed_plan,
)
from tests.core.test_uploads import a_picture

pytestmark = IN_A_BROWSER
TODAY = date(2027, 6, 25)
PICTURES = os.environ.get("PICTURES", "")  # a folder: each page is kept as a picture


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


@pytest.fixture
def placement(live_server) -> Placement:
    """A bpv that is over today."""
    team = a_team()
    programme = a_programme(team=team)
    location = a_location(name="Bäckerei Großmann", city="Bad Bentheim")
    supervisor = a_contact(location, user=a_user(language="de"), first_name="Uta", last_name="Großmann", language="de")
    a_contact(location, is_mentor=True, first_name="Jens", last_name="Brandt")
    made = a_placement(
        programme=programme,
        location=location,
        supervisor=supervisor,
        teacher=a_user("teacher", team, first_name="Puck", last_name="Wetering"),
        start=date(2027, 2, 1),
        end=date(2027, 6, 24),
    )
    made.student.user = a_user(first_name="Yusuf", last_name="Berg")
    made.student.save()
    a_work_process(programme)
    an_agreed_plan(made)
    for title in ("Leer de oven kennen", "Bak een brood"):
        a_handed_out(made, title)
    return made


class Walk:
    """One window; each page is looked at."""

    def __init__(self, page: Page, log_in, width: int) -> None:
        self.page, self.log_in, self.width, self.count = page, log_in, width, 0

    def sits(self, user) -> None:
        self.log_in(self.page, user)

    def goes(self, path: str) -> None:
        self.page.goto(path)
        self.looks()

    def looks(self) -> None:
        self.count += 1
        if PICTURES:
            name = f"{self.width}-{self.count:02}.png"
            self.page.screenshot(path=Path(PICTURES) / name, full_page=True)
        assert (violations(self.page, WCAG), violations(self.page, COLOUR), too_wide(self.page)) == ([], [], False)

    def fills(self, **fields: str) -> None:
        for name, text in fields.items():
            self.page.locator(f"[name={name}]").fill(text)

    def chooses(self, name: str, value: str) -> None:
        self.page.locator(f"[name={name}][value={value}]").check(force=True)

    def sends(self, button: str) -> None:
        self.page.locator("main").get_by_role("button", name=button, exact=True).click()
        self.page.wait_for_load_state()


@pytest.mark.parametrize("width", [390, 1440])
def test_from_leerdoel_to_closed_dossier(open_page, log_in, placement, width, tmp_path):
    here = f"/plaatsingen/{placement.number}"
    walk = Walk(open_page(width=width), log_in, width)
    page = walk.page

    walk.sits(placement.student.user)
    walk.goes(f"{here}/leerdoelen/nieuw/")
    walk.fills(text="Zelf brood bakken")
    page.select_option("[name=work_process]", index=1)
    walk.sends("Leerdoel opstellen")
    walk.looks()

    bad, good = tmp_path / "verslag.docx", tmp_path / "foto.png"
    bad.write_bytes(b"PK\x03\x04" + b"0" * 99)
    good.write_bytes(a_picture("PNG"))
    first, second = HandedOut.objects.order_by("pk")
    walk.goes(f"{here}/opdrachten/")
    walk.goes(f"/opdrachten/{first.pk}/inleveren/")
    walk.fills(text="De oven heeft drie knoppen.")
    page.set_input_files("[name=file]", bad)
    walk.sends("Opdracht inleveren")
    walk.looks()
    assert (page.locator(".errors").count(), Submission.objects.count()) == (1, 0)
    assert page.locator("[name=text]").input_value() == "De oven heeft drie knoppen."
    page.set_input_files("[name=file]", good)
    walk.sends("Opdracht inleveren")
    walk.looks()
    walk.goes(f"/opdrachten/{second.pk}/inleveren/")
    walk.fills(text="Het brood was goed.")
    walk.sends("Opdracht inleveren")
    assert Submission.objects.count() == 2

    walk.goes(f"{here}/tussentijds/")
    walk.fills(good="Ik kom op tijd.", attention="Ik wil vaker bakken.")
    walk.sends("Voorbereiding inleveren")
    walk.sits(placement.teacher)
    walk.goes(f"{here}/tussentijds/vastleggen/")
    walk.fills(held_on="2027-04-12", good="Op tijd, beleefd.", attention="Vaker zelf bakken.")
    walk.sends("Vastleggen en sturen")
    walk.looks()

    walk.sits(placement.student.user)
    walk.goes(f"{here}/eindbeoordeling/eigen/")
    give_scores(walk, "g")
    walk.fills(good="Ik kan nu zelf bakken.")
    walk.sends("Oordeel inleveren")
    walk.looks()

    walk.sits(placement.supervisor.user)
    walk.goes(f"{here}/oordeel/")
    assert page.locator("html").get_attribute("lang") == "de"
    give_scores(walk, "v")
    walk.fills(good="Pünktlich und freundlich.", attention="Mehr fragen.")
    page.locator("#vanzelf-bewaard:not(:empty)").wait_for()
    walk.looks()
    page.locator("button[name=inleveren]").click()
    page.wait_for_load_state()
    walk.looks()

    walk.sits(placement.student.user)
    walk.goes(f"{here}/eindbeoordeling/")
    walk.chooses("agrees", "nee")
    walk.fills(remark="Ik heb juist veel gevraagd.")
    walk.sends("Reactie geven")
    walk.looks()

    walk.sits(placement.teacher)
    walk.goes(f"{here}/eindbeoordeling/vaststellen/")
    give_scores(walk, "v")
    walk.fills(held_on="2027-06-24", text="Besproken met alle drie; voldoende voor deze periode.")
    walk.sends("Eindoordeel vaststellen")
    walk.looks()
    for name in ("student", "supervisor"):
        page.locator(f"[name={name}]").check(force=True)
    walk.sends("Vastleggen")
    walk.looks()
    assert list(Final.objects.values_list("score", "student_told_on", "supervisor_told_on")) == [("v", TODAY, TODAY)]

    walk.goes(f"{here}/afsluiten/")
    page.locator("[name=despite]").check(force=True)
    walk.sends("Dossier afsluiten")
    walk.goes(f"{here}/")
    assert Placement.objects.get().closed_by == placement.teacher


def give_scores(walk: Walk, score: str) -> None:
    """Every question with o, v and g on the page."""
    names = walk.page.locator(f"input[type=radio][value={score}]").evaluate_all("found => found.map(one => one.name)")
    for name in names:
        walk.chooses(name, score)
