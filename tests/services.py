"""Early pytest plugin: throw-away PostgreSQL and Redis, there before the settings are read.

Nothing starts for `pytest tests/standards`: those tests need no database.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

from bpv.core import embedded

FOLDER: Path | None = None


def needs_no_database(args: list[str]) -> bool:
    """Whether only tests/standards is asked for."""
    paths = [word for word in args if not word.startswith("-")]
    return bool(paths) and all(Path(path.split("::")[0]).parts[:2] == ("tests", "standards") for path in paths)


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config, args: list[str]) -> None:
    """Start the services and put their addresses into the environment; xdist's workers inherit them."""
    global FOLDER
    if "PYTEST_XDIST_WORKER" in os.environ:
        worker = int(os.environ["PYTEST_XDIST_WORKER"].removeprefix("gw")) + 2
        for name in ("REDIS_URL", "CELERY_BROKER_URL"):
            os.environ[name] = os.environ[name].rpartition("=")[0] + f"={2 * worker + (name == 'REDIS_URL')}"
        return
    if needs_no_database(sys.argv[1:]):
        return
    os.environ["DJANGO_SETTINGS_MODULE"] = "bpv.settings"
    os.environ["ASSESSMENTS_FROM"] = "2027-02-01"  # as in production; the demo's own day is earlier
    if "DATABASE_URL" in os.environ:
        return
    FOLDER = Path(tempfile.mkdtemp(prefix="bpv-test-"))
    FOLDER.chmod(0o755)  # PostgreSQL runs as nobody when the tests run as root
    os.environ["BPV_DATA"] = str(FOLDER)
    os.environ.update(embedded.provide(FOLDER, durable=False))


def pytest_unconfigure(config: pytest.Config) -> None:
    """The keeper stops the servers when this process ends; the folder goes now."""
    if FOLDER is not None:
        embedded.release(FOLDER)
        shutil.rmtree(FOLDER, ignore_errors=True)
