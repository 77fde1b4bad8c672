"""R14: every answer, also a refusal or a redirect, carries the headers that keep a browser strict."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from bpv.core.middleware import CompressText
from tests.builders import a_user

pytestmark = pytest.mark.django_db
CSP = (
    "default-src 'none'; base-uri 'none'; connect-src 'self'; font-src 'self'; form-action 'self';"
    " frame-ancestors 'none'; img-src 'self' data:; object-src 'none'; script-src 'self'; style-src 'self'"
)


def parts(policy: str) -> set[str]:
    return {part.strip() for part in policy.split(";")}


@pytest.fixture(params=["login", "redirect", "profile", "forbidden", "missing", "link", "healthy"])
def response(request, client):
    if request.param in ("profile", "forbidden"):
        client.force_login(a_user("teacher"))
    return client.get(
        {
            "login": reverse("account_login"),
            "redirect": reverse("profile"),
            "profile": reverse("profile"),
            "forbidden": reverse("mail_trouble"),
            "missing": "/bestaat/niet/",
            "link": reverse("open_link", args=["x"]),
            "healthy": reverse("healthy"),
        }[request.param]
    )


def test_strict_headers_on_every_answer(response):
    assert parts(response["Content-Security-Policy"]) == parts(CSP)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] in ("same-origin", "strict-origin")
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Permissions-Policy"].startswith("camera=(), microphone=(), geolocation=()")
    assert "no-store" in response["Cache-Control"]


def test_cookies_are_closed_to_scripts(client):
    client.force_login(a_user("teacher"))
    client.get(reverse("account_change_password"))
    assert {(cookie["httponly"], cookie["samesite"]) for cookie in client.cookies.values()} == {(True, "Lax")}


def test_healthy_needs_no_login(client):
    response = client.get(reverse("healthy"))
    assert (response.status_code, response.content) == (200, b"gezond\n")


@pytest.mark.parametrize("demo", [True, False])
def test_mailbox_of_the_demo_exists_only_in_the_demo(client, settings, demo):
    settings.DEMO = demo
    client.force_login(a_user("coordinator"))
    assert client.get(reverse("mailbox")).status_code == (200 if demo else 404)


def test_pages_go_compressed_with_a_length_that_tells_nothing(client):
    answers = [client.get(reverse("privacy"), headers={"Accept-Encoding": "gzip"}) for _ in range(8)]
    assert {answer["Content-Encoding"] for answer in answers} == {"gzip"}
    assert len({len(answer.content) for answer in answers}) > 1


def test_documents_go_as_they_are():
    request = RequestFactory().get("/", headers={"Accept-Encoding": "gzip"})
    for kind in ("application/pdf", "font/woff2"):
        answer = CompressText(lambda _, kind=kind: HttpResponse(b"%" * 1000, content_type=kind))(request)
        assert (answer.has_header("Content-Encoding"), len(answer.content)) == (False, 1000)
