"""A letter that asks for a report comes in, is confirmed by a person, and becomes obligations of chosen units at once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.archive import rules as archive
from dinhlang.archive.models import ArchivedDocument
from dinhlang.officialdoc import codec
from dinhlang.officialdoc.model import Document
from dinhlang.officialdoc.read import UNREADABLE, Limits, read_with_places
from dinhlang.officialdoc.read.decode import LIMIT
from dinhlang.org import queries as org
from dinhlang.org.actions import audit
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import can, check_can
from dinhlang.org.rules import Permission, Refused
from dinhlang.periods import calendar, regimes
from dinhlang.periods.identifier import BadPeriod, Kind, Period
from dinhlang.periods.window import Window, numeric_date
from dinhlang.reports.duties import rules
from dinhlang.reports.duties.letter import letter_of
from dinhlang.reports.models import Obligation, Request
from dinhlang.work import blobs

# The page waits for it; a letter has two pages, a scan takes a few seconds each.
LETTER = Limits(seconds=20.0, megabytes=768, pages=20)
LONGEST_TEXT = 200_000
REGIME = "nd09"
"""The rule whose days count where a letter names none."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a person says of a letter; `starts_on` and `ends_on` are the days it asks about, where it names any."""

    asker: str
    symbol: str
    dated: date | None
    subject: str
    due_on: date
    starts_on: date | None = None
    ends_on: date | None = None

    def window(self, period: Period) -> Window:
        """The days that figures are of: those the letter names, else those of the period by the decree."""
        full = regimes.get(REGIME, on=period.calendar_window().end).window(period)
        return Window(self.starts_on or full.start, self.ends_on or full.end)


def take_request(*, data: bytes, name: str, unit: Unit, by: Person | None, at: datetime) -> Request:
    """Take a letter in and read it; nothing is owed until it is confirmed. A letter that cannot be read comes in too,
    to be filled in by hand. Raises `Refused` for what is no file at all, or too large; `NotAllowed`."""
    name = check_file(data, name)
    check_may_take(by, unit, localdate(at))
    reading = read_with_places(data, name, limits=LETTER)
    blob = blobs.store(data, None, at)
    return _take(unit, name, reading.document, reading.text, by, at, blob_id=blob.pk)


def check_file(data: bytes, name: str) -> str:
    """Refuse what nobody could read; give the name as it is shown. Raises `Refused`."""
    name = archive.shown_name(name)
    if not data.strip():
        raise rules.CannotRequest(_("%(name)s: tệp trống. Hãy chọn lại tệp.") % {"name": name})
    if len(data) > LIMIT:
        raise rules.CannotRequest(
            _("%(name)s: tệp quá lớn, tối đa %(most)s MB.") % {"name": name, "most": LIMIT // 1048576}
        )
    if archive.needs_password(data):
        raise rules.CannotRequest(
            _("%(name)s: tệp có mật khẩu. Hãy mở tệp, bỏ mật khẩu, lưu lại rồi đưa vào lại.") % {"name": name}
        )
    return name


def take_request_from_archive(
    *, document: ArchivedDocument, unit: Unit, by: Person | None, at: datetime
) -> Request:
    """Take a letter that lies in the archive. Raises `NotAllowed`."""
    check_may_take(by, unit, localdate(at))
    text = document.text.text if hasattr(document, "text") else ""
    read = codec.from_json(document.document)
    return _take(unit, document.name, read, text, by, at, archived=document, blob_id=document.blob_id)


@transaction.atomic
def _take(
    unit: Unit,
    name: str,
    document: Document,
    text: str,
    by: Person | None,
    at: datetime,
    *,
    blob_id: str,
    archived: ArchivedDocument | None = None,
) -> Request:
    letter = letter_of(document, text[:LONGEST_TEXT], localdate(at))
    unreadable = [one.message for one in document.problems if one.code in UNREADABLE]
    taken = Request.objects.create(
        unit=unit,
        blob_id=blob_id,
        archived=archived,
        name=name,
        text=text[:LONGEST_TEXT],
        read={**letter.to_json(), "problems": unreadable},
        received_at=at,
        by=by,
    )
    audit(by=by, at=at, action="request.take", target=taken, unit=unit, detail={"name": name})
    return taken


def check_may_take(by: Person | None, unit: Unit, on: date) -> None:
    """Whoever drafts reports of a unit takes letters in for it; whoever watches over units for those. Raises `NotAllowed`."""
    if not can(by, Permission.DUTY_ASSIGN, unit, on):
        check_can(by, Permission.REPORT_DRAFT, unit, on)


def check_may_assign(by: Person | None, units: Collection[Unit], on: date) -> None:
    """A unit gives a request to itself; whoever watches over units to those. Raises `NotAllowed`."""
    for unit in units:
        check_may_take(by, unit, on)


@transaction.atomic
def confirm_request(
    *, request: Request, said: Confirmed, units: Collection[Unit], by: Person | None, at: datetime
) -> int:
    """Make the obligations of the chosen units, all or none; give how many. Raises `rules.NotConfirmed`,
    `rules.CannotRequest` or `NotAllowed`."""
    on = localdate(at)
    check_may_take(by, request.unit, on)
    check_may_assign(by, units, on)
    _check_said(said, units, on)
    moved = Request.objects.filter(pk=request.pk, state=Request.State.PROPOSED).update(
        state=Request.State.CONFIRMED,
        asker=said.asker,
        symbol=said.symbol,
        dated=said.dated,
        subject=said.subject,
        due_on=said.due_on,
        decided_at=at,
    )
    if not moved:
        raise rules.CannotRequest(_("Yêu cầu này vừa được xử lý ở nơi khác. Tải lại trang."))
    request.refresh_from_db()
    why = reasons(request, said)
    period = period_of(request, said)
    window = said.window(period)
    asker = _asking_unit(said.asker, on)
    Obligation.objects.bulk_create(
        [
            Obligation(
                unit=unit,
                request=request,
                subject=said.subject,
                period=str(period),
                window_from=window.start,
                window_to=window.end,
                due_on=said.due_on,
                is_provisional=calendar.default().is_provisional(said.due_on),
                why=why,
                recipient=asker,
                recipient_name=said.asker,
                opened_at=at,
            )
            for unit in units
        ]
    )
    audit(
        by=by,
        at=at,
        action="request.confirm",
        target=request,
        unit=request.unit,
        detail={"units": len(units), "until": said.due_on.isoformat(), "number": said.symbol},
    )
    return len(units)


def period_of(request: Request, said: Confirmed) -> Period:
    """The name by which the answers are kept: the period that the letter names, else the year of its days."""
    try:
        return Period.parse(request.read.get("period", {}).get("value", ""))
    except BadPeriod:
        return Period((said.ends_on or said.due_on).year, Kind.YEAR)


def _check_said(said: Confirmed, units: Collection[Unit], on: date) -> None:
    if not said.subject.strip():
        raise rules.NotConfirmed("subject", _("Hãy ghi nội dung phải báo cáo."))
    if not units:
        raise rules.NotConfirmed("units", _("Hãy chọn ít nhất một đơn vị."))
    if said.starts_on and said.ends_on and said.ends_on < said.starts_on:
        raise rules.NotConfirmed("ends_on", _("Ngày cuối của số liệu trước ngày đầu. Xem lại hai ngày này."))
    if said.dated is not None and said.due_on < said.dated:
        raise rules.NotConfirmed("due_on", _("Hạn gửi trước ngày của văn bản. Xem lại hai ngày này."))
    if gone := [unit for unit in units if not org.exists_on(unit, on)]:
        raise rules.NotConfirmed(
            "units",
            _("%(unit)s không hoạt động vào hôm nay nên không giao được.")
            % {"unit": org.title_of(gone[0], on)},
        )


@kept_in_vietnamese
def reasons(request: Request, said: Confirmed) -> list[str]:
    """Why the day is this one: the letter, its own words, and whether it is a day off."""
    known = [part for part in (said.symbol, said.dated and numeric_date(said.dated)) if part]
    letter = (
        _(" số %(number)s ngày %(day)s") % {"number": known[0], "day": known[1]} if len(known) == 2 else ""
    )
    asker = said.asker or _("cơ quan yêu cầu")
    chain = [_("Báo cáo đột xuất theo văn bản%(letter)s của %(asker)s.") % {"letter": letter, "asker": asker}]
    quote = next(
        (one for one in request.read.get("dues", ()) if one["value"] == said.due_on.isoformat()), None
    )
    if quote is not None:
        chain.append(_("Văn bản viết: “%(quote)s”") % {"quote": quote["quote"]})
        if quote["why"]:
            chain.append(_("Cách tính: %(why)s.") % {"why": quote["why"]})
    else:
        chain.append(_("Hạn do người xác nhận ghi khi giao."))
    off = calendar.default().reason_off(said.due_on)
    if off:
        chain.append(
            _("Ngày %(day)s là ngày nghỉ (%(reason)s); hạn giữ đúng như văn bản, nên gửi trước ngày đó.")
            % {"day": numeric_date(said.due_on), "reason": off}
        )
    chain.append(_("Hạn gửi %(day)s.") % {"day": numeric_date(said.due_on)})
    return chain


def _asking_unit(name: str, on: date) -> Unit | None:
    """The body that asks, where its name belongs to one unit alone."""
    try:
        return org.unit(name, on) if name else None
    except Refused:
        return None


@transaction.atomic
def withdraw_request(*, request: Request, reason: str, by: Person | None, at: datetime) -> Request:
    """Take a request back: what it made is no longer owed from today, and says so. Raises `rules.CannotRequest`."""
    on = localdate(at)
    check_may_take(by, request.unit, on)
    told = " ".join(reason.split())
    if not told:
        raise rules.CannotRequest(_("Hãy ghi lý do rút yêu cầu."))
    moved = Request.objects.filter(
        pk=request.pk, state__in=[Request.State.PROPOSED, Request.State.CONFIRMED]
    ).update(state=Request.State.WITHDRAWN, reason=told[:300])
    if not moved:
        raise rules.CannotRequest(_("Yêu cầu này đã được rút."))
    request.refresh_from_db()
    request.obligations.filter(released_on=None, sent_on=None).update(
        released_on=on, released_why=_withdrawn(told)
    )
    audit(by=by, at=at, action="request.withdraw", target=request, unit=request.unit, detail={})
    return request


@kept_in_vietnamese
def _withdrawn(reason: str) -> str:
    return (_("Yêu cầu báo cáo đã được rút: %(reason)s") % {"reason": reason})[:500]
