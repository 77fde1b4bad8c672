"""Settings, all from the environment. Two modes: `demo` (default, own embedded servers) and `production`."""

from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF

from bpv import configuration

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
configuration.check(env)

MODE = env.str("BPV_MODE", "demo")
DEMO = MODE == "demo"
DEBUG = env.bool("DEBUG", False)
DATA = configuration.data_folder(env, BASE_DIR)
SECRET_KEY = env.str("SECRET_KEY", "") or configuration.own_secret(DATA)
SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# School
SCHOOL_NAME = env.str("SCHOOL_NAME", "Voorbeeld ROC")
CALAMITY_NUMBER = env.str("CALAMITY_NUMBER", "0740000112" if DEMO else "")
SCHOOL_BRIN = env.str("SCHOOL_BRIN", "99XX")
SCHOOL_CITY = env.str("SCHOOL_CITY", "Hengelo")
# The afsluitdatum in a bpv record: the day the POK was drawn up (opgesteld) or the last signature (compleet).
REGISTER_CLOSED_ON = env.str("REGISTER_CLOSED_ON", "opgesteld")
# Standards 7 and 8 are judged for placements that start on or after this day: of those the assessment is kept here.
ASSESSMENTS_FROM = configuration.assessments_from(env, demo=DEMO)
HOUSE_FOLDER = env.str("HOUSE_STYLE", "")
HOUSE = configuration.house(HOUSE_FOLDER)

INSTALLED_APPS = [
    "bpv.core",
    "accounts",
    "companies",
    "students",
    "placements",
    "agreements",
    "visits",
    "assessment",
    "compliance",
    "exchange",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "bpv.core.middleware.PlainAddress",
    "bpv.core.middleware.CompressText",
    "bpv.core.middleware.PrivatePages",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.ReadersLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SignInAsPage",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "accounts.middleware.SessionLimits",
    "accounts.middleware.StaffMfa",
]

ROOT_URLCONF = "bpv.urls"
WSGI_APPLICATION = "bpv.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.context.frame",
            ],
            "builtins": ["bpv.core.templatetags.bpv", "django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

# Data
SERVICES = configuration.services(env, DATA)
DATABASES = {"default": configuration.database(SERVICES["DATABASE_URL"])}
# In PostgreSQL: a request (sign-in limits) never waits for Redis.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},  # a flood of addresses must not push out the counters of others
    }
}
DOCUMENTS = DATA / "documents"

# Words and time
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English"), ("de", "Deutsch"), ("es", "Español")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = USE_TZ = True

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator")
] + [
    {
        "NAME": "accounts.passwords.LongEnough",
        "OPTIONS": {"min_length": 12},
    }
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "accounts.adapter.StaffOnlyAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignIn",
    "change_password": "accounts.forms.ChangePassword",
    "reset_password_from_key": "accounts.forms.ResetPassword",
}
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_GET = False
# Addresses come from the school: allauth's own table of addresses plays no part.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
MFA_ALLOW_UNVERIFIED_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = (
    5 * 60
)  # seconds in which a password counts as just given: to sign, to change a login
ACCOUNT_RATE_LIMITS = {
    # A whole school comes from one network address; "key" is a login from one address (T9).
    "login": env.str("LOGIN_RATE", "300/m/ip"),
    "login_failed": "60/m/ip,10/15m/key",
    "link": env.str("LINK_RATE", "300/h/ip"),  # asking for links and codes
}
# How many proxies of our own add to X-Forwarded-For; the limits per network address count on it.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PROXY_COUNT", 0 if DEMO else 1)
MFA_ADAPTER = "accounts.adapter.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = SCHOOL_NAME
REQUIRE_MFA = env.bool("REQUIRE_MFA", not DEMO)
STAFF_IDLE = timedelta(minutes=30)
OTHER_IDLE = timedelta(minutes=60)
SESSION_ABSOLUTE = timedelta(hours=12)
LINK_LIFE = timedelta(days=30)
CODE_LIFE = timedelta(minutes=10)
CODE_TRIES, LINK_TRIES = 5, 20  # wrong codes: per code, and over the life of a link
LINKS_AN_HOUR = 5  # and as many codes, per address
SESSION_COOKIE_AGE = int(SESSION_ABSOLUTE.total_seconds())
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

# Mail
MAIL_FROM = DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", "bpv@voorbeeldroc.example")
EMAIL = configuration.mail(env, DATA)
vars().update(EMAIL)

# Agreements
SEAL_P12 = env.str("SEAL_P12", str(DATA / "seal" / "seal.p12"))  # the school's key; SEAL_ROOTS: what it must lead to
SEAL_ROOTS = env.str("SEAL_ROOTS", str(DATA / "seal" / "ca.pem"))
SEAL_PASSWORD = env.str("SEAL_PASSWORD", "")
TSA_URL = env.str("TSA_URL", "")  # a timestamp authority (RFC 3161); without one the seal holds no time of its own
TSA_ROOTS = env.str("TSA_ROOTS", "")  # the certificates that authority must lead to (PEM)
TSA_SECONDS = env.int("TSA_SECONDS", 10)
MINORS = env.str("MINORS", "inform")  # students under 18: inform the parents, have them cosign, or none (T26)
ADDENDUM_SIGNED = env.bool("ADDENDUM_SIGNED", False)  # three signatures, or sent with ten workdays to answer (T16)

# Background: PostgreSQL is the truth, Redis only a wake-up
CELERY_BROKER_URL = SERVICES["CELERY_BROKER_URL"]
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = CELERY_TASK_REJECT_ON_WORKER_LOST = CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT, CELERY_TASK_SOFT_TIME_LIMIT = 300, 270
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
}
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 5
CELERY_WORKER_ENABLE_SOFT_SHUTDOWN_ON_IDLE = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = configuration.BEAT

# Static
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static", *([("house", HOUSE_FOLDER)] if HOUSE_FOLDER else [])]
STATIC_ROOT = DATA / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA / "uploads"}},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEMO
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEMO
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 2**20

# Strictness
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if not DEMO:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^gezond/$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31536000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"

QUIET = ("weasyprint", "fontTools", "pikepdf", "pyhanko", "pyhanko_certvalidator")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {name: {"level": "WARNING"} for name in QUIET},
}
