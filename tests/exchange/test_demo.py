"""The invented school of the demo."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from accounts.models import College, Team, User
from bpv.core import clock
from exchange import services
from exchange.demo import school
from exchange.demo.accounts import PASSWORD, accounts
from placements.models import Placement
from students.models import Student
from tests.exchange.state import versions

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("today", [date(2026, 11, 23), date(2027, 2, 28), date(2028, 2, 29), date(2026, 8, 1)])
def test_its_files_can_be_read_on_any_day(today):
    plan = services.plan_import(school.files(today))
    assert [problem.message for problem in plan.errors] == []


def test_it_is_a_school_with_one_account_per_role():
    with clock.moved(date(2026, 11, 23)):
        call_command("demo_school", stdout=StringIO())
        before = versions()
        call_command("demo_school", stdout=StringIO())
    assert versions() == before
    assert (College.objects.count(), Team.objects.count(), Student.objects.count()) == (3, 6, 500)
    assert Placement.objects.count() == 465
    found = accounts()
    assert [account.role for account in found] == [
        "bpv-coördinator",
        "bpv-docent",
        "manager onderwijs",
        "studentenadministratie",
        "vertrouwenscontactpersoon",
        "praktijkopleider",
        "student",
    ]
    assert [account.email.split("@")[0] for account in found[:3]] == ["i.elamrani2", "p.wetering3", "h.elamrani1"]
    assert len({account.email for account in found}) == 7
    assert len(User.objects.get(email=found[2].email).roles.manager) == 6
    office = User.objects.get(email=found[3].email).roles
    assert (len(office.administration), office.teams, office.only_administration) == (6, frozenset(), True)
    assert [User.objects.get(email=account.email).check_password(PASSWORD) for account in found] == [
        *[True] * 5,
        *[False] * 2,
    ]
