"""Every table of this room as it stood on 2026-11-26 (ADR 0019), and an index of words.

Words of old documents are found from an index, of each database its own.

PostgreSQL has one on the array of words, which needs no extension and so no rights beyond those of the owner. SQLite
has a table of its full-text search (FTS5) that holds the index only and is kept up by triggers; it loses them when a
later migration rebuilds the table of texts, and a test notices.

Measured with 10 000 documents of 1 900 words, four words that nearly all of them have, the whole page on a busy machine:
PostgreSQL 495 ms instead of 5 037; SQLite 131 ms of processor time instead of 626. Part of it is that the figures are
counted for the rows of the page only.
"""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from dinhlang.org.create_together import CreateTogether
from dinhlang.org.older_migrations import replaced


ON_SQLITE = (
    """
    CREATE VIRTUAL TABLE archive_words USING fts5(
        folded, content='archive_archivedtext', content_rowid='document_id', tokenize='ascii', detail='none',
        columnsize=0
    )
    """,
    """
    CREATE TRIGGER archive_words_added AFTER INSERT ON archive_archivedtext BEGIN
        INSERT INTO archive_words(rowid, folded) VALUES (new.document_id, new.folded);
    END
    """,
    """
    CREATE TRIGGER archive_words_gone AFTER DELETE ON archive_archivedtext BEGIN
        INSERT INTO archive_words(archive_words, rowid, folded) VALUES ('delete', old.document_id, old.folded);
    END
    """,
    """
    CREATE TRIGGER archive_words_changed AFTER UPDATE ON archive_archivedtext BEGIN
        INSERT INTO archive_words(archive_words, rowid, folded) VALUES ('delete', old.document_id, old.folded);
        INSERT INTO archive_words(rowid, folded) VALUES (new.document_id, new.folded);
    END
    """,
)
ON_POSTGRESQL = "CREATE INDEX archive_words ON archive_archivedtext USING gin (string_to_array(folded, ' '))"


def make(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for statement in ON_SQLITE:
            schema_editor.execute(statement)
    else:
        schema_editor.execute(ON_POSTGRESQL)


def drop(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for trigger in ("added", "gone", "changed"):
            schema_editor.execute(f"DROP TRIGGER archive_words_{trigger}")
        schema_editor.execute("DROP TABLE archive_words")
    else:
        schema_editor.execute("DROP INDEX archive_words")


class Migration(migrations.Migration):

    replaces = replaced("archive")

    initial = True

    dependencies = [
        ('org', '0001_squashed_0010_signature_pictures'),
        ('work', '0001_squashed_0010_sums_in_one_row'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether([
            migrations.CreateModel(
                name='ArchivedDocument',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=255, verbose_name='tên tệp')),
                    ('kind', models.CharField(max_length=20, verbose_name='loại văn bản')),
                    ('subject', models.CharField(blank=True, max_length=500, verbose_name='trích yếu')),
                    ('period', models.CharField(blank=True, max_length=10, verbose_name='kỳ')),
                    ('document', models.JSONField(default=dict, verbose_name='nội dung đã đọc')),
                    ('taken_at', models.DateTimeField(verbose_name='đưa vào lúc')),
                    ('blob', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='work.blob', verbose_name='tệp gốc')),
                    ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người đưa vào')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='archived_documents', to='org.unit', verbose_name='đơn vị')),
                    ('confirmed_at', models.DateTimeField(null=True, verbose_name='xác nhận lúc')),
                    ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người xác nhận')),
                ],
                options={
                    'verbose_name': 'văn bản lưu',
                    'verbose_name_plural': 'văn bản lưu',
                    'ordering': ['unit', '-period'],
                    'constraints': [models.UniqueConstraint(fields=('unit', 'blob'), name='archived_once')],
                },
            ),
            migrations.CreateModel(
                name='BackfilledFact',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('period', models.CharField(blank=True, max_length=10, verbose_name='kỳ')),
                    ('concept', models.CharField(blank=True, max_length=40, verbose_name='chỉ tiêu')),
                    ('value', models.DecimalField(decimal_places=4, max_digits=20, verbose_name='giá trị')),
                    ('measure', models.CharField(blank=True, max_length=60, verbose_name='đơn vị tính')),
                    ('subject', models.CharField(blank=True, max_length=500, verbose_name='nội dung')),
                    ('exactness', models.CharField(blank=True, choices=[('', 'đúng'), ('hơn', 'hơn'), ('trên', 'trên'), ('gần', 'gần'), ('khoảng', 'khoảng'), ('ít nhất', 'ít nhất')], max_length=10, verbose_name='độ chính xác')),
                    ('quote', models.CharField(max_length=500, verbose_name='nguyên văn')),
                    ('line', models.PositiveIntegerField(null=True, verbose_name='dòng')),
                    ('doubts', models.JSONField(default=list, verbose_name='điểm cần lưu ý')),
                    ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='facts', to='archive.archiveddocument', verbose_name='văn bản')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='backfilled_facts', to='org.unit', verbose_name='đơn vị')),
                ],
                options={
                    'verbose_name': 'số liệu từ văn bản cũ',
                    'verbose_name_plural': 'số liệu từ văn bản cũ',
                    'ordering': ['document', 'line'],
                },
            ),
            migrations.CreateModel(
                name='ArchivedText',
                fields=[
                    ('document', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='text', serialize=False, to='archive.archiveddocument', verbose_name='văn bản')),
                    ('text', models.TextField(verbose_name='nội dung')),
                    ('folded', models.TextField(editable=False, verbose_name='nội dung không dấu')),
                    ('signature', models.BinaryField(default=b'', max_length=256, verbose_name='dấu nhận dạng')),
                ],
                options={
                    'verbose_name': 'nội dung văn bản lưu',
                    'verbose_name_plural': 'nội dung văn bản lưu',
                },
            ),
            migrations.CreateModel(
                name='Intake',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('is_unit_given', models.BooleanField(default=False, verbose_name='đơn vị do người chọn')),
                    ('name', models.CharField(max_length=255, verbose_name='tên tệp')),
                    ('origin', models.CharField(choices=[('web', 'tải lên'), ('folder', 'thư mục theo dõi'), ('check', 'trang kiểm tra'), ('command', 'dòng lệnh')], max_length=10, verbose_name='đến từ')),
                    ('watched', models.CharField(blank=True, max_length=500, verbose_name='chỗ trong thư mục theo dõi')),
                    ('step', models.CharField(choices=[('received', 'đã nhận'), ('reading', 'đang đọc'), ('recognising', 'nhận dạng ảnh'), ('restoring', 'phục hồi'), ('comparing', 'kiểm tra trùng'), ('waiting', 'chờ xác nhận'), ('archived', 'đã vào kho'), ('refused', 'bị từ chối')], default='received', max_length=12, verbose_name='bước')),
                    ('history', models.JSONField(default=list, verbose_name='các bước đã qua')),
                    ('reason', models.CharField(blank=True, max_length=500, verbose_name='lý do')),
                    ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='số lần đọc')),
                    ('text', models.TextField(blank=True, verbose_name='nội dung')),
                    ('document', models.JSONField(null=True, verbose_name='nội dung đã đọc')),
                    ('proposal', models.JSONField(null=True, verbose_name='giá trị đề xuất')),
                    ('signature', models.BinaryField(default=b'', max_length=256, verbose_name='dấu nhận dạng')),
                    ('likeness', models.FloatField(null=True, verbose_name='độ giống')),
                    ('is_kept_beside', models.BooleanField(default=False, verbose_name='giữ cả hai')),
                    ('received_at', models.DateTimeField(verbose_name='nhận lúc')),
                    ('changed_at', models.DateTimeField(verbose_name='thay đổi lúc')),
                    ('archived', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='intake', to='archive.archiveddocument', verbose_name='văn bản lưu')),
                    ('blob', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='work.blob', verbose_name='tệp gốc')),
                    ('near', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='archive.archiveddocument', verbose_name='văn bản gần giống')),
                    ('received_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người đưa vào')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit', verbose_name='đơn vị')),
                    ('leaves', models.JSONField(null=True, verbose_name='các trang')),
                    ('pages', models.PositiveIntegerField(null=True, verbose_name='số trang')),
                    ('pages_read', models.PositiveIntegerField(null=True, verbose_name='số trang đã đọc')),
                ],
                options={
                    'verbose_name': 'văn bản chờ vào kho',
                    'verbose_name_plural': 'văn bản chờ vào kho',
                    'ordering': ['-received_at', '-pk'],
                    'indexes': [models.Index(fields=['unit', 'step'], name='intake_by_step')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('archived__isnull', False), ('step', 'archived')), models.Q(models.Q(('step', 'archived'), _negated=True), ('archived__isnull', True)), _connector='OR'), name='intake_archived_with_its_document'), models.CheckConstraint(condition=models.Q(models.Q(('step', 'refused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='intake_refused_with_a_reason')],
                },
            ),
        ]),
        migrations.RunPython(make, drop),
    ]
