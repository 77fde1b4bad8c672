"""Rebuild, no-change run, night: the goals of the judging."""

from collections.abc import Callable, Iterator
from functools import partial

from django.db import connection, transaction

from bench.school import TODAY
from bench.timing import Line, in_turn, once
from compliance import counting, digests, facts, judging, night
from compliance.models import Finding

FACTS = (
    "placements_placement",
    "agreements_pok",
    "agreements_signature",
    "visits_contactmoment",
    "visits_helprequest",
    "companies_accreditation",
    "assessment_goal",
    "assessment_agreedplan",
    "assessment_interim",
    "assessment_companyjudgement",
    "assessment_final",
)


def rebuild() -> judging.Written:
    """Every dossier, as `manage.py judge_all` does it."""
    ids, total = judging.all_ids(), judging.Written()
    for index in range(0, len(ids), facts.BATCH):
        total = total.plus(judging.rejudge(ids[index : index + facts.BATCH], today=TODAY))
    return total


def scan_of_facts() -> None:
    """One bare aggregate scan of each table of facts."""
    with connection.cursor() as cursor:
        for table in FACTS:
            cursor.execute(f"SELECT count(*), min(id + 0), max(id + 0) FROM {table}")
            cursor.fetchall()


def taken_back(work: Callable[[], object]) -> Callable[[], None]:
    """The same work, each time on the same state."""

    def run() -> None:
        with transaction.atomic():
            work()
            transaction.set_rollback(True)

    return run


def kept() -> tuple[object, ...]:
    """The versions of all findings and the sequence: equal when nothing was written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), md5(string_agg(id || ':' || xmin, ',' ORDER BY id)) FROM compliance_finding")
        rows = cursor.fetchone()
        cursor.execute("SELECT last_value FROM compliance_finding_id_seq")
        return (*rows, *cursor.fetchone())


def lines(size: int) -> Iterator[Line]:
    """The goals at this size; the stored findings are complete and current afterwards."""
    Finding.objects.all().delete()
    first = once(rebuild)
    before = kept()
    again = once(rebuild)
    written = 0 if kept() == before else 1
    yield Line("rebuild from nothing, ms a placement", first / size, 1, "<= 0.5 ms a placement a core")
    yield Line("rebuild that changes nothing, ms a placement", again / size, 1, "<= 0.5 ms a placement a core")
    yield Line("... anything written or a sequence value taken", written, 1, "0")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE compliance_finding")
    fell_due = partial(night.fell_due, TODAY)
    yield Line("what fell due / scan of the tables of facts", *in_turn(fell_due, scan_of_facts), "<= 0.5")
    night_work, digest_work = partial(night.one_night, TODAY), partial(digests.send, TODAY)
    yield Line(
        "night with re-judging and check / the same scan", *in_turn(taken_back(night_work), scan_of_facts, 5), "<= 0.5"
    )
    count = partial(counting.keep, TODAY)
    yield Line("of which counting the day / the same scan", *in_turn(taken_back(count), scan_of_facts, 5), "")
    yield Line("digest rows / the same scan", *in_turn(taken_back(digest_work), scan_of_facts, 3), "<= 0.5, together")
    with transaction.atomic():
        mails: list[int] = []
        took = once(lambda: mails.append(digests.send(TODAY)))
        transaction.set_rollback(True)
    yield Line(f"... ms a mail, {mails[0]} mails", took / max(1, mails[0]), 1, "")
