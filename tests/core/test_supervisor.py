"""The supervisor stops everything together, and nothing outlives it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bpv.core.embedded import PROJECT

pytestmark = pytest.mark.faults

RUN = """
import os, sys
from bpv.core.supervisor import Supervisor
sleeper = [sys.executable, "-c", "import os, time; print(os.getpid(), flush=True); time.sleep(60)"]
short = [sys.executable, "-c", "import sys; sys.stdin.read(); print('done', flush=True)"]
commands = {"one": sleeper, "two": short if sys.argv[1] == "short" else sleeper}
sys.exit(Supervisor(commands, os.environ).run())
"""


def supervise(kind: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", RUN, kind]
    return subprocess.Popen(command, cwd=PROJECT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def two_pids(supervisor: subprocess.Popen[str]) -> list[int]:
    assert supervisor.stdout
    return [int(supervisor.stdout.readline().rpartition("| ")[2]) for _ in range(2)]


def gone(pid: int) -> bool:
    """Whether a process has ended within ten seconds."""
    end = time.monotonic() + 10
    while Path(f"/proc/{pid}").exists() and time.monotonic() < end:
        time.sleep(0.02)
    return not Path(f"/proc/{pid}").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signal_stops_everything(number):
    supervisor = supervise("long")
    pids = two_pids(supervisor)
    supervisor.send_signal(number)
    supervisor.communicate(timeout=20)
    assert (supervisor.returncode, [gone(pid) for pid in pids]) == (0, [True, True])


def test_killed_supervisor_leaves_nothing():
    supervisor = supervise("long")
    pids = two_pids(supervisor)
    os.kill(supervisor.pid, signal.SIGKILL)
    supervisor.communicate()
    assert [gone(pid) for pid in pids] == [True, True]


def test_a_process_that_ends_by_itself_stops_the_others_and_is_named():
    _output, said = (supervisor := supervise("short")).communicate(timeout=20)
    assert (supervisor.returncode, said) == (1, "two ended by itself; everything stops.\n")
