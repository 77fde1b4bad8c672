"""What each party of a round does on its own device."""

import re
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from django.db import connection
from playwright.sync_api import Page

from agreements import sealing
from agreements.models import Pok, Signature
from bpv.core import clock
from bpv.core.models import OutboxMail
from tests.browser.conftest import too_wide

PASSWORD = "Fietsbel-Kastanje-7"


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


def company_signs_all(page: Page, poks: list[Pok]) -> None:
    """By the link and the code of the mail, in the language of the reader, each read, one confirmation."""
    boss = poks[0].placement.supervisor
    email = boss.email
    page.goto(link_in("pok_invitation", email))
    page.locator("main form button").click()
    page.wait_for_url("**/link/code/")
    code = re.search(r"^(\d{6})$", OutboxMail.objects.filter(kind="code", to=email).latest("id").body, re.M)[1]
    page.locator("#id_digits").fill(code)
    page.locator("main form button.btn-primary").first.click()
    page.wait_for_url("**/tekenen/")
    assert page.locator("html").get_attribute("lang") == (boss.language or "nl")
    for left in range(len(poks), 0, -1):
        assert page.locator("form[data-after]").count() == left
        reads_to_the_end(page, "li:has(details[open]) form[data-after]")
        page.locator("li:has(details[open]) form[data-after] [data-held]").click()
        page.wait_for_load_state()
    assert not too_wide(page)
    assert page.locator("#id_name").input_value() == boss.full_name
    for tick in ("#id_agree", "#id_authority"):
        page.locator(tick).check()
    button = page.locator("#tekenen .btn-primary")
    assert re.search(r"\d+", button.inner_text())[0] == str(len(poks))
    button.click()
    page.locator("#meldingen .message").wait_for()
    assert Signature.objects.filter(pok__in=poks, party="company", proof="link_code").count() == len(poks)


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
    page.get_by_role("button", name=f"Onderteken {len(poks)} POK's").click()
    page.wait_for_url("**/account/reauthenticate/**")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Verder gaan").click()
    page.get_by_text(f"Je hebt {len(poks)} POK's getekend.").wait_for()
    page.get_by_role("heading", name="Er wacht niets op de school").wait_for()


def sealed() -> int:
    """The worker's part, beside the loop of the browser."""

    def seal() -> int:
        try:
            return sum(iter(lambda: sealing.seal_waiting(clock.now()), 0))
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as worker:
        return worker.submit(seal).result()
