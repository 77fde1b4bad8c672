"""The deeds: make a plan, write it; and the same for a run that a coordinator uploaded."""

from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import languages
from bpv.core import audit, clock, documents
from exchange.importing import apply, plan
from exchange.importing.memory import collector_paused
from exchange.importing.plan import Plan, Tell, silent
from exchange.importing.reading import Incoming
from exchange.models import BUSY, ImportRun, State

ONE_IMPORT = 5302  # advisory locks: one import at a time, and one worker per run
ONE_RUN = 5303
SHOWN = 500  # problems kept for the page
MAX_ATTEMPTS = 3


def plan_import(files: Iterable[Incoming], tell: Tell = silent) -> Plan:
    """What would happen. Writes nothing."""
    with collector_paused():
        return plan.make(files, tell)


@collector_paused()
@transaction.atomic
def apply_import(
    files: Iterable[Incoming],
    *,
    by: Any = None,
    partial: bool = False,
    run: ImportRun | None = None,
    tell: Tell = silent,
) -> tuple[Plan, bool]:
    """Plan again and write, all or nothing; with errors nothing unless `partial`. Returns (plan, written)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_IMPORT])
    made = plan.make(files, tell)
    if made.errors and not partial:
        return made, False
    if made.school.writes:
        tell(_("Wegschrijven"), 0, 1)
        apply.write(made.school, by)
        run = run or ImportRun.objects.create(state=State.APPLIED, by=by, applied_by=by, applied_at=clock.now())
        _keep(run, made)
        created, changed, skipped = made.total("new"), made.total("changed"), made.total("cannot")
        audit.record("school_imported", subject=run, by=by, created=created, changed=changed, skipped=skipped)
    return made, True


def _keep(run: ImportRun, made: Plan) -> None:
    """Write what the plan says in the row of the run."""
    problems = made.errors + made.notices
    run.counts = [counts.as_json() for counts in made.counts]
    run.problems = [problem.as_json() for problem in problems[:SHOWN]]
    run.errors = len(made.errors)
    run.save()


@transaction.atomic
def upload(*, files: Iterable[Incoming], by: Any) -> ImportRun:
    """Keep the files; the worker makes the plan within seconds."""
    run = ImportRun.objects.create(by=by)
    for incoming in files:
        kind = "text/csv" if incoming.name.lower().endswith(".csv") else "application/octet-stream"
        run.files.add(documents.store(incoming.content, filename=incoming.name[-200:], media_type=kind, by=by))
    return run


@transaction.atomic
def confirm(run: ImportRun, *, by: Any, partial: bool) -> bool:
    """A coordinator decides that the planned run goes in. False when it was not (any more) waiting for that."""
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state != State.PLANNED or (run.errors and not partial):
        return False
    run.state, run.partial, run.attempts, run.applied_by = State.APPLYING, partial, 0, by
    run.progress, run.done, run.total = "", 0, 0
    run.save()
    return True


def work_waiting() -> int:
    """Take up every run that waits. The lock goes with the worker's session: a killed one is taken over at once."""
    worked = 0
    for pk in ImportRun.objects.filter(state__in=BUSY).order_by("pk").values_list("pk", flat=True):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [ONE_RUN, pk])
            if not cursor.fetchone()[0]:
                continue
            try:
                run = ImportRun.objects.select_related("by").get(pk=pk)
                with override(languages.of(run.by) if run.by else languages.DUTCH):  # who reads what is wrong
                    worked += _work(run)
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [ONE_RUN, pk])
    return worked


def _work(run: ImportRun) -> int:
    if not run.is_busy:
        return 0
    run.attempts += 1
    if run.attempts > MAX_ATTEMPTS:
        _give_up(run)
        return 0
    run.state = State.PLANNING if run.state == State.UPLOADED else run.state
    run.save()
    files = [Incoming(document.filename, documents.read(document)) for document in run.files.order_by("pk")]
    if run.state == State.PLANNING:
        _keep_planned(run, plan_import(files, _progress(run)))
    else:
        _apply(run, files)
    return 1


def _give_up(run: ImportRun) -> None:
    run.state = State.FAILED
    message = _("Het lukt niet om deze bestanden te verwerken. Er is niets ingelezen. Probeer kleinere bestanden.")
    run.problems, run.errors = [plan.Problem("", 0, "", message).as_json()], 1
    run.save()


def _keep_planned(run: ImportRun, made: Plan) -> None:
    run.state, run.attempts = State.PLANNED, 0
    _keep(run, made)


@transaction.atomic
def _apply(run: ImportRun, files: list[Incoming]) -> None:
    """The rows and the state of the run in one transaction: after a crash either both or neither."""
    made, written = apply_import(files, by=run.applied_by, partial=run.partial, run=run)
    run.state = State.APPLIED if written else State.PLANNED
    run.applied_at = clock.now() if written else None
    _keep(run, made)


def _progress(run: ImportRun) -> Tell:
    def tell(text: str, done: int, total: int) -> None:
        ImportRun.objects.filter(pk=run.pk).update(progress=text[:200], done=done, total=total)

    return tell
