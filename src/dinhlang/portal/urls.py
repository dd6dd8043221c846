"""The first page of the desk, and its door."""

from allauth.account.views import logout
from django.urls import path

from dinhlang.org.sign_in.views import sign_in
from dinhlang.portal import views

app_name = "desk"
urlpatterns = [
    path("ban-lam-viec/", views.home, name="home"),
    path("ban-lam-viec/phim-tat/", views.shortcuts, name="shortcuts"),
    # The same views as in `org.sign_in.urls`, under the names that the desk uses.
    path("dang-nhap/", sign_in, name="sign-in"),
    path("dang-xuat/", logout, name="sign-out"),
]
