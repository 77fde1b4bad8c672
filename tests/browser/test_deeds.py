"""The main deed of each role: with the mouse, with the keyboard only, and without JavaScript, on a phone and at a desk.

A deed of another page: write a function like those below (a hand, the school; at the end what must be true afterwards)
and add it to DEEDS with the role that does it.
"""

from collections.abc import Callable

import pytest

from tests.browser.conftest import IN_A_BROWSER
from tests.browser.hands import Keyboard, Mouse
from tests.project.world import World
from visits.models import ContactMoment, HelpRequest

pytestmark = IN_A_BROWSER
Hand = Mouse | Keyboard


def answers_a_question(hand: Hand, world: World) -> None:
    hand.page.goto(f"/vragen/{world.ours.ids['request']}/")
    hand.write("Antwoord", "Ik zoek het uit.")
    hand.press("Antwoord versturen")
    hand.page.get_by_text("Het antwoord is verstuurd.").wait_for()
    assert HelpRequest.objects.get(number=world.ours.ids["request"]).response == "Ik zoek het uit."


def logs_a_visit(hand: Hand, world: World) -> None:
    hand.page.goto(f"/plaatsingen/{world.ours.placement.number}/contact/")
    hand.write("Wat is besproken?", "De ochtend ging goed.")
    hand.write("Afspraak", "Opdracht 2 af.")
    hand.press("Gesprek vastleggen")
    hand.page.wait_for_url(f"**/plaatsingen/{world.ours.placement.number}/*")
    assert ContactMoment.objects.filter(discussed="De ochtend ging goed.").count() == 1


def goes_from_a_number_to_the_names(hand: Hand, world: World) -> None:
    hand.page.goto("/overzicht/")
    hand.follow("Plaatsingen")
    hand.follow(world.ours.placement.student.full_name)
    hand.page.get_by_role("heading", level=1).wait_for()
    assert hand.page.url.endswith(f"/plaatsingen/{world.ours.placement.number}/")


def asks_a_question(hand: Hand, world: World) -> None:
    hand.page.goto(f"/vragen/nieuw/?plaatsing={world.ours.placement.number}")
    hand.write("Onderwerp", "Rooster")
    hand.press("Vraag versturen")
    hand.page.get_by_role("heading", name="Er gaat 1 ding mis").wait_for()
    assert hand.page.title().startswith("Fout: ")
    assert hand.page.evaluate("document.activeElement.className") == "errors"
    assert hand.page.get_by_label("Onderwerp").input_value() == "Rooster"
    hand.write("Bericht", "Het rooster klopt niet.")
    hand.press("Vraag versturen")
    hand.page.get_by_text("De vraag is verstuurd.").wait_for()
    assert HelpRequest.objects.filter(text="Het rooster klopt niet.").count() == 1


DEEDS: list[tuple[str, Callable[[Hand, World], None]]] = [
    ("coordinator", answers_a_question),
    ("teacher", logs_a_visit),
    ("manager", goes_from_a_number_to_the_names),
    ("supervisor", asks_a_question),
    ("student", asks_a_question),
]


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize(("make", "script"), [(Mouse, True), (Keyboard, True), (Mouse, False)])
@pytest.mark.parametrize(("role", "deed"), DEEDS, ids=[f"{role} {deed.__name__}" for role, deed in DEEDS])
def test_deed(open_page, judged_world, role, deed, make, script, width):
    page = open_page(width=width, script=script, user=judged_world.ours.people[role])
    deed(make(page), judged_world)
