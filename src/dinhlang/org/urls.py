"""Pages about units and about oneself, under the desk."""

from django.urls import path

from dinhlang.org import views
from dinhlang.org.sign_in import account
from dinhlang.org.sign_in import views as door

app_name = "org"
urlpatterns = [
    path("tai-khoan/", account.account, name="account"),
    path("tai-khoan/giao-dien/", account.look, name="look"),
    path("tai-khoan/lien-thong/bo/", account.disconnect_province, name="province-disconnect"),
    path("tai-khoan/cac-may/", door.session_list, name="sessions"),
    path("tai-khoan/cac-may/thoat-het/", door.end_other_sessions, name="sessions-end-others"),
    path("tai-khoan/cac-may/<int:pk>/thoat/", door.end_session, name="session-end"),
    path("don-vi/", views.unit_list, name="units"),
    path("don-vi/<slug:unit_id>/", views.unit_detail, name="unit"),
]
