"""Pages of the register of breaches, under the desk."""

from django.urls import path

from dinhlang.privacy.breaches import views

app_name = "breaches"
urlpatterns = [
    path("", views.breach_list, name="breaches"),
    path("xuat/<slug:form>/", views.breach_export, name="export"),
    path("ghi/", views.breach_new, name="new"),
    path("<int:pk>/", views.breach_detail, name="breach"),
    path("<int:pk>/sua/", views.breach_amend, name="amend"),
    path("<int:pk>/viec/", views.breach_step, name="step"),
    path("<int:pk>/van-ban/<slug:which>.<slug:form>", views.breach_paper, name="paper"),
]
