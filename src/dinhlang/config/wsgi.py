"""The application as a WSGI server calls it."""

import os

from django.core.wsgi import get_wsgi_application

# There is one settings file; a variable left over from another Django project must not choose another.
os.environ["DJANGO_SETTINGS_MODULE"] = "dinhlang.config.settings"
application = get_wsgi_application()
