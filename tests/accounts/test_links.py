"""One-time links (T5-T8): nothing on GET, a code in a second mail, bound to the browser, counted, revocable."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts import links
from accounts.models import OneTimeCode, OneTimeLink, User
from bpv.core import clock
from bpv.core.models import AuditEvent, OutboxMail
from tests.builders import a_user

pytestmark = pytest.mark.django_db
NEXT = "/account/profiel/"


@pytest.fixture
def guest() -> User:
    return a_user(email="ilse@zorggroepregge.example")


def the_mail(kind: str) -> OutboxMail:
    return OutboxMail.objects.filter(kind=kind).latest("id")


def token_of(link: OneTimeLink) -> str:
    return re.search(
        r"/link/([\w-]{43})/", OutboxMail.objects.get(kind="link", key__startswith=f"link:{link.pk}:").body
    )[1]


def code_in_mail() -> str:
    return re.search(r"^(\d{6})$", the_mail("code").body, re.M)[1]


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


@pytest.fixture
def token(guest) -> str:
    return token_of(links.send(guest, NEXT))


def at_code_page(client: Client, token: str) -> str:
    response = client.post(reverse("open_link", args=[token]))
    assert (response.status_code, response["Location"]) == (303, reverse("enter_code"))
    return code_in_mail()


def logged_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_link_and_code_log_in_and_lead_to_an_address_without_token(client, token, guest):
    code = at_code_page(client, token)
    response = client.post(reverse("enter_code"), {"digits": f"{code[:3]} {code[3:]}"})
    assert (response.status_code, response["Location"]) == (303, NEXT)
    assert client.get(NEXT).status_code == 200
    assert list(AuditEvent.objects.order_by("id").values_list("event", "by")) == [
        ("link_sent", None),
        ("link_opened", guest.pk),
    ]


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_t6_scanner_that_opens_the_link_changes_nothing(client, token, method):
    before = (OutboxMail.objects.count(), OneTimeCode.objects.count(), AuditEvent.objects.count())
    for _ in range(3):
        assert getattr(client, method)(reverse("open_link", args=[token])).status_code == 200
    assert (OutboxMail.objects.count(), OneTimeCode.objects.count(), AuditEvent.objects.count()) == before
    assert not logged_in(client)


def test_t6_post_without_the_csrf_token_is_refused(token):
    assert Client(enforce_csrf_checks=True).post(reverse("open_link", args=[token])).status_code == 403


def test_t5_code_works_only_in_the_browser_that_asked(client, token):
    code = at_code_page(client, token)
    other = Client()
    response = other.post(reverse("enter_code"), {"digits": code})
    assert (response.status_code, response["Location"]) == (303, reverse("ask_link"))
    other.cookies["bpv-code"] = client.cookies["bpv-code"].value.replace("1", "2")
    assert other.post(reverse("enter_code"), {"digits": code})["Location"] == reverse("ask_link")
    assert not logged_in(other)


def test_t7_only_hashes_are_stored(guest, token, client):
    code = at_code_page(client, token)
    for model in (OneTimeLink, OneTimeCode, AuditEvent):
        for row in model.objects.values_list():
            assert token not in str(row)
            assert code not in [str(value) for value in row]
    assert OneTimeLink.objects.get().token_hash == links.digest(token)


def test_t7_token_never_leaves_in_a_referer(client, token):
    for response in (
        client.get(reverse("open_link", args=[token])),
        client.post(reverse("open_link", args=[token])),
        client.get(reverse("open_link", args=["x" * 43])),
    ):
        assert response["Referrer-Policy"] == "strict-origin"


def test_t8_five_wrong_codes_and_the_right_one_comes_too_late(client, token):
    code = at_code_page(client, token)
    for _ in range(5):
        client.post(reverse("enter_code"), {"digits": wrong(code)})
    client.post(reverse("enter_code"), {"digits": code})
    assert not logged_in(client)
    assert OneTimeCode.objects.get().tries == 5


def test_code_works_once(client, token):
    code = at_code_page(client, token)
    client.post(reverse("enter_code"), {"digits": code})
    client.logout()
    link = OneTimeLink.objects.get()
    assert links.redeem(link.codes.get(), code) is False


def test_code_works_ten_minutes(token):
    link = links.find(token)
    start = clock.now()
    with clock.moved(start):
        code = links.send_code(link, browser="b")
        digits = code_in_mail()
    with clock.moved(start + timedelta(minutes=10)):
        assert links.redeem(code, digits) is False
    with clock.moved(start + timedelta(minutes=9, seconds=59)):
        assert links.redeem(code, digits) is True


def test_new_code_ends_the_earlier_one(client, token):
    first = at_code_page(client, token)
    old = OneTimeCode.objects.get()
    client.post(reverse("enter_code"), {"again": "1"})
    assert links.redeem(old, first) is False
    client.post(reverse("enter_code"), {"digits": code_in_mail()})
    assert logged_in(client)


def test_t8_no_more_than_five_codes_an_hour_for_an_address(guest):
    tokens = [token_of(links.send(guest)) for _ in range(2)]
    start = clock.now()
    with clock.moved(start):
        answers = [Client().post(reverse("open_link", args=[tokens[number % 2]])).status_code for number in range(7)]
    assert answers == [303] * 5 + [429] * 2
    assert OutboxMail.objects.filter(kind="code").count() == 5
    with clock.moved(start + timedelta(minutes=61)):
        assert Client().post(reverse("open_link", args=[tokens[0]])).status_code == 303


def test_t8_link_is_revoked_after_twenty_wrong_codes(token):
    link = links.find(token)
    start = clock.now()
    for hour in range(4):
        with clock.moved(start + timedelta(hours=2 * hour)):
            code = links.send_code(link, browser="b")
            for _ in range(5):
                links.redeem(code, wrong(code_in_mail()))
    assert links.is_open(links.find(token)) is False


def test_expired_link_offers_a_new_one_to_the_same_address(client, token, guest):
    OneTimeLink.objects.update(expires_at=clock.now())
    page = client.get(reverse("open_link", args=[token]))
    assert (page.status_code, OutboxMail.objects.count()) == (410, 1)
    response = client.post(reverse("open_link", args=[token]))
    assert (response.status_code, response["Location"]) == (303, reverse("link_sent"))
    new = OneTimeLink.objects.latest("id")
    assert (new.user, new.next_path, the_mail("link").to) == (guest, NEXT, guest.email)
    assert links.find(token_of(new)) == new


def test_link_lives_thirty_days(guest):
    start = clock.now()
    with clock.moved(start):
        link = links.send(guest)
    with clock.moved(start + timedelta(days=30) - timedelta(seconds=1)):
        assert links.is_open(link) is True
    with clock.moved(start + timedelta(days=30)):
        assert links.is_open(link) is False


def test_unknown_link_offers_to_ask_one(client):
    response = client.get(reverse("open_link", args=["x" * 43]))
    assert (response.status_code, 'action="/link/"' in response.content.decode()) == (404, True)


def test_asking_answers_the_same_for_known_unknown_and_staff(client, guest):
    staff = a_user("teacher")
    answers = [
        (response.status_code, response["Location"], response.content)
        for response in (
            client.post(reverse("ask_link"), {"email": email})
            for email in (guest.email.upper(), "niemand@elders.example", staff.email)
        )
    ]
    assert answers == [(303, reverse("link_sent"), b"")] * 3
    assert list(OutboxMail.objects.values_list("to", flat=True)) == [guest.email]


def test_asking_sends_no_more_than_five_links_an_hour(client, guest):
    for _ in range(8):
        assert client.post(reverse("ask_link"), {"email": guest.email}).status_code == 303
    assert OutboxMail.objects.count() == 5


def test_asking_is_limited_per_network_address(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"link": "3/h/ip"}
    answers = [client.post(reverse("ask_link"), {"email": f"a{i}@elders.example"}).status_code for i in range(4)]
    assert answers == [303, 303, 303, 429]
    other = client.post(reverse("ask_link"), {"email": "b@elders.example"}, REMOTE_ADDR="192.0.2.9")
    assert other.status_code == 303


@pytest.mark.parametrize("fields", [{"role": "teacher"}, {"staff_number": "D1"}, {"is_active": False}])
def test_t11_staff_and_closed_accounts_cannot_use_links(fields):
    user = a_user(**fields)
    with pytest.raises(ValueError, match="links are for"):
        links.send(user)


def test_t11_link_closes_when_the_person_becomes_staff(client, guest, token):
    code = at_code_page(client, token)
    guest.staff_number = "D7"
    guest.save()
    client.post(reverse("enter_code"), {"digits": code})
    assert not logged_in(client)
    assert client.get(reverse("open_link", args=[token])).status_code == 410


def test_revoked_link_gives_no_code(client, token):
    OneTimeLink.objects.update(revoked_at=clock.now())
    client.post(reverse("open_link", args=[token]))
    assert OutboxMail.objects.filter(kind="code").count() == 0


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("/plaatsingen/PL1/", "/plaatsingen/PL1/"),
        ("//elders.example/x", "/"),
        ("https://elders.example/", "/"),
        ("/\\elders.example", "/"),
        ("javascript:alert(1)", "/"),
        ("plaatsingen/", "/"),
        ("/" + "x" * 200, "/"),
    ],
)
def test_next_path_is_one_of_our_own(asked, kept):
    assert links.local_path(asked) == kept


def test_login_page_hands_the_wanted_page_to_the_link(client, guest):
    client.post(reverse("ask_link"), {"email": guest.email, "next": "/plaatsingen/PL1/"})
    assert OneTimeLink.objects.get().next_path == "/plaatsingen/PL1/"


def test_who_is_logged_in_already_goes_straight_on(client, token, guest):
    client.force_login(guest)
    assert client.get(reverse("open_link", args=[token]))["Location"] == NEXT


def test_another_persons_session_ends_when_a_link_is_used(client, token, guest):
    client.force_login(a_user("coordinator"))
    client.session["secret"] = "of the coordinator"
    client.post(reverse("enter_code"), {"digits": at_code_page(client, token)})
    assert client.session["_auth_user_id"] == str(guest.pk)
    assert "secret" not in client.session
