"""Django's settings, all of them, from the environment (`.env.example` lists every variable)."""

from __future__ import annotations

from datetime import timedelta
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
# Documents that somebody has checked, encrypted, for an hour (`archive.held`); no backup holds them.
HELD = DATA / "held"
# Public pages as files (`portal.kept`); made anew from the database at any time, so no backup holds them.
KEPT = DATA / "kept"
# A folder from which old documents are taken in (`archive.watched`); none when it is not set.
INBOX = _env.inbox
# The program Piper and the folder of its voices, where the operator has them (`broadcast.speech.piper`).
PIPER = _env.piper
PIPER_VOICES = _env.piper_voices
# The OpenSearch server that finds; empty for the index in the data folder.
SEARCH = _env.search
MQTT = _env.mqtt
# Where the services of other channels are called (`broadcast.channels`), each with its version: nothing else is called.
CHANNELS = _env.channels
# Whether anyone may check a document on a public page.
PUBLIC_CHECK = _env.public_check
MEDIA_ROOT = DATA / "media"
MEDIA_URL = "/media/"
STATIC_URL = "/static/"

# --- who may call ---------------------------------------------------------------------------------
SECRET_KEY = _env.secret_key
# What seals secrets and personal values in the database (`org.sealed`): the first seals, all of them open.
SEAL_KEYS = _env.seal_keys
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
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "dinhlang.org.sign_in.kept.token_is_stale"
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if PUBLIC_URL.startswith("https://") else 0
X_FRAME_OPTIONS = "SAMEORIGIN"

# What a page may load and where its forms may go. Nothing inline and nothing from outside: a page that shows a
# document in its own styles says so itself (`reports.views`). A form that leads to the province's sign-in is
# redirected there, which browsers count as where the form goes.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "connect-src": ["'self'"],
        "frame-src": ["'self'"],
        "worker-src": ["'self'"],
        "manifest-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'", *([_env.oidc.origin] if _env.oidc.issuer else [])],
        "frame-ancestors": ["'self'"],
    }
}

# Proxies of the operator's own that stand before us; what they write about the caller is believed, no more.
PROXIES = _env.proxies
if PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- the house ------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "dinhlang.portal",
    "dinhlang.reports",
    "dinhlang.onestop",
    "dinhlang.privacy",
    "dinhlang.archive",
    "dinhlang.procedures",
    "dinhlang.broadcast",
    "dinhlang.citizens",
    "dinhlang.work",
    "dinhlang.org",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django_htmx",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "dinhlang.org.sign_in.middleware.Permissions",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "dinhlang.org.sign_in.middleware.Language",
    "dinhlang.portal.sites.middleware.Sites",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "dinhlang.org.sign_in.middleware.Presence",
    "dinhlang.org.sign_in.kept.NothingLost",
    "dinhlang.org.gate.DeskGate",
    "dinhlang.org.sign_in.middleware.SecondFactorGate",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Last, so that it puts its page over what the sign-in would have answered.
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "dinhlang.config.urls"
WSGI_APPLICATION = "dinhlang.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "libraries": {"lucide": "dinhlang.org.icons"},
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
# Shared by every web process without a server of its own. What counts failures must not be lost at a restart.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "org_cachedvalue",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
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
# The sheet of the longest plan (400 rows) is one form.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
# Whoever ticks the whole gallery of a telephone keeps their words: the form passes over what is too much (`portal.voices.uploads`).
DATA_UPLOAD_MAX_NUMBER_FILES = 1000
FILE_UPLOAD_PERMISSIONS = 0o640

# --- people ---------------------------------------------------------------------------------------
AUTH_USER_MODEL = "org.Person"
# The first refuses whom too many failures have locked out; the second knows passwords.
AUTHENTICATION_BACKENDS = ["axes.backends.AxesBackend", "django.contrib.auth.backends.ModelBackend"]
# Length is what counts; the list of common passwords comes with Django and is asked of nobody.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Without a mail server nothing is sent, and nobody is promised a letter. Only reminders go out (`newsroom.actions.digest`).
MAIL = bool(_env.mail.host)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL else 'dummy'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT = _env.mail.host, _env.mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _env.mail.user, _env.mail.password
EMAIL_USE_SSL, EMAIL_USE_TLS = _env.mail.security == "ssl", _env.mail.security == "starttls"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = _env.mail.sender
LOGIN_URL = "desk:sign-in"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = "desk:sign-in"

# --- signing in (see docs/decisions/0008) ---------------------------------------------------------
ACCOUNT_ADAPTER = "dinhlang.org.sign_in.adapters.Door"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = urlsplit(PUBLIC_URL).scheme
ACCOUNT_FORMS = {
    "login": "dinhlang.org.sign_in.forms.SignInForm",
    "reauthenticate": "dinhlang.org.sign_in.forms.AgainForm",
}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# Beside the lock of axes (one name from one address): how often one name may be tried from anywhere.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "60/m/ip,20/h/key"}
# A phone of one's own stays signed in for a week when its owner asks for it.
KEPT_SIGNED_IN = 7 * 24 * 60 * 60
SECOND_FACTOR_REQUIRED = _env.second_factor == "required"
MFA_ADAPTER = "dinhlang.org.sign_in.adapters.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "dinhlang.org.sign_in.forms.CodeForm",
    "reauthenticate": "dinhlang.org.sign_in.forms.CodeAgainForm",
    "activate_totp": "dinhlang.org.sign_in.forms.FirstCodeForm",
    "add_webauthn": "dinhlang.org.sign_in.forms.NewKeyForm",
    "edit_webauthn": "dinhlang.org.sign_in.forms.KeyNameForm",
}
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Đình Làng"
MFA_TOTP_TOLERANCE = 1  # half a minute to each side: an office PC's clock is seldom right
# Browsers refuse passkeys outside https, except on the machine itself; so does the library, without exception.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PUBLIC_URL.startswith("https://")
USERSESSIONS_TRACK_ACTIVITY = False  # our own middleware does it, and writes seldom
SOCIALACCOUNT_ADAPTER = "dinhlang.org.sign_in.adapters.ProvinceDoor"
OIDC_NAME = _env.oidc.name if _env.oidc.issuer else ""
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "tinh",
                "name": _env.oidc.name,
                "client_id": _env.oidc.client_id,
                "secret": _env.oidc.client_secret,
                "settings": {"server_url": _env.oidc.issuer},
            }
        ]
        if _env.oidc.issuer
        else [],
    }
}
# Whoever fails this often is locked out for a while: the name together with the address.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "dinhlang.org.sign_in.limits.locked_out"
AXES_USERNAME_CALLABLE = "dinhlang.org.sign_in.limits.name_to_keep"
AXES_CLIENT_IP_CALLABLE = "dinhlang.org.sign_in.limits.address_of"
AXES_DISABLE_ACCESS_LOG = True  # the audit says who came in, without an address
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False

# --- language and time ----------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "language"
USE_I18N = True
FORMAT_MODULE_PATH = "dinhlang.config.formats"
# Django would group every whole number of a template, years and numbers of rows in addresses too (2.023). Figures
# are grouped where they are shown, by the filter `printed`.
USE_THOUSAND_SEPARATOR = False
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

# --- log ------------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "class": "dinhlang.config.logs.Line",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    # What these say at WARNING is daily life: an address that is not there, a busy moment, a stop.
    # What urllib3 says at DEBUG is every address with its query, and some services want the token in it.
    "loggers": {
        **{name: {"level": "ERROR"} for name in ("django.request", "waitress.queue", "django_tasks_db")},
        "urllib3": {"level": "WARNING"},
        # At DEBUG it says every statement with what was typed.
        "django.db.backends": {"level": "WARNING"},
    },
    "root": {"handlers": ["stderr"], "level": _env.log_level},
}
