"""The migrations say what the models say."""

from io import StringIO

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_no_migration_is_missing():
    try:
        call_command("makemigrations", "--check", "--dry-run", stdout=(said := StringIO()))
    except SystemExit:
        pytest.fail(said.getvalue())
