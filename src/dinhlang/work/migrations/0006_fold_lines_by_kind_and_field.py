"""Lines that were written before kinds and fields of reform were folded are folded under them now."""

from collections import defaultdict
from typing import Any

from django.db import migrations

MODULUS = 2**256


def fold(apps: Any, schema_editor: Any) -> None:
    activity, fact = apps.get_model("work", "Activity"), apps.get_model("work", "DailyFact")
    evidence = apps.get_model("work", "Evidence").objects.order_by().values_list("activity", flat=True)
    shown = set(evidence.distinct().iterator(chunk_size=5000))
    lines: dict[tuple[str, str, Any], list[int]] = defaultdict(lambda: [0, 0, 0])
    rows = activity.objects.filter(reversal=None).order_by()
    asked = rows.values_list("pk", "unit", "kind", "reform_field", "happened_on", "line_hash")
    for pk, unit, kind, field, day, line_hash in asked.iterator(chunk_size=5000):
        for name in (f"kind:{kind}", *([f"field:{field}"] if field else [])):
            sums = lines[unit, name, day]
            sums[0] += 1
            sums[1] += pk not in shown
            sums[2] = (sums[2] + int(line_hash, 16)) % MODULUS
    fact.objects.bulk_create(
        [
            fact(
                unit_id=unit,
                concept=name,
                day=day,
                total=count,
                lines=count,
                unevidenced_lines=unevidenced,
                digest=f"{digest:064x}",
            )
            for (unit, name, day), (count, unevidenced, digest) in lines.items()
        ],
        batch_size=400,
    )


def drop(apps: Any, schema_editor: Any) -> None:
    facts = apps.get_model("work", "DailyFact").objects
    facts.filter(concept__startswith="kind:").delete()
    facts.filter(concept__startswith="field:").delete()


class Migration(migrations.Migration):
    dependencies = [("work", "0005_search_from_an_index")]

    operations = [migrations.RunPython(fold, drop)]
