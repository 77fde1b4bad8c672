"""A school of any size by SQL, in a fresh database: eight school years, an eighth of the placements this year."""

from datetime import date
from pathlib import Path

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction

TODAY = date(2026, 11, 23)
COORDINATOR, MANAGER = "coordinator@voorbeeldroc.example", "manager@voorbeeldroc.example"
APPS = ("accounts", "companies", "students", "placements", "agreements", "visits", "assessment")
HERE = Path(__file__).parent


def prepare() -> None:
    """Tables, free days and the people of the school."""
    call_command("migrate", verbosity=0)
    call_command("loaddata", "free_days", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute((HERE / "staff.sql").read_text())


@transaction.atomic
def grow(first: int, last: int) -> None:
    """Add placements `first` up to `last` (not included)."""
    with connection.cursor() as cursor:
        for name in ("placements.sql", "assessments.sql"):
            text = (HERE / name).read_text()
            cursor.execute(text.replace(":first", str(first)).replace(":last", str(last)))


def settle() -> None:
    """Sequences after the highest id, fresh statistics and visibility maps: as after a night in production."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(_models())):
            cursor.execute(statement)
        cursor.execute("VACUUM ANALYZE")


def _models() -> list:
    from django.apps import apps  # the registry is filled by then

    return [model for app in APPS for model in apps.get_app_config(app).get_models()]
