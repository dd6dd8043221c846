"""The report of what was erased because it had been kept long enough."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('org', '0001_squashed_0010_signature_pictures'),
    ]

    operations = [
        migrations.CreateModel(
            name='RetentionRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True, verbose_name='ngày')),
                ('counts', models.JSONField(default=dict, verbose_name='số đã xóa')),
                ('started_at', models.DateTimeField(verbose_name='bắt đầu lúc')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='xong lúc')),
            ],
            options={
                'verbose_name': 'lần xóa dữ liệu hết thời hạn lưu',
                'verbose_name_plural': 'lần xóa dữ liệu hết thời hạn lưu',
                'ordering': ['-day'],
            },
        ),
    ]
