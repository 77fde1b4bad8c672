"""What the tests of the talks share: somebody who is logged in, and the form of a talk as the page sends it."""

import uuid

from django.test import Client


def logged_in(user):
    client = Client()
    client.force_login(user)
    return client


def form(**changes):
    values = {
        "on": "2026-11-20",
        "kind": "on_site",
        "with_student": "on",
        "with_supervisor": "on",
        "goals_discussed": "on",
        "discussed": "Noor draait de ochtend zelf.",
        "no_agreements": "on",
        "form_key": str(uuid.uuid4()),
        **lines(),
    }
    return {name: value for name, value in (values | changes).items() if value is not None}


def lines(*rows):
    """The three lines of action points as the page sends them."""
    usual = {"text": "", "owner": "student", "due": "2026-12-07"}
    sent = {"afspraak-TOTAL_FORMS": "3", "afspraak-INITIAL_FORMS": "0"}
    for number in range(3):
        row = usual | (rows[number] if number < len(rows) else {})
        sent |= {f"afspraak-{number}-{name}": value for name, value in row.items()}
    return sent
