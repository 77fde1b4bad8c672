"""Which language somebody reads: the own choice, the choice in this browser, the link's owner, a first guess."""

import pytest
from django.urls import reverse

from accounts import languages, links
from accounts.models import User
from bpv.core.models import AuditEvent, OutboxMail
from tests.builders import a_contact, a_placement, a_student, a_user

pytestmark = pytest.mark.django_db
GERMAN = {"headers": {"accept-language": "de-DE,de;q=0.9"}}


def language_of(response) -> tuple[str, int]:
    """What the header says, and how often the page says it."""
    language = response["Content-Language"]
    return language, response.content.decode().count(f'<html lang="{language}">')


def link_of(user: User) -> str:
    links.send(user)
    body = OutboxMail.objects.filter(kind="link").latest("pk").body
    return "/link/" + body.partition("/link/")[2].split()[0]


def a_supervisor(language: str = "de") -> User:
    return a_contact(user=a_user(language=language)).user


def test_a_page_is_in_the_language_of_its_reader(client):
    client.force_login(a_supervisor())
    assert language_of(client.get("/")) == ("de", 1)


@pytest.mark.parametrize("language", ["de", "es"])
def test_staff_never_read_german_or_spanish(client, language):
    user = a_user("teacher", language=language)
    client.force_login(user)
    assert language_of(client.get("/")) == ("nl", 1)
    assert language_of(client.get(reverse("profile"))) == ("nl", 1)
    assert languages.of(user) == "nl"


def test_somebody_of_the_school_without_a_role_reads_no_german(client):
    assert languages.of(a_user(staff_number="D1", language="de")) == "nl"


@pytest.mark.parametrize(
    ("who", "codes"),
    [
        (lambda: a_user("manager"), ["nl", "en"]),
        (lambda: a_student(user=a_user()).user, ["nl", "en"]),
        (lambda: a_supervisor(), ["nl", "en", "de", "es"]),
        (lambda: a_user(), ["nl", "en"]),
    ],
)
def test_who_may_choose_what(who, codes):
    assert list(languages.choices(who())) == codes


@pytest.mark.parametrize(
    ("who", "shown"),
    [(lambda: a_user("coordinator"), []), (lambda: a_supervisor(), ["nl", "en", "de", "es"])],
)
def test_the_switch_on_a_page(client, who, shown):
    client.force_login(who())
    assert [code for code, _name in client.get("/").context["languages"]] == shown


def test_a_teacher_chooses_in_the_profile(client):
    user = a_user("teacher")
    client.force_login(user)
    details = {"phone": "", "reachability": "", "language": "en"}
    page = client.post(reverse("profile"), details, follow=True)
    assert language_of(page) == ("en", 1)
    assert [str(message) for message in page.context["messages"]] == ["Your details have been saved."]
    assert AuditEvent.objects.get().event == "language_changed"
    assert client.post(reverse("profile"), details | {"language": "de"}).status_code == 200
    assert User.objects.get(pk=user.pk).language == "en"


def test_a_praktijkopleider_chooses_with_the_switch(client):
    user = a_supervisor("nl")
    client.force_login(user)
    answer = client.post(reverse("language"), {"language": "es", "next": "/vragen/"})
    assert (answer.status_code, answer["Location"]) == (303, "/vragen/")
    assert language_of(client.get("/vragen/")) == ("es", 1)


def test_a_language_that_is_not_offered_is_ignored(client):
    user = a_student(user=a_user()).user
    client.force_login(user)
    client.post(reverse("language"), {"language": "de", "next": "/"})
    assert (User.objects.get(pk=user.pk).language, AuditEvent.objects.count()) == ("nl", 0)


@pytest.mark.parametrize("next_path", ["https://elders.example/", "//elders.example", ""])
def test_the_switch_leads_to_our_own_pages_only(client, next_path):
    assert client.post(reverse("language"), {"language": "de", "next": next_path})["Location"] == "/"


def test_the_switch_is_no_get(client):
    assert client.get(reverse("language")).status_code == 405


def test_before_the_login_the_choice_is_kept_in_this_browser(client):
    client.post(reverse("language"), {"language": "es", "next": "/account/login/"})
    assert language_of(client.get(reverse("account_login"))) == ("es", 1)
    assert language_of(client.get(reverse("privacy"))) == ("es", 1)


def test_an_unknown_language_leaves_no_cookie(client):
    assert dict(client.post(reverse("language"), {"language": "xx"}).cookies) == {}
    client.cookies[languages.COOKIE] = "xx"
    assert language_of(client.get(reverse("account_login"))) == ("nl", 1)


def test_the_language_of_the_browser_is_a_guess_on_link_pages_alone(client):
    asked = client.get(reverse("ask_link"), **GERMAN)
    assert language_of(asked) == ("de", 1)
    assert {part.strip() for part in asked["Vary"].split(",")} >= {"Cookie", "Accept-Language"}
    assert language_of(client.get(reverse("account_login"), **GERMAN)) == ("nl", 1)


def test_the_owner_of_a_link_goes_before_the_language_of_the_browser(client):
    url = link_of(a_supervisor("es"))
    assert language_of(client.get(url, **GERMAN)) == ("es", 1)
    client.post(url, **GERMAN)
    assert language_of(client.get(reverse("enter_code"), **GERMAN)) == ("es", 1)


def test_a_choice_on_the_way_in_goes_before_all_and_stays(client):
    user = a_supervisor("es")
    url = link_of(user)
    client.post(reverse("language"), {"language": "en", "next": url})
    assert language_of(client.get(url)) == ("en", 1)
    client.post(url)
    digits = OutboxMail.objects.get(kind="code").body
    digits = "".join(line for line in digits.splitlines() if line.isdecimal())
    page = client.post(reverse("enter_code"), {"digits": digits}, follow=True)
    assert language_of(page) == ("en", 1)
    assert User.objects.get(pk=user.pk).language == "en"


def test_the_first_language_is_what_the_school_knows(client):
    placement = a_placement()
    contact = placement.supervisor
    contact.language = "de"
    contact.save()
    links.ask(email=contact.email)
    contact.refresh_from_db()
    assert contact.user.language == "de"
    assert OutboxMail.objects.get().subject == "Link zu Ihrer Praxisphase (bpv) bei Voorbeeld ROC"
