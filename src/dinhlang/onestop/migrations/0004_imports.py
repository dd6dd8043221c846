"""Files of the province's system: runs, what they found, how their columns are understood."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from dinhlang.org.create_together import CreateTogether


class Migration(migrations.Migration):

    dependencies = [
        ('onestop', '0003_ended'),
        ('org', '0011_retention'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='dossier',
            name='told_on',
            field=models.DateField(blank=True, null=True, verbose_name='hệ thống của tỉnh ghi như thế đến ngày'),
        ),
        migrations.AlterField(
            model_name='dossierstep',
            name='deed',
            field=models.CharField(choices=[('present', 'ghi hồ sơ mới nộp'), ('receive', 'tiếp nhận'), ('ask-papers', 'yêu cầu bổ sung'), ('take-papers', 'nhận giấy tờ bổ sung'), ('refuse', 'từ chối tiếp nhận'), ('hand-over', 'giao hồ sơ'), ('pause', 'tạm dừng'), ('resume', 'giải quyết tiếp'), ('apologise', 'xin lỗi và hẹn lại'), ('resolve', 'ghi có kết quả'), ('stop', 'dừng giải quyết'), ('withdraw', 'ghi người nộp rút hồ sơ'), ('set-fee', 'ghi mức thu'), ('pay', 'thu phí, lệ phí'), ('waive', 'miễn thu'), ('refund', 'hoàn trả tiền'), ('send', 'gửi kết quả'), ('come-back', 'ghi kết quả bị gửi trả lại'), ('give', 'trả kết quả'), ('correct', 'sửa thông tin người nộp'), ('import', 'ghi theo hệ thống của tỉnh'), ('reverse', 'rút lại bước ghi nhầm')], max_length=12, verbose_name='việc'),
        ),
        CreateTogether(
            models=[
                migrations.CreateModel(
                    name='ImportRun',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.UUIDField(unique=True, verbose_name='khóa của lần nhập')),
                        ('name', models.CharField(max_length=255, verbose_name='tên tệp')),
                        ('sha256', models.CharField(max_length=64, verbose_name='dấu của tệp')),
                        ('kept_as', models.CharField(blank=True, max_length=64, verbose_name='tên trên đĩa')),
                        ('state', models.CharField(choices=[('received', 'Đang đọc tệp'), ('asking', 'Chờ xác nhận cột'), ('comparing', 'Đang đối chiếu'), ('shown', 'Chờ xác nhận nhập'), ('writing', 'Đang ghi vào sổ'), ('done', 'Đã nhập'), ('undoing', 'Đang hoàn tác'), ('undone', 'Đã hoàn tác'), ('dropped', 'Đã bỏ'), ('refused', 'Không đọc được')], default='received', max_length=9, verbose_name='trạng thái')),
                        ('as_of', models.DateField(verbose_name='số liệu đến ngày')),
                        ('sheet', models.CharField(blank=True, max_length=100, verbose_name='trang tính')),
                        ('fingerprint', models.CharField(blank=True, max_length=64, verbose_name='dấu của các tiêu đề')),
                        ('meanings', models.JSONField(default=dict, verbose_name='các cột')),
                        ('orders', models.JSONField(default=dict, verbose_name='thứ tự ngày, tháng')),
                        ('states', models.JSONField(default=dict, verbose_name='các trạng thái')),
                        ('found', models.JSONField(default=dict, verbose_name='đã nhận ra')),
                        ('counts', models.JSONField(default=dict, verbose_name='số dòng')),
                        ('before', models.JSONField(default=dict, verbose_name='sổ trước khi nhập')),
                        ('after', models.JSONField(default=dict, verbose_name='sổ sau khi nhập')),
                        ('done', models.PositiveIntegerField(default=0, verbose_name='dòng đã làm')),
                        ('total', models.PositiveIntegerField(default=0, verbose_name='số dòng')),
                        ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='số lần thử')),
                        ('told', models.TextField(blank=True, verbose_name='lý do')),
                        ('received_at', models.DateTimeField(verbose_name='nhận tệp lúc')),
                        ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='xác nhận lúc')),
                        ('moved_at', models.DateTimeField(verbose_name='cập nhật lúc')),
                        ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người xác nhận')),
                        ('received_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người đưa tệp')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dossier_imports', to='org.unit', verbose_name='đơn vị')),
                    ],
                    options={
                        'verbose_name': 'lần nhập tệp của tỉnh',
                        'verbose_name_plural': 'các lần nhập tệp của tỉnh',
                        'ordering': ['-received_at', '-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Finding',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('contradicts', 'Trái với sổ ghi tay'), ('twice', 'Hai dòng trái nhau trong tệp'), ('unread', 'Dòng không đọc được'), ('missing', 'Đang giải quyết trong sổ, không có trong tệp'), ('due', 'Ngày hẹn khác nhau')], max_length=11, verbose_name='loại')),
                        ('row', models.PositiveIntegerField(blank=True, null=True, verbose_name='dòng')),
                        ('code', models.CharField(blank=True, max_length=40, verbose_name='mã hồ sơ')),
                        ('code_key', models.CharField(blank=True, editable=False, max_length=40)),
                        ('told', models.JSONField(default=dict, verbose_name='hệ thống ghi')),
                        ('why', models.CharField(max_length=600, verbose_name='vì sao')),
                        ('decision', models.CharField(blank=True, choices=[('', 'Chưa quyết'), ('ours', 'Giữ theo sổ'), ('file', 'Lấy theo tệp')], max_length=4, verbose_name='quyết định')),
                        ('dossier', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='onestop.dossier', verbose_name='hồ sơ')),
                        ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='onestop.importrun', verbose_name='lần nhập')),
                    ],
                    options={
                        'verbose_name': 'điều cần xem của lần nhập',
                        'verbose_name_plural': 'điều cần xem của lần nhập',
                        'ordering': ['run', 'kind', 'row', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='ImportLayout',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('fingerprint', models.CharField(max_length=64, verbose_name='dấu của các tiêu đề')),
                        ('meanings', models.JSONField(default=dict, verbose_name='các cột')),
                        ('orders', models.JSONField(default=dict, verbose_name='thứ tự ngày, tháng')),
                        ('states', models.JSONField(default=dict, verbose_name='các trạng thái')),
                        ('saved_at', models.DateTimeField(verbose_name='lưu lúc')),
                        ('saved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người lưu')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit', verbose_name='đơn vị')),
                    ],
                    options={
                        'verbose_name': 'cách hiểu tệp của tỉnh',
                        'verbose_name_plural': 'cách hiểu tệp của tỉnh',
                        'constraints': [models.UniqueConstraint(fields=('unit', 'fingerprint'), name='import_layout_once')],
                    },
                ),
            ],
        ),
        migrations.AddIndex(
            model_name='importrun',
            index=models.Index(fields=['unit', '-received_at'], name='import_run_unit'),
        ),
        migrations.AddIndex(
            model_name='finding',
            index=models.Index(fields=['run', 'kind'], name='finding_run_kind'),
        ),
        migrations.AddIndex(
            model_name='finding',
            index=models.Index(fields=['code_key', 'decision'], name='finding_code_decision'),
        ),
    ]
