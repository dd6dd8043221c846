"""Guidance at the counter, counted; the days that the ledger was told of it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from dinhlang.org.create_together import CreateTogether
from dinhlang.org.ledger_triggers import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('onestop', '0001_register'),
        ('org', '0001_squashed_0010_signature_pictures'),
        ('work', '0001_squashed_0010_sums_in_one_row'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether(
            models=[
                migrations.CreateModel(
                    name='Guidance',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='guidance', to='org.unit', verbose_name='đơn vị')),
                        ('key', models.UUIDField(verbose_name='khóa của biểu mẫu')),
                        ('day', models.DateField(verbose_name='ngày')),
                        ('people', models.PositiveSmallIntegerField(default=1, verbose_name='số lượt người')),
                        ('procedure_code', models.CharField(blank=True, max_length=8, verbose_name='mã thủ tục')),
                        ('procedure_name', models.CharField(blank=True, max_length=2000, verbose_name='tên thủ tục')),
                        ('way', models.CharField(choices=[('counter', 'Tại quầy'), ('phone', 'Qua điện thoại'), ('outside', 'Lưu động, tại nhà')], max_length=7, verbose_name='cách hướng dẫn')),
                        ('online', models.BooleanField(default=False, verbose_name='giúp nộp trực tuyến')),
                        ('at', models.DateTimeField(verbose_name='ghi lúc')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi')),
                        ('reverses', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversal', to='onestop.guidance', verbose_name='rút lại lượt')),
                    ],
                    options={
                        'verbose_name': 'lượt hướng dẫn',
                        'verbose_name_plural': 'lượt hướng dẫn',
                        'ordering': ['-day', '-pk'],
                        'indexes': [models.Index(fields=['unit', 'day'], name='guidance_unit_day')],
                        'constraints': [
                            models.UniqueConstraint(fields=('unit', 'key'), name='guidance_form_once'),
                            models.CheckConstraint(condition=models.Q(('people__gte', 1)), name='guidance_of_somebody'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='GuidedDay',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit', verbose_name='đơn vị')),
                        ('day', models.DateField(verbose_name='ngày')),
                        ('line', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='guidance_of_the_day', to='work.activity', verbose_name='dòng sổ')),
                        ('is_due', models.BooleanField(default=True, verbose_name='phải tính lại')),
                    ],
                    options={
                        'verbose_name': 'ngày đã tính lượt hướng dẫn',
                        'verbose_name_plural': 'ngày đã tính lượt hướng dẫn',
                        'ordering': ['unit', '-day'],
                        'indexes': [models.Index(fields=['is_due', 'day'], name='guided_day_due')],
                        'constraints': [models.UniqueConstraint(fields=('unit', 'day'), name='guided_day_once')],
                    },
                ),
            ],
        ),
        append_only("onestop_guidance"),
    ]
