import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from dinhlang.org.create_together import CreateTogether


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('org', '0001_squashed_0010_signature_pictures'),
        ('work', '0001_squashed_0010_sums_in_one_row'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether([
            migrations.CreateModel(
                name='Decision',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(max_length=60, verbose_name='số, ký hiệu')),
                    ('signed_on', models.DateField(blank=True, null=True, verbose_name='ngày ký')),
                    ('issuer', models.CharField(blank=True, max_length=200, verbose_name='cơ quan ban hành')),
                    ('subject', models.CharField(blank=True, max_length=1000, verbose_name='trích yếu')),
                    ('blob_name', models.CharField(blank=True, max_length=255, verbose_name='tên tệp')),
                    ('added_at', models.DateTimeField(verbose_name='thêm lúc')),
                    ('blob', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='work.blob', verbose_name='tệp')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit', verbose_name='đơn vị')),
                ],
                options={
                    'verbose_name': 'quyết định công bố',
                    'verbose_name_plural': 'quyết định công bố',
                    'ordering': [models.OrderBy(models.F('signed_on'), descending=True, nulls_last=True), '-pk'],
                    'constraints': [models.UniqueConstraint(fields=('unit', 'number', 'signed_on'), name='decision_once'), models.UniqueConstraint(condition=models.Q(('signed_on', None)), fields=('unit', 'number'), name='decision_without_a_day_once')],
                },
            ),
            migrations.CreateModel(
                name='Intake',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=255, verbose_name='tên tệp')),
                    ('report', models.JSONField(default=dict, verbose_name='kết quả')),
                    ('at', models.DateTimeField(verbose_name='lúc')),
                    ('blob', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='work.blob', verbose_name='tệp')),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người nhập')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit', verbose_name='đơn vị')),
                ],
                options={
                    'verbose_name': 'lần nhập thủ tục',
                    'verbose_name_plural': 'lần nhập thủ tục',
                    'ordering': ['-id'],
                },
            ),
            migrations.CreateModel(
                name='Place',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=150, verbose_name='tên nơi niêm yết')),
                    ('channel', models.CharField(choices=[('board', 'bảng niêm yết'), ('kiosk', 'máy tra cứu'), ('portal', 'trang thông tin điện tử')], max_length=6, verbose_name='hình thức')),
                    ('is_open', models.BooleanField(default=True, verbose_name='đang dùng')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posting_places', to='org.unit', verbose_name='đơn vị')),
                ],
                options={
                    'verbose_name': 'nơi niêm yết',
                    'verbose_name_plural': 'nơi niêm yết',
                    'ordering': ['unit', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('unit', 'name'), name='place_named_once')],
                },
            ),
            migrations.CreateModel(
                name='Procedure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=8, verbose_name='mã thủ tục')),
                    ('added_at', models.DateTimeField(verbose_name='thêm lúc')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='procedures', to='org.unit', verbose_name='đơn vị')),
                ],
                options={
                    'verbose_name': 'thủ tục hành chính',
                    'verbose_name_plural': 'thủ tục hành chính',
                    'ordering': ['code'],
                    'constraints': [models.UniqueConstraint(fields=('unit', 'code'), name='procedure_code_once')],
                },
            ),
            migrations.CreateModel(
                name='Version',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField(verbose_name='bản')),
                    ('starts_on', models.DateField(blank=True, null=True, verbose_name='từ ngày')),
                    ('ends_on', models.DateField(blank=True, null=True, verbose_name='đến trước ngày')),
                    ('name', models.CharField(max_length=2000, verbose_name='tên')),
                    ('field', models.CharField(blank=True, max_length=250, verbose_name='lĩnh vực')),
                    ('levels', models.CharField(blank=True, max_length=60, verbose_name='cấp thực hiện')),
                    ('online', models.CharField(blank=True, choices=[('', 'không trực tuyến'), ('some', 'trực tuyến'), ('part', 'trực tuyến một phần'), ('full', 'trực tuyến toàn trình')], max_length=4, verbose_name='trực tuyến')),
                    ('sheet', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='nội dung')),
                    ('folded', models.TextField(editable=False)),
                    ('added_at', models.DateTimeField(verbose_name='thêm lúc')),
                    ('intake', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='procedures.intake')),
                    ('procedure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='procedures.procedure', verbose_name='thủ tục')),
                ],
                options={
                    'verbose_name': 'bản của thủ tục',
                    'verbose_name_plural': 'các bản của thủ tục',
                    'ordering': ['procedure', 'number'],
                    'indexes': [models.Index(fields=['field', 'starts_on'], name='version_field_day')],
                    'constraints': [models.UniqueConstraint(fields=('procedure', 'number'), name='version_number_once'), models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('procedure',), name='version_one_without_an_end'), models.CheckConstraint(condition=models.Q(('starts_on', None), ('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='version_days_in_order')],
                },
            ),
            migrations.CreateModel(
                name='Posting',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('posted_on', models.DateField(verbose_name='niêm yết ngày')),
                    ('posted_at', models.DateTimeField(verbose_name='ghi lúc')),
                    ('taken_down_on', models.DateField(blank=True, null=True, verbose_name='gỡ ngày')),
                    ('line', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='work.activity', verbose_name='dòng sổ')),
                    ('photo_down', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='work.blob', verbose_name='ảnh sau khi gỡ')),
                    ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='procedures.place', verbose_name='nơi niêm yết')),
                    ('posted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người niêm yết')),
                    ('taken_down_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người gỡ')),
                    ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='procedures.version', verbose_name='bản')),
                ],
                options={
                    'verbose_name': 'lần niêm yết',
                    'verbose_name_plural': 'lần niêm yết',
                    'ordering': ['-posted_on', '-pk'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('taken_down_on', None)), fields=('place', 'version'), name='posting_hangs_once'), models.CheckConstraint(condition=models.Q(('taken_down_on', None), ('taken_down_on__gte', models.F('posted_on')), _connector='OR'), name='posting_days_in_order')],
                },
            ),
            migrations.CreateModel(
                name='Event',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('announce', 'mới ban hành'), ('amend', 'sửa đổi, bổ sung'), ('replace', 'thay thế'), ('abolish', 'bãi bỏ'), ('correct', 'đính chính')], max_length=8, verbose_name='nội dung')),
                    ('effective_on', models.DateField(verbose_name='hiệu lực từ')),
                    ('is_default_day', models.BooleanField(default=False, verbose_name='ngày hiệu lực tạm tính')),
                    ('source_act', models.CharField(blank=True, max_length=500, verbose_name='văn bản quy định')),
                    ('at', models.DateTimeField(verbose_name='ghi lúc')),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi')),
                    ('decision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='procedures.decision', verbose_name='quyết định')),
                    ('procedure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='procedures.procedure', verbose_name='thủ tục')),
                    ('replaced_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='procedures.procedure', verbose_name='thay bằng')),
                    ('version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='events', to='procedures.version')),
                ],
                options={
                    'verbose_name': 'việc công bố',
                    'verbose_name_plural': 'việc công bố',
                    'ordering': ['-effective_on', '-pk'],
                    'indexes': [models.Index(fields=['effective_on'], name='event_day')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('replaced_by', None), ('kind__in', ['replace', 'abolish']), _connector='OR'), name='event_replaced_by_only_when_it_ends')],
                },
            ),
        ]),
    ]
