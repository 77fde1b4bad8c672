"""Who to log in as in the demo: one person per role. Printed on each start."""

from dataclasses import dataclass

from accounts.models import Role, User
from companies.models import Contact
from students.models import Student

PASSWORD = "Welkom-bij-de-bpv"  # noqa: S105 - an invented school, shown on the screen
WITH_PASSWORD = (
    ("bpv-coördinator", Role.COORDINATOR),
    ("bpv-docent", Role.TEACHER),
    ("manager onderwijs", Role.MANAGER),
    ("studentenadministratie", Role.ADMINISTRATION),
    ("vertrouwenscontactpersoon", Role.CONFIDANT),
)


@dataclass(frozen=True)
class Account:
    role: str
    email: str
    password: str  # empty: comes in by a link in a mail


def accounts() -> list[Account]:
    """One account per role, always the same ones; empty when there is no school."""
    found = []
    for name, role in WITH_PASSWORD:
        if user := _staff(role):
            found.append(Account(name, user.email, PASSWORD))
    for name, person in (("praktijkopleider", _supervisor()), ("student", _student())):
        if person:
            found.append(Account(name, person.email, ""))
    return found


def _staff(role: str) -> User | None:
    """The first of the school; a bpv-docent who is nothing else besides."""
    people = User.objects.filter(memberships__role=role)
    if role == Role.TEACHER:
        people = people.exclude(memberships__role=Role.COORDINATOR)
    return people.order_by("staff_number").first()


def _supervisor() -> Contact | None:
    """One who has students now, preferably more than one."""
    with_students = Contact.objects.filter(placements__isnull=False, user__isnull=False)
    return with_students.order_by("placements__location_id", "pk").first()


def _student() -> Student | None:
    return Student.objects.filter(placements__isnull=False, user__isnull=False).order_by("number").first()
