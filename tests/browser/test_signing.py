"""The pages of a round without a script and under the magnifying glass; and a mailed link that is only looked at."""

from datetime import date, timedelta

import pytest
from django.apps import apps

from accounts.models import User
from agreements import invitations, services, signing
from agreements.models import Mode, Pok, Signature
from bpv.core import clock
from tests.agreements.conftest import _seal_folder, seal_key  # noqa: F401
from tests.browser.conftest import IN_A_BROWSER, TODAY
from tests.browser.rounds import link_in
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
