"""What settings.py needs to read the environment: every mistake is said at once, in one message."""

import secrets
from datetime import date
from pathlib import Path
from typing import Any

import environ
from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured

from bpv.core import embedded

MODES = ("demo", "production")
NEEDED_IN_PRODUCTION = ("SECRET_KEY", "DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SITE_URL", "ALLOWED_HOSTS")

# Beat ticks; each task looks in the database for what is due, so a missed or double tick changes nothing.
BEAT = {
    "deliver-mail": {"task": "bpv.core.tasks.deliver_mail", "schedule": 10.0, "options": {"expires": 10}},
    "imports": {"task": "exchange.tasks.work", "schedule": 5.0, "options": {"expires": 5}},
    "bulk": {"task": "compliance.tasks.bulk", "schedule": 3.0, "options": {"expires": 3}},
    "invite": {"task": "agreements.tasks.invite", "schedule": 5.0, "options": {"expires": 5}},
    "seal": {"task": "agreements.tasks.seal", "schedule": 5.0, "options": {"expires": 5}},
    "remind": {"task": "agreements.tasks.remind", "schedule": crontab(minute="*/15"), "options": {"expires": 900}},
    "talks": {"task": "visits.tasks.plan_talks", "schedule": crontab(minute="*/5"), "options": {"expires": 300}},
    "judgements": {
        "task": "assessment.tasks.ask_judgements",
        "schedule": crontab(minute="*/15"),
        "options": {"expires": 900},
    },
    "plans": {"task": "assessment.tasks.share_plans", "schedule": crontab(minute="*/15"), "options": {"expires": 900}},
    "interims": {"task": "assessment.tasks.ask_interims", "schedule": crontab(minute=5), "options": {"expires": 3600}},
    "hours": {
        "task": "placements.tasks.ask_hours",
        "schedule": crontab(minute="*/15"),
        "options": {"expires": 900},
    },
    "stand-in": {"task": "visits.tasks.stand_in", "schedule": crontab(minute="*/5"), "options": {"expires": 300}},
    "judge-touched": {"task": "compliance.tasks.judge_touched", "schedule": 60.0, "options": {"expires": 60}},
    "night": {"task": "compliance.tasks.night", "schedule": crontab(minute="*/15"), "options": {"expires": 900}},
    "digests": {"task": "compliance.tasks.digests", "schedule": crontab(minute="*/15"), "options": {"expires": 900}},
}


def assessments_from(env: environ.Env, *, demo: bool) -> date:
    """ASSESSMENTS_FROM; in the demo early enough for all that runs there. Raises ValueError: no date."""
    return date.fromisoformat(env.str("ASSESSMENTS_FROM", "2025-08-01" if demo else "2027-02-01"))


def check(env: environ.Env) -> None:
    """Raise ImproperlyConfigured with every fault in the environment, not only the first."""
    faults = []
    mode = env.str("BPV_MODE", "demo")
    if mode not in MODES:
        faults.append(f"BPV_MODE is '{mode}'; it must be one of {', '.join(MODES)}.")
    if mode == "production":
        faults += [f"{name} is missing." for name in NEEDED_IN_PRODUCTION if not env.str(name, "")]
        if env.str("SECRET_KEY", "") and len(env.str("SECRET_KEY")) < 50:
            faults.append("SECRET_KEY is shorter than 50 characters.")
    if (closed := env.str("REGISTER_CLOSED_ON", "opgesteld")) not in ("opgesteld", "compleet"):
        faults.append(f"REGISTER_CLOSED_ON is '{closed}'; it must be opgesteld or compleet.")
    for name in ("DEBUG", "REQUIRE_MFA"):
        if env.str(name, "").lower() not in ("", "true", "false", "1", "0"):
            faults.append(f"{name} is '{env.str(name)}'; it must be true or false.")
    if env.str("MINORS", "inform") not in ("inform", "cosign", "none"):
        faults.append(f"MINORS is '{env.str('MINORS')}'; it must be inform, cosign or none.")
    try:
        assessments_from(env, demo=False)
    except ValueError:
        faults.append(f"ASSESSMENTS_FROM is '{env.str('ASSESSMENTS_FROM')}'; it must be a date: jjjj-mm-dd.")
    if (folder := env.str("HOUSE_STYLE", "")) and not Path(folder).is_dir():
        faults.append(f"HOUSE_STYLE is '{folder}'; there is no such folder.")
    if mode == "production" and env.bool("DEBUG", False):
        faults.append("DEBUG cannot be true in production.")
    if faults:
        raise ImproperlyConfigured("The environment is not right:\n- " + "\n- ".join(faults))


def data_folder(env: environ.Env, base: Path) -> Path:
    """Everything the application and the embedded servers keep lies here (BPV_DATA, default var/)."""
    folder = Path(env.str("BPV_DATA", str(base / "var"))).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def house(folder: str) -> dict[str, str]:
    """The school's style sheet and logo in the HOUSE_STYLE folder, as names of static files; empty where ours hold."""
    found = {path.name for path in Path(folder).iterdir()} if folder else set()
    logos = [name for name in ("logo.svg", "logo.png") if name in found]
    return {
        "house_style": "house/house.css" if "house.css" in found else "",
        "house_logo": f"house/{logos[0]}" if logos else "",
    }


def own_secret(data: Path) -> str:
    """The demo's own key, made once: a restart keeps people logged in."""
    path = data / "secret_key"
    try:
        with path.open("x") as file:
            file.write(secrets.token_urlsafe(64))
        path.chmod(0o600)
    except FileExistsError:
        pass
    return path.read_text()


def services(env: environ.Env, data: Path) -> dict[str, str]:
    """Addresses of PostgreSQL and Redis; what the environment does not name is started here (embedded)."""
    given = {name: env.str(name, "") for name in ("DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL")}
    given["CELERY_BROKER_URL"] = given["CELERY_BROKER_URL"] or given["REDIS_URL"]
    if given["DATABASE_URL"] and given["REDIS_URL"]:
        return given
    return embedded.provide(data) | {name: url for name, url in given.items() if url}


def database(url: str) -> dict[str, Any]:
    """Django's settings for one PostgreSQL, with time limits so that a slow query cannot hold a worker."""
    config = dict(environ.Env.db_url_config(url))
    options = config.setdefault("OPTIONS", {})
    config["HOST"] = options.pop("host", config.get("HOST", ""))
    options["options"] = "-c idle_in_transaction_session_timeout=60000"
    return config | {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}


def mail(env: environ.Env, data: Path) -> dict[str, Any]:
    """Django's mail settings from EMAIL_URL; the demo keeps mails in files and shows the outbox on a page."""
    if url := env.str("EMAIL_URL", ""):
        config = dict(environ.Env.email_url_config(url)) | {"EMAIL_TIMEOUT": 20}
        config.pop("OPTIONS", None)
        if config["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend":
            config["EMAIL_BACKEND"] = "bpv.core.smtp.EmailBackend"  # tells how far a failing mail came
        return config
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "EMAIL_FILE_PATH": str(data / "mail"),
    }
