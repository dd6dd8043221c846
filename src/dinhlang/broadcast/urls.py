"""Pages of the radio, under the desk."""

from django.urls import include, path

from dinhlang.broadcast import views
from dinhlang.broadcast.channels import views as channels
from dinhlang.broadcast.emergency import by_link
from dinhlang.broadcast.emergency import views as emergency
from dinhlang.broadcast.intake import views as intake
from dinhlang.broadcast.players import views as players
from dinhlang.broadcast.voicing import table_views as spoken_forms
from dinhlang.broadcast.voicing import views as sound

app_name = "broadcast"
urlpatterns = [
    path("", views.bulletin_list, name="bulletins"),
    path("xuat/<slug:form>/", views.bulletin_export, name="export"),
    path("soan/", views.bulletin_new, name="new"),
    path("chuong-trinh/", views.programme, name="programme"),
    path("chuong-trinh/lap/", views.programme_make, name="programme-make"),
    path("khung-gio/", views.slots, name="slots"),
    path("khung-gio/them/", views.slot_add, name="slot-add"),
    path("khung-gio/quy-dinh/", views.station_rules, name="rules"),
    path("khung-gio/quy-dinh/<int:pk>/thoi/", views.rules_end, name="rules-end"),
    path("khung-gio/quoc-tang/<int:pk>/bo/", views.mourning_cancel, name="mourning-cancel"),
    path("khung-gio/<int:pk>/thoi/", views.slot_end, name="slot-end"),
    path("buoi/<int:pk>/", views.session, name="session"),
    path("buoi/<int:pk>/sua/", views.session_change, name="session-change"),
    path("buoi/<int:pk>/van-ban.pdf", views.session_paper, name="session-paper"),
    path("so-nhat-ky/", views.log, name="log"),
    path("so-nhat-ky/xuat/<slug:form>/", views.log_export, name="log-export"),
    path("so-nhat-ky/<int:number>/rut/", views.log_take_back, name="log-take-back"),
    path("may-phat/", players.players, name="players"),
    path("may-phat/<int:pk>/thu-hoi/", players.device_revoke, name="player-revoke"),
    path("loa/them/", players.speaker_add, name="speaker-add"),
    path("loa/<int:pk>/tinh-trang/", players.speaker_note, name="speaker-note"),
    path("duong-dan/<int:pk>/thu-hoi/", views.link_revoke, name="link-revoke"),
    path("nhan/", intake.intake, name="intake"),
    path("nhan/khoa/<int:pk>/thu-hoi/", intake.key_revoke, name="intake-key-revoke"),
    path("<int:pk>/ban-nhan/", intake.source_file, name="source"),
    path("<int:pk>/tep/", intake.bulletin_file, name="file"),
    path("an-pham/", include("dinhlang.broadcast.prints.urls")),
    path("khan-cap/", emergency.emergency_list, name="emergencies"),
    path("khan-cap/soan/", emergency.emergency_new, name="emergency-new"),
    path("khan-cap/xuat/<slug:form>/", emergency.emergency_export, name="emergency-export"),
    path("khan-cap/duong-dan/<int:pk>/thu-hoi/", by_link.link_revoke, name="emergency-link-revoke"),
    path("khan-cap/<int:pk>/duong-dan/", by_link.link_make, name="emergency-link-make"),
    path("khan-cap/nhan/", emergency.emergency_take_in, name="emergency-take-in"),
    path("khan-cap/<int:pk>/", emergency.emergency_detail, name="emergency"),
    path("khan-cap/<int:pk>/sua/", emergency.emergency_edit, name="emergency-edit"),
    path("khan-cap/<int:pk>/buoc/", emergency.emergency_step, name="emergency-step"),
    path("khan-cap/<int:pk>/ghi-am/", emergency.emergency_recording, name="emergency-recording"),
    path("khan-cap/<int:pk>/am-thanh/", emergency.emergency_sound, name="emergency-sound"),
    path("khan-cap/<int:pk>/cap.xml", emergency.emergency_cap, name="emergency-cap"),
    path("kenh/", channels.channels, name="channels"),
    path("kenh/ve/", channels.channel_back, name="channel-back"),
    path("kenh/<int:pk>/", channels.channel, name="channel"),
    path("kenh/<int:pk>/viec/", channels.channel_do, name="channel-do"),
    path("luot-dang/<int:pk>/", channels.delivery, name="delivery"),
    path("luot-dang/<int:pk>/viec/", channels.delivery_do, name="delivery-do"),
    path("luot-dang/<int:pk>/anh/<slug:shape>.jpg", channels.delivery_picture, name="delivery-picture"),
    path("<int:pk>/", views.bulletin_detail, name="bulletin"),
    path("<int:pk>/sua/", views.bulletin_edit, name="edit"),
    path("<int:pk>/buoc/", views.bulletin_step, name="step"),
    path("<int:pk>/duong-dan/", views.link_make, name="link-make"),
    path("<int:pk>/ngon-ngu/", views.bulletin_say_in, name="say-in"),
    path("<int:pk>/ghi-am/", sound.recording, name="recording"),
    path("<int:pk>/thu-am/", sound.record_page, name="record"),
    path("<int:pk>/am-thanh/", sound.sound_part, name="sound"),
    path("<int:pk>/am-thanh/lam/", sound.sound_do, name="sound-do"),
    path("<int:pk>/am-thanh/tai/<slug:form>/", sound.sound_download, name="sound-file"),
    path("bang-doc/", spoken_forms.spoken_forms, name="spoken-forms"),
    path("bang-doc/ghi/", spoken_forms.spoken_form_set, name="spoken-form-set"),
    path("bang-doc/nhap/", spoken_forms.spoken_form_file, name="spoken-form-file"),
    path("bang-doc/xuat/<slug:form>/", spoken_forms.spoken_form_export, name="spoken-form-export"),
    path("bang-doc/<int:pk>/bo/", spoken_forms.spoken_form_remove, name="spoken-form-remove"),
]
