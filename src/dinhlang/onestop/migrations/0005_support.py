"""The support log of the community digital team; the days that the ledger was told of it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from dinhlang.org.create_together import CreateTogether
from dinhlang.org.ledger_triggers import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('onestop', '0004_imports'),
        ('org', '0011_retention'),
        ('work', '0011_support_kind'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether(
            models=[
                migrations.CreateModel(
                    name='Support',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.UUIDField(verbose_name='khóa của biểu mẫu')),
                        ('day', models.DateField(verbose_name='ngày')),
                        ('people', models.PositiveSmallIntegerField(default=1, verbose_name='số lượt người')),
                        ('place', models.CharField(choices=[('house', 'Tại nhà dân'), ('hall', 'Nhà văn hóa thôn'), ('other', 'Nơi khác')], max_length=5, verbose_name='nơi hỗ trợ')),
                        ('matter', models.CharField(choices=[('vneid', 'Cài, kích hoạt VNeID mức 2'), ('sign-in', 'Đăng nhập Cổng Dịch vụ công quốc gia'), ('filing', 'Nộp hồ sơ trực tuyến'), ('payment', 'Thanh toán trực tuyến'), ('look-up', 'Tra cứu hồ sơ, đánh giá, góp ý'), ('signature', 'Chữ ký số cá nhân'), ('other', 'Việc khác trên mạng')], max_length=9, verbose_name='việc')),
                        ('procedure_code', models.CharField(blank=True, max_length=8, verbose_name='mã thủ tục')),
                        ('procedure_name', models.CharField(blank=True, max_length=2000, verbose_name='tên thủ tục')),
                        ('outcome', models.CharField(choices=[('done', 'Làm được'), ('again', 'Chưa xong, phải làm tiếp'), ('failed', 'Không làm được')], max_length=6, verbose_name='kết quả')),
                        ('minutes', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='số phút')),
                        ('age', models.CharField(blank=True, choices=[('-34', 'Dưới 35 tuổi'), ('35-59', '35 đến 59 tuổi'), ('60-', 'Từ 60 tuổi')], max_length=5, verbose_name='nhóm tuổi')),
                        ('sex', models.CharField(blank=True, choices=[('f', 'Nữ'), ('m', 'Nam')], max_length=1, verbose_name='giới tính')),
                        ('stuck', models.JSONField(blank=True, default=list, verbose_name='bước bị vướng')),
                        ('at', models.DateTimeField(verbose_name='ghi lúc')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người hỗ trợ')),
                        ('hamlet', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit', verbose_name='thôn, tổ dân phố')),
                        ('reverses', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversal', to='onestop.support', verbose_name='rút lại lượt')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='support', to='org.unit', verbose_name='đơn vị')),
                    ],
                    options={
                        'verbose_name': 'lượt hỗ trợ',
                        'verbose_name_plural': 'sổ hỗ trợ',
                        'ordering': ['-day', '-pk'],
                        'indexes': [models.Index(fields=['unit', 'day'], name='support_unit_day')],
                        'constraints': [models.UniqueConstraint(fields=('unit', 'key'), name='support_form_once'), models.CheckConstraint(condition=models.Q(('people__gte', 1)), name='support_of_somebody')],
                    },
                ),
                migrations.CreateModel(
                    name='SupportedDay',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('day', models.DateField(verbose_name='ngày')),
                        ('is_due', models.BooleanField(default=True, verbose_name='phải tính lại')),
                        ('line', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='support_of_the_day', to='work.activity', verbose_name='dòng sổ')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit', verbose_name='đơn vị')),
                    ],
                    options={
                        'verbose_name': 'ngày đã tính lượt hỗ trợ',
                        'verbose_name_plural': 'ngày đã tính lượt hỗ trợ',
                        'ordering': ['unit', '-day'],
                        'indexes': [models.Index(fields=['is_due', 'day'], name='supported_day_due')],
                        'constraints': [models.UniqueConstraint(fields=('unit', 'day'), name='supported_day_once')],
                    },
                ),
            ],
        ),
        append_only("onestop_support"),
    ]
