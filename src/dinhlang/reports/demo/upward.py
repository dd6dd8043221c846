"""The reports of the fictional communes on their way up: owed, handed in each way, returned, accepted, taken together.

Each act is done by the action that people use, on the day on which it would have been done, so that pages, rows and the
audit say what they say of real ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from dinhlang.org.models import Person, Unit
from dinhlang.periods import calendar
from dinhlang.periods.identifier import Period
from dinhlang.reports.actions.drafting import correct_report, draft_report
from dinhlang.reports.actions.issuing import issue_report
from dinhlang.reports.approval import queries as approval
from dinhlang.reports.approval.actions.approving import approve
from dinhlang.reports.approval.actions.paths import set_path
from dinhlang.reports.approval.actions.sending import send
from dinhlang.reports.consolidation.actions import consolidate
from dinhlang.reports.duties.actions.exemptions import ask_extension
from dinhlang.reports.duties.actions.importing import import_shipped
from dinhlang.reports.duties.actions.opening import open_due, open_period
from dinhlang.reports.duties.actions.requests import Confirmed, confirm_request, take_request
from dinhlang.reports.models import Obligation, Programme, Report, Submission
from dinhlang.reports.rules import PROGRAMME
from dinhlang.reports.sources import label_of
from dinhlang.reports.submission.actions.deciding import accept_submission, return_submission
from dinhlang.reports.submission.actions.files import take_in_file
from dinhlang.reports.submission.actions.keys import make_key
from dinhlang.reports.submission.actions.submitting import submit_report
from dinhlang.work.actions.demo import moment

OLD, SMALL, MERGED, ABOVE = "ben-truc", "ben-dua", "ben-sen", "tinh-mau"
_CAST = ("van-phong", "ben-dua", "ben-sen", "so-noi-vu", "tong-hop", "lanh-dao-tinh", "quan-tri-tinh")

_PAPER = """ỦY BAN NHÂN DÂN
XÃ {capitals}

Số: {number}/BC-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

{name}, ngày {day} tháng {month} năm {year}

BÁO CÁO
Kết quả tuyên truyền cải cách hành chính {period}

I. KẾT QUẢ THỰC HIỆN

1. Trên trang thông tin điện tử

Ủy ban nhân dân xã đã đăng {articles} tin, bài về cải cách hành chính trên trang thông tin điện tử của xã.

2. Trên hệ thống đài truyền thanh

Đài truyền thanh xã đã phát {broadcasts} buổi tuyên truyền về thủ tục hành chính và dịch vụ công trực tuyến.

3. Tại bộ phận một cửa

Bộ phận một cửa đã hướng dẫn {guidance} lượt người dân nộp hồ sơ trực tuyến.

II. KIẾN NGHỊ

Đề nghị UBND tỉnh bố trí kinh phí tuyên truyền cho cấp xã.

Trên đây là báo cáo kết quả tuyên truyền cải cách hành chính {period} của Ủy ban nhân dân xã {name}./.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

{signer}
"""

_LETTER = """ỦY BAN NHÂN DÂN TỈNH MẪU
SỞ NỘI VỤ

Số: 77/SNV-CCHC
V/v báo cáo nhanh việc niêm yết thủ tục hành chính

Mẫu, ngày {today.day:02d} tháng {today.month:02d} năm {today.year}

Kính gửi: Ủy ban nhân dân các xã, phường.

Sở Nội vụ đề nghị Ủy ban nhân dân các xã, phường báo cáo nhanh việc niêm yết thủ tục hành chính tại nơi tiếp nhận hồ sơ.

Báo cáo gửi về Sở Nội vụ trước ngày {due.day:02d}/{due.month:02d}/{due.year} để tổng hợp./.

GIÁM ĐỐC

Ngô Văn Ví Dụ
"""


@dataclass(frozen=True)
class _Stage:
    """Who is there, and the moment of loading."""

    cast: dict[str, Person]
    units: dict[str, Unit]
    programme: Programme
    at: datetime

    def owed(self, period: Period, *units: str) -> dict[str, Obligation]:
        """The obligations of a period, opened on the first day after its window."""
        window = period.calendar_window()
        open_period(programme=self.programme, period=period, at=moment(window.end, 8, self.at), units=units)
        rows = Obligation.objects.filter(programme=self.programme, period=str(period), unit__in=units)
        return {row.unit_id: row for row in rows.select_related("unit", "recipient")}

    def on(self, row: Obligation, hour: int, after: int = 0) -> datetime:
        """An hour of the day of the deadline, or so many days after it."""
        return moment(row.due_on + timedelta(days=after), hour, self.at)


@transaction.atomic
def load_demo(*, at: datetime) -> None:
    """Let the reports of last year, of the half year and of nine months go as far up as the day allows, once."""
    if Submission.objects.filter(obligation__unit=MERGED).exists():
        return
    import_shipped(at=at)
    stage = _Stage(
        {one.username: one for one in Person.objects.filter(username__in=_CAST)},
        Unit.objects.in_bulk([OLD, SMALL, MERGED, ABOVE]),
        Programme.objects.get(pk=PROGRAMME),
        at,
    )
    year = localdate(at).year
    begun = moment(date(year - 1, 1, 2), 8, at)
    for unit in (MERGED, ABOVE):
        set_path(unit=stage.units[unit], has_head=False, by=None, at=begun)
    _last_year(stage, Period.parse(f"{year - 1}"))
    if localdate(at) >= date(year, 6, 20):
        _half_year(stage, Period.parse(f"{year}-H1"))
    if localdate(at) >= date(year, 9, 20):
        _nine_months(stage, Period.parse(f"{year}-9M"))
    _asked_by_letter(stage)
    make_key(
        unit=stage.units[MERGED],
        above=stage.units[ABOVE],
        name="Máy chủ phường Bến Sen",
        by=stage.cast["quan-tri-tinh"],
        at=at,
    )
    open_due(at=at)


def _last_year(stage: _Stage, period: Period) -> None:
    """One commune sent paper, the merged one handed in from here; the province took both together."""
    owed = stage.owed(period, OLD, MERGED)
    _on_paper(stage, owed[OLD], "41", (46, 52, 190), "Nguyễn Thị Mẫu")
    sent = _handed_in(stage, _issued(stage, owed[MERGED], period), owed[MERGED])
    accept_submission(submission=sent, by=stage.cast["so-noi-vu"], at=stage.on(owed[MERGED], 15))
    _taken_together(stage, period, owed[MERGED])


def _half_year(stage: _Stage, period: Period) -> None:
    """All three handed in; the merged commune's report was returned naming a figure, replaced and accepted."""
    owed = stage.owed(period, OLD, SMALL, MERGED)
    watcher = stage.cast["so-noi-vu"]
    _on_paper(stage, owed[SMALL], "18", (9, 20, 75), "Đỗ Thị Láng Giềng")
    ours = Report.objects.filter(unit=OLD, period=str(period), status=Report.Status.ISSUED).first()
    if ours is not None:
        sent = submit_report(report=ours, by=stage.cast["van-phong"], at=stage.on(owed[OLD], 14))
        accept_submission(submission=sent, by=watcher, at=stage.on(owed[OLD], 16))
    first = _issued(stage, owed[MERGED], period)
    sent = _handed_in(stage, first, owed[MERGED])
    figure = sent.figures.filter(concept="guidance").order_by("pk")[0]
    point = {
        "anchor": figure.anchor,
        "key": "",
        "quote": f"{label_of('guidance')}: {figure.printed}",
        "said": "Đối chiếu với sổ của nơi tiếp nhận hồ sơ.",
    }
    return_submission(
        submission=sent,
        reason="Xem lại rồi nộp bản thay thế trong tuần.",
        points=[point],
        by=watcher,
        at=stage.on(owed[MERGED], 15),
    )
    later = correct_report(report=first, by=None, at=stage.on(owed[MERGED], 8, after=1))
    later = issue_report(
        report=later,
        on=owed[MERGED].due_on + timedelta(days=1),
        by=None,
        at=stage.on(owed[MERGED], 9, after=1),
    )
    sent = submit_report(report=later, by=stage.cast["ben-sen"], at=stage.on(owed[MERGED], 10, after=1))
    accept_submission(submission=sent, by=watcher, at=stage.on(owed[MERGED], 14, after=1))
    _taken_together(stage, period, owed[MERGED])


def _nine_months(stage: _Stage, period: Period) -> None:
    """One waits to be looked at, one waits for its chairwoman and is late, one asks for a later day; the province drafts."""
    owed = stage.owed(period, OLD, SMALL, MERGED)
    _handed_in(stage, _issued(stage, owed[MERGED], period), owed[MERGED])
    until = calendar.default().add(localdate(stage.at), 5)
    ask_extension(
        obligation=owed[SMALL],
        until=until,
        reason="Cán bộ phụ trách nghỉ thai sản, xã vừa cử người thay.",
        by=stage.cast["ben-dua"],
        at=stage.at,
    )
    consolidate(
        unit=stage.units[ABOVE],
        programme=PROGRAMME,
        period=period,
        by=stage.cast["tong-hop"],
        at=stage.at,
        with_received=True,
    )


def _issued(stage: _Stage, owed: Obligation, period: Period) -> Report:
    """The unit's report of the period, drafted and issued on the day of the deadline."""
    made = draft_report(unit=owed.unit, period=period, by=None, at=stage.on(owed, 8))
    return issue_report(report=made, on=owed.due_on, by=None, at=stage.on(owed, 9))


def _handed_in(stage: _Stage, report: Report, owed: Obligation) -> Submission:
    return submit_report(report=report, by=stage.cast["ben-sen"], at=stage.on(owed, 10))


def _on_paper(
    stage: _Stage, owed: Obligation, number: str, counts: tuple[int, int, int], signer: str
) -> Submission:
    """The unit's report came by e-mail, was read and accepted."""
    day = owed.due_on
    name = "Bến Trúc" if owed.unit_id == OLD else "Bến Dừa"
    articles, broadcasts, guidance = counts
    text = _PAPER.format(
        capitals=name.upper(), name=name, number=number, signer=signer, period=Period.parse(owed.period).label,
        day=f"{day.day:02d}", month=f"{day.month:02d}", year=day.year,
        articles=articles, broadcasts=broadcasts, guidance=guidance,
    )  # fmt: skip
    sent = take_in_file(
        obligation=owed,
        data=text.encode(),
        name=f"bao-cao-{owed.unit_id}-{owed.period}.txt".lower(),
        document_on=day,
        submitted_on=day,
        received_on=day,
        by=stage.cast["so-noi-vu"],
        at=stage.on(owed, 11),
    )
    return accept_submission(submission=sent, by=stage.cast["so-noi-vu"], at=stage.on(owed, 15))


def _taken_together(stage: _Stage, period: Period, owed: Obligation) -> Report:
    """The province's report: drafted from those below three days later, sent and approved."""
    drafter, leader = stage.cast["tong-hop"], stage.cast["lanh-dao-tinh"]
    made = consolidate(
        unit=stage.units[ABOVE], programme=PROGRAMME, period=period, by=drafter, at=stage.on(owed, 8, after=3)
    )
    send(report=made, by=drafter, at=stage.on(owed, 9, after=3))
    seen = approval.digest_now(made)
    day = owed.due_on + timedelta(days=3)
    return approve(report=made, seen=seen, on=day, by=leader, at=stage.on(owed, 10, after=3))


def _asked_by_letter(stage: _Stage) -> None:
    """A letter of the department asks all communes for a quick report."""
    today = localdate(stage.at)
    due = calendar.default().add(today, 7)
    watcher = stage.cast["so-noi-vu"]
    office = Unit.objects.get(pk="tinh-mau-so-noi-vu")
    text = _LETTER.format(today=today, due=due)
    taken = take_request(data=text.encode(), name="cong-van-77-snv.txt", unit=office, by=watcher, at=stage.at)
    said = Confirmed(
        asker="Sở Nội vụ tỉnh Mẫu",
        symbol="77/SNV-CCHC",
        dated=today,
        subject="Báo cáo nhanh việc niêm yết thủ tục hành chính",
        due_on=due,
    )
    below = [stage.units[one] for one in (OLD, SMALL, MERGED)]
    confirm_request(request=taken, said=said, units=below, by=watcher, at=stage.at)
