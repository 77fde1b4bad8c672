"""Runs the processes of the demo together: one prefix per line, all stop together, nothing outlives the supervisor."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence

_LIBC = ctypes.CDLL(None)
_TERM = int(signal.SIGTERM)
PATIENCE = 15.0  # seconds between SIGTERM and SIGKILL


def _die_with_supervisor() -> None:
    _LIBC.prctl(1, _TERM)  # PR_SET_PDEATHSIG: the kernel stops the child, also after kill -9 of the supervisor


class Supervisor:
    """Starts commands, passes their output on, and ends when told to or when one of them ends."""

    def __init__(self, commands: Mapping[str, Sequence[str]], env: Mapping[str, str]) -> None:
        self.commands, self.env = commands, env
        self.children: dict[str, subprocess.Popen[str]] = {}
        self.stop = threading.Event()

    def run(self) -> int:
        """0 after Ctrl-C or SIGTERM; 1 when a process ended by itself (its last lines say why)."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self.stop.set())
        for name, command in self.commands.items():
            self.start(name, command)
        ended = ""
        while not self.stop.wait(0.3):
            ended = next((name for name, child in self.children.items() if child.poll() is not None), "")
            if ended:
                print(f"{ended} ended by itself; everything stops.", file=sys.stderr, flush=True)
                break
        self.end()
        return 1 if ended else 0

    def start(self, name: str, command: Sequence[str]) -> None:
        """One child in a group of its own, so that Ctrl-C reaches the supervisor alone."""
        child = subprocess.Popen(
            list(command),
            env=dict(self.env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
            preexec_fn=_die_with_supervisor,
        )
        self.children[name] = child
        threading.Thread(target=self.pass_on, args=(name, child), daemon=True).start()

    def pass_on(self, name: str, child: "subprocess.Popen[str]") -> None:
        """The child's lines with its name before them."""
        for line in child.stdout or ():
            print(f"{name:>6} | {line}", end="", flush=True)

    def end(self) -> None:
        """SIGTERM to all, then SIGKILL to the groups of who does not listen."""
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + PATIENCE
        for child in self.children.values():
            try:
                child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
