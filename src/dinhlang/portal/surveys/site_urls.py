"""The addresses of surveys inside a site (`sites.addresses` builds them): what was asked, results, open data."""

from django.urls import path, re_path

from dinhlang.portal.surveys import opendata, told

urlpatterns = [
    path("khao-sat/", told.listed, name="surveys"),
    re_path(r"^khao-sat/(?P<year>20\d\d)\.(?P<form>csv|json)$", opendata.data, name="survey-data"),
    path("khao-sat/<slug:code>/", told.results, name="survey-results"),
]
