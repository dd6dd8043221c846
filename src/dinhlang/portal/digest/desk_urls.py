"""News by mail, under the desk: numbers, a look at the next mail, taking an address out."""

from django.urls import path

from dinhlang.portal.digest import views

app_name = "digest-desk"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("xem-truoc/", views.preview, name="preview"),
    path("bo-dia-chi/", views.take_out, name="take-out"),
]
