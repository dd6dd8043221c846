"""Pages open to all. They lie outside the desk, so the gate lets everyone through."""

from django.urls import path, re_path

from dinhlang.portal.public import views
from dinhlang.portal.sites import machines
from dinhlang.portal.sites import views as sites

app_name = "public"
# A year as the calendar has them and a number as a register has them: anything else is no address.
_REPORT = r"^bao-cao/(?P<unit_id>[-\w]{1,80})/(?P<year>[12]\d{3})/(?P<number>[1-9]\d{0,5})/"
urlpatterns = [
    path("bao-cao/<slug:unit_id>/", views.report_list, name="reports"),
    re_path(rf"{_REPORT}$", views.report, name="report"),
    re_path(rf"{_REPORT}so-lieu/(?P<anchor>[-\w]{{1,60}})/$", views.figure, name="figure"),
    re_path(rf"{_REPORT}van-ban\.(?P<form>docx|pdf)$", views.file, name="file"),
    re_path(rf"{_REPORT}so-lieu\.(?P<form>json|csv)$", views.data, name="data"),
    path("kiem-tra-van-ban/", views.check_document, name="check"),
    path("hien-thi/", sites.look, name="look"),
    path("hien-thi.css", sites.look_style, name="look-style"),
    path("g/<slug:name>.css", sites.stylesheet, name="stylesheet"),
    path("sitemap.xml", machines.sitemaps, name="sitemaps"),
    path("robots.txt", machines.robots, name="robots"),
    path(".well-known/security.txt", machines.security, name="security"),
    path("tro-nang/", views.accessibility, name="accessibility"),
    path("rieng-tu/", views.privacy, name="privacy"),
]
