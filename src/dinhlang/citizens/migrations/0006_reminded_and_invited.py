from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('citizens', '0005_identity_photos'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='is_invited',
            field=models.BooleanField(default=False, verbose_name='đã nhận mã khảo sát'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('flags__gt', '')), fields=['unit', '-received_at'], name='case_doubtful'),
        ),
        migrations.AddField(
            model_name='casereminder',
            name='mailed_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='gửi thư lúc'),
        ),
        migrations.RemoveConstraint(
            model_name='casereminder',
            name='case_reminded_once',
        ),
        migrations.AddConstraint(
            model_name='casereminder',
            constraint=models.UniqueConstraint(fields=('case', 'step', 'due_at', 'to'), name='case_reminded_once'),
        ),
        migrations.AddConstraint(
            model_name='casereminder',
            constraint=models.UniqueConstraint(condition=models.Q(('to', None)), fields=('case', 'step', 'due_at'), name='case_nobody_reminded_once'),
        ),
    ]
