"""Numbers that people read: a prefix and the number after the highest."""

from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, Max, QuerySet
from django.db.models.functions import Cast, Substr


def next_number(rows: QuerySet[Any], prefix: str, *, before: int) -> str:
    """The next number, the first being `before` + 1. A lock for the transaction gives two at once two numbers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"number:{prefix}"])
    number = Cast(Substr("number", len(prefix) + 1), BigIntegerField())
    highest = rows.filter(number__startswith=prefix).aggregate(top=Max(number))["top"]
    return f"{prefix}{(highest or before) + 1}"
