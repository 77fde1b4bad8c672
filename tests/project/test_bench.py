"""The school of the bench is made with SQL: it must follow the tables."""

import pytest
from django.core.management import call_command
from django.db import connection

from assessment.models import Final, HandedOut
from bench import school
from placements.models import Placement
from visits.models import ContactMoment, HelpRequest

pytestmark = pytest.mark.django_db


def test_a_school_grows():
    call_command("loaddata", "free_days", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute((school.HERE / "staff.sql").read_text())
    school.grow(0, 320)
    assert Placement.objects.count() == 320
    assert (ContactMoment.objects.exists(), HelpRequest.objects.exists()) == (True, True)
    assert (HandedOut.objects.count(), Final.objects.count()) == (1280, 307)
