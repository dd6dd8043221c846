"""Django's settings, all of them, from the environment (`.env.example` lists every variable)."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dinhlang.config import environment

PACKAGE = Path(__file__).resolve().parent.parent
_env = environment.read()

# --- where things lie -----------------------------------------------------------------------------
DATA = _env.data
DEMO = _env.demo
BLOBS = DATA / "blobs"
MEDIA_ROOT = DATA / "media"
MEDIA_URL = "/media/"
STATIC_URL = "/static/"

# --- who may call ---------------------------------------------------------------------------------
SECRET_KEY = _env.secret_key
DEBUG = _env.debug
PUBLIC_URL = _env.public_url
# The machine itself may always ask: the supervisor does, to know whether the server answers.
ALLOWED_HOSTS = [*_env.hosts, urlsplit(PUBLIC_URL).hostname or "", "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 60 * 60  # a working day: offices share computers
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if PUBLIC_URL.startswith("https://") else 0
X_FRAME_OPTIONS = "SAMEORIGIN"

# --- the house ------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "dinhlang.portal",
    "dinhlang.reports",
    "dinhlang.archive",
    "dinhlang.work",
    "dinhlang.org",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django_htmx",
    "lucide",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "dinhlang.org.gate.DeskGate",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "dinhlang.config.urls"
WSGI_APPLICATION = "dinhlang.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dinhlang.org.desk.frame",
            ],
        },
    },
]

# --- data -----------------------------------------------------------------------------------------
_database = _env.database
DATABASES: dict[str, dict[str, Any]]
if _database.engine == "sqlite":
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": _database.name,
            # Opening costs more than a query, and the last one to close empties the write-ahead log.
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                # Writers wait for each other instead of failing; FULL keeps what was acknowledged over a
                # power cut, which WAL with NORMAL does not promise.
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
        }
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": _database.name,
            "USER": _database.user,
            "PASSWORD": _database.password,
            "HOST": _database.host,
            "PORT": _database.port,
            "OPTIONS": dict(_database.options),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Straight from the packages: nothing has to be collected before a start.
WHITENOISE_USE_FINDERS = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640

# --- people ---------------------------------------------------------------------------------------
AUTH_USER_MODEL = "org.Person"
AUTHENTICATION_BACKENDS = ["dinhlang.org.permissions.PositionBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
]
# There is no mail relay yet: nothing is sent, and nobody is promised a letter.
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
WAGTAIL_PASSWORD_RESET_ENABLED = False
LOGIN_URL = "desk:sign-in"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = "desk:sign-in"

# --- language and time ----------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
FORMAT_MODULE_PATH = "dinhlang.config.formats"
# Django would group every whole number of a template, years and numbers of rows in addresses too (2.023). Figures
# are grouped where they are shown, by the filter `printed`.
USE_THOUSAND_SEPARATOR = False
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

# --- Wagtail --------------------------------------------------------------------------------------
WAGTAIL_PAGE_MODEL = "portal.BasePage"
WAGTAIL_SITE_NAME = "Đình Làng"
WAGTAILADMIN_BASE_URL = PUBLIC_URL
WAGTAILADMIN_PERMITTED_LANGUAGES = [("vi", "Tiếng Việt")]  # English follows when it is whole
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # nothing is asked of servers abroad
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True

# --- log ------------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    # What these say at WARNING is daily life: an address that is not there, a busy moment, a stop.
    "loggers": {name: {"level": "ERROR"} for name in ("django.request", "waitress.queue", "django_tasks_db")},
    "root": {"handlers": ["stderr"], "level": _env.log_level},
}
