import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from dinhlang.org.ledger_triggers import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('org', '0003_one_name'),
        ('work', '0003_plan_drafts_and_calendars'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('deed', models.CharField(choices=[('reverse', 'Hủy ghi'), ('amend', 'Sửa phân loại'), ('evidence', 'Thêm minh chứng'), ('import', 'Nhập tệp'), ('undo', 'Hoàn tác')], max_length=10, verbose_name='việc')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='lý do')),
                ('lines', models.PositiveIntegerField(verbose_name='số dòng')),
                ('at', models.DateTimeField(verbose_name='lúc')),
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
            ],
            options={
                'verbose_name': 'cặp dòng giữ cả hai',
                'verbose_name_plural': 'cặp dòng giữ cả hai',
            },
        ),
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('blob', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='picture', serialize=False, to='work.blob', verbose_name='ảnh')),
                ('width', models.PositiveIntegerField(verbose_name='rộng')),
                ('height', models.PositiveIntegerField(verbose_name='cao')),
                ('fingerprint', models.CharField(blank=True, max_length=16, verbose_name='dấu nhận dạng')),
            ],
            options={
                'verbose_name': 'ảnh',
                'verbose_name_plural': 'ảnh',
            },
        ),
        migrations.RemoveConstraint(
            model_name='import',
            name='import_once',
        ),
        migrations.AddField(
            model_name='activity',
            name='instead_of',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='successors', to='work.activity', verbose_name='thay cho dòng'),
        ),
        migrations.AddField(
            model_name='import',
            name='is_undone',
            field=models.BooleanField(default=False, verbose_name='đã hoàn tác'),
        ),
        migrations.AddField(
            model_name='batch',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người làm'),
        ),
        migrations.AddField(
            model_name='batch',
            name='undoes',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undone_by', to='work.batch'),
        ),
        migrations.AddField(
            model_name='batch',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit', verbose_name='đơn vị'),
        ),
        migrations.AddField(
            model_name='activity',
            name='batch',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='written', to='work.batch'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='batch',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='work.batch'),
        ),
        migrations.AddField(
            model_name='import',
            name='batch',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='taken_in', to='work.batch'),
        ),
        migrations.AddField(
            model_name='reversal',
            name='batch',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversals', to='work.batch'),
        ),
        migrations.AddConstraint(
            model_name='import',
            constraint=models.UniqueConstraint(condition=models.Q(('is_undone', False)), fields=('unit', 'blob'), name='import_once_unless_undone'),
        ),
        migrations.AddField(
            model_name='keptboth',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người xác nhận'),
        ),
        migrations.AddField(
            model_name='keptboth',
            name='first',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='work.activity'),
        ),
        migrations.AddField(
            model_name='keptboth',
            name='second',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='work.activity'),
        ),
        migrations.AddField(
            model_name='picture',
            name='thumbnail',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='work.blob', verbose_name='ảnh thu nhỏ'),
        ),
        migrations.AddConstraint(
            model_name='keptboth',
            constraint=models.UniqueConstraint(fields=('first', 'second'), name='kept_both_once'),
        ),
        migrations.AddConstraint(
            model_name='keptboth',
            constraint=models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='kept_both_in_order'),
        ),
        append_only("work_batch"),
    ]
