"""The addresses of data requests inside a site (`sites.addresses` builds them)."""

from django.urls import path

from dinhlang.portal.rights import views

urlpatterns = [
    path("du-lieu-cua-toi/", views.ask, name="data-ask"),
    path("du-lieu-cua-toi/theo-doi/", views.follow, name="data-follow"),
]
