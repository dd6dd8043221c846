"""Pages about units and about oneself, under the desk."""

from django.urls import path

from dinhlang.org import views

app_name = "org"
urlpatterns = [
    path("tai-khoan/", views.account, name="account"),
    path("don-vi/", views.unit_list, name="units"),
    path("don-vi/<slug:unit_id>/", views.unit_detail, name="unit"),
]
