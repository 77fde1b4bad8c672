"""Own PostgreSQL and Redis for demo, development and tests: real servers, unix sockets only, nothing to install.

Every process that uses them holds a shared lock on BPV_DATA/run/users.lock for its life. A detached keeper
(bpv.core.keeper) owns both servers and stops them as soon as nobody holds that lock any more; the kernel releases
the lock of a killed process too, so nothing is ever left behind. Runs before Django is set up, so imports none of it.
"""

import fcntl
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO

PROJECT = Path(__file__).resolve().parents[2]
START_WITHIN = 60.0  # seconds; a first start takes one, a recovery after a crash a few

_held: dict[Path, IO[str]] = {}  # a forked child shares the lock of its parent, a started program does not


class Unavailable(RuntimeError):
    """The servers cannot run here; the message says in one sentence why."""


def provide(data: Path, *, durable: bool = True) -> dict[str, str]:
    """Make sure both servers of this data folder run, and keep them running as long as this process lives.

    Returns DATABASE_URL, REDIS_URL (db 0) and CELERY_BROKER_URL (db 1). Safe to call again and from many processes
    at once. `durable=False` is for tests: no fsync, and the keeper removes the data folder when everybody has left.
    """
    data = data.resolve()
    run = data / "run"
    run.mkdir(parents=True, exist_ok=True)
    if data not in _held:
        lock = (run / "users.lock").open("a")
        fcntl.flock(lock, fcntl.LOCK_SH)  # waits while a keeper that found nobody stops its servers
        _held[data] = lock
    end = time.monotonic() + START_WITHIN
    while not (sockets := running(data)):
        if time.monotonic() > end:
            raise Unavailable(f"The embedded servers did not start; {run / 'postgres.log'} may say why.")
        _start_keeper(data, durable, end)
    return {
        "DATABASE_URL": f"postgres://bpv@/bpv?host={sockets}",
        "REDIS_URL": f"unix://{sockets}/redis.sock?db=0",
        "CELERY_BROKER_URL": f"redis+socket://{sockets}/redis.sock?virtual_host=1",
    }


def release(data: Path) -> None:
    """Stop using the servers and wait until they are gone, when nobody else uses them."""
    data = data.resolve()
    if lock := _held.pop(data, None):
        lock.close()
    while not in_use(data) and _locked(data / "run" / "keeper.lock"):
        time.sleep(0.05)


def in_use(data: Path) -> bool:
    """Whether a process (this one too) uses the servers of this data folder; false while they are being stopped."""
    users = data.resolve() / "run" / "users.lock"
    return _locked(users, fcntl.LOCK_EX) and not _locked(users, fcntl.LOCK_SH)


def _locked(path: Path, kind: int = fcntl.LOCK_SH) -> bool:
    """Whether a living process holds this file so that this kind of lock cannot be had."""
    try:
        with path.open() as file:
            fcntl.flock(file, kind | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def running(data: Path) -> Path | None:
    """The folder with the sockets, when a keeper lives and both servers take connections."""
    run = data / "run"
    try:
        sockets = Path((run / "ready").read_text())
    except FileNotFoundError:
        return None
    if not _locked(run / "keeper.lock"):
        return None
    return sockets if all(_answers(sockets / name) for name in (".s.PGSQL.5432", "redis.sock")) else None


def _answers(address: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as connection:
        return connection.connect_ex(str(address)) == 0


def _start_keeper(data: Path, durable: bool, end: float) -> None:
    """Start a keeper and wait for the servers; of several started at once all but one leave again without a word."""
    command = [sys.executable, "-m", "bpv.core.keeper", str(data), "" if durable else "--throw-away"]
    with tempfile.TemporaryFile("w+") as said:
        keeper = subprocess.Popen(
            [part for part in command if part],
            cwd=PROJECT,  # -m finds the keeper there
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
        while keeper.poll() is None and not running(data) and time.monotonic() < end:
            time.sleep(0.02)
        if keeper.returncode:
            said.seek(0)
            raise Unavailable(said.read().strip())
    if keeper.returncode == 0:
        time.sleep(0.1)  # another keeper was first and is still starting
    else:
        keeper.returncode = 0  # it outlives us on purpose: no "still running" warning when the object goes
