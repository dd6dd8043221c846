"""The addresses of feedback inside a site (`sites.addresses` builds them)."""

from django.urls import include, path, re_path

from dinhlang.portal.voices import feeds, following, lists, opendata, sending

_FORM = r"(?P<form>rss|atom|json)"
urlpatterns = [
    path("open311/v2/", include("dinhlang.portal.voices.open311.urls")),
    path("phan-anh/", lists.listed, name="voices"),
    path("phan-anh/gui/", sending.send, name="voice-send"),
    path("phan-anh/tra-cuu/", following.look, name="voice-look"),
    path("phan-anh/so-lieu/", lists.figures, name="voice-figures"),
    path("phan-anh/so-lieu.json", opendata.figures, name="voice-figures-data"),
    path("phan-anh/<uuid:uid>/", lists.pair, name="voice"),
    re_path(rf"^phan-anh/nhat-ky\.{_FORM}$", feeds.feed, name="voice-feed"),
    re_path(
        rf"^phan-anh/linh-vuc/(?P<category>[-a-z]{{1,20}})/nhat-ky\.{_FORM}$",
        feeds.feed,
        name="voice-feed-category",
    ),
    re_path(
        rf"^phan-anh/thon/(?P<hamlet>[-\w]{{1,80}})/nhat-ky\.{_FORM}$", feeds.feed, name="voice-feed-hamlet"
    ),
    re_path(r"^phan-anh/du-lieu/(?P<year>20\d\d)\.(?P<form>csv|json)$", opendata.pairs, name="voice-data"),
]
