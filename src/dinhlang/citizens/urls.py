"""Pages of citizens' feedback, under the desk."""

from django.urls import path

from dinhlang.citizens import views

app_name = "citizens"
urlpatterns = [
    path("", views.case_list, name="cases"),
    path("<int:pk>/", views.case_detail, name="case"),
]
