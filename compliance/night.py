"""The night asks what fell due, re-judges what a date reached, checks a share of the dossiers, and counts the day."""

import logging
from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from agreements.models import Pok, Signature
from bpv.core.clock import AMSTERDAM
from companies.models import Accreditation
from compliance import counting, judging
from compliance.models import Finding, Run
from placements.models import Placement
from visits.models import ContactMoment, HelpRequest

log = logging.getLogger(__name__)
OPENS = time(2, 0)  # Europe/Amsterdam; a night that does not exist at 02.00 (DST) begins at 03.00
SHARE = 30  # each night one in thirty dossiers is judged afresh and compared


def due_days(kind: str, now: datetime, opens: time) -> list[date]:
    """The days for which this kind of run has to be done still, oldest first: missed ones are made up.

    On the very first run only today; a run for today only after its hour.
    """
    local = now.astimezone(AMSTERDAM)
    last_day = local.date() if local.time() >= opens else local.date() - timedelta(days=1)
    last_done = Run.objects.filter(kind=kind).order_by("-day").values_list("day", flat=True).first()
    first = last_done + timedelta(days=1) if last_done else last_day
    return [first + timedelta(days=number) for number in range((last_day - first).days + 1)]


def run_nights(now: datetime) -> list[Run]:
    """Do every night that was not done yet. Two workers at once, a restart in between: each night once."""
    done = []
    for day in due_days("night", now, OPENS):
        with transaction.atomic():
            if not claim("night", day):
                break
            done.append(Run.objects.create(kind="night", day=day, done_at=now, counts=one_night(day)))
    return done


def claim(kind: str, day: date) -> bool:
    """Hold the run for this transaction; false when another worker has it or it was done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext(%s), 1)", [f"run:{kind}"])
        if not cursor.fetchone()[0]:
            return False
    return not Run.objects.filter(kind=kind, day=day).exists()


def one_night(day: date) -> dict[str, Any]:
    """What fell due yesterday, by rule, and what was written. The day is counted after it was judged."""
    reached = judging.rejudge(reached_by_a_date(day), today=day)
    checked = judging.rejudge(share_of(day), today=day)
    if any(checked):
        log.error("the check of %s found %s findings that were not up to date", day, sum(checked))
    counting.forget(day)
    return {
        "fell_due": fell_due(day),
        "reached": sum(reached),
        "checked_different": sum(checked),
        "counted": counting.keep(day),
    }


def fell_due(day: date) -> dict[str, int]:
    """How many findings were due the day before and not done by then, by rule: one range of an index."""
    yesterday = day - timedelta(days=1)
    found = Finding.objects.filter(due=yesterday, deviated_on=None).filter(Q(done_on=None) | Q(done_on__gt=yesterday))
    return dict(Counter(found.values_list("rule", flat=True)))


def reached_by_a_date(day: date) -> list[int]:
    """Dossiers with a fact that is dated today: what was announced (a withdrawal, a visit) counts from now on."""
    found = set(ContactMoment.objects.filter(on=day).values_list("placement", flat=True))
    found |= set(Signature.objects.filter(signed_on=day).values_list("pok__placement", flat=True))
    found |= set(Pok.objects.filter(filed_on=day).values_list("placement", flat=True))
    opens = datetime.combine(day, time(0), AMSTERDAM)
    answered = HelpRequest.objects.filter(first_response_at__gte=opens, first_response_at__lt=opens + timedelta(days=1))
    found |= set(answered.values_list("placement", flat=True))
    changed = Accreditation.objects.filter(Q(withdrawn_on=day) | Q(granted_on=day))
    for location, crebo in changed.values_list("location", "crebo"):
        there = Placement.objects.filter(location=location, programme__crebo=crebo)
        found |= set(there.values_list("pk", flat=True))
    return sorted(found)


def share_of(day: date) -> list[int]:
    """A thirtieth of the dossiers that are current, another one each night."""
    current = Finding.objects.current_on(day).order_by().values_list("placement", flat=True).distinct()
    return sorted(pk for pk in current if pk % SHARE == day.toordinal() % SHARE)
