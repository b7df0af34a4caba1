"""The desk's settings (models, database), with the readers' side of an ordinary Wagtail site."""

from __future__ import annotations

from redaksi.config.settings import *  # noqa: F403  # a Django project's settings on top of another's
from redaksi.config.settings import DATABASES, TEMPLATES

ROOT_URLCONF = "benchmarks.wagtail_view.urls"
ALLOWED_HOSTS = ["*"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
DATABASES["default"]["CONN_MAX_AGE"] = None
# Reading needs no write lock.
DATABASES["default"].get("OPTIONS", {}).pop("transaction_mode", None)
TEMPLATES[0]["DIRS"] = [__file__.rpartition("/")[0] + "/templates"]
