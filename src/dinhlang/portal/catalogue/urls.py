"""The addresses of procedures inside a site (`sites.addresses` builds them)."""

from django.urls import path, re_path

from dinhlang.portal.catalogue import feeds, views

# A short code, or what people have of one: the long code, a readable tail.
_CODE = r"(?P<code>\d\.\d{6}[-.\w]*)"
urlpatterns = [
    path("thu-tuc/", views.catalogue, name="procedures"),
    path("thu-tuc/danh-sach.csv", views.table, name="procedure-list"),
    path("thu-tuc/thay-doi/", views.changes, name="procedure-changes"),
    re_path(r"^thu-tuc/thay-doi\.(?P<form>rss|atom)$", feeds.changes, name="procedure-feed"),
    path("thu-tuc/linh-vuc/<slug:slug>/", views.field, name="procedure-field"),
    path("thu-tuc/viec/<slug:event>/", views.life_event, name="life-event"),
    re_path(r"^thu-tuc/(?P<code>\d\.\d{6})\.jsonld$", views.data, name="procedure-data"),
    re_path(rf"^thu-tuc/{_CODE}/giay-to/$", views.checklist, name="checklist"),
    re_path(rf"^thu-tuc/{_CODE}/$", views.procedure, name="procedure"),
]
