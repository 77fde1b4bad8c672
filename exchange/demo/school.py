"""The invented school as the files it would bring along: read by the same import as anybody's."""

import csv
import io
from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction

from accounts.models import College, Role, User
from assessment.models import Kind, Score
from assessment.services import record_assessment
from exchange import services
from exchange.demo import bpv, people
from exchange.demo.accounts import PASSWORD, accounts
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
from placements.models import Placement


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
    _assess(today)
    goals()
    hours(today)
    searches(today)
    rounds(today)
    talks(today)
    held(today)
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


def _assess(today: date) -> None:
    """An interim assessment halfway, and a final one of what is over: for two of three placements."""
    over_half = Placement.objects.filter(start__lte=today - timedelta(weeks=10), teacher__isnull=False)
    for index, placement in enumerate(over_half.select_related("supervisor", "teacher").order_by("number")):
        if index % 3 == 2:
            continue
        halfway = placement.start + timedelta(weeks=9)
        _decide(placement, Kind.MIDTERM, halfway, (Score.SUFFICIENT, Score.GOOD, Score.INSUFFICIENT)[index % 7 % 3])
        if placement.end <= today:
            _decide(placement, Kind.FINAL, placement.end, Score.GOOD if index % 4 else Score.SUFFICIENT)


def _decide(placement: Placement, kind: Kind, on: date, score: Score) -> None:
    texts = {
        Score.GOOD: "Werkt zelfstandig, vraagt op tijd om hulp en neemt verantwoordelijkheid.",
        Score.SUFFICIENT: "Doet wat is afgesproken. Mag meer laten zien uit zichzelf.",
        Score.INSUFFICIENT: "Komt afspraken nog niet na. We spreken elkaar over vier weken weer.",
    }
    record_assessment(
        placement=placement,
        kind=kind,
        by=placement.teacher,
        held_on=on,
        score=score,
        text=texts[score],
        company_score=score,
        company_text="Past goed in het team." if score != Score.INSUFFICIENT else "Is vaak te laat.",
        company_heard_on=on,
        company_heard=str(placement.supervisor),
    )
