"""Which address is whose at a host name of a site's own: the site stands at the root, the rest is as everywhere."""

from django.urls import include, path

from dinhlang.config.urls import urlpatterns as everywhere

handler500 = "dinhlang.portal.sites.stopped.broken"
urlpatterns = [
    path("", include("dinhlang.portal.sites.urls")),
    path("en/", include("dinhlang.portal.sites.urls", namespace="site-en"), {"language": "en"}),
    *everywhere,
]
