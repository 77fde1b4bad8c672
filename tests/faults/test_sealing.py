"""A worker killed at every step of sealing: nothing lost, nothing doubled, nothing half sealed (T21, R4).

KILLS=50 for the large one: that many documents, each killed at every step.
"""

import os
import signal
from collections import Counter
from datetime import date
from typing import Any

import pytest

from agreements import sealing, verifying
from agreements.models import Pok
from bpv.core import audit, clock, documents
from bpv.core.models import AuditEvent, OutboxMail
from tests.agreements.conftest import _seal_folder, seal_key  # noqa: F401 - fixtures
from tests.agreements.test_sealing import signed_by_everybody
from tests.faults.processes import killed

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.faults,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
KILLS = int(os.environ.get("KILLS", "2"))
TODAY = date(2026, 8, 3)
# After which call the worker dies; `seal` is the last before the commit.
STEPS: tuple[tuple[Any, str], ...] = (
    (sealing, "build"),
    (sealing, "certify"),
    (sealing, "_check"),
    (documents, "store"),
    (audit, "record"),
    (sealing, "tell"),
    (sealing, "seal"),
)


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


def test_killed_at_every_step(seal_key):  # noqa: F811
    poks = [signed_by_everybody() for _ in range(KILLS)]
    for pok in poks:
        Pok.objects.exclude(pk=pok.pk).update(seal_due_at=None)
        Pok.objects.filter(pk=pok.pk).update(seal_due_at=clock.now())
        for module, name in STEPS:
            assert killed(lambda: sealing.seal_waiting(clock.now()), module, name) == signal.SIGKILL, name
            pok.refresh_from_db()
            assert (pok.sealed_id, pok.sealed_at, pok.filed_on) == (None, None, None), name
        assert sealing.seal_waiting(clock.now()) == 1
        assert sealing.seal_waiting(clock.now()) == 0
    seals = Counter(AuditEvent.objects.filter(event="pok_sealed").values_list("subject_id", flat=True))
    assert seals == Counter(pok.pk for pok in poks)
    assert OutboxMail.objects.filter(kind="pok_sealed").count() == 3 * KILLS
    for pok in poks:
        pok.refresh_from_db()
        assert verifying.verify(documents.read(pok.sealed)).verdict == "echt"
