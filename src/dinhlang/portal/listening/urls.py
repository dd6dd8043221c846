"""The addresses of what is heard, inside a site (`sites.addresses` builds them)."""

from django.urls import re_path

from dinhlang.portal.listening import podcasts, views

urlpatterns = [
    re_path(
        r"^am-thanh/(?P<sha256>[0-9a-f]{64})\.(?P<form>mp3|opus|m4a|ogg|wav)$", views.sound, name="sound"
    ),
    re_path(r"^nghe/(?P<pk>[0-9]{1,18})/loi\.(?P<form>vtt|json)$", views.transcript, name="transcript"),
    re_path(r"^nghe/(?P<pk>[0-9]{1,18})/chuong\.json$", views.chapters, name="chapters"),
    re_path(r"^podcast\.rss$", podcasts.podcast, name="podcast"),
    re_path(r"^chuyen-muc/(?P<slug>[-\w]+)/podcast\.rss$", podcasts.podcast, name="column-podcast"),
]
