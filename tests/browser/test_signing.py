"""One round from offering to filing, each party on its own device; and a mailed link that is only looked at."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.db import connection
from playwright.sync_api import Page

from accounts.models import User
from agreements import invitations, sealing, services, signing
from agreements.lifecycle import State, state_of
from agreements.models import Mode, Pok, Signature
from bpv.core import clock
from bpv.core.models import OutboxMail
from tests.agreements.conftest import _seal_folder, seal_key  # noqa: F401
from tests.browser.conftest import IN_A_BROWSER, TODAY, too_wide
from tests.browser.test_every_page import examine, faults_of
from tests.builders import a_contact, a_location, a_placement, a_remark, a_round, a_user, sign_for

pytestmark = IN_A_BROWSER
PASSWORD = "Fietsbel-Kastanje-7"


def a_class(count: int) -> tuple[User, list[Pok]]:
    """POKs at one leerbedrijf whose praktijkopleider reads German, made and not offered yet."""
    location = a_location(name="Grenzland Softwaretechnik und Datenverarbeitung GmbH")
    boss = a_contact(location, first_name="Jürgen", last_name="Gromann", function="Ausbilder", language="de")
    period = {"start": date(2026, 12, 7), "end": date(2027, 4, 23), "hours_per_week": 32, "hours_total": 608}
    first = a_placement(location=location, supervisor=boss, **period)
    same = {"team": first.team, "programme": first.programme, "location": location, "supervisor": boss}
    by = a_user("coordinator", first.team)
    by.set_password(PASSWORD)
    by.save()
    placements = [first, *(a_placement(**same, **period) for _more in range(count - 1))]
    return by, [services.make_pok(placement=one, by=by, today=TODAY, hours={}, **period) for one in placements]


def link_in(kind: str, to: str) -> str:
    """The address of the newest mail, as a path of this server."""
    body = OutboxMail.objects.filter(kind=kind, to=to).latest("id").body
    return urlsplit(re.search(r"https?://\S+/link/[\w-]{43}/", body)[0]).path


def reads_to_the_end(page: Page, form: str) -> None:
    """The button opens when the end of the last page comes in sight, not before."""
    button = page.locator(f"{form} [data-held]")
    assert button.is_disabled()
    page.locator(".sheets-end:visible").first.scroll_into_view_if_needed()
    page.locator(f"{form} [data-held]:not([disabled])").wait_for()


@pytest.mark.parametrize("width", [390, 1440])
def test_from_offering_to_filing(open_page, log_in, live_server, seal_key, width):  # noqa: F811
    by, poks = a_class(5)
    page = open_page(width=width, user=by)
    for pok in poks:
        page.goto(f"/pok/{pok.pk}/")
        page.get_by_role("link", name="Laten tekenen").click()
        page.get_by_role("button", name="POK aanbieden").click()
        page.get_by_text("Wacht op: student, leerbedrijf, school.").wait_for()
    assert invitations.invite_waiting(clock.now() + timedelta(minutes=1)) == 6  # one for the leerbedrijf, five students
    company_signs_all(open_page(width=width), poks)
    students_sign(open_page(width=width), log_in, poks)
    school_signs(page, poks)
    assert Signature.objects.count() == 15
    assert {state_of(pok, TODAY) for pok in Pok.objects.all()} == {State.COMPLETE}
    assert sealed() == 5
    page.goto(f"/pok/{poks[0].pk}/")
    page.get_by_text("Elektronisch ondertekend, verzegeld door de school.").wait_for()
    assert {state_of(pok, TODAY) for pok in Pok.objects.all()} == {State.FILED}


def sealed() -> int:
    """The worker's part, beside the loop of the browser."""

    def seal() -> int:
        try:
            return sealing.seal_waiting(clock.now())
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as worker:
        return worker.submit(seal).result()


def company_signs_all(page: Page, poks: list[Pok]) -> None:
    """By the link and the code of the mail, in German, each read, one confirmation."""
    email = poks[0].placement.supervisor.email
    page.goto(link_in("pok_invitation", email))
    page.locator("main form button").click()
    page.wait_for_url("**/link/code/")
    code = re.search(r"^(\d{6})$", OutboxMail.objects.filter(kind="code").latest("id").body, re.M)[1]
    page.locator("#id_digits").fill(code)
    page.locator("main form button.btn-primary").first.click()
    page.wait_for_url("**/tekenen/")
    assert page.locator("html").get_attribute("lang") == "de"
    for left in range(len(poks), 0, -1):
        assert page.locator("form[data-after]").count() == left
        reads_to_the_end(page, "li:has(details[open]) form[data-after]")
        page.locator("li:has(details[open]) form[data-after] [data-held]").click()
        page.wait_for_load_state()
    assert not too_wide(page)
    assert page.locator("#id_name").input_value() == "Jürgen Gromann"
    for tick in ("#id_agree", "#id_authority"):
        page.locator(tick).check()
    button = page.locator("#tekenen .btn-primary")
    assert re.search(r"\d", button.inner_text())[0] == "5"
    button.click()
    page.locator("#meldingen .message").wait_for()
    assert Signature.objects.filter(party="company", function="Ausbilder", proof="link_code").count() == 5


def students_sign(page: Page, log_in, poks: list[Pok]) -> None:
    """Each on the own page, from Vandaag."""
    for pok in poks:
        log_in(page, pok.signatories.get(party="student").user)
        page.goto("/")
        page.get_by_role("link", name="Lezen en tekenen").click()
        page.wait_for_url(f"**/pok/{pok.pk}/tekenen/")
        assert not too_wide(page)
        reads_to_the_end(page, "#tekenen")
        page.locator("#id_agree").check()
        page.get_by_role("button", name="Ik onderteken").click()
        page.get_by_text(f"Je hebt {pok.number} getekend.").wait_for()


def school_signs(page: Page, poks: list[Pok]) -> None:
    """All with one password."""
    page.goto("/tekenen/")
    assert page.get_by_role("button", name="Kies eerst een POK").is_disabled()
    page.get_by_role("link", name="Alles aankruisen").click()
    page.wait_for_url("**alles=1")
    page.locator("#id_agree").check()
    page.get_by_role("button", name="Onderteken 5 POK's").click()
    page.wait_for_url("**/account/reauthenticate/**")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Verder gaan").click()
    page.get_by_text("Je hebt 5 POK's getekend.").wait_for()
    page.get_by_role("heading", name="Er wacht niets op de school").wait_for()


@pytest.mark.parametrize("width", [390, 1440])
def test_without_a_script_the_reader_ticks_what_was_read(open_page, width):
    pok = a_round(late_reason="proef van het scherm")
    page = open_page(width=width, script=False, user=pok.signatories.get(party="company").user)
    page.goto(f"/pok/{pok.pk}/tekenen/")
    page.locator("#id_function").fill("chef")
    for tick in ("#id_agree", "#id_authority"):
        page.locator(tick).check()
    page.get_by_role("button", name="Ik onderteken").click()
    page.locator(".errors").get_by_text("Lees eerst alle bladzijden.").wait_for()
    assert (page.title()[:6], page.locator("#id_function").input_value()) == ("Fout: ", "chef")
    page.locator("#id_read").check()
    page.get_by_role("button", name="Ik onderteken").click()
    page.get_by_text(f"Je hebt {pok.number} getekend.").wait_for()
    assert Signature.objects.get().party == "company"


def test_nothing_is_wrong_with_the_pages_of_a_round(open_page, log_in):
    by, poks = a_class(2)
    poks = [signing.offer(pok=pok, by=by, mode=Mode.DIGITAL, today=TODAY) for pok in poks]
    boss = poks[0].signatories.get(party="company").user
    a_remark(poks[0], by=boss)
    sign_for(poks[1], "student")
    page = open_page(user=boss)
    mine = f"/pok/{poks[0].pk}/"
    ways = [f"{mine}tekenen/{way}" for way in ("", "fout/", "ander/", "weigeren/")]
    assert examine(page, ["/", "/tekenen/", mine, *ways]) == ""
    page.goto(mine + "tekenen/weigeren/")
    page.locator("main form button").click()
    page.locator(".errors").wait_for()
    assert faults_of(page) == []
    log_in(page, by)
    remark = f"/pok/opmerkingen/{poks[0].remarks.get().pk}/"
    school = ["/tekenen/", "/tekenen/?alles=1", "/tekenen/?q=niemand", mine, mine + "tekenen/", remark]
    assert examine(page, school) == ""


def rows() -> dict[str, list[tuple]]:
    """Every row of every table but the sessions."""
    models = [model for model in apps.get_models() if model._meta.db_table != "django_session"]
    return {model._meta.db_table: list(model.objects.order_by("pk").values_list()) for model in models}


def test_a_mailed_link_that_is_only_looked_at_changes_nothing(open_page):
    pok = a_round(late_reason="proef van het scherm")
    invitations.invite_waiting(clock.now() + timedelta(minutes=1))
    address = link_in("pok_invitation", pok.signatories.get(party="company").email)
    before = rows()
    page = open_page()
    page.goto(address)  # with its scripts, as scanners of mail do
    page.wait_for_load_state("networkidle")
    for method in ("GET", "HEAD"):
        assert page.request.fetch(address, method=method).status == 200
    assert rows() == before
