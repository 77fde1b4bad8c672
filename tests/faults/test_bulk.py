"""POKs for many students by a real worker that is killed in between: each student has one, nobody has two."""

import os
import signal
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from agreements.models import Pok
from bpv.core.models import AuditEvent
from compliance.models import Bulk
from tests.builders import a_bulk, a_placement, a_team, a_user
from tests.core.smtp_server import Mailbox, running
from tests.faults.test_worker import a_worker, pytestmark, send, until  # noqa: F401 - the marks hold here too


@pytest.fixture
def many() -> Bulk:
    """Eight students whose POK is to be made."""
    team = a_team()
    placements = [a_placement(team=team, start=date(2027, 2, 1), end=date(2027, 7, 2)) for _ in range(8)]
    return a_bulk(a_user("coordinator", team), placements, hours={})


def test_poks_for_many_survive_kill_9(many: Bulk, tmp_path: Path) -> None:
    with running(Mailbox()) as port:
        with a_worker(port, tmp_path) as worker:
            send("compliance.tasks.bulk")
            until(lambda: Pok.objects.count() >= 2)
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()
        made_before = Pok.objects.count()
        (tmp_path / "second").mkdir()
        with a_worker(port, tmp_path), a_worker(port, tmp_path / "second"):
            send("compliance.tasks.bulk", "compliance.tasks.bulk")
            until(lambda: Bulk.objects.filter(done_at=None).count() == 0)
    assert made_before < 8
    assert Counter(Pok.objects.values_list("placement", flat=True)) == Counter(
        many.items.filter(state="done").values_list("placement", flat=True)
    )
    assert (Pok.objects.count(), AuditEvent.objects.filter(event="pok_made").count()) == (8, 8)
