"""Every page of the main roles in a browser: axe finds nothing, nothing scrolls sideways, the main deeds work."""

from datetime import date

import pytest

from bpv.core import clock
from bpv.core.models import Touch
from compliance import judging
from tests.browser.conftest import too_wide, violations
from tests.builders import a_contact, a_contact_moment, a_placement, a_pok, a_request, a_user, signed_by_all
from visits.models import ContactMoment, HelpRequest

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


@pytest.fixture
def school():
    """A placement with a bit of everything, its people, and a late one beside it."""
    placement = a_placement(keuzedelen=["K0067"])
    placement.student.user = a_user()
    placement.student.save()
    placement.supervisor = a_contact(placement.location, user=a_user())
    placement.save()
    a_pok(placement, signed_by_all(date(2026, 8, 1)), filed_on=date(2026, 8, 3))
    a_contact_moment(placement)
    a_request(placement)
    late = a_placement(team=placement.team, teacher=placement.teacher)
    for found in (placement, late):
        Touch.objects.create(dossier=found.pk)
    judging.judge_touched(today=TODAY)
    return placement


def pages_of(placement, role):
    """(who, addresses) that this role opens in a day."""
    dossier = f"/plaatsingen/{placement.number}/"
    own = ["/", dossier, f"/vragen/nieuw/?plaatsing={placement.number}"]
    request = f"/vragen/{placement.requests.get().number}/"
    match role:
        case "coordinator":
            deeds = [f"{dossier}{word}/" for word in ("pok", "wijzigen", "docent", "contact", "geschiedenis")]
            company = f"/leerbedrijven/{placement.location.sbb_id}/"
            lists = ["/plaatsingen/", "/overzicht/", "/vragen/", "/leerbedrijven/", "/inlezen/", "/plaatsingen/nieuw/"]
            more = [company, f"{company}erkenning/", f"/pok/{placement.poks.get().pk}/", request]
            return a_user("coordinator", placement.team), ["/", dossier, *deeds, *lists, *more]
        case "teacher":
            return placement.teacher, ["/", dossier, f"{dossier}contact/", f"{dossier}beoordeling/eind/", request]
        case "manager":
            return a_user("manager", placement.team), ["/", "/overzicht/", dossier]
        case "supervisor":
            return placement.supervisor.user, own
        case _:
            return placement.student.user, [*own, request]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("role", ["coordinator", "teacher", "manager", "supervisor", "student"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(open_page, school, role, dark):
    user, addresses = pages_of(school, role)
    found = {}
    page = open_page(width=1440, dark=dark, user=user)
    for address in addresses:
        page.goto(address)
        found[address, 1440] = violations(page)
        page.set_viewport_size({"width": 320, "height": 800})
        found[address, 320] = ["too wide"] if too_wide(page) else violations(page)
        page.set_viewport_size({"width": 1440, "height": 900})
    assert {place: faults for place, faults in found.items() if faults} == {}


@pytest.mark.parametrize(
    "address", ["/account/login/", "/link/", "/toegankelijkheid/", "/privacy/", "/stijl/", "/post/"]
)
def test_pages_without_login(open_page, db, address):
    page = open_page(width=390)
    page.goto(address)
    assert (violations(page), too_wide(page)) == ([], False)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("width", [390, 1440])
def test_teacher_logs_a_visit(open_page, school, width, script):
    page = open_page(width=width, script=script, user=school.teacher)
    page.goto(f"/plaatsingen/{school.number}/contact/")
    page.get_by_label("Wat is besproken?").fill("De ochtend ging goed.")
    page.get_by_role("button", name="Gesprek vastleggen").click()
    page.get_by_text("Gesprek met Yusuf").first.wait_for()
    assert ContactMoment.objects.filter(discussed="De ochtend ging goed.").count() == 1


@pytest.mark.parametrize("width", [390, 1440])
def test_coordinator_answers_a_question_by_keyboard(open_page, school, width):
    page = open_page(width=width, user=a_user("coordinator", school.team))
    page.goto(f"/vragen/{school.requests.get().number}/")
    page.get_by_label("Antwoord").focus()
    page.keyboard.type("Ik zoek het uit.")
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.innerText") != "Antwoord versturen":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Het antwoord is verstuurd.").wait_for()
    assert HelpRequest.objects.get().response == "Ik zoek het uit."


def test_student_asks_without_script_and_sees_the_mistake_at_the_field(open_page, school):
    page = open_page(width=390, script=False, user=school.student.user)
    page.goto(f"/vragen/nieuw/?plaatsing={school.number}")
    page.get_by_label("Onderwerp").fill("Rooster")
    page.get_by_role("button", name="Vraag versturen").click()
    assert page.title().startswith("Fout: ")
    assert page.get_by_label("Onderwerp").input_value() == "Rooster"
    page.get_by_label("Bericht").fill("Mijn rooster klopt niet.")
    page.get_by_role("button", name="Vraag versturen").click()
    page.get_by_text("De vraag is verstuurd.").wait_for()
