"""The addresses of official documents inside a site (`sites.addresses` builds them)."""

from django.urls import path, re_path

from dinhlang.portal.papers import views

urlpatterns = [
    path("van-ban/", views.documents, name="documents"),
    re_path(r"^van-ban/(?P<kind>bao-cao|ke-hoach|quyet-dinh)/$", views.documents, name="papers"),
    path("van-ban/ke-hoach/<slug:slug>/", views.plan, name="plan"),
    path("van-ban/ke-hoach/<slug:slug>/tep/", views.plan_file, name="plan-file"),
    path("van-ban/quyet-dinh/<int:pk>/", views.decision, name="decision"),
    path("van-ban/quyet-dinh/<int:pk>/tep/", views.decision_file, name="decision-file"),
]
