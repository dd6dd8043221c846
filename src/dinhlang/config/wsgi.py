"""The application as a WSGI server calls it: kept pages first, then Django."""

import os

from django.core.wsgi import get_wsgi_application

# There is one settings file; a variable left over from another Django project must not choose another.
os.environ["DJANGO_SETTINGS_MODULE"] = "dinhlang.config.settings"


def _application():  # type: ignore[no-untyped-def]
    django = get_wsgi_application()
    # Only now: these read the settings and the models that the line above has set up.
    from dinhlang.portal.kept.serving import Kept
    from dinhlang.portal.newsroom import visits

    return Kept(django, noted=visits.note)


application = _application()
