"""What is stored of a person as one file for them: a page to read, the same as JSON, and what they sent."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import translation

from dinhlang.org.personal.people import Held, files_of, told


def packed(matters: Iterable[Held], *, code: str, at: datetime) -> bytes:
    """A .zip for the person: without internal notes, marks and names of officials."""
    box = io.BytesIO()
    with translation.override("vi"), zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive:
        shown = []
        for number, held in enumerate(matters, 1):
            values = told(held, at=at, for_sender=True)
            content = json.dumps(values, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder)
            archive.writestr(f"{number}/du-lieu.json", content)
            for name, data in files_of(held, for_sender=True):
                archive.writestr(f"{number}/tep/{name}", data)
            shown.append(_readable(held, values))
        page = render_to_string("privacy/handed.html", {"matters": shown, "code": code, "at": at})
        archive.writestr("doc-du-lieu.html", page)
    return box.getvalue()


def _readable(held: Held, values: dict[str, Any]) -> dict[str, Any]:
    rows = []
    for name, given in values["rows"].items():
        model = apps.get_model(held.label, name)
        for row in given:
            said = [
                (str(model._meta.get_field(field).verbose_name), value)  # type: ignore[union-attr]
                for field, value in row.items()
                if isinstance(value, str | int | datetime) and field not in ("id", "uid", "key")
            ]
            rows.append((str(model._meta.verbose_name), said))
    grounds = {(one["purpose"], one["basis"], one["kept"]) for one in values["fields"].values()}
    return {"code": values["code"], "rows": rows, "grounds": sorted(grounds)}
