"""A commune's own table of short forms: its rows as the normaliser takes them, changed by people, taken in from a file."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.broadcast import permissions
from dinhlang.broadcast.models import SpokenForm
from dinhlang.org.actions import audit
from dinhlang.org.locking import lock
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Refused, Unfit
from dinhlang.vietnamese import speech
from dinhlang.vietnamese.speech.table import LARGEST_TABLE
from dinhlang.vietnamese.text import fold, nfc, one_line

MOST_ROWS = 2000
"""More than the house's own table has; every text is searched for each of them."""
Section = SpokenForm.Section


def table_of(unit: Unit) -> dict[str, dict[str, str]]:
    """The commune's own short forms as `vietnamese.speech` takes them; empty for a commune without."""
    found: dict[str, dict[str, str]] = {}
    for section, written, spoken in SpokenForm.objects.filter(unit=unit).values_list(
        "section", "written", "spoken"
    ):
        found.setdefault(section, {})[written] = spoken
    return found


def words_of(unit: Unit) -> speech.Words:
    """The tables of this house with the commune's own above: what every text of the commune is spoken with."""
    return words_from(table_of(unit))


def words_from(table: dict[str, dict[str, str]]) -> speech.Words:
    """The tables of this house with one of a commune above."""
    return speech.default().with_own(table) if table else speech.default()


def rows(unit: Unit, asked: str = "", section: str = "") -> QuerySet[SpokenForm]:
    """The commune's rows, with all words asked for in what is written, spoken or noted."""
    found = SpokenForm.objects.filter(unit=unit).select_related("changed_by")
    if section in Section.values:
        found = found.filter(section=section)
    for word in one_line(asked).split():
        found = found.filter(Q(written__icontains=word) | Q(spoken__icontains=word) | Q(note__icontains=word))
    return found.order_by("section", "written", "pk")


@transaction.atomic
def set_form(
    *, unit: Unit, written: str, spoken: str, section: str, note: str = "", by: Person | None, at: datetime
) -> SpokenForm:
    """Say how a short form is read from now on; what stood there before goes. Raises `Unfit` and `NotAllowed`.

    Sound that was made before stays as it is; asked for again it is made anew.
    """
    permissions.check_can_write(by, unit, localdate(at))
    lock(unit)
    return _set(unit, written, spoken, section, note, by=by, at=at)


def _set(
    unit: Unit, written: str, spoken: str, section: str, note: str, *, by: Person | None, at: datetime
) -> SpokenForm:
    short, said = one_line(nfc(written)), one_line(nfc(spoken)).lower()
    if section not in Section.values:
        raise Unfit(_("Chọn một giá trị trong danh sách."), "section")
    try:
        speech.default().with_own({section: {short: said}})
    except speech.BadTable as reason:
        raise Unfit(str(reason), "spoken") from reason
    if section == Section.FOREIGN:
        # A word of another language is known however its letters are written; two rows for one could not both hold.
        short = short.lower()
    known = SpokenForm.objects.filter(unit=unit, section=section, written=short).first()
    if known is None and SpokenForm.objects.filter(unit=unit).count() >= MOST_ROWS:
        raise Refused(
            _("Bảng đọc đã có %(most)s dòng. Bỏ bớt dòng không dùng rồi thêm.") % {"most": MOST_ROWS}
        )
    before = known.spoken if known is not None else ""
    form, _is_new = SpokenForm.objects.update_or_create(
        unit=unit,
        section=section,
        written=short,
        defaults={"spoken": said, "note": one_line(note)[:200], "changed_at": at, "changed_by": by},
    )
    audit(
        by=by,
        at=at,
        action="spoken-form.set",
        target=form,
        unit=unit,
        detail={"written": short, "spoken": said, "before": before},
    )
    return form


@transaction.atomic
def remove_form(*, form: SpokenForm, by: Person | None, at: datetime) -> None:
    """Read it as the house does again. Raises `NotAllowed`."""
    permissions.check_can_write(by, form.unit, localdate(at))
    audit(
        by=by,
        at=at,
        action="spoken-form.remove",
        target=form,
        unit=form.unit,
        detail={"written": form.written, "before": form.spoken},
    )
    form.delete()


@transaction.atomic
def take_file(*, unit: Unit, data: bytes, by: Person | None, at: datetime) -> int:
    """Take rows of a file over: TOML as `dinhlang text speech --words` has it, or a table (.csv) of written and spoken,
    with kind and note where they stand. All rows or none. How many there were. Raises `Refused`, `Unfit`, `NotAllowed`.
    """
    permissions.check_can_write(by, unit, localdate(at))
    found = list(_rows_of(data))
    if not found:
        raise Refused(_("Tệp không có dòng nào. Xem mẫu: xuất bảng hiện có ra CSV."))
    if len(found) > MOST_ROWS:
        raise Refused(_("Tệp có hơn %(most)s dòng. Bớt dòng rồi nhập lại.") % {"most": MOST_ROWS})
    lock(unit)
    for number, (written, spoken, section, note) in enumerate(found, start=1):
        try:
            _set(unit, written, spoken, section, note, by=by, at=at)
        except Refused as reason:
            raise Refused(
                _("Dòng %(number)s (%(written)s): %(reason)s")
                % {"number": number, "written": written[:40], "reason": reason}
            ) from reason
    return len(found)


def _rows_of(data: bytes) -> Iterable[tuple[str, str, str, str]]:
    if len(data) > LARGEST_TABLE:
        raise Refused(_("Bảng đọc lớn hơn một triệu byte. Bớt dòng rồi nhập lại."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as reason:
        raise Refused(_("Tệp không phải văn bản UTF-8. Lưu lại dạng CSV UTF-8 rồi nhập.")) from reason
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        yield from _rows_of_csv(text)
        return
    for section, said in table.items():
        if section not in Section.values or not isinstance(said, dict):
            raise Refused(_("Tệp TOML chỉ dùng hai mục [abbreviations] và [foreign]."))
        yield from ((written, str(spoken), section, "") for written, spoken in said.items())


def _rows_of_csv(text: str) -> Iterable[tuple[str, str, str, str]]:
    sections = {fold(str(label)): value for value, label in Section.choices}
    delimiter = max(",;\t", key=text.split("\n", 1)[0].count)
    titles = {fold(str(SpokenForm._meta.get_field("written").verbose_name)), "written"}
    try:
        for row in csv.reader(io.StringIO(text), delimiter=delimiter):
            cells = [cell.strip() for cell in row] + [""] * 4
            if not any(cells) or fold(cells[0]) in titles:
                continue
            yield cells[0], cells[1], sections.get(fold(cells[2]), Section.ABBREVIATIONS), cells[3]
    except csv.Error as reason:
        raise Refused(_("Tệp CSV hỏng. Lưu lại từ bảng tính rồi nhập.")) from reason
