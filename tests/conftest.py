"""What holds for every test: a template may not name what does not exist, documents go to a folder of the test."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

SHARED = {"transactional_db", "live_server"}  # fixtures of tests that do not roll back


class Undefined(str):
    """Django's `string_if_invalid`: a template that shows an unknown name fails instead of staying empty."""

    def __contains__(self, item: object) -> bool:
        return item == "%s"

    def __mod__(self, name: Any) -> str:
        raise AssertionError(f"the template names what is not there: {name}")


@pytest.fixture(autouse=True, scope="session")
def _loud_templates() -> None:
    from django.conf import settings  # only when a test needs Django

    if settings.configured:
        settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = Undefined("undefined: %s")


@pytest.fixture(autouse=True)
def _own_documents(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> None:
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        settings = request.getfixturevalue("settings")
        settings.DOCUMENTS = tmp_path_factory.mktemp("documents")


@pytest.fixture(autouse=True)
def _empty_cache(request: pytest.FixtureRequest) -> Iterator[None]:
    """The cache is a table outside the models: a rollback empties it, the flush after other tests does not."""
    marker = request.node.get_closest_marker("django_db")
    shared = (marker and marker.kwargs.get("transaction")) or SHARED & set(request.fixturenames)
    if shared:
        request.getfixturevalue("transactional_db")  # so that the database is still open afterwards
    yield
    if shared:
        from django.core.cache import cache  # only when a test needs Django

        cache.clear()


@pytest.fixture
def one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The site asks for the codes of `tests.codes`, however long a test takes."""
    from tests.codes import NOW  # only when a test needs Django

    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time", SimpleNamespace(time=lambda: NOW))
