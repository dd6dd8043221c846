"""Pages of approving, among those of reports."""

from django.urls import path

from dinhlang.reports.approval import views

urlpatterns = [
    path("<int:pk>/duyet/", views.approval, name="approval"),
    path("<int:pk>/duyet/ky/", views.approve, name="approve"),
    path("<int:pk>/duyet/duong-dan/", views.link_make, name="approval-link"),
    path("duyet/duong-dan/<int:pk>/thu-hoi/", views.link_revoke, name="approval-link-revoke"),
    path("<int:pk>/chu-ky/", views.signature, name="signature"),
    path("<int:pk>/dong-dau/", views.seal, name="seal"),
    path("cac-buoc-duyet/<slug:unit_id>/", views.setup, name="approval-setup"),
    path("cac-buoc-duyet/giao-ky/<int:pk>/thoi/", views.mandate_end, name="mandate-end"),
    path("cac-buoc-duyet/khoa/<int:pk>/thoi/", views.key_retire, name="key-retire"),
]
