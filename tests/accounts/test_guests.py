"""Who is known as student or praktijkopleider gets an account with the first link; others get nothing."""

import pytest
from django.urls import reverse

from accounts.models import User
from bpv.core.models import OutboxMail
from companies.services import save_contact
from placements.models import Placement
from tests.builders import a_contact, a_placement, a_student, a_user

pytestmark = pytest.mark.django_db


def ask(client, email: str) -> list[str]:
    client.post(reverse("ask_link"), {"email": email})
    return list(OutboxMail.objects.values_list("to", flat=True))


def test_student_gets_an_account_with_the_first_link(client):
    student = a_student(email="S1@student.voorbeeldroc.example")
    assert ask(client, " s1@Student.voorbeeldroc.example") == ["s1@student.voorbeeldroc.example"]
    student.refresh_from_db()
    assert (student.user.full_name, student.user.has_usable_password()) == (student.full_name, False)


def test_second_link_makes_no_second_account(client):
    a_student(email="s1@student.voorbeeldroc.example")
    for _ in range(2):
        ask(client, "s1@student.voorbeeldroc.example")
    assert User.objects.count() == 1


def test_praktijkopleider_at_two_locations_has_one_account(client):
    contacts = [a_contact(email=email) for email in ("Ilse@regge.example", "ilse@regge.example")]
    assert ask(client, "ilse@regge.example") == ["ilse@regge.example"]
    for contact in contacts:
        contact.refresh_from_db()
    assert contacts[0].user == contacts[1].user is not None


def test_address_of_two_students_lets_nobody_in(client):
    for _ in range(2):
        a_student(email="thuis@familie.example")
    assert ask(client, "thuis@familie.example") == []


def test_contact_with_the_address_of_staff_gets_no_link(client):
    staff = a_user("teacher")
    a_contact(email=staff.email)
    assert ask(client, staff.email) == []


def test_t5_changed_address_closes_the_door_of_the_old_one(client):
    placement = a_placement(supervisor=a_contact(email="oud@regge.example"))
    ask(client, "oud@regge.example")
    old = User.objects.get(email="oud@regge.example")
    assert Placement.objects.visible_to(old).count() == 1
    contact = placement.supervisor
    contact.refresh_from_db()
    contact.email = "nieuw@regge.example"
    save_contact(contact=contact, by=a_user("coordinator"))
    assert Placement.objects.visible_to(old).count() == 0
    assert ask(client, "nieuw@regge.example") == ["nieuw@regge.example", "oud@regge.example"]


@pytest.mark.parametrize("email", ["niemand@elders.example", "%@student.voorbeeldroc.example", "_@regge.example"])
def test_unknown_addresses_make_no_account(client, email):
    a_student()
    assert (ask(client, email), User.objects.count()) == ([], 0)
