"""A seal key for the tests that seal: made once a session, in a folder of its own."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured

from agreements import keys


@pytest.fixture(scope="session")
def _seal_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("seal")
    before = configured.SEAL_P12, configured.SEAL_ROOTS
    configured.SEAL_P12, configured.SEAL_ROOTS = str(folder / "seal.p12"), str(folder / "ca.pem")
    keys.make()
    configured.SEAL_P12, configured.SEAL_ROOTS = before
    return folder


@pytest.fixture
def seal_key(_seal_folder: Path, settings: Any) -> Path:
    """The school has a key of its own; the trusted root lies beside it."""
    settings.SEAL_P12, settings.SEAL_ROOTS = str(_seal_folder / "seal.p12"), str(_seal_folder / "ca.pem")
    return _seal_folder
