from dataclasses import replace

from django.db import migrations, models

from dinhlang.org.ledger_triggers import lifted
from dinhlang.org.rules.chain import NO_UNIT, Head, Link


def chain_what_is_there(apps, schema_editor):
    """Number and chain the entries written so far, each unit's in the order in which they were written."""
    AuditEntry = apps.get_model("org", "AuditEntry")
    AuditHead = apps.get_model("org", "AuditHead")
    heads = {}
    changed = []
    for entry in AuditEntry.objects.order_by("pk").iterator(chunk_size=2000):
        head = heads.get(entry.unit_id, Head())
        link = Link(
            number=head.count + 1,
            at=entry.at,
            by=entry.by_id,
            unit=entry.unit_id,
            action=entry.action,
            target=entry.target,
            detail=entry.detail,
            previous_hash=head.last_hash,
        )
        link = replace(link, entry_hash=link.hashed())
        entry.number, entry.previous_hash, entry.entry_hash = link.number, link.previous_hash, link.entry_hash
        heads[entry.unit_id] = Head(link.number, link.entry_hash)
        changed.append(entry)
    AuditEntry.objects.bulk_update(changed, ["number", "previous_hash", "entry_hash"], batch_size=200)
    AuditHead.objects.bulk_create(
        AuditHead(chain=unit_id or NO_UNIT, count=head.count, last_hash=head.last_hash)
        for unit_id, head in heads.items()
    )


class Migration(migrations.Migration):

    dependencies = [
        ('org', '0003_one_name'),
    ]

    operations = [
        lifted("org_auditentry"),
        migrations.CreateModel(
            name='AuditHead',
            fields=[
                ('chain', models.CharField(max_length=80, primary_key=True, serialize=False, verbose_name='chuỗi')),
                ('count', models.PositiveBigIntegerField(default=0, verbose_name='số dòng')),
                ('last_hash', models.CharField(blank=True, max_length=64, verbose_name='mã của dòng cuối')),
            ],
            options={
                'verbose_name': 'đầu chuỗi nhật ký',
                'verbose_name_plural': 'đầu chuỗi nhật ký',
            },
        ),
        migrations.AddField(
            model_name='auditentry',
            name='number',
            field=models.PositiveBigIntegerField(null=True, verbose_name='số trong chuỗi'),
        ),
        migrations.AddField(
            model_name='auditentry',
            name='previous_hash',
            field=models.CharField(blank=True, default='', max_length=64, verbose_name='mã của dòng trước'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='auditentry',
            name='entry_hash',
            field=models.CharField(default='', max_length=64, verbose_name='mã của dòng'),
            preserve_default=False,
        ),
        migrations.RunPython(chain_what_is_there, migrations.RunPython.noop),
    ]
