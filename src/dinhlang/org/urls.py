"""Pages about units, people and the audit, under the desk."""

from django.urls import path

from dinhlang.org.changes import views as changes
from dinhlang.org.sign_in import account, helping
from dinhlang.org.sign_in import views as door
from dinhlang.org.views import audit, links, parts, people, posts, units

app_name = "org"
urlpatterns = [
    path("tai-khoan/", account.account, name="account"),
    path("tai-khoan/giao-dien/", account.look, name="look"),
    path("tai-khoan/lien-thong/bo/", account.disconnect_province, name="province-disconnect"),
    path("tai-khoan/cac-may/", door.session_list, name="sessions"),
    path("tai-khoan/cac-may/thoat-het/", door.end_other_sessions, name="sessions-end-others"),
    path("tai-khoan/cac-may/<int:pk>/thoat/", door.end_session, name="session-end"),
    path("don-vi/", units.unit_list, name="units"),
    path("don-vi/thay-doi/", changes.change_list, name="changes"),
    path("don-vi/thay-doi/moi/<slug:kind>/", changes.change_new, name="change-new"),
    path("don-vi/thay-doi/chuan-bi/<int:pk>/", changes.change_draft, name="change-draft"),
    path("don-vi/thay-doi/chuan-bi/<int:pk>/ap-dung/", changes.change_apply, name="change-apply"),
    path("don-vi/thay-doi/chuan-bi/<int:pk>/bo/", changes.change_drop, name="change-drop"),
    path("don-vi/thay-doi/chuan-bi/<int:pk>/xuat/<slug:form>/", changes.change_export, name="change-export"),
    path("don-vi/thay-doi/<int:pk>/", changes.change_detail, name="change"),
    path("don-vi/thay-doi/<int:pk>/hoan-tac/", changes.change_undo, name="change-undo"),
    path("don-vi/<slug:unit_id>/", units.unit_detail, name="unit"),
    path("vai-tro/", people.roles, name="roles"),
    path("can-bo/", people.people, name="people"),
    path("can-bo/xuat/<slug:form>/", people.people_export, name="people-export"),
    path("can-bo/moi/", links.invite, name="invite"),
    path("can-bo/moi/ten-dang-nhap/", links.username, name="username"),
    path("can-bo/<int:person_id>/", people.person, name="person"),
    path("can-bo/<int:person_id>/ho-ten/", people.person_rename, name="person-rename"),
    path("can-bo/<int:person_id>/khoa/", people.account_lock, name="account-lock"),
    path("can-bo/<int:person_id>/dang-nhap/", helping.person_door, name="person-door"),
    path("can-bo/<int:person_id>/duong-dan/", links.link_renew, name="link-renew"),
    path("can-bo/<int:person_id>/giao-chuc-vu/", posts.appoint, name="appoint"),
    path("can-bo/<int:person_id>/ban-giao/", posts.hand_over, name="hand-over"),
    path("chuc-vu/<int:position_id>/thoi/", posts.position_end, name="position-end"),
    path("chuc-vu/<int:position_id>/lay-lai/", posts.position_restore, name="position-restore"),
    path("chuc-vu/<int:position_id>/huy/", posts.position_withdraw, name="position-withdraw"),
    path("duong-dan/<int:invitation_id>/thu-hoi/", links.link_revoke, name="link-revoke"),
    path("thon-bo-phan/", parts.parts, name="parts"),
    path("thon-bo-phan/<slug:unit_id>/", parts.part, name="part"),
    path("thon-bo-phan/<slug:unit_id>/lay-lai/", parts.part_restore, name="part-restore"),
    path("nhat-ky/", audit.audit, name="audit"),
    path("nhat-ky/xuat/<slug:form>/", audit.audit_export, name="audit-export"),
]
