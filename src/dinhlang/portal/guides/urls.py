"""The addresses of guides inside a site (`sites.addresses` builds them)."""

from django.urls import path

from dinhlang.portal.guides import views

urlpatterns = [
    path("huong-dan-so/", views.guides, name="guides"),
    path("huong-dan-so/<slug:guide>/", views.guide, name="guide"),
    path("huong-dan-so/<slug:guide>/<int:number>/", views.step, name="guide-step"),
    path("huong-dan-so/<slug:guide>/to-roi.pdf", views.leaflet, name="guide-leaflet"),
]
