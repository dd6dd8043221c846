"""Pages about what is taken together, beside those about reports."""

from django.urls import path

from dinhlang.reports.consolidation import views

urlpatterns = [
    path("tong-hop/", views.consolidation, name="consolidation"),
    path("tong-hop/lap/", views.consolidate, name="consolidate"),
    path("tong-hop/xuat/<slug:form>/", views.consolidation_export, name="consolidation-export"),
    path("tong-hop/chi-tieu/<slug:concept>/", views.concept_page, name="consolidated-concept"),
    path("da-nop/<int:pk>/so-lieu/<slug:anchor>/", views.submitted_figure, name="submitted-figure"),
    path("<int:pk>/tong-hop/", views.consolidated, name="consolidated"),
    path("<int:pk>/tong-hop/lay/", views.consolidated_take_in, name="consolidated-take-in"),
    path("<int:pk>/tong-hop/gop/", views.proposals_join, name="proposals-join"),
    path("<int:pk>/tong-hop/tach/", views.proposal_part, name="proposal-part"),
    path("<int:pk>/tong-hop/su-kien/", views.events_tell_apart, name="events-tell-apart"),
]
