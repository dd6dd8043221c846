"""How many pages of a letter were looked at; bundles of slips and calls of training that a form sent twice writes once."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('citizens', '0015_slips_at_return'),
    ]

    operations = [
        migrations.AddField(
            model_name='casefile',
            name='looked_pages',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='số trang máy đã xem'),
        ),
        migrations.AlterField(
            model_name='casefile',
            name='is_identity_paper',
            field=models.BooleanField(default=False, verbose_name='có giấy tờ tùy thân'),
        ),
        migrations.AddField(
            model_name='paperbatch',
            name='key',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name='paperbatch',
            constraint=models.UniqueConstraint(fields=('round', 'key'), name='paper_batch_sent_once'),
        ),
        migrations.AddField(
            model_name='trainingcall',
            name='key',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name='trainingcall',
            constraint=models.UniqueConstraint(fields=('guest', 'key'), name='training_call_sent_once'),
        ),
    ]
