"""Short addresses that are typed from paper. A contest's code has six letters."""

from django.urls import path

from dinhlang.portal.contests import results, sitting, views

app_name = "contest"
urlpatterns = [
    path("bai/<str:key>/", sitting.sit, name="sitting"),
    path("<slug:code>/", views.contest, name="contest"),
    path("<slug:code>/thi-thu/", views.trial, name="trial"),
    path("<slug:code>/tuan/<int:number>/", sitting.join, name="join"),
    path("<slug:code>/tuan/<int:number>/ket-qua/", results.results, name="results"),
    path("<slug:code>/tuan/<int:number>/boc-tham/", results.lots, name="lots"),
    path("<slug:code>/tuan/<int:number>/boc-tham.json", results.lots_file, name="lots-file"),
]
