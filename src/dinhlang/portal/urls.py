"""The first page of the desk, and its door."""

from django.contrib.auth import views as door
from django.urls import path

from dinhlang.portal import views

app_name = "desk"
urlpatterns = [
    path("ban-lam-viec/", views.home, name="home"),
    path("ban-lam-viec/phim-tat/", views.shortcuts, name="shortcuts"),
    path("dang-nhap/", door.LoginView.as_view(template_name="desk/sign_in.html"), name="sign-in"),
    path("dang-xuat/", door.LogoutView.as_view(), name="sign-out"),
]
