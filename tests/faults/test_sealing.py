"""A worker killed at every step of sealing: nothing lost, nothing doubled, nothing half sealed (T21, R4).

KILLS=50 for the large one: that many documents, each killed at every step.
"""

import os
import signal
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connections

from agreements import sealing, verifying
from agreements.models import Pok
from bpv.core import audit, clock, documents
from bpv.core.models import AuditEvent, OutboxMail
from tests.agreements.conftest import _seal_folder, seal_key  # noqa: F401 - fixtures
from tests.agreements.test_sealing import signed_by_everybody

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


def dies_after(deed: Callable[..., Any]) -> Callable[..., Any]:
    def dying(*args: Any, **kwargs: Any) -> Any:
        deed(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)

    return dying


def killed_worker(module: Any, name: str) -> int:
    """Seal in a process of its own that is killed right after this call; gives the signal it ended with."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        setattr(module, name, dies_after(getattr(module, name)))
        try:
            sealing.seal_waiting(clock.now())
        finally:
            os._exit(0)
    _pid, status = os.waitpid(child, 0)
    return os.WTERMSIG(status)


def test_killed_at_every_step(seal_key):  # noqa: F811
    poks = [signed_by_everybody() for _ in range(KILLS)]
    for pok in poks:
        Pok.objects.exclude(pk=pok.pk).update(seal_due_at=None)
        Pok.objects.filter(pk=pok.pk).update(seal_due_at=clock.now())
        for module, name in STEPS:
            assert killed_worker(module, name) == signal.SIGKILL, name
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
