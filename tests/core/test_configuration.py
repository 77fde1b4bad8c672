"""Settings come from the environment and fail loudly, all faults at once; production passes Django's own checks."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import environ
import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from bpv import configuration

PRODUCTION = {
    "BPV_MODE": "production",
    "SECRET_KEY": "a-key-of-the-school-with-many-different-signs-0123456789-xyz",
    "DATABASE_URL": "postgres://bpv@127.0.0.1:5432/bpv",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "EMAIL_URL": "smtp://127.0.0.1:25",
    "SITE_URL": "https://bpv.voorbeeldroc.example",
    "ALLOWED_HOSTS": "bpv.voorbeeldroc.example",
}


def faults(monkeypatch, values: dict[str, str]) -> list[str]:
    """What `check` says about an environment of only these values."""
    for name in (*configuration.NEEDED_IN_PRODUCTION, "BPV_MODE", "DEBUG", "REQUIRE_MFA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    try:
        configuration.check(environ.Env())
    except ImproperlyConfigured as fault:
        return str(fault).split("\n- ")[1:]
    return []


@pytest.mark.parametrize("values", [{}, {"BPV_MODE": "demo", "DEBUG": "true"}, PRODUCTION])
def test_good_environments(monkeypatch, values):
    assert faults(monkeypatch, values) == []


@pytest.mark.parametrize("name", configuration.NEEDED_IN_PRODUCTION)
def test_production_names_what_is_missing(monkeypatch, name):
    assert faults(monkeypatch, PRODUCTION | {name: ""}) == [f"{name} is missing."]


def test_all_faults_are_said_at_once(monkeypatch):
    values = {"BPV_MODE": "production", "SECRET_KEY": "short", "DEBUG": "true", "REQUIRE_MFA": "perhaps"}
    assert faults(monkeypatch, values) == [
        "DATABASE_URL is missing.",
        "REDIS_URL is missing.",
        "EMAIL_URL is missing.",
        "SITE_URL is missing.",
        "ALLOWED_HOSTS is missing.",
        "SECRET_KEY is shorter than 50 characters.",
        "REQUIRE_MFA is 'perhaps'; it must be true or false.",
        "DEBUG cannot be true in production.",
    ]


def test_unknown_mode(monkeypatch):
    assert faults(monkeypatch, {"BPV_MODE": "test"}) == ["BPV_MODE is 'test'; it must be one of demo, production."]


def test_own_secret_is_made_once_and_only_ours(tmp_path):
    first = configuration.own_secret(tmp_path)
    assert configuration.own_secret(tmp_path) == first
    assert (len(first) > 60, (tmp_path / "secret_key").stat().st_mode & 0o077) == (True, 0)


def manage(*words: str, **values: str) -> subprocess.CompletedProcess[str]:
    """manage.py in a process and environment of its own."""
    env = {"PATH": os.environ["PATH"], "BPV_DATA": os.environ["BPV_DATA"], **values}
    folder = Path(settings.BASE_DIR)
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_r14_production_passes_djangos_deployment_checks(tmp_path):
    done = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION | {"BPV_DATA": str(tmp_path)})
    assert (done.returncode, done.stderr) == (0, "")


def test_nonsense_stops_the_command_with_a_sentence(tmp_path):
    done = manage("check", BPV_MODE="production", BPV_DATA=str(tmp_path))
    assert done.returncode == 1
    assert "SECRET_KEY is missing." in done.stderr


def test_production_requires_the_second_factor_and_closed_cookies(tmp_path):
    words = (
        "from django.conf import settings as s; print(s.REQUIRE_MFA, s.DEMO, s.SESSION_COOKIE_NAME, s.EMAIL_BACKEND)"
    )
    done = manage("shell", "-v", "0", "-c", words, **PRODUCTION | {"BPV_DATA": str(tmp_path)})
    assert done.stdout.split() == ["True", "False", "__Host-session", "bpv.core.smtp.EmailBackend"]


def test_house_style_is_what_lies_in_its_folder(tmp_path):
    assert configuration.house("") == {"house_style": "", "house_logo": ""}
    (tmp_path / "logo.png").touch()
    assert configuration.house(str(tmp_path)) == {"house_style": "", "house_logo": "house/logo.png"}
    (tmp_path / "house.css").touch()
    (tmp_path / "logo.svg").touch()
    assert configuration.house(str(tmp_path)) == {"house_style": "house/house.css", "house_logo": "house/logo.svg"}


def test_house_style_of_no_folder_is_refused(monkeypatch):
    assert faults(monkeypatch, {"HOUSE_STYLE": "nowhere"}) == ["HOUSE_STYLE is 'nowhere'; there is no such folder."]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("inform", []),
        ("cosign", []),
        ("none", []),
        ("ask", ["MINORS is 'ask'; it must be inform, cosign or none."]),
    ],
)
def test_what_is_done_for_minors_is_one_of_three(monkeypatch, value, said):
    assert faults(monkeypatch, {"MINORS": value}) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("2026-08-01", []),
        ("1 augustus", ["ASSESSMENTS_FROM is '1 augustus'; it must be a date: jjjj-mm-dd."]),
    ],
)
def test_the_day_from_which_assessments_are_kept_is_a_date(monkeypatch, value, said):
    assert faults(monkeypatch, {"ASSESSMENTS_FROM": value}) == said


def test_assessments_are_judged_from_a_fixed_day_and_in_the_demo_from_an_earlier_one(monkeypatch):
    monkeypatch.delenv("ASSESSMENTS_FROM")
    env = environ.Env()
    assert configuration.assessments_from(env, demo=False) == date(2027, 2, 1)
    assert configuration.assessments_from(env, demo=True) < date(2026, 1, 1)
