"""The reform index and the good models of the demonstration: a set in force, two years at different stages, four practices."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from importlib.resources import files

from django.db import transaction
from django.utils.timezone import localdate

from dinhlang.org.models import Person, Unit
from dinhlang.reports.index import actions as index
from dinhlang.reports.index.rules import Survey
from dinhlang.reports.index.scheme import Scoring
from dinhlang.reports.models import Assessment, IndexSet, Practice
from dinhlang.reports.practices import actions as practices
from dinhlang.reports.practices.actions import Words
from dinhlang.work.actions.demo import moment
from dinhlang.work.models import Activity

OLD, MERGED, ABOVE = "ben-truc", "ben-sen", "tinh-mau"
_SAMPLE = "index_sample.toml"
_CAST = ("van-hoa", "chu-tich", "so-noi-vu", "ben-sen")

# By the code of a criterion of the sample: a choice by its place or a value, and what a person says of it.
_OWN: dict[str, tuple[int | None, str | None, str]] = {
    "1.1.1": (0, None, "Kế hoạch ban hành ngày 12/01."),
    "1.1.2": (None, "86", "Xong 18 trong 21 nhiệm vụ của năm."),
    "1.3": (0, None, "Đủ ba báo cáo, có giấy tiếp nhận của Sở Nội vụ."),
    "2.1": (0, None, "Bảng niêm yết và trang của xã cập nhật trong ngày."),
    "3": (0, None, "Không có quyết định kỷ luật nào trong năm."),
    "4.1": (None, "4", "Hai tin, bài mỗi tháng; tháng 7 chỉ có một."),
    "4.2": (None, "92", "Thống kê của phần mềm quản lý văn bản."),
    "6.1": (None, "1", "Một mô hình được công nhận."),
}
# What the ledger could not know of a year before it was kept here: code, points, why.
_APPRAISED = (
    ("1.2.1", "3", "Năm đó chưa ghi sổ trên hệ thống, tính theo hồ sơ giấy của xã."),
    ("1.2.2", "2", "Hồ sơ giấy có bốn hình thức tuyên truyền."),
    ("1.2.3", "1", "Có 18 tin, bài kèm đường dẫn."),
    ("2.2", "11.5", "Theo thống kê của nơi tiếp nhận hồ sơ."),
    ("2.3", "5", "Theo thống kê của nơi tiếp nhận hồ sơ."),
    ("2.4", "3.8", "Sổ giấy ghi 24 phản ánh, trả lời đúng hạn 23."),
    ("2.5", "2", "Khảo sát bằng phiếu giấy được 84,6 theo cách B, 112 phiếu."),
    ("4.1", "3", "Trang không có tin trong hai tháng."),
)


@transaction.atomic
def load_demo(*, at: datetime) -> None:
    """Give the fictional province its criteria set, its communes their scores, and the ledger's best acts a name, once."""
    if IndexSet.objects.filter(unit=ABOVE).exists():
        return
    cast = {one.username: one for one in Person.objects.filter(username__in=_CAST)}
    units = Unit.objects.in_bulk([OLD, MERGED, ABOVE])
    year = localdate(at).year
    _set_in_force(units[ABOVE], cast["so-noi-vu"], moment(date(year - 1, 1, 10), 9, at))
    for unit, survey, drafter, leader in (
        (units[OLD], ("26.4", 220, 187), cast["van-hoa"], cast["chu-tich"]),
        (units[MERGED], ("24.9", 150, 121), cast["ben-sen"], None),
    ):
        _published(unit, year - 1, survey, drafter, leader, cast["so-noi-vu"], at)
    begun = index.begin(unit=units[OLD], year=year, by=cast["van-hoa"], at=at)
    _scored(begun, tuple(_OWN)[:3], cast["van-hoa"], at)
    sent = index.begin(unit=units[MERGED], year=year, by=cast["ben-sen"], at=at)
    _scored(sent, tuple(_OWN), cast["ben-sen"], at)
    index.send(assessment=sent, by=None, at=at)
    _practices(cast, at)


def _set_in_force(unit: Unit, by: Person, at: datetime) -> None:
    data = files("dinhlang.reports").joinpath("data", _SAMPLE).read_bytes()
    proposed = index.propose_set(
        unit=unit, scheme=index.scheme_in(data, _SAMPLE), by=by, at=at, data=data, file_name=_SAMPLE
    )
    index.confirm_set(index_set=proposed, by=by, at=at)


def _scored(assessment: Assessment, codes: tuple[str, ...], by: Person, at: datetime) -> None:
    for criterion in assessment.index_set.criteria.filter(code__in=codes):
        option, value, why = _OWN[criterion.code]
        index.score_criterion(
            assessment=assessment,
            criterion=criterion,
            value=None if value is None else Decimal(value),
            option=option,
            explanation=why,
            by=by,
            at=at,
        )


def _published(
    unit: Unit,
    year: int,
    survey: tuple[str, int, int],
    drafter: Person,
    leader: Person | None,
    watcher: Person,
    at: datetime,
) -> None:
    """Scored in December, appraised in January, published in February of the next year."""
    points, asked, valid = survey
    then = moment(date(year, 12, 20), 9, at)
    made = index.begin(unit=unit, year=year, by=drafter, at=then)
    _scored(made, tuple(_OWN), drafter, then)
    index.send(assessment=made, by=leader, at=then)
    then = moment(date(year + 1, 1, 15), 9, at)
    index.note_survey(
        assessment=made,
        survey=Survey.HELD,
        asked=asked,
        valid=valid,
        note="Phát phiếu tại nơi tiếp nhận hồ sơ.",
        by=watcher,
        at=then,
    )
    rows = {one.code: one for one in made.index_set.criteria.all()}
    appraised = [(code, points, why) for code, points, why in _APPRAISED if unit.pk == OLD or code == "4.1"]
    appraised += [(one.code, points, "") for one in rows.values() if one.scoring == Scoring.SURVEY]
    for code, given, why in appraised:
        index.appraise_score(
            assessment=made, criterion=rows[code], points=Decimal(given), why=why, by=watcher, at=then
        )
    index.finish_appraisal(assessment=made, by=watcher, at=then)
    index.publish(assessment=made, by=watcher, at=moment(date(year + 1, 2, 10), 9, at))


def _practices(cast: dict[str, Person], at: datetime) -> None:
    """One model open to all, one that waits for the province, one commendation marked, one recognised by the province."""
    drafter, leader, watcher = cast["van-hoa"], cast["chu-tich"], cast["so-noi-vu"]
    today = localdate(at)
    first = _marked(
        OLD,
        "Tổ công nghệ số cộng đồng thôn Đình đến từng nhà",
        Words(
            kind=Practice.Kind.MODEL,
            title="Tổ công nghệ số đến từng nhà",
            why="Mỗi tối thứ Tư, hai thành viên đến nhà người cao tuổi, người khuyết tật để cùng nộp hồ sơ.",
            effect="Sau một quý, 42 hồ sơ nộp từ nhà; không ai phải đi lại lần hai.",
            credited="Tổ công nghệ số cộng đồng thôn Đình",
        ),
        drafter,
        at,
    )
    if first is not None:
        practices.propose(practice=first, decider=Practice.Decider.LEADER, by=drafter, at=at)
        practices.recognise(practice=first, decision="15/QĐ-UBND", on=today, by=leader, at=at)
        practices.publish(practice=first, by=None, at=at)
    second = _marked(
        OLD,
        "Người cao tuổi làm quen với tài khoản định danh điện tử",
        Words(
            kind=Practice.Kind.MODEL,
            title="Lớp học điện thoại cho người cao tuổi",
            why="Con cháu đi làm xa; lớp mở ở nhà văn hóa, một thầy năm trò, học đến khi tự làm được.",
            effect="31 người tự đăng nhập và tra cứu được hồ sơ.",
            credited="Hội Người cao tuổi và Đoàn Thanh niên xã",
        ),
        drafter,
        at,
    )
    if second is not None:
        practices.propose(practice=second, decider=Practice.Decider.ABOVE, by=drafter, at=at)
    _marked(
        OLD,
        "Gương sáng ở nơi tiếp nhận hồ sơ: giải thích đến khi dân hiểu",
        Words(
            kind=Practice.Kind.COMMENDATION,
            title="Khen nhân viên tiếp nhận hồ sơ giải thích tận tình",
            why="Sáu tháng không có hồ sơ phải bổ sung lần hai, được 14 thư cảm ơn.",
            credited="Phạm Văn Thí Dụ",
        ),
        drafter,
        at,
    )
    fourth = _marked(
        MERGED,
        "Lịch trả kết quả lưu động ở các tổ dân phố",
        Words(
            kind=Practice.Kind.MODEL,
            title="Trả kết quả lưu động ở tổ dân phố xa trụ sở",
            why="Sau sáp nhập, ba tổ dân phố cách trụ sở trên 9 km; mỗi tuần một buổi, cán bộ mang kết quả đến.",
            effect="Người dân ba tổ không phải đi lại để nhận kết quả.",
            credited="Trung tâm Phục vụ hành chính công phường Bến Sen",
        ),
        cast["ben-sen"],
        at,
    )
    if fourth is not None:
        practices.propose(practice=fourth, decider=Practice.Decider.ABOVE, by=cast["ben-sen"], at=at)
        practices.recognise(practice=fourth, decision="208/QĐ-UBND", on=today, by=watcher, at=at)


def _marked(unit: str, title: str, words: Words, by: Person, at: datetime) -> Practice | None:
    """The line of that title marked; `None` on a day before it was done."""
    line = Activity.objects.filter(unit=unit, title=title, reversal=None).order_by("-happened_on").first()
    return None if line is None else practices.mark(activity=line, words=words, by=by, at=at)
