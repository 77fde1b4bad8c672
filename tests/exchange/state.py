"""What stands in the database, to compare before and after."""

from django.db import connection

TABLES = [
    *("accounts_college", "accounts_team", "accounts_user", "accounts_membership"),
    *("students_programme", "students_student", "students_enrolment"),
    *("companies_company", "companies_location", "companies_accreditation", "companies_contact"),
    *("placements_placement", "agreements_pok", "agreements_pokline", "agreements_signature"),
    *("visits_contactmoment", "visits_helprequest"),
    *("core_auditevent", "core_touch", "exchange_importrun"),
]


def versions() -> dict[str, list[tuple[str, str]]]:
    """Every row's place and the transaction that wrote it: equal means not one row was written."""
    with connection.cursor() as cursor:
        found = {}
        for table in TABLES:
            cursor.execute(f"SELECT id::text, xmin::text || ctid::text FROM {table} ORDER BY id")
            found[table] = cursor.fetchall()
        return found


def counts() -> dict[str, int]:
    """How many rows each table has."""
    return {table: len(rows) for table, rows in versions().items()}


NOTHING = dict.fromkeys(TABLES, 0)
