"""The demonstration: cases of people who do not exist, at every step of the way."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from dinhlang.citizens import actions
from dinhlang.citizens.actions import keys
from dinhlang.citizens.models import Case, Route
from dinhlang.citizens.rules import publishing
from dinhlang.citizens.rules.intake import Sender, Told
from dinhlang.citizens.rules.kinds import Doubt, Nature, Way
from dinhlang.citizens.rules.publishing import ANSWER, QUESTION
from dinhlang.org.models import Person, Unit

_UNIT = "ben-truc"
_DAY = timedelta(days=1)
# When it came (days ago), how, category, subject, words, the sender, what becomes of it; "doubtful" may be a machine's.
_CASES = (
    (24, Way.WEB, "dien-nuoc", "Đèn đường cháy ở đầu thôn",
     "Đèn đường đầu thôn cháy đã hai tuần, buổi tối các cháu đi học về rất khó đi. Nhờ xã xem giúp, cần gì thì gọi cho tôi theo số 0900 000 101.",
     Sender("Nguyễn Thị Minh Họa", "0900000101", address="Thôn Thượng"), "published"),
    (18, Way.PHONE, "moi-truong", "Bãi rác tự phát cạnh kênh",
     "Cạnh kênh tiêu có bãi rác tự phát, trời nóng bốc mùi, gần nhà bà Trần Thị Ví Dụ. Mong xã cho dọn và cắm biển cấm đổ.",
     Sender("Lê Văn Giả Định", "0900000102", address="Thôn Hạ"), "dissatisfied"),
    (12, Way.COUNTER, "thu-tuc", "Hỏi giấy tờ chứng thực chữ ký",
     "Tôi đi chứng thực chữ ký hai lần đều thiếu giấy. Đề nghị bộ phận tiếp nhận nói rõ một lần cần những gì.",
     Sender("Phạm Thị Thí Dụ", "0900000103", address="Thôn Trung"), "drafted"),
    (9, Way.WEB, "giao-thong", "Ổ gà trước nhà văn hóa thôn",
     "Đoạn đường trước nhà văn hóa có ổ gà sâu, mưa xuống không nhìn thấy. Hôm qua đã có người ngã xe.",
     Sender("Đỗ Văn Tưởng Tượng", "0900000104", address="Thôn Thượng"), "waiting"),
    (5, Way.WEB, "khac", "", "Nên mở cửa thư viện xã thêm buổi tối thứ Bảy cho các cháu đến đọc sách.", Sender(), "advice"),
    (3, Way.LETTER, "dat-dai", "Đơn về quyết định thu hồi đất",
     "Tôi làm đơn khiếu nại quyết định thu hồi đất của Ủy ban nhân dân xã, đề nghị xem xét lại quyết định.",
     Sender("Hoàng Thị Không Thật", "0900000105", address="Thôn Hạ"), "led-away"),
    (1, Way.WEB, "dien-nuoc", "", "Nước sạch yếu từ sáng hôm qua, cả xóm không có nước nấu cơm.",
     Sender("Bùi Văn Mẫu Thử", "0900000106", address="Thôn Trung"), "received"),
    (2, Way.WEB, "khac", "", "Chỗ tôi vay tiền nhanh không cần thế chấp, ai cần thì liên hệ ngay hôm nay.",
     Sender(), "doubtful"),
)  # fmt: skip


@transaction.atomic
def load_demo(*, at: datetime) -> None:
    """Load the cases of the demo commune where it has none."""
    unit = Unit.objects.filter(pk=_UNIT, is_demo=True).first()
    if unit is None or Case.objects.filter(unit=unit).exists():
        return
    people = {
        name: Person.objects.filter(username=name).first() for name in ("van-phong", "van-hoa", "chu-tich")
    }
    clerk, chair = people["van-phong"], people["chu-tich"]
    if clerk is None or chair is None:
        return
    Route.objects.create(unit=unit, category="moi-truong", handler=people["van-hoa"])
    Route.objects.create(unit=unit, category="thu-tuc", handler=clerk)
    actions.write_reply(
        unit=unit,
        title="Đèn đường hỏng",
        category="dien-nuoc",
        words="Cảm ơn bạn đã báo. Xã đã chuyển đơn vị quản lý đèn đường kiểm tra và thay bóng trong 5 ngày làm việc.",
        by=clerk,
        at=at - 30 * _DAY,
    )
    for days, way, category, subject, words, sender, fate in _CASES:
        since = at - days * _DAY
        case = actions.submit(
            unit=unit,
            told=Told(words, category, subject),
            sender=sender,
            way=way,
            key=f"demo-{unit.pk}-{days:04d}-khong-that",
            agreed=actions.Agreed("minh-hoa", publishable=fate != "doubtful"),
            flags=(Doubt.FAST, Doubt.NO_PROOF) if fate == "doubtful" else (),
            at=since,
        ).case
        _lead(case, fate, clerk=clerk, chair=chair, at=since)
    # Its secret is told to nobody: the demonstration takes nothing in by it.
    keys.make_key(unit=unit, name="Ứng dụng của tỉnh (minh họa)", by=clerk, at=at - 30 * _DAY)


def _lead(case: Case, fate: str, *, clerk: Person, chair: Person, at: datetime) -> None:
    """Everything that happened to a case until it stands where the demonstration shows it."""
    soon, later = at + timedelta(hours=3), at + 2 * _DAY
    if fate in ("received", "doubtful"):
        return
    if fate == "led-away":
        actions.lead_away(case=case, nature=Nature.COMPLAINT, by=clerk, at=soon)
        return
    case = actions.accept(case=case, by=clerk, at=soon)
    if fate == "advice":
        return
    if fate == "waiting":
        actions.ask(case=case, question="Ổ gà ở phía nào của nhà văn hóa?", by=clerk, at=later)
        return
    words = {
        "drafted": "Chứng thực chữ ký cần giấy tờ tùy thân còn hạn và giấy sẽ ký; người yêu cầu ký trước mặt cán bộ. "
        "Xã đã dán danh mục tại nơi tiếp nhận.",
        "dissatisfied": "Xã đã giao thôn dọn bãi rác và cắm biển cấm đổ rác.",
        "published": "Xã đã thay bóng đèn đầu thôn. Cảm ơn bạn đã báo; đèn hỏng chỗ khác xin báo tiếp.",
    }[fate]
    answer = actions.draft_answer(case=case, words=words, by=clerk, at=later)
    if fate == "drafted":
        return
    actions.approve_answer(case=case, seen=answer.digest, by=chair, at=later + _DAY)
    if fate == "dissatisfied":
        actions.rate(case=case, rating=2, words="Rác vẫn còn sau ba ngày.", at=later + 4 * _DAY)
        return
    actions.rate(case=case, rating=5, words="Xã làm nhanh.", at=later + 2 * _DAY)
    texts = {QUESTION: case.words.shown(), ANSWER: words}
    hidden = {
        f"{part}-{one.start}-{one.end}": "hide"
        for part, text in texts.items()
        for one in publishing.proposals(text)
    }
    made = actions.decide_redactions(case=case, answers=hidden, by=clerk, at=later + 3 * _DAY)
    made = actions.propose_publication(
        publication=made,
        title=case.subject,
        question=made.question,
        answer=made.answer,
        by=clerk,
        at=later + 3 * _DAY,
    )
    seen = publishing.public_digest(made.title, made.question, made.answer)
    actions.publish(publication=made, seen=seen, by=chair, at=later + 4 * _DAY)
