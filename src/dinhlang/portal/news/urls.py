"""The addresses of news inside a site (`sites.addresses` builds them)."""

from django.urls import path, re_path

from dinhlang.portal.news import feeds, files, views

_MONTH = r"(?P<month>[12]\d{3}-(?:0[1-9]|1[0-2]))"
_SHA = r"(?P<sha256>[0-9a-f]{64})"
urlpatterns = [
    path("tin/", views.news, name="news"),
    path("tin/<slug:column>/<slug:slug>/", views.article, name="article"),
    path("tin/<slug:column>/<slug:slug>/lich.ics", views.calendar, name="calendar"),
    path("chuyen-muc/<slug:slug>/", views.column, name="column"),
    re_path(rf"^chuyen-muc/(?P<slug>[-\w]+)/{_MONTH}/$", views.column, name="month"),
    re_path(r"^nhat-ky\.(?P<form>rss|atom)$", feeds.news, name="feed"),
    re_path(r"^chuyen-muc/(?P<slug>[-\w]+)/nhat-ky\.(?P<form>rss|atom)$", feeds.news, name="column-feed"),
    re_path(r"^tin/linh-vuc/(?P<field>[-a-z]+)/nhat-ky\.(?P<form>rss|atom)$", feeds.news, name="field-feed"),
    re_path(rf"^hinh/{_SHA}/(?P<size>[a-z0-9-]{{1,12}}\.(?:webp|jpg))$", files.picture, name="picture"),
    re_path(rf"^am-thanh/{_SHA}$", files.recording, name="recording"),
    path("tep/<int:pk>/", files.document, name="cited"),
]
