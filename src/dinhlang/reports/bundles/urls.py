"""Pages of bundles, among those of reports."""

from django.urls import path

from dinhlang.reports.bundles import views

urlpatterns = [
    path("", views.bundles, name="bundles"),
    path("<int:pk>/", views.bundle, name="bundle"),
    path("<int:pk>/tep/", views.bundle_file, name="bundle-file"),
    path("<int:pk>/xoa/", views.bundle_remove, name="bundle-remove"),
]
