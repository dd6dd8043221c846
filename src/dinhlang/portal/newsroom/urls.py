"""Pages of the newsroom, under the desk."""

from django.urls import path

from dinhlang.portal.newsroom import views

app_name = "newsroom"
urlpatterns = [
    path("", views.item_list, name="list"),
    path("xuat/<slug:form>/", views.item_export, name="export"),
    path("cho-toi/", views.board, name="board"),
    path("cho-toi/thu-nhac/", views.digest, name="digest"),
    path("thong-ke/", views.statistics, name="statistics"),
    path("thong-ke/xuat/<slug:form>/", views.statistics_export, name="statistics-export"),
    path("nhap/", views.import_page, name="import"),
    path("nhap/anh/", views.old_pictures, name="old-pictures"),
    path("nhap/anh/<int:pk>/", views.old_picture_file, name="old-picture"),
    path("moi/", views.new, name="new"),
    path("moi/tu-thu-tuc/", views.begin, name="begin"),
    path("xem-truoc/", views.preview, name="preview"),
    path("dan/", views.paste, name="paste"),
    path("<int:pk>/", views.item, name="item"),
    path("<int:pk>/soan/", views.edit, name="edit"),
    path("<int:pk>/soan/luu/", views.autosave, name="autosave"),
    path("<int:pk>/buoc/<slug:name>/", views.deed, name="deed"),
    path("<int:pk>/nghe-lai/", views.sound_again, name="sound-again"),
    path("kenh/", views.spread, name="spread"),
    path("kenh/xuat/<slug:form>/", views.spread_export, name="spread-export"),
    path("<int:pk>/kenh/", views.send, name="send"),
    path("<int:pk>/phat-thanh/", views.bulletin_make, name="bulletin"),
    path("<int:pk>/an-pham/", views.print_make, name="print"),
    path("<int:pk>/giao/", views.assign, name="assign"),
    path("<int:pk>/cho-dung/", views.classify, name="classify"),
    path("<int:pk>/lich-su/", views.history, name="history"),
    path("<int:pk>/anh/", views.picture_add, name="picture-add"),
    path("anh/<int:pk>/", views.picture_file, name="picture"),
    path("anh/<int:pk>/sua/", views.picture_change, name="picture-change"),
    path("anh/<int:pk>/bo/", views.picture_remove, name="picture-remove"),
    path("<int:pk>/van-ban/", views.document_add, name="document-add"),
    path("van-ban/<int:pk>/bo/", views.document_remove, name="document-remove"),
    path("<int:pk>/am-thanh/", views.recording_set, name="recording"),
    path("<int:pk>/duong-dan/", views.link_make, name="link-make"),
    path("duong-dan/<int:pk>/thu-hoi/", views.link_revoke, name="link-revoke"),
]
