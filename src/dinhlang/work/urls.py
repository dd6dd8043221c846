"""Pages about plans and the ledger, under the desk."""

from django.urls import path

from dinhlang.work import views

app_name = "work"
urlpatterns = [
    path("ke-hoach/", views.plan_list, name="plans"),
    path("ke-hoach/nhap/", views.plan_import, name="plan-import"),
    path("ke-hoach/xuat/", views.plan_list_file, name="plans-file"),
    path("ke-hoach/moi/", views.plan_new, name="plan-new"),
    path("ke-hoach/doc-thoi-gian/", views.schedule_reading, name="schedule-reading"),
    path("ke-hoach/de-xuat/<int:pk>/", views.plan_draft, name="plan-draft"),
    path("ke-hoach/de-xuat/<int:pk>/o/", views.plan_draft_decide, name="plan-draft-decide"),
    path("ke-hoach/de-xuat/<int:pk>/bo/", views.plan_draft_discard, name="plan-draft-discard"),
    path("ke-hoach/<int:pk>/", views.plan_detail, name="plan"),
    path("ke-hoach/<int:pk>/bang/", views.plan_rows, name="plan-rows"),
    path("ke-hoach/<int:pk>/nam/", views.plan_year, name="plan-year"),
    path("ke-hoach/<int:pk>/lich-su/", views.plan_history, name="plan-history"),
    path("ke-hoach/<int:pk>/nam-sau/", views.plan_roll_over, name="plan-roll-over"),
    path("ke-hoach/<int:pk>/tai/<slug:form>/", views.plan_file, name="plan-file"),
    path("ke-hoach/<int:pk>/so-ngay/", views.plan_amend, name="plan-amend"),
    path("ke-hoach/<int:pk>/tep-goc/", views.plan_source, name="plan-source"),
    path("lich/", views.calendar_list, name="calendars"),
    path("lich/tao/", views.calendar_open, name="calendar-open"),
    path("lich/<int:pk>/", views.calendar_change, name="calendar-change"),
    path("so-theo-doi/", views.ledger, name="ledger"),
    path("so-theo-doi/xuat/", views.ledger_export, name="ledger-export"),
    path("so-theo-doi/ghi/", views.activity_kinds, name="kinds"),
    path("so-theo-doi/ghi/may.js", views.worker, name="record-worker"),
    path("so-theo-doi/ghi/ung-dung.json", views.manifest, name="record-manifest"),
    path("so-theo-doi/ghi/ngoai-tuyen/", views.offline_page, name="record-offline"),
    path("so-theo-doi/ghi/toi/", views.who_records, name="who-records"),
    path("so-theo-doi/ghi/<slug:kind>/", views.activity_record, name="record"),
    path("so-theo-doi/nhap/", views.activity_import, name="activity-import"),
    path("so-theo-doi/nhap/luu/", views.activity_import_confirm, name="activity-import-confirm"),
    path("so-theo-doi/nhieu-dong/", views.many_lines, name="many"),
    path("so-theo-doi/hang-loat/", views.batches, name="batches"),
    path("so-theo-doi/hang-loat/<int:pk>/hoan-tac/", views.batch_undo, name="batch-undo"),
    path("so-theo-doi/co-the-trung/", views.duplicates, name="duplicates"),
    path("so-theo-doi/co-the-trung/giu/", views.keep_both, name="keep-both"),
    path("so-theo-doi/<int:pk>/", views.activity_detail, name="activity"),
    path("so-theo-doi/<int:pk>/huy/", views.activity_reverse, name="reverse"),
    path("so-theo-doi/<int:pk>/hoan-tac/", views.activity_undo, name="undo"),
    path("so-theo-doi/<int:pk>/ghi-lai/", views.activity_again, name="record-again"),
    path("minh-chung/<int:pk>/", views.evidence_file, name="evidence"),
    path("minh-chung/<int:pk>/nho/", views.evidence_thumbnail, name="thumbnail"),
]
