"""Pages about reports, under the desk."""

from django.urls import include, path, re_path

from dinhlang.reports import views
from dinhlang.reports.quality import score_views as scores
from dinhlang.reports.quality import views as quality

app_name = "reports"
urlpatterns = [
    path("", views.report_list, name="reports"),
    path("xuat/", views.report_export, name="export"),
    path("lap/", views.report_new, name="new"),
    path("phai-nop/", include("dinhlang.reports.duties.urls")),
    path("ca-ky/", include("dinhlang.reports.bundles.urls")),
    path("chi-so/", include("dinhlang.reports.index.urls")),
    path("chat-luong-phuc-vu/", quality.quality, name="quality"),
    path("chat-luong-phuc-vu/xuat/<slug:form>/", quality.export, name="quality-export"),
    path("chat-luong-phuc-vu/cong-bo/", scores.scores, name="quality-scores"),
    path("chat-luong-phuc-vu/cong-bo/ghi/", scores.score_new, name="quality-score-new"),
    path("chat-luong-phuc-vu/cong-bo/<int:pk>/huy/", scores.score_take_back, name="quality-score-take-back"),
    path("chat-luong-phuc-vu/cong-bo/xuat/<slug:form>/", scores.scores_export, name="quality-scores-export"),
    path("", include("dinhlang.reports.consolidation.urls")),
    path("", include("dinhlang.reports.submission.urls")),
    path("mo-hinh/", include("dinhlang.reports.practices.urls")),
    path("so-van-ban-di/", views.register, name="register"),
    path("so-van-ban-di/xuat/<slug:form>/", views.register_export, name="register-export"),
    path("de-cuong/<slug:unit_id>/", views.outline_edit, name="outline"),
    path("de-cuong/<slug:unit_id>/thu/", views.outline_try, name="outline-try"),
    path("cau-mau/<slug:unit_id>/", views.text_blocks, name="text-blocks"),
    path("cau-mau/<slug:unit_id>/<int:pk>/bo/", views.text_block_retire, name="text-block-retire"),
    path("<int:pk>/", views.report_detail, name="report"),
    path("<int:pk>/lap-lai/", views.report_redraft, name="redraft"),
    path("", include("dinhlang.reports.approval.urls")),
    path("<int:pk>/thay-the/", views.report_correct, name="correct"),
    path("<int:pk>/xem/", views.report_preview, name="preview"),
    path("<int:pk>/so-sanh/", views.report_comparison, name="comparison"),
    re_path(r"^(?P<pk>\d+)/tai/(?P<form>docx|pdf|json)/$", views.report_file, name="file"),
    path("<int:pk>/so-lieu/<slug:anchor>/", views.figure_detail, name="figure"),
    # Writing in a draft.
    path("<int:pk>/doan/<slug:key>/", views.piece, name="piece"),
    re_path(
        r"^(?P<pk>\d+)/doan/(?P<key>[-\w]+)/(?P<act>bo|dua-lai|de-cuong|giu|lay)/$",
        views.piece_act,
        name="piece-act",
    ),
    path("<int:pk>/them/", views.insert, name="insert"),
    path("<int:pk>/sua-nhanh/", views.mend, name="mend"),
    path("<int:pk>/bo-qua/", views.suppress, name="suppress"),
    path("<int:pk>/lich-su/", views.history, name="history"),
    path("<int:pk>/hien-dien/", views.presence, name="presence"),
]
