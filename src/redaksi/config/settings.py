"""All settings of Redaksi, in one file. What an operator sets comes from the environment (docs/settings.md lists it)."""

from __future__ import annotations

import secrets
from pathlib import Path

import django_stubs_ext
from django.utils.translation import gettext_lazy as _

from redaksi.config import environment

django_stubs_ext.monkeypatch()

PACKAGE = Path(__file__).resolve().parent.parent

# --- what an operator sets ------------------------------------------------------------------------------------------
REDAKSI_HOME = environment.folder("REDAKSI_HOME", "data")
PORT = environment.number("PORT", 8000, least=1, most=65535)
DESK_PORT = environment.number("DESK_PORT", 8001, least=1, most=65535)
REDAKSI_BIND = environment.text("REDAKSI_BIND", "127.0.0.1")
REDAKSI_WORKERS = environment.number("REDAKSI_WORKERS", 0, most=64)
REDAKSI_READERS_ORIGIN = environment.text("REDAKSI_READERS_ORIGIN", f"http://{{host}}:{PORT}")
REDAKSI_DESK_ORIGIN = environment.text("REDAKSI_DESK_ORIGIN", f"http://localhost:{DESK_PORT}")
REDAKSI_DESK_HOSTS = environment.words("REDAKSI_DESK_HOSTS", "localhost,127.0.0.1,.localhost,testserver")
REDAKSI_CACHES = environment.addresses("REDAKSI_CACHES")
REDAKSI_LANGUAGE = environment.text("REDAKSI_LANGUAGE", "id")
DATABASE_URL = environment.text("DATABASE_URL", "")


def _secret_key() -> str:
    """The key that ``redaksi init`` made; without one, sessions don't outlive the process."""
    kept = REDAKSI_HOME / "secret-key"
    return environment.text("REDAKSI_SECRET_KEY", "") or (
        kept.read_text().strip() if kept.is_file() else secrets.token_urlsafe(48)
    )


# --- Django ---------------------------------------------------------------------------------------------------------
SECRET_KEY = _secret_key()
DEBUG = False
ALLOWED_HOSTS = REDAKSI_DESK_HOSTS
CSRF_TRUSTED_ORIGINS = [REDAKSI_DESK_ORIGIN]
ROOT_URLCONF = "redaksi.config.desk_urls"
WSGI_APPLICATION = "redaksi.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": environment.database(DATABASE_URL, REDAKSI_HOME)}

INSTALLED_APPS = [
    "redaksi.desk.apps.DeskConfig",
    "redaksi.wire.apps.WireConfig",
    "redaksi.stories.apps.StoriesConfig",
    "redaksi.photos.apps.PhotosConfig",
    "redaksi.network.apps.NetworkConfig",
    "redaksi.outbox.apps.OutboxConfig",
    "wagtail.snippets",
    "wagtail.images",
    "wagtail.documents",
    "wagtail.users",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.sites",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "redaksi.network.gate.Gate",
    "redaksi.outbox.transactions.WriteInOneTransaction",
]

AUTHENTICATION_BACKENDS = ["redaksi.network.sign_in.GrantBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
SESSION_COOKIE_NAME = "redaksi_desk"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = REDAKSI_DESK_ORIGIN.startswith("https:")
SESSION_COOKIE_AGE = 60 * 60 * 24 * 7
X_FRAME_OPTIONS = "SAMEORIGIN"  # the desk shows its previews in frames of its own
SECURE_REFERRER_POLICY = "same-origin"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

LANGUAGE_CODE = REDAKSI_LANGUAGE
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "Asia/Jakarta"

STATIC_URL = "/static/"
STATIC_ROOT = REDAKSI_HOME / "static"
STATICFILES_DIRS = [
    ("redaksi-fonts", PACKAGE / "press" / "assets" / "fonts")
]  # the desk is set in a reader's type
MEDIA_URL = "/media/"
MEDIA_ROOT = REDAKSI_HOME / "photos"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a long story is many fields
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"redaksi": {"level": "INFO"}},
}

# --- Wagtail --------------------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Redaksi"
WAGTAILADMIN_BASE_URL = REDAKSI_DESK_ORIGIN
WAGTAILADMIN_PERMITTED_LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
WAGTAILIMAGES_IMAGE_MODEL = "photos.Photo"
WAGTAILIMAGES_IMAGE_FORM_BASE = "redaksi.desk.photos.forms.PhotoForm"
WAGTAILADMIN_EXTERNAL_LINK_CONVERSION = ""  # there is no page tree into which a web address could be turned
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "avif", "gif"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 40 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 120_000_000
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_MODERATION_ENABLED = WAGTAIL_WORKFLOW_ENABLED = False
WAGTAIL_I18N_ENABLED = False
# Each save would rewrite the norms of the whole index (measured: 0.4 s at 200,000 rows); stories and photos have their own.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": False}}
