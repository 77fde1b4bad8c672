"""T10: sessions end when unused (staff 30 minutes, others 60) and after twelve hours whatever happens."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from bpv.core import clock
from tests.builders import a_user

pytestmark = pytest.mark.django_db
START = clock.at(datetime(2026, 11, 23).date(), 8)


def still_in(client, after: timedelta) -> bool:
    with clock.moved(START + after):
        return client.get(reverse("profile")).status_code == 200


@pytest.mark.parametrize(("role", "minutes"), [("teacher", 30), ("coordinator", 30), ("manager", 30), ("", 60)])
def test_unused_session_ends(client, role, minutes):
    for idle, expected in ((minutes, True), (minutes + 1, False)):
        client.force_login(a_user(role))
        assert still_in(client, timedelta()) is True
        assert still_in(client, timedelta(minutes=idle)) is expected
        client.logout()


def test_used_session_ends_after_twelve_hours(client):
    client.force_login(a_user("teacher"))
    answers = [still_in(client, timedelta(minutes=20 * step)) for step in range(38)]
    assert answers == [True] * 37 + [False]


def test_ended_session_asks_to_log_in_and_remembers_the_page(client):
    client.force_login(a_user("teacher"))
    still_in(client, timedelta())
    with clock.moved(START + timedelta(hours=1)):
        response = client.get(reverse("profile"))
    assert response["Location"] == f"{reverse('account_login')}?next={reverse('profile')}"
    assert "_auth_user_id" not in client.session


def test_new_login_begins_anew(client):
    user = a_user("teacher")
    client.force_login(user)
    still_in(client, timedelta())
    still_in(client, timedelta(hours=13))
    client.force_login(user)
    assert still_in(client, timedelta(hours=13)) is True


@pytest.mark.parametrize(
    ("part", "status", "place"),
    [
        ({"HX-Request": "true", "HX-Current-URL": "http://testserver/vragen/?klas=3A"}, 200, "HX-Redirect"),
        ({}, 302, "Location"),
    ],
)
def test_part_of_a_page_sends_the_whole_page_to_the_login(client, part, status, place):
    client.force_login(a_user("teacher"))
    still_in(client, timedelta())
    with clock.moved(START + timedelta(hours=1)):
        response = client.get("/vragen/?klas=3A", headers=part)
    assert response.status_code == status
    assert response[place] == f"{reverse('account_login')}?next=/vragen/%3Fklas%3D3A"


def test_part_of_a_page_goes_on_after_an_ordinary_redirect(client):
    client.force_login(a_user("coordinator"))
    assert client.get(reverse("mfa_index"), headers={"HX-Request": "true"}).status_code == 302
