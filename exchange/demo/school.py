"""The invented school as the files it would bring along: read by the same import as anybody's."""

import csv
import io
from collections.abc import Iterable
from datetime import date

from django.db import transaction

from accounts.models import College, Role, User
from exchange import services
from exchange.demo import bpv, people
from exchange.demo.accounts import PASSWORD, accounts
from exchange.demo.assessed import assessed
from exchange.demo.assignments import opdrachten
from exchange.demo.closing import endings
from exchange.demo.goals import goals
from exchange.demo.held import held
from exchange.demo.hours import hours
from exchange.demo.people import Row, nl
from exchange.demo.prepared import prepare
from exchange.demo.rounds import rounds
from exchange.demo.searches import searches
from exchange.demo.talks import talks
from exchange.importing.reading import Incoming
from exchange.importing.sheets import BY_NAME


def files(today: date) -> list[Incoming]:
    """Every file, as CSV with a BOM and semicolons."""
    tables: dict[str, Iterable[Row]] = {
        "teams": [list(team) for team in people.TEAMS],
        "medewerkers": people.staff(),
        "opleidingen": [list(programme) for programme in people.PROGRAMMES],
        "werkprocessen": people.work_processes(),
        "studenten": people.students(today),
        "leerbedrijven": people.locations(),
        "erkenningen": people.accreditations(today),
        "contactpersonen": people.contacts(),
        "plaatsingen": [_placement(values) for values in bpv.placements(today)],
        "contactmomenten": bpv.talks(today),
        "hulpvragen": bpv.questions(today),
    }
    return [as_file(name, rows) for name, rows in tables.items()]


def _placement(values: dict[str, object]) -> Row:
    return [nl(value) if isinstance(value, date) else ("" if value is None else value) for value in values.values()]


def as_file(name: str, rows: Iterable[Row]) -> Incoming:
    """A table as a file, with the headings the import knows."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";")
    writer.writerow([column.title for column in BY_NAME[name].columns])
    writer.writerows(rows)
    return Incoming(f"{name}.csv", stream.getvalue().encode("utf-8-sig"))


@transaction.atomic
def build(today: date) -> int:
    """Read the school in and bring it to life. Returns the rows. RuntimeError when the files are not right."""
    plan, _written = services.apply_import(files(today))
    if plan.errors:
        raise RuntimeError(f"the demo school cannot be read: {plan.errors[0]}")
    prepare(today)
    assessed(today)
    goals(today)
    hours(today)
    searches(today)
    rounds(today)
    talks(today)
    held(today)
    opdrachten(today)
    endings(today)
    for account in accounts():
        if account.password:
            user = User.objects.get(email=account.email)
            user.set_password(PASSWORD)
            user.save()
            if account.role == "manager onderwijs":
                _lead_all(user)
    return plan.total("new")


def _lead_all(manager: User) -> None:
    """A manager of every college, so that there is something to lay side by side."""
    for college in College.objects.all():
        manager.memberships.create(role=Role.MANAGER, college=college)
