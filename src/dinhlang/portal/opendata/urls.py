"""The addresses of the open data inside a site (`sites.addresses` builds them)."""

from django.urls import path, re_path

from dinhlang.portal.opendata import views

urlpatterns = [
    path("ket-qua/nop-bao-cao/", views.described, name="standings"),
    re_path(
        r"^ket-qua/nop-bao-cao/(?P<programme>[-\w]{1,40})/(?P<year>2\d{3})\.(?P<form>csv|json)$",
        views.file,
        name="standing-file",
    ),
]
