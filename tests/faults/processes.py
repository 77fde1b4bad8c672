"""A process of its own that does one deed and is killed at a step of it."""

import os
import signal
from collections.abc import Callable
from typing import Any

from django.db import connections


def dies_after(deed: Callable[..., Any], times: int = 1) -> Callable[..., Any]:
    """The deed, with SIGKILL right after the last of so many calls."""
    left = [times]

    def dying(*args: Any, **kwargs: Any) -> Any:
        answer = deed(*args, **kwargs)
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    return dying


def killed(deed: Callable[[], Any], module: Any, name: str, times: int = 1) -> int:
    """Do the deed in a child that is killed right after this call; gives the signal it ended with (0: it finished)."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        setattr(module, name, dies_after(getattr(module, name), times))
        try:
            deed()
        finally:
            os._exit(0)
    _pid, status = os.waitpid(child, 0)
    return os.WTERMSIG(status)
