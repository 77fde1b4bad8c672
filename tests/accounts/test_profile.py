"""The own page: how a bpv-docent can be reached (S4.2-c)."""

import pytest
from django.urls import reverse

from accounts.models import User
from accounts.services import guest
from bpv.core.models import AuditEvent
from tests.builders import a_user

pytestmark = pytest.mark.django_db
DETAILS = {"phone": "06 85000141", "reachability": "ma-do van 9 tot 17 uur", "language": "nl"}


def test_s42c_teacher_changes_phone_and_reachability(client):
    user = a_user("teacher")
    client.force_login(user)
    assert client.post(reverse("profile"), DETAILS)["Location"] == reverse("profile")
    user.refresh_from_db()
    assert (user.phone, user.reachability) == ("06 85000141", "ma-do van 9 tot 17 uur")
    assert AuditEvent.objects.get().event == "profile_changed"


def test_same_details_leave_no_trace(client):
    client.force_login(a_user("teacher", **DETAILS))
    client.post(reverse("profile"), DETAILS)
    assert AuditEvent.objects.count() == 0


def test_other_fields_cannot_be_changed_along(client):
    user = a_user("teacher")
    client.force_login(user)
    client.post(reverse("profile"), DETAILS | {"email": "x@elders.example", "is_active": "", "staff_number": "1"})
    after = User.objects.get(pk=user.pk)
    assert (after.email, after.is_active, after.staff_number) == (user.email, True, None)


def test_guest_sees_no_form_and_changes_nothing(client):
    user = a_user()
    client.force_login(user)
    response = client.post(reverse("profile"), DETAILS)
    assert (response.status_code, response.context["form"]) == (200, None)
    assert User.objects.get(pk=user.pk).phone == ""


def test_guest_account_is_made_once():
    names = {"first_name": "Ilse", "last_name": "Wassink"}
    first = guest(email="Ilse@Regge.example ", **names)
    assert guest(email="ilse@regge.example", **names) == first
    assert (first.email, first.has_usable_password()) == ("ilse@regge.example", False)
