"""Sign-in of staff: password (argon2), limits, second factor in each session, and nothing that we do not offer."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.core import signing
from django.test import Client
from django.urls import reverse

from accounts.models import User
from bpv.core.models import AuditEvent, OutboxMail
from tests.builders import a_user
from tests.codes import SECRET, code

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_moment")]
PASSWORD = "drie groene fietsen"


def sign_in(client: Client, user: User, password: str = PASSWORD):
    return client.post(reverse("account_login"), {"login": user.email, "password": password})


@pytest.fixture
def teacher() -> User:
    return a_user("teacher", password=PASSWORD)


@pytest.fixture
def with_totp(teacher) -> User:
    TOTP.activate(teacher, SECRET)
    return teacher


def test_password_is_stored_as_argon2(teacher):
    assert teacher.password.split("$")[:2] == ["argon2", "argon2id"]


def test_staff_logs_in_and_it_is_written_down(client, teacher):
    response = sign_in(client, teacher)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert list(AuditEvent.objects.values_list("event", "by")) == [("signed_in", teacher.pk)]


def test_wrong_password_and_unknown_person_look_the_same(client, teacher):
    answers = [
        client.post(reverse("account_login"), {"login": login, "password": "verkeerd wachtwoord"})
        for login in (teacher.email, "wie@elders.example")
    ]
    assert [response.status_code for response in answers] == [200, 200]
    assert answers[0].context["form"].errors == answers[1].context["form"].errors


def test_t9_ten_wrong_passwords_close_the_door_but_not_for_the_teacher_elsewhere(client, teacher):
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    for _ in range(10):
        sign_in(client, teacher, "verkeerd wachtwoord")
    sign_in(client, teacher)
    assert "_auth_user_id" not in client.session
    sign_in(elsewhere, teacher)
    assert elsewhere.session["_auth_user_id"] == str(teacher.pk)


def test_t9_one_network_address_gets_so_many_tries_a_minute(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "3/m/ip"}
    answers = [client.post(reverse("account_login"), {"login": f"{i}@x.example"}).status_code for i in range(4)]
    assert answers == [200, 200, 200, 429]


def test_t9_forwarded_address_counts_only_behind_our_own_proxy(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    for address, status in (("198.51.100.1", 200), ("198.51.100.2", 429)):
        response = client.post(reverse("account_login"), {}, HTTP_X_FORWARDED_FOR=address)
        assert response.status_code == status
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    response = client.post(reverse("account_login"), {}, HTTP_X_FORWARDED_FOR="198.51.100.9, 198.51.100.3")
    assert response.status_code == 200


def test_guest_cannot_log_in_with_a_password(client):
    guest = a_user()
    sign_in(client, guest, "")
    assert "_auth_user_id" not in client.session


def test_closed_account_ends_open_sessions(client, teacher):
    sign_in(client, teacher)
    User.objects.filter(pk=teacher.pk).update(is_active=False)
    assert client.get(reverse("profile"))["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize(
    "path",
    [
        "signup/",
        "email/",
        "confirm-email/",
        "confirm-email/abc/",
        "password/set/",
        "login/code/confirm/",
        "social/",
        "3rdparty/",
        "mfa/webauthn/",
        "mfa/trust/",
        "mfa/recovery-codes/download/",
        "phone/change/",
        "sessions/",
    ],
)
def test_pages_of_allauth_that_are_not_offered_do_not_exist(client, teacher, path):
    client.force_login(teacher)
    assert client.get(f"/account/{path}").status_code == 404


def ask_reset(client: Client, email: str):
    return client.post(reverse("account_reset_password"), {"email": email})


def choose_password(client: Client, user: User) -> str:
    """By a mail; returns the address in it."""
    assert ask_reset(client, user.email)["Location"] == reverse("account_reset_password_done")
    body = OutboxMail.objects.get(kind="password_reset", to=user.email).body
    path = next(word for word in body.split() if "/reset/key/" in word).removeprefix(settings.SITE_URL)
    page = client.get(path, follow=True)
    client.post(page.context["action_url"], {"password1": PASSWORD, "password2": PASSWORD})
    return path


def set_up_totp(client: Client) -> None:
    """Gives the password again, reads the secret from the page and types a code."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    now = code(secret=secret)
    client.post(reverse("mfa_activate_totp"), {"code": now})


class TestPasswordReset:
    def test_new_staff_member_chooses_a_first_password(self, client):
        user = a_user("teacher")
        path = choose_password(client, user)
        assert sign_in(client, user)["Location"] == "/"
        assert client.get(path, follow=True).context["token_fail"] is True
        assert set(AuditEvent.objects.values_list("event", flat=True)) == {"password_changed", "signed_in"}

    def test_guests_and_strangers_get_no_mail_and_the_same_answer(self, client, teacher):
        answers = [ask_reset(client, email) for email in (teacher.email, a_user().email, "wie@elders.example")]
        assert {(answer.status_code, answer["Location"]) for answer in answers} == {
            (302, "/account/password/reset/done/")
        }
        assert list(OutboxMail.objects.values_list("to", flat=True)) == [teacher.email]

    def test_short_password_is_refused_in_dutch(self, client, teacher):
        client.force_login(teacher)
        form = {"oldpassword": PASSWORD, "password1": "kort", "password2": "kort"}
        response = client.post(reverse("account_change_password"), form)
        errors = response.context["form"].errors["password1"]
        assert errors[0].startswith("Dit wachtwoord is te kort")


class TestSecondFactor:
    def test_code_is_asked_when_it_was_set_up(self, client, with_totp):
        assert sign_in(client, with_totp)["Location"] == reverse("mfa_authenticate")
        assert client.get(reverse("profile"))["Location"].startswith(reverse("account_login"))
        client.post(reverse("mfa_authenticate"), {"code": code()})
        assert client.get(reverse("profile")).status_code == 200

    def test_code_works_once(self, client, with_totp):
        digits = code()
        sign_in(client, with_totp)
        client.post(reverse("mfa_authenticate"), {"code": digits})
        other = Client()
        sign_in(other, with_totp)
        other.post(reverse("mfa_authenticate"), {"code": digits})
        assert "_auth_user_id" not in other.session

    def test_secret_is_not_readable_in_the_database(self, with_totp):
        row = Authenticator.objects.get()
        assert SECRET not in str(row.data)

    @pytest.mark.parametrize("step", [-3, 3])
    def test_codes_of_another_moment_are_refused(self, client, with_totp, step):
        sign_in(client, with_totp)
        client.post(reverse("mfa_authenticate"), {"code": code(step)})
        assert "_auth_user_id" not in client.session

    def test_setting_up_shows_a_qr_code_and_recovery_codes(self, client, teacher):
        sign_in(client, teacher)
        page = client.get(reverse("mfa_activate_totp"))
        assert page["Location"].startswith(reverse("account_reauthenticate"))
        client.post(page["Location"], {"password": PASSWORD})
        page = client.get(reverse("mfa_activate_totp"))
        assert 'src="data:image/svg+xml;base64,' in page.content.decode()
        secret = page.context["form"].secret
        now = code(secret=secret)
        done = client.post(reverse("mfa_activate_totp"), {"code": now})
        assert done["Location"] == reverse("mfa_view_recovery_codes")
        codes = client.get(done["Location"]).context["unused_codes"]
        assert len(codes) == 10
        client.logout()
        sign_in(client, teacher)
        client.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert client.get(reverse("profile")).status_code == 200


def test_first_password_then_second_factor(client, settings):
    """The way of every new member of staff, from a mail to the first page."""
    settings.REQUIRE_MFA = True
    user = a_user("teacher")
    choose_password(client, user)
    sign_in(client, user)
    set_up_totp(client)
    assert client.get(reverse("profile")).status_code == 200
    client.logout()
    sign_in(client, user)
    assert client.get(reverse("mfa_authenticate")).status_code == 200


class TestRequiredSecondFactor:
    """T11: every way in, with REQUIRE_MFA and without the code: no page but the one that asks for it."""

    @pytest.fixture(autouse=True)
    def required(self, settings):
        settings.REQUIRE_MFA = True

    def test_password_without_factor_leads_to_setting_up(self, client, teacher):
        sign_in(client, teacher)
        for path in ("/", reverse("profile"), reverse("mail_trouble"), reverse("account_change_password")):
            assert client.get(path)["Location"].startswith(reverse("mfa_activate_totp"))

    def test_session_from_before_the_factor_must_give_the_code(self, client, teacher):
        client.force_login(teacher)
        TOTP.activate(teacher, SECRET)
        for name in ("profile", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"):
            assert client.get(reverse(name))["Location"].startswith(reverse("mfa_reauthenticate"))
        client.post(reverse("mfa_reauthenticate"), {"code": code()})
        assert client.get(reverse("profile")).status_code == 200

    def test_password_and_code_let_in(self, client, with_totp):
        sign_in(client, with_totp)
        client.post(reverse("mfa_authenticate"), {"code": code()})
        assert client.get(reverse("profile")).status_code == 200

    def test_reset_of_the_password_does_not_pass_by_the_code(self, client, with_totp):
        with_totp.set_password(PASSWORD + "!")
        with_totp.save()
        assert sign_in(client, with_totp, PASSWORD + "!")["Location"] == reverse("mfa_authenticate")

    def test_setting_up_counts_as_giving_it(self, client, teacher):
        sign_in(client, teacher)
        set_up_totp(client)
        assert client.get(reverse("profile")).status_code == 200

    def test_staff_cannot_switch_it_off(self, client, with_totp):
        sign_in(client, with_totp)
        client.post(reverse("mfa_authenticate"), {"code": code()})
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        client.post(reverse("mfa_deactivate_totp"))
        assert Authenticator.objects.filter(user=with_totp, type="totp").count() == 1

    def test_guests_need_no_second_factor(self, client):
        client.force_login(a_user())
        assert client.get(reverse("profile")).status_code == 200

    def test_control_without_the_requirement_the_same_session_comes_in(self, client, teacher, settings):
        settings.REQUIRE_MFA = False
        client.force_login(teacher)
        assert client.get(reverse("profile")).status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "account_change_password",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_view_recovery_codes",
        "mfa_deactivate_totp",
        "mfa_generate_recovery_codes",
        "mfa_reauthenticate",
    ],
)
def test_guest_cannot_turn_a_link_into_a_password(client, name):
    client.force_login(a_user())
    assert client.get(reverse(name)).status_code == 403


def test_signed_cookies_and_sessions_fall_with_the_key(client, teacher, settings):
    sign_in(client, teacher)
    settings.SECRET_KEY = signing.dumps("another key") * 3
    assert client.get(reverse("profile"))["Location"].startswith(reverse("account_login"))
