"""What follows from a document that everybody has signed."""

from datetime import date

from agreements.models import Pok


def completed(pok: Pok, today: date) -> None:
    """Called once, in the transaction of the last signature and under the lock of the POK."""
