"""The addresses of the kiosk inside a site (`sites.addresses` builds them)."""

from django.urls import path, re_path

from dinhlang.portal.kiosk import views

urlpatterns = [
    path("quay/", views.start, name="kiosk"),
    path("quay/viec/<slug:event>/", views.event, name="kiosk-event"),
    re_path(
        r"^quay/viec/(?P<event>[-a-z0-9_]+)/(?P<answers>[0-9x](?:-[0-9x]){0,9})/$",
        views.answers,
        name="kiosk-answers",
    ),
    path("quay/linh-vuc/<slug:slug>/", views.field, name="kiosk-field"),
    re_path(r"^quay/thu-tuc/(?P<code>\d\.\d{6})/$", views.procedure, name="kiosk-procedure"),
]
