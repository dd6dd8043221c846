"""The addresses inside a site, the same under a path and at a host name (`addresses` builds them)."""

from django.urls import include, path

from dinhlang.portal.search import views as search
from dinhlang.portal.sites import machines, views

app_name = "site"
urlpatterns = [
    path("", views.home, name="home"),
    path("ket-qua/", views.results, name="results"),
    path("to-chuc/", views.organisation, name="organisation"),
    path("lien-he/", views.contacts, name="contacts"),
    path("tim-kiem/", search.find, name="search"),
    path("tim-kiem/goi-y.json", search.suggest, name="search-suggest"),
    path("so-do-trang/", views.site_map, name="site-map"),
    path("tro-nang/", views.accessibility, name="accessibility"),
    path("rieng-tu/", views.privacy, name="privacy"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("", include("dinhlang.portal.news.urls")),
    path("", include("dinhlang.portal.listening.urls")),
    path("", include("dinhlang.portal.catalogue.urls")),
    path("", include("dinhlang.portal.papers.urls")),
    path("", include("dinhlang.portal.kiosk.urls")),
    path("", include("dinhlang.portal.guides.urls")),
    path("", include("dinhlang.portal.opendata.urls")),
    path("", include("dinhlang.portal.voices.urls")),
    path("", include("dinhlang.portal.counter.urls")),
    path("", include("dinhlang.portal.surveys.site_urls")),
    path("", include("dinhlang.portal.rights.urls")),
    path("api/v1/", include("dinhlang.portal.api.urls")),
]
