"""The unit's own sentences to choose from."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org.actions import audit
from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import check_can
from dinhlang.org.rules import Refused
from dinhlang.reports import editing, library
from dinhlang.reports.models import TextBlock

MOST_BLOCKS = 400


@transaction.atomic
def save_block(
    *, unit: Unit, section: str, text: str, by: Person | None, at: datetime, block: TextBlock | None = None
) -> TextBlock:
    """Keep a sentence for later reports, or change one that is kept. Raises `Refused` or `NotAllowed`."""
    check_can(by, "report.draft", unit, localdate(at))
    if section not in library.SECTIONS:
        raise Refused(_("Chưa chọn phần của báo cáo cho câu mẫu."))
    words = editing.words_from(text, library.FIGURES)
    if not words:
        raise Refused(_("Câu mẫu đang trống. Viết nội dung rồi lưu."))
    if block is None:
        same = TextBlock.objects.filter(unit=unit, text=words, retired_at=None).first()
        if same is not None:
            return same
        if TextBlock.objects.filter(unit=unit, retired_at=None).count() >= MOST_BLOCKS:
            raise Refused(
                _("Kho đã có %(most)s câu mẫu. Bỏ bớt câu không dùng rồi lưu.") % {"most": MOST_BLOCKS}
            )
        block = TextBlock(unit=unit, created_at=at, created_by=by)
    block.section, block.text = section, words
    block.save()
    audit(by=by, at=at, action="text-block.save", target=block, unit=unit, detail={"section": section})
    return block


@transaction.atomic
def retire_block(*, block: TextBlock, by: Person | None, at: datetime, undo: bool = False) -> TextBlock:
    """Offer a sentence no more, or again. Raises `NotAllowed`."""
    check_can(by, "report.draft", block.unit, localdate(at))
    block.retired_at = None if undo else at
    block.save(update_fields=["retired_at"])
    action = "text-block.restore" if undo else "text-block.retire"
    audit(by=by, at=at, action=action, target=block, unit=block.unit, detail={"section": block.section})
    return block


def count_use(unit: Unit, name: str, at: datetime) -> library.Block:
    """The sentence of that name, counted as used once more. Raises `Refused` when there is none.

    A part of `insert_piece`: the permission, the transaction and the audit are its own.
    """
    if name in library.shipped():
        shipped = library.shipped()[name]
        block, _new = TextBlock.objects.get_or_create(
            unit=unit,
            shipped=name,
            defaults={"section": shipped.section, "text": shipped.text, "created_at": at},
        )
    else:
        found = TextBlock.objects.filter(
            unit=unit, pk=name if name.isdecimal() else 0, retired_at=None
        ).first()
        if found is None:
            raise Refused(_("Câu mẫu này không còn. Chọn câu khác."))
        block = found
    TextBlock.objects.filter(pk=block.pk).update(uses=F("uses") + 1)
    return library.Block(name, block.section, block.text)
