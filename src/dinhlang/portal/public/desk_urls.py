"""Pages about what is open to all, under the desk."""

from django.urls import path

from dinhlang.portal.columns import views as columns
from dinhlang.portal.opendata import desk as opendata
from dinhlang.portal.papers import desk as papers
from dinhlang.portal.public import desk
from dinhlang.portal.search import desk as search
from dinhlang.portal.sites import desk as sites

app_name = "publications"
urlpatterns = [
    path("", desk.publication_list, name="list"),
    path("xuat/<slug:form>/", desk.publication_export, name="export"),
    path("trang/", sites.site, name="site"),
    path("nop-bao-cao/", opendata.duties, name="duties"),
    path("tim-kiem/", search.care, name="search"),
    path("tim-kiem/<int:pk>/thoi/", search.demote, name="search-demote"),
    path("chuyen-muc/", columns.columns, name="columns"),
    path("chuyen-muc/thuong-dung/", columns.make_usual, name="columns-usual"),
    path("chuyen-muc/<int:pk>/", columns.change, name="column"),
    path("ke-hoach/<int:pk>/", papers.plan, name="plan"),
    path("ke-hoach/<int:pk>/cong-khai/", papers.publish, name="plan-publish"),
    path("ke-hoach/<int:pk>/go/", papers.withdraw, name="plan-withdraw"),
    path("<int:pk>/", desk.publication_detail, name="report"),
    path("<int:pk>/cong-khai/", desk.publish, name="publish"),
    path("<int:pk>/go/", desk.withdraw, name="withdraw"),
    path("<int:pk>/noi-dung/<int:line>/", desk.decide, name="wording"),
]
