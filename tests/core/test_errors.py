"""Pages for when it does not work: in the house style, with a way on, also for who is not logged in."""

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.views.defaults import server_error

from tests.builders import a_placement, a_user

pytestmark = pytest.mark.django_db


def heading(page: str) -> str:
    return page.partition("<h1>")[2].partition("</h1>")[0]


def test_not_found_without_a_login_leads_to_the_login(client):
    response = client.get("/bestaat-niet/")
    page = response.content.decode()
    assert (response.status_code, heading(page)) == (404, "Deze pagina is er niet")
    assert page.count('class="btn btn-primary" href="/account/login/"') == 1


def test_not_found_with_a_login_leads_to_vandaag_and_says_nothing_of_what_is_there(client):
    foreign = a_placement()
    client.force_login(a_user("coordinator"))
    found, unknown = (client.get(f"/plaatsingen/{number}/") for number in (foreign.number, "PL999999"))
    assert (found.status_code, heading(found.content.decode())) == (404, "Deze pagina is er niet")
    assert found.content.decode().count(foreign.student.last_name) == unknown.content.decode().count(
        foreign.student.last_name
    )
    assert found.content.decode().count('class="btn btn-primary" href="/"') == 1


def test_not_allowed_says_whom_to_ask(client):
    client.force_login(a_user("teacher"))
    response = client.get("/inlezen/")
    assert (response.status_code, heading(response.content.decode())) == (403, "Dit kan met jouw rol niet")


def test_a_form_that_stood_open_too_long_says_what_to_do():
    client = Client(enforce_csrf_checks=True)
    client.force_login(a_user("teacher"))
    response = client.post("/account/profiel/", {})
    assert (response.status_code, heading(response.content.decode())) == (403, "Dit is niet verstuurd")


def test_our_own_fault_needs_nothing_that_may_be_broken():
    response = server_error(RequestFactory().get("/"))
    page = response.content.decode()
    assert (response.status_code, heading(page), page) == (
        500,
        "Er ging iets mis bij ons",
        render_to_string("500.html"),
    )


@pytest.mark.parametrize("address", ["/vragen/%00/", "/plaatsingen/?q=a%00b"])
def test_an_address_that_no_person_types_is_refused(client, address):
    client.force_login(a_user("coordinator"))
    response = client.get(address)
    assert (response.status_code, heading(response.content.decode())) == (400, "Dit adres klopt niet")


def test_a_nul_in_a_form_is_no_fault_of_ours(client):
    placement = a_placement()
    client.force_login(a_user("coordinator", placement.team))
    sent = [
        ("/plaatsingen/samen/", {"deed": "bericht", "sel": ["\x00", placement.number]}),
        ("/plaatsingen/nieuw/", {"enrolment_q": "berg\x00", "zoek": "enrolment"}),
    ]
    assert [client.post(address, data).status_code for address, data in sent] == [200, 200]
