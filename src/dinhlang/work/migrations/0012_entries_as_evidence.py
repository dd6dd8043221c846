"""The entry of a register is evidence of a line (ADR 0021)."""

from django.db import migrations, models

from dinhlang.org.ledger_triggers import append_only, lifted


class Migration(migrations.Migration):

    dependencies = [
        ('work', '0011_support_kind'),
    ]

    operations = [
        lifted("work_evidence"),
        migrations.RemoveConstraint(
            model_name='evidence',
            name='evidence_is_a_file_or_a_link',
        ),
        migrations.AlterField(
            model_name='evidence',
            name='kind',
            field=models.CharField(choices=[('file', 'tệp'), ('photo', 'ảnh'), ('link', 'đường dẫn'), ('entry', 'mục trong sổ')], max_length=6, verbose_name='loại'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('blob', None), ('kind', 'link'), models.Q(('url', ''), _negated=True)), models.Q(('blob', None), ('kind', 'entry'), ('url', ''), models.Q(('caption', ''), _negated=True)), models.Q(('blob__isnull', False), ('kind__in', ['file', 'photo']), ('url', '')), _connector='OR'), name='evidence_is_a_file_a_link_or_an_entry'),
        ),
        append_only("work_evidence"),
    ]
