"""The embedded servers live exactly as long as somebody uses them, however processes end."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg2
import pytest
import redis

from bpv.core import embedded

pytestmark = pytest.mark.faults

USER = """
import sys
from pathlib import Path
from bpv.core import embedded
print(embedded.provide(Path(sys.argv[1]), durable=sys.argv[2] == "durable")["DATABASE_URL"], flush=True)
sys.stdin.read()
"""
PATIENCE = 10.0


def is_keeper(process: int) -> bool:
    """By its command line; a process that has just ended is none."""
    try:
        return b"keeper" in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False


class Installation:
    """One data folder and the processes that use it."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.users: list[subprocess.Popen[str]] = []

    def use(self, kind: str = "durable") -> subprocess.Popen[str]:
        """A process that uses the servers until its input closes."""
        command = [sys.executable, "-c", USER, str(self.data), kind]
        user = subprocess.Popen(command, cwd=embedded.PROJECT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.users.append(user)
        return user

    def sockets(self) -> Path:
        """Waits for the first answer of the newest user."""
        assert self.users[-1].stdout
        return Path(self.users[-1].stdout.readline().strip().partition("host=")[2])

    def processes(self) -> set[int]:
        """The keeper and both servers with their children, found by the folder they work in or hold open."""
        return {int(entry.name) for entry in Path("/proc").glob("[0-9]*") if self._belongs(entry)}

    def _belongs(self, entry: Path) -> bool:
        try:
            command = (entry / "cmdline").read_bytes()
            return (b"bpv.core.keeper" in command and bytes(self.data) in command) or self._server(entry)
        except OSError:
            return False

    def _server(self, entry: Path) -> bool:
        lock = str(self.data / "run" / "servers.lock")
        return any(os.readlink(file) == lock for file in (entry / "fd").iterdir())

    def keeper(self) -> int:
        return next(process for process in self.processes() if is_keeper(process))

    def end(self) -> None:
        for user in self.users:
            user.kill()
            user.communicate()
        assert within(lambda: not self.processes())


def within(done: Callable[[], object]) -> bool:
    """Whether it comes true in time; returns as soon as it is."""
    end = time.monotonic() + PATIENCE
    while not done():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def ask(sockets: Path, question: str) -> list[tuple[object, ...]]:
    connection = psycopg2.connect(host=str(sockets), user="bpv", dbname="bpv")
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


@pytest.fixture
def folder() -> Iterator[Path]:
    """Not pytest's own: another run of pytest closes that one to the user nobody."""
    with tempfile.TemporaryDirectory(prefix="bpv-test-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def installation(folder: Path) -> Iterator[Installation]:
    place = Installation(folder / "data")
    yield place
    place.end()


def test_both_servers_answer_and_stop_with_the_last_user(installation):
    first, second = installation.use(), installation.use()
    sockets = installation.sockets()
    assert ask(sockets, "SELECT current_database(), current_setting('listen_addresses')") == [("bpv", "")]
    with redis.Redis(unix_socket_path=str(sockets / "redis.sock")) as client:
        assert client.ping() is True
    first.communicate()
    assert ask(sockets, "SELECT 1") == [(1,)]
    second.communicate()
    assert within(lambda: not installation.processes())
    assert not sockets.exists()


def test_killed_user_leaves_nothing_behind(installation):
    user = installation.use()
    installation.sockets()
    user.send_signal(signal.SIGKILL)
    user.communicate()
    assert within(lambda: not installation.processes())


def test_killed_keeper_takes_the_servers_along_and_the_next_start_recovers(installation):
    installation.use()
    sockets = installation.sockets()
    ask(sockets, "CREATE TABLE kept AS SELECT 42 AS value")
    os.kill(keeper := installation.keeper(), signal.SIGKILL)
    assert within(lambda: keeper not in installation.processes())
    installation.use()  # the old servers may still be stopping
    assert ask(installation.sockets(), "SELECT value FROM kept") == [(42,)]


def test_killed_postgres_is_replaced_by_the_next_user(installation):
    installation.use()
    sockets = installation.sockets()
    ask(sockets, "CREATE TABLE kept AS SELECT 42 AS value")
    os.kill(int((installation.data / "postgres" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    assert within(lambda: not installation.processes())
    installation.use()
    assert ask(installation.sockets(), "SELECT value FROM kept") == [(42,)]


def test_four_processes_at_once_share_one_pair_of_servers(installation):
    with ThreadPoolExecutor(4) as pool:
        users = list(pool.map(lambda _: installation.use(), range(4)))
        answers = list(pool.map(lambda user: user.stdout.readline(), users))
    assert len(set(answers)) == 1
    assert answers[0] != ""
    keepers = [process for process in installation.processes() if is_keeper(process)]
    assert within(lambda: len(installation.processes() & set(keepers)) == 1)


def test_two_installations_run_side_by_side(installation, folder):
    installation.use()
    one = installation.sockets()
    other = Installation(folder / "other")
    try:
        other.use()
        two = other.sockets()
        ask(one, "CREATE TABLE mine AS SELECT 1 AS value")
        assert ask(two, "SELECT count(*) FROM pg_tables WHERE tablename = 'mine'") == [(0,)]
        assert one != two
    finally:
        other.end()


def test_throw_away_data_is_gone_after_the_last_user(installation):
    installation.use("throw-away").communicate()
    assert within(lambda: not installation.data.exists())


def test_half_made_cluster_is_made_again(installation):
    half = installation.data / "postgres.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    installation.use()
    assert ask(installation.sockets(), "SELECT 1") == [(1,)]


def test_in_use_says_whether_somebody_uses_it(installation):
    assert embedded.in_use(installation.data) is False
    user = installation.use()
    installation.sockets()
    assert embedded.in_use(installation.data) is True
    user.communicate()
    assert embedded.in_use(installation.data) is False


@pytest.mark.skipif(os.geteuid() != 0, reason="only root changes to the user nobody")
def test_data_nobody_can_reach_is_said_in_one_sentence(installation):
    installation.data.mkdir(mode=0o700)
    with pytest.raises(embedded.Unavailable) as fault:
        embedded.provide(installation.data)
    embedded.release(installation.data)
    assert str(fault.value).count("\n") == 0
    assert str(fault.value).startswith("The embedded servers cannot run: PostgreSQL does not run as root")
