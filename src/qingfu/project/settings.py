"""Django's settings, from the environment only; every variable is declared in ``environment``."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from qingfu.project import databases, environment, secret_key, verifier_policy

HERE = Path(__file__).resolve().parent
DATA = environment.data_folder()
DEMO = environment.flag("QINGFU_DEMO")
TLS = environment.flag("QINGFU_TLS")
BEHIND_PROXY = environment.flag("QINGFU_BEHIND_PROXY")

DEBUG = False
SECRET_KEY = secret_key.read()
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *environment.names("QINGFU_HOSTS")]
ROOT_URLCONF = "qingfu.project.urls"
WSGI_APPLICATION = "qingfu.project.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "axes",
    "procrastinate.contrib.django",
    "qingfu.records",
    "qingfu.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "qingfu.project.middleware.headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "qingfu.project.middleware.language",
    "qingfu.project.middleware.body_limit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "qingfu.project.middleware.whole_text",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "qingfu.project.moment.Moment",
    "qingfu.project.faults.Faults",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = databases.for_django()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "records.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "sign-in"
if DEMO:
    MIDDLEWARE.append("qingfu.project.demo.pages.Personas")
    PASSWORD_HASHERS = ["qingfu.project.demo.keys.QuickHasher"]

# Lock-outs keep real time whatever the plan's clock says; names go into the table, never into a log.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "qingfu.project.faults.locked_out"
AXES_USERNAME_CALLABLE = "qingfu.project.middleware.claimed_name"
AXES_CLIENT_IP_CALLABLE = "qingfu.project.middleware.client_address"
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "qingfu_session"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "qingfu_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "qingfu.project.faults.csrf_failed"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = TLS or BEHIND_PROXY
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_HSTS_SECONDS = 31_536_000 if TLS or BEHIND_PROXY else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "qingfu_language"
LOCALE_PATHS = [HERE.parent / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

MEGABYTE = 1024 * 1024
UPLOAD_LIMIT = 10 * MEGABYTE
DATA_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_LIMIT
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * MEGABYTE
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
WHITENOISE_ADD_HEADERS_FUNCTION = verifier_policy.own_policy
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = DATA / "files"
FILE_UPLOAD_PERMISSIONS = 0o600

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
PROCRASTINATE_IMPORT_PATHS = ["qingfu.jobs.tasks"]

# An operator's log holds no request bodies and no names; faults report themselves through base.eventlog.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "plain", "level": "WARNING"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "axes": {"handlers": ["nowhere"], "propagate": False},
        "django.request": {"handlers": ["nowhere"], "propagate": False},
        "django.security": {"handlers": ["nowhere"], "propagate": False},
        "django.db.backends": {"handlers": ["nowhere"], "propagate": False},
        "procrastinate": {"handlers": ["nowhere"], "propagate": False},
        "psycopg.pool": {"handlers": ["nowhere"], "propagate": False},
    },
}
