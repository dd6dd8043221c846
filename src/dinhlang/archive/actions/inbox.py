"""What lies in the watched folder is taken in; the worker looks every half minute."""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from dinhlang.archive import watched
from dinhlang.archive.actions.intake import enqueue, receive_file
from dinhlang.archive.models import Intake
from dinhlang.officialdoc.read.decode import LIMIT
from dinhlang.org.models import Unit
from dinhlang.org.rules import Refused

_log = logging.getLogger(__name__)
_watcher = watched.Watcher()


def look_into_inbox(*, at: datetime, watcher: watched.Watcher | None = None) -> int:
    """Take in every file that is quiet; how many were taken in. A file that cannot be moved is left, and logged."""
    taken = 0
    for path in (watcher or _watcher).quiet():
        try:
            taken += _take(path, at)
        except OSError:
            _log.warning("%s cannot be taken in", path, exc_info=True)
    return taken


def _take(path: Path, at: datetime) -> bool:
    try:
        unit = Unit.objects.filter(pk=path.parent.name).first()
        if unit is None:
            raise Refused(
                _(
                    "Thư mục “%(name)s” không mang mã đơn vị nào. Đổi tên thư mục thành mã đơn vị rồi chép tệp vào lại."
                )
                % {"name": path.parent.name}
            )
        intake = receive_file(
            data=watched.read(path, LIMIT),
            name=path.name,
            unit=unit,
            is_unit_given=True,
            origin=Intake.Origin.FOLDER,
            by=None,
            at=at,
        )
    except Refused as reason:
        watched.refuse(path, str(reason))
        return False
    Intake.objects.filter(pk=intake.pk).update(watched=watched.take(path))
    enqueue(intake)
    return True
