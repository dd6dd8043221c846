"""The application as a WSGI server calls it: kept pages first, then Django."""

import os

import django
from django.core.handlers.wsgi import WSGIHandler

# There is one settings file; a variable left over from another Django project must not choose another.
os.environ["DJANGO_SETTINGS_MODULE"] = "dinhlang.config.settings"


def _application():  # type: ignore[no-untyped-def]
    django.setup(set_prefix=False)
    # Only now: these read the settings and the models that the line above has set up.
    from dinhlang.broadcast.emergency.standing import Standing
    from dinhlang.portal.kept.computing import computed
    from dinhlang.portal.kept.serving import Kept
    from dinhlang.portal.newsroom import visits
    from dinhlang.portal.sites.hosts import Request

    class Handler(WSGIHandler):
        """Django, answering also at the host names of sites."""

        request_class = Request

    standing = Standing()
    return Kept(
        Handler(),
        noted=visits.note,
        computed=computed,
        standing=standing.answer,
        heard=standing.hear,
    )


application = _application()
