"""The addresses of the one-stop desk inside a site (`sites.addresses` builds them)."""

from django.urls import path, re_path

from dinhlang.portal.counter import figures, looking, opendata, results

urlpatterns = [
    path("tra-cuu-ho-so/", looking.look, name="dossier-look"),
    path("mot-cua/", figures.this_year, name="dossiers"),
    path("mot-cua/ket-qua/", results.results, name="dossier-results"),
    re_path(r"^mot-cua/(?P<year>20\d\d)/$", figures.year, name="dossier-year"),
    re_path(r"^mot-cua/(?P<year>20\d\d)\.(?P<form>csv|json)$", opendata.data, name="dossier-data"),
]
