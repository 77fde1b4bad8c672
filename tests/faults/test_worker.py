"""A real worker with beat, a real SMTP server, and SIGKILL in the middle: nothing lost, nothing doubled."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from bpv.celery import app
from bpv.core import clock, mail
from bpv.core.models import MailState, OutboxMail, Touch
from compliance import judging
from compliance.models import Finding, Run
from tests.builders import a_placement, a_team
from tests.core.smtp_server import Mailbox, running

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.faults,
    # the killed worker's connections, on both sides
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
NOW = "2026-10-01T09:00"


def until(true: Callable[[], bool], *, seconds: float = 40) -> None:
    """Wait for a condition; the deadline is a failure, never a success."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)  # between two looks, not instead of a condition


@contextmanager
def a_worker(port: int, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Worker and beat as in production, on the database of the test."""
    database = connection.settings_dict
    address = f"postgres://{database['USER']}@/{database['NAME']}?host={database['HOST']}"
    env = os.environ | {"DATABASE_URL": address, "EMAIL_URL": f"smtp://127.0.0.1:{port}", "BPV_TODAY": NOW}
    celery = [str(Path(sys.executable).parent / "celery"), "-A", "bpv", "worker", "-B", "-c", "1", "-l", "WARNING"]
    words = [*celery, "--schedule", str(folder / "beat.db"), "--without-gossip", "--without-mingle"]
    worker = subprocess.Popen(
        words, env=env, cwd=settings.BASE_DIR, start_new_session=True, stderr=(folder / "log").open("ab")
    )
    try:
        yield worker
    finally:
        if worker.poll() is None:
            os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()


def send(*names: str) -> None:
    """What beat sends, now."""
    for name in names:
        app.send_task(name)


@pytest.fixture
def late_school() -> list[str]:
    """Eight teachers of whom each has something late; the addresses that must get one digest."""
    team = a_team()
    placements = [a_placement(team=team) for _ in range(8)]
    for placement in placements:
        Touch.objects.create(dossier=placement.pk)
    return sorted(placement.teacher.email for placement in placements)


def test_night_digest_and_mail_survive_kill_9(late_school: list[str], tmp_path: Path) -> None:
    mailbox = Mailbox(slow=0.3)
    with running(mailbox) as port:
        with a_worker(port, tmp_path) as worker:
            send("compliance.tasks.judge_touched")
            until(lambda: Finding.objects.count() == 7 * 8)
            send("compliance.tasks.night", "compliance.tasks.digests", "bpv.core.tasks.deliver_mail")
            until(lambda: len(mailbox.received) >= 2)
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()
        in_hand = OutboxMail.objects.filter(state=MailState.HANDING_OVER).count()
        with a_worker(port, tmp_path):
            OutboxMail.objects.filter(state=MailState.CLAIMED).update(state=MailState.QUEUED, claimed_at=None)
            send("compliance.tasks.night", "compliance.tasks.digests", "bpv.core.tasks.deliver_mail")
            until(lambda: OutboxMail.objects.exclude(state=MailState.SENT).count() <= in_hand)
    with clock.moved(clock.at(date(2026, 10, 2))):
        mail.settle_stuck()
    states = Counter(OutboxMail.objects.values_list("state", flat=True))
    arrived = Counter(mailbox.to)
    assert sorted(OutboxMail.objects.values_list("to", flat=True)) == late_school
    assert set(arrived.values()) == {1}
    assert states[MailState.SENT] + states[MailState.UNKNOWN] == len(late_school)
    assert states[MailState.UNKNOWN] == in_hand <= 1
    sent = OutboxMail.objects.filter(state=MailState.SENT).values_list("to", flat=True)
    assert set(sent) <= set(arrived)
    assert sorted(Run.objects.values_list("kind", "day")) == [
        ("digest", date(2026, 10, 1)),
        ("night", date(2026, 10, 1)),
    ]


def test_kill_9_while_judging_keeps_every_touch(late_school: list[str], tmp_path: Path) -> None:
    with running(Mailbox()) as port:
        with a_worker(port, tmp_path) as worker:
            send("compliance.tasks.judge_touched")
            until(lambda: Finding.objects.exists())
            os.killpg(worker.pid, signal.SIGKILL)
        with a_worker(port, tmp_path):
            send("compliance.tasks.judge_touched")
            until(lambda: not Touch.objects.exists())
    kept = set(Finding.objects.values_list("placement", "rule", "due", "done_on"))
    Finding.objects.all().delete()
    judging.rejudge(judging.all_ids(), today=date(2026, 10, 1))
    assert set(Finding.objects.values_list("placement", "rule", "due", "done_on")) == kept
