"""Every table of this room as it stood on 2026-11-26 (ADR 0019), and an index to search lines on SQLite.

There a search reads the words of a unit's lines from the index, in the order of the list. Measured with 50 000 lines in
one unit: 12 ms instead of 99, which go into fetching each row from its place. On PostgreSQL an entry of an index may
not be as long as a note, and reading the table in order is quick enough. SQLite loses this index when a later migration
rebuilds the table; a test notices.
"""

import uuid
from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from dinhlang.org.create_together import CreateTogether
from dinhlang.org.ledger_triggers import append_only
from dinhlang.org.older_migrations import replaced


def make(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            "CREATE INDEX activity_search ON work_activity (unit_id, happened_on DESC, id DESC, kind, folded)"
        )


def drop(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP INDEX activity_search")


class Migration(migrations.Migration):

    replaces = replaced("work")

    initial = True

    dependencies = [
        ('org', '0001_squashed_0010_signature_pictures'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether([
            migrations.CreateModel(
                name='Blob',
                fields=[
                    ('sha256', models.CharField(max_length=64, primary_key=True, serialize=False)),
                    ('size', models.PositiveBigIntegerField(verbose_name='kích thước (byte)')),
                    ('media_type', models.CharField(max_length=120, verbose_name='kiểu tệp')),
                    ('stored_at', models.DateTimeField(verbose_name='lưu lúc')),
                ],
                options={
                    'verbose_name': 'tệp',
                    'verbose_name_plural': 'tệp',
                },
            ),
            migrations.CreateModel(
                name='Import',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=255, verbose_name='tên tệp')),
                    ('rows', models.PositiveIntegerField(verbose_name='số dòng')),
                    ('at', models.DateTimeField(verbose_name='lúc')),
                    ('blob', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='work.blob', verbose_name='tệp')),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người nhập')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit', verbose_name='đơn vị')),
                    ('is_undone', models.BooleanField(default=False, verbose_name='đã hoàn tác')),
                    ('batch', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='taken_in', to='work.batch')),
                ],
                options={
                    'verbose_name': 'lần nhập tệp',
                    'verbose_name_plural': 'lần nhập tệp',
                    'ordering': ['-id'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('is_undone', False)), fields=('unit', 'blob'), name='import_once_unless_undone')],
                },
            ),
            migrations.CreateModel(
                name='Activity',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uid', models.UUIDField(default=uuid.uuid4, unique=True, verbose_name='mã')),
                    ('kind', models.CharField(choices=[('radio', 'Đài truyền thanh cấp xã'), ('board', 'Bảng tin công cộng'), ('bulletin', 'Bản tin thông tin cơ sở'), ('leaflet', 'Tài liệu không kinh doanh'), ('speaker', 'Tuyên truyền viên trực tiếp'), ('website', 'Cổng, trang thông tin điện tử'), ('social', 'Mạng xã hội, ứng dụng nhắn tin'), ('message', 'Tin nhắn viễn thông'), ('meeting', 'Hội nghị, cuộc họp'), ('guidance', 'Hướng dẫn tại nơi tiếp nhận hồ sơ'), ('training', 'Tập huấn, bồi dưỡng'), ('contest', 'Cuộc thi tìm hiểu'), ('posting', 'Niêm yết thủ tục hành chính'), ('onestop', 'Kết quả tiếp nhận, giải quyết hồ sơ')], max_length=12, verbose_name='loại hoạt động')),
                    ('happened_on', models.DateField(verbose_name='ngày thực hiện')),
                    ('title', models.CharField(max_length=500, verbose_name='nội dung')),
                    ('reform_field', models.CharField(blank=True, choices=[('the-che', 'Cải cách thể chế'), ('thu-tuc', 'Cải cách thủ tục hành chính'), ('bo-may', 'Cải cách tổ chức bộ máy'), ('cong-vu', 'Cải cách chế độ công vụ'), ('tai-chinh-cong', 'Cải cách tài chính công'), ('chinh-quyen-so', 'Xây dựng, phát triển chính quyền số'), ('chi-dao', 'Chỉ đạo, điều hành')], max_length=20, verbose_name='lĩnh vực CCHC')),
                    ('basis', models.CharField(choices=[('su-kien', 'Ghi từng lần'), ('so', 'Theo sổ'), ('he-thong', 'Hệ thống tự đếm'), ('uoc-tinh', 'Ước tính')], default='su-kien', max_length=12, verbose_name='căn cứ đếm')),
                    ('note', models.TextField(blank=True, verbose_name='ghi chú')),
                    ('folded', models.TextField(editable=False)),
                    ('recorded_at', models.DateTimeField(verbose_name='ghi lúc')),
                    ('line_hash', models.CharField(editable=False, max_length=64)),
                    ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='org.unit', verbose_name='đơn vị')),
                    ('imported_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='work.import')),
                    ('task', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='work.task', verbose_name='nhiệm vụ')),
                    ('instead_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='successors', to='work.activity', verbose_name='thay cho dòng')),
                    ('batch', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='written', to='work.batch')),
                ],
                options={
                    'verbose_name': 'hoạt động',
                    'verbose_name_plural': 'sổ theo dõi',
                    'ordering': ['-happened_on', '-id'],
                    'indexes': [models.Index(fields=['unit', 'happened_on', 'kind', 'reform_field'], name='activity_unit_day'), models.Index(fields=['task', 'happened_on'], name='activity_task_day')],
                },
            ),
            migrations.CreateModel(
                name='Measure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('concept', models.CharField(max_length=40, verbose_name='chỉ tiêu')),
                    ('value', models.PositiveBigIntegerField(verbose_name='số lượng')),
                    ('exactness', models.CharField(blank=True, choices=[('', 'đúng'), ('hơn', 'hơn'), ('trên', 'trên'), ('gần', 'gần'), ('khoảng', 'khoảng'), ('ít nhất', 'ít nhất')], max_length=10, verbose_name='độ chính xác')),
                    ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='work.activity')),
                ],
                options={
                    'ordering': ['activity', 'concept'],
                    'constraints': [models.UniqueConstraint(fields=('activity', 'concept'), name='measure_once')],
                },
            ),
            migrations.CreateModel(
                name='Plan',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('year', models.PositiveSmallIntegerField(verbose_name='năm')),
                    ('programme', models.CharField(default='cchc-tuyen-truyen', max_length=40, verbose_name='chương trình')),
                    ('title', models.TextField(verbose_name='trích yếu')),
                    ('number', models.CharField(blank=True, max_length=20, verbose_name='số')),
                    ('symbol', models.CharField(blank=True, max_length=40, verbose_name='ký hiệu')),
                    ('issued_on', models.DateField(blank=True, null=True, verbose_name='ngày ban hành')),
                    ('source_name', models.CharField(blank=True, max_length=255, verbose_name='tên tệp gốc')),
                    ('document', models.JSONField(default=dict, verbose_name='nội dung đã đọc')),
                    ('created_at', models.DateTimeField(verbose_name='tạo lúc')),
                    ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người tạo')),
                    ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='work.blob', verbose_name='tệp gốc')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='org.unit', verbose_name='đơn vị')),
                    ('bases', models.JSONField(blank=True, default=list, verbose_name='căn cứ')),
                    ('rolled_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='rolled_to', to='work.plan', verbose_name='lập từ kế hoạch')),
                    ('version', models.PositiveIntegerField(default=1, verbose_name='lần sửa')),
                ],
                options={
                    'verbose_name': 'kế hoạch',
                    'verbose_name_plural': 'kế hoạch',
                    'ordering': ['-year', 'unit'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('source__isnull', False)), fields=('unit', 'source'), name='plan_source_once')],
                },
            ),
            migrations.CreateModel(
                name='Assignment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('position', models.PositiveSmallIntegerField(verbose_name='thứ tự')),
                    ('unit_text', models.TextField(verbose_name='đơn vị được giao')),
                    ('duty', models.TextField(verbose_name='nội dung giao')),
                    ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='work.plan', verbose_name='kế hoạch')),
                ],
                options={
                    'verbose_name': 'phân công',
                    'verbose_name_plural': 'phân công',
                    'ordering': ['plan', 'position'],
                },
            ),
            migrations.CreateModel(
                name='Reversal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reason', models.CharField(max_length=500, verbose_name='lý do')),
                    ('at', models.DateTimeField(verbose_name='lúc')),
                    ('activity', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reversal', to='work.activity', verbose_name='hoạt động')),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người hủy')),
                    ('batch', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversals', to='work.batch')),
                ],
                options={
                    'verbose_name': 'hủy ghi',
                    'verbose_name_plural': 'hủy ghi',
                    'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='reversal_has_a_reason')],
                },
            ),
            migrations.CreateModel(
                name='Task',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('position', models.PositiveSmallIntegerField(verbose_name='thứ tự')),
                    ('ordinal', models.CharField(blank=True, max_length=10, verbose_name='STT')),
                    ('text', models.TextField(verbose_name='nhiệm vụ')),
                    ('product', models.TextField(blank=True, verbose_name='sản phẩm, kết quả')),
                    ('lead', models.TextField(blank=True, verbose_name='cơ quan chủ trì')),
                    ('cooperating', models.TextField(blank=True, verbose_name='cơ quan phối hợp')),
                    ('schedule_text', models.TextField(blank=True, verbose_name='thời gian thực hiện')),
                    ('schedule', models.JSONField(default=dict, verbose_name='thời gian đã đọc')),
                    ('watch_months', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='nhịp theo dõi (tháng)')),
                    ('expected_kinds', models.JSONField(blank=True, default=list, verbose_name='loại hoạt động mong đợi')),
                    ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='work.plan', verbose_name='kế hoạch')),
                ],
                options={
                    'verbose_name': 'nhiệm vụ',
                    'verbose_name_plural': 'nhiệm vụ',
                    'ordering': ['plan', 'position'],
                    'constraints': [models.UniqueConstraint(fields=('plan', 'position'), name='task_position_once')],
                },
            ),
            migrations.CreateModel(
                name='Occurrence',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField(verbose_name='kỳ')),
                    ('starts_on', models.DateField(verbose_name='từ ngày')),
                    ('ends_on', models.DateField(verbose_name='đến ngày')),
                    ('due_on', models.DateField(verbose_name='hạn')),
                    ('needed', models.PositiveSmallIntegerField(default=1, verbose_name='số lần')),
                    ('is_watch', models.BooleanField(default=False, verbose_name='nhịp theo dõi, không phải hạn')),
                    ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='occurrences', to='work.task', verbose_name='nhiệm vụ')),
                ],
                options={
                    'verbose_name': 'kỳ thực hiện',
                    'verbose_name_plural': 'kỳ thực hiện',
                    'ordering': ['task', 'number'],
                    'constraints': [models.UniqueConstraint(fields=('task', 'number'), name='occurrence_once')],
                },
            ),
            migrations.CreateModel(
                name='DailyFact',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('concept', models.CharField(max_length=40)),
                    ('day', models.DateField()),
                    ('total', models.BigIntegerField()),
                    ('lines', models.PositiveIntegerField()),
                    ('inexact_lines', models.PositiveIntegerField(default=0)),
                    ('unevidenced_lines', models.PositiveIntegerField(default=0)),
                    ('digest', models.CharField(max_length=64)),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('unit', 'concept', 'day'), name='daily_fact_once')],
                },
            ),
            migrations.CreateModel(
                name='Evidence',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('file', 'tệp'), ('photo', 'ảnh'), ('link', 'đường dẫn')], max_length=6, verbose_name='loại')),
                    ('url', models.URLField(blank=True, max_length=1000, verbose_name='đường dẫn')),
                    ('caption', models.CharField(blank=True, max_length=300, verbose_name='chú thích')),
                    ('added_at', models.DateTimeField(verbose_name='thêm lúc')),
                    ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='work.activity', verbose_name='hoạt động')),
                    ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('blob', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='work.blob', verbose_name='tệp')),
                    ('batch', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='work.batch')),
                ],
                options={
                    'verbose_name': 'minh chứng',
                    'verbose_name_plural': 'minh chứng',
                    'ordering': ['id'],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('blob', None), ('kind', 'link'), models.Q(('url', ''), _negated=True)), models.Q(('blob__isnull', False), ('kind__in', ['file', 'photo']), ('url', '')), _connector='OR'), name='evidence_is_a_file_or_a_link')],
                },
            ),
            migrations.CreateModel(
                name='CalendarFeed',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('only_own', models.BooleanField(default=False, verbose_name='chỉ việc tôi chủ trì')),
                    ('name', models.CharField(editable=False, max_length=32, unique=True)),
                    ('key', models.CharField(editable=False, max_length=64)),
                    ('created_at', models.DateTimeField()),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_feeds', to=settings.AUTH_USER_MODEL)),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='org.unit')),
                ],
                options={
                    'verbose_name': 'địa chỉ lịch',
                    'verbose_name_plural': 'địa chỉ lịch',
                    'ordering': ['person', 'unit', 'only_own'],
                    'constraints': [models.UniqueConstraint(fields=('person', 'unit', 'only_own'), name='calendar_feed_once')],
                },
            ),
            migrations.CreateModel(
                name='PlanDraft',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('origin', models.CharField(choices=[('document', 'đọc từ văn bản'), ('rollover', 'lập từ kế hoạch năm trước')], max_length=10)),
                    ('source_name', models.CharField(blank=True, max_length=255)),
                    ('source_text', models.TextField()),
                    ('document', models.JSONField(default=dict)),
                    ('proposal', models.JSONField(default=dict)),
                    ('created_at', models.DateTimeField()),
                    ('changed_at', models.DateTimeField()),
                    ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('rolled_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='work.plan')),
                    ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='work.blob')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plan_drafts', to='org.unit')),
                ],
                options={
                    'verbose_name': 'bản đề xuất kế hoạch',
                    'verbose_name_plural': 'bản đề xuất kế hoạch',
                    'ordering': ['-changed_at'],
                    'indexes': [models.Index(fields=['changed_at'], name='plan_draft_age')],
                },
            ),
            migrations.CreateModel(
                name='Batch',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('deed', models.CharField(choices=[('reverse', 'Hủy ghi'), ('amend', 'Sửa phân loại'), ('evidence', 'Thêm minh chứng'), ('import', 'Nhập tệp'), ('undo', 'Hoàn tác')], max_length=10, verbose_name='việc')),
                    ('note', models.CharField(blank=True, max_length=500, verbose_name='lý do')),
                    ('lines', models.PositiveIntegerField(verbose_name='số dòng')),
                    ('at', models.DateTimeField(verbose_name='lúc')),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người làm')),
                    ('undoes', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undone_by', to='work.batch')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit', verbose_name='đơn vị')),
                ],
                options={
                    'verbose_name': 'thao tác hàng loạt',
                    'verbose_name_plural': 'thao tác hàng loạt',
                    'ordering': ['-id'],
                },
            ),
            migrations.CreateModel(
                name='KeptBoth',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(verbose_name='lúc')),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người xác nhận')),
                    ('first', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='work.activity')),
                    ('second', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='work.activity')),
                ],
                options={
                    'verbose_name': 'cặp dòng giữ cả hai',
                    'verbose_name_plural': 'cặp dòng giữ cả hai',
                    'constraints': [models.UniqueConstraint(fields=('first', 'second'), name='kept_both_once'), models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='kept_both_in_order')],
                },
            ),
            migrations.CreateModel(
                name='Picture',
                fields=[
                    ('blob', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='picture', serialize=False, to='work.blob', verbose_name='ảnh')),
                    ('width', models.PositiveIntegerField(verbose_name='rộng')),
                    ('height', models.PositiveIntegerField(verbose_name='cao')),
                    ('fingerprint', models.CharField(blank=True, max_length=16, verbose_name='dấu nhận dạng')),
                    ('thumbnail', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='work.blob', verbose_name='ảnh thu nhỏ')),
                ],
                options={
                    'verbose_name': 'ảnh',
                    'verbose_name_plural': 'ảnh',
                },
            ),
            migrations.CreateModel(
                name='SumTurn',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('done_at', models.DateTimeField(null=True, verbose_name='cộng xong lúc')),
                ],
            ),
            migrations.CreateModel(
                name='SummedUnder',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('starts_on', models.DateField(null=True)),
                    ('ends_on', models.DateField(null=True)),
                    ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='org.unit')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='org.unit')),
                ],
            ),
            migrations.CreateModel(
                name='FoldChange',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('concept', models.CharField(max_length=40)),
                    ('day', models.DateField()),
                    ('total', models.BigIntegerField()),
                    ('lines', models.IntegerField()),
                    ('inexact_lines', models.IntegerField()),
                    ('unevidenced_lines', models.IntegerField()),
                    ('digest', models.CharField(max_length=64)),
                    ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit')),
                ],
                options={
                    'ordering': ['id'],
                    'indexes': [models.Index(fields=['unit', 'day'], name='fold_change_unit_day')],
                },
            ),
            migrations.CreateModel(
                name='PeriodSums',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('bucket', models.CharField(max_length=8)),
                    ('sums', models.BinaryField()),
                    ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('unit', 'bucket'), name='period_sums_once')],
                },
            ),
            migrations.CreateModel(
                name='SumsBelow',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('day', models.DateField()),
                    ('sums', models.BinaryField()),
                    ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('unit', 'day'), name='sums_below_once')],
                },
            ),
        ]),
        append_only("work_activity"),
        append_only("work_measure"),
        append_only("work_evidence"),
        append_only("work_reversal"),
        append_only("work_batch"),
        migrations.RunPython(make, drop),
    ]
