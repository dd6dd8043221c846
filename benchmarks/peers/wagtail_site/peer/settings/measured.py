"""The project that `wagtail start` makes, as it is run for readers."""

import os

from .base import *  # noqa: F403 - so the project's own settings do
from .base import INSTALLED_APPS

DEBUG = False
SECRET_KEY = os.environ["PEER_SECRET"]
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = [*INSTALLED_APPS, "blog"]
if socket := os.environ.get("PEER_SOCKET"):
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "dinhlang",
            "USER": "dinhlang",
            "HOST": socket,
            "CONN_MAX_AGE": 600,
        }
    }
