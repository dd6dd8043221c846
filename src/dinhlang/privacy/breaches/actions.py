"""What happens to a breach: it is noted, a leader decides whether the authority is told, the notice goes, it is mended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org.actions import audit
from dinhlang.org.actions.sent_once import made_before
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Refused, Unfit
from dinhlang.org.rules.moves import checked_reason
from dinhlang.privacy import permissions
from dinhlang.privacy.models import Breach, BreachStep
from dinhlang.privacy.models.breaches import GROUND_LENGTH, NUMBER_LENGTH
from dinhlang.privacy.rules import breaches as rules
from dinhlang.privacy.rules.breaches import ENDED, DataKind, Deed, Nature, Outcome, Source, State, Telling
from dinhlang.vietnamese.text import one_line

WORDS_LENGTH = 4000
MOST_PERSONS = 10_000_000


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a breach. `occurred_at` and `persons` are None while nobody knows."""

    discovered_at: datetime
    occurred_at: datetime | None
    source: Source
    nature: Nature
    words: str
    data_kinds: Sequence[str] = ()
    persons: int | None = None
    consequences: str = ""
    measures: str = ""


@transaction.atomic
def note(*, unit: Unit, known: Known, key: UUID | None = None, by: Person, at: datetime) -> Breach:
    """Enter a breach into the register; its clock runs from the discovery. The same form (`key`) sent twice is one. Raises `Unfit`."""
    permissions.check_can_handle(by, unit, localdate(at))
    known = _fit(known, at)
    # Numbers of a year without gaps: whoever notes at the same moment waits in it.
    if (there := made_before(Breach, unit=unit, key=key)) is not None:
        return there
    year = localdate(known.discovered_at).year
    last = Breach.objects.filter(unit=unit, year=year).aggregate(last=Max("number"))["last"] or 0
    term = rules.term_on(localdate(known.discovered_at))
    one = Breach(unit=unit, year=year, number=last + 1, key=key, noted_at=at, noted_by=by)
    one.term, one.term_basis = str(term), term.legal_basis
    _know(one, known)
    one.save()
    BreachStep.objects.create(breach=one, position=1, deed=Deed.NOTE, state=one.state, at=at, by=by)
    audit(by=by, at=at, action="breach.note", target=one, unit=unit)
    return one


@transaction.atomic
def amend(*, breach: Breach, known: Known, words: str, by: Person, at: datetime) -> None:
    """Write down what became known meanwhile; `words` say what changed. The clock follows the moment of discovery."""
    said = checked_reason(words, _("Ghi điều gì mới biết hoặc sửa gì, vì sao."))
    known = _fit(known, at)
    if _locked(breach).state == State.NOT_DUE and rules.is_always_told(known.nature):
        raise Unfit(
            _(
                "Đã duyệt không phải thông báo, mà xử lý sai mục đích, quá phạm vi luôn phải thông báo (Điều 23 khoản 3 Luật "
                "91/2025/QH15). Ở trang của vi phạm bấm “Xem xét lại” trước, rồi sửa hành vi và trình."
            ),
            "nature",
        )
    if localdate(known.discovered_at).year != breach.year:
        raise Unfit(_("Số của vi phạm theo năm phát hiện nên không đổi sang năm khác được."), "discovered_at")
    one = _done(breach, Deed.AMEND, by=by, at=at, words=said)
    _know(one, known)
    if one.telling == Telling.NOT and rules.persons_must_be_told(one.data_kinds):
        one.telling = Telling.UNDECIDED
    one.save()
    breach.refresh_from_db()


@transaction.atomic
def propose(
    *, breach: Breach, outcome: str, words: str, ground: str, late_reason: str, by: Person, at: datetime
) -> None:
    """Propose whether the authority is told; another person decides. Past its term, the notice gives its reason."""
    said = checked_reason(words, _("Ghi tóm tắt đánh giá để lãnh đạo quyết định."))
    law = one_line(ground)[:GROUND_LENGTH]
    if outcome not in Outcome.values:
        raise Unfit(_("Chọn một mục trong danh sách."), "outcome")
    seen = _locked(breach)
    why_late: object = seen.late_reason
    if outcome == Outcome.NO_NOTICE:
        if rules.is_always_told(seen.nature):
            raise Unfit(
                _(
                    "Xử lý sai mục đích, quá phạm vi luôn phải thông báo (Điều 23 khoản 3 Luật 91/2025/QH15). Nếu xem lại không "
                    "phải vậy, bấm “Ghi thêm, sửa thông tin” để sửa hành vi rồi trình."
                ),
                "outcome",
            )
        if not law:
            raise Unfit(_("Ghi vì sao không thuộc trường hợp phải thông báo."), "ground")
    else:
        law = ""
        _check_told(seen)
        if seen.due_at < at and not seen.late_reason:
            why_late = _late_reason(late_reason)
    _done(
        breach,
        Deed.PROPOSE,
        by=by,
        at=at,
        words=said,
        outcome=outcome,
        ground=law,
        late_reason=why_late,
        proposed_by=by,
        decided_by=None,
    )


def send_back(*, breach: Breach, words: str, by: Person, at: datetime) -> None:
    """Give a proposal back with the reason."""
    said = checked_reason(words, _("Ghi lý do trả lại để người xử lý biết."))
    _done(breach, Deed.RETURN, by=by, at=at, words=said, decides=True, outcome="", ground="")


@transaction.atomic
def decide(*, breach: Breach, by: Person, at: datetime) -> None:
    """Approve what was proposed. Whoever proposed does not decide."""
    seen = _locked(breach)
    if seen.proposed_by_id == by.pk:
        raise Refused(_("Người trình không tự duyệt được. Đề nghị lãnh đạo khác duyệt."))
    deed = Deed.SPARE if seen.outcome == Outcome.NO_NOTICE else Deed.APPROVE
    _done(breach, deed, by=by, at=at, decides=True, decided_by=by)


def explain(*, breach: Breach, words: str, by: Person, at: datetime) -> None:
    """Say why the notice goes late; it stands in the notice."""
    _done(breach, Deed.EXPLAIN, by=by, at=at, late_reason=_late_reason(words))


@transaction.atomic
def send(*, breach: Breach, number: str, sent_at: datetime | None, by: Person, at: datetime) -> None:
    """Note that the notice went: under which number and when. Late, its reason was given before."""
    seen = _locked(breach)
    sent, paper = _paper(seen, number, sent_at, at)
    if sent > seen.due_at and not seen.late_reason:
        raise Refused(
            _("Thông báo gửi sau %(term)s. Bấm “Ghi lý do thông báo chậm” trước, in lại thông báo, rồi gửi.")
            % {"term": seen.term}
        )
    _done(
        breach,
        Deed.SEND,
        by=by,
        at=at,
        happened_at=sent,
        number=paper,
        notified_at=sent,
        notice_number=paper,
    )


@transaction.atomic
def supplement(
    *, breach: Breach, words: str, number: str, sent_at: datetime | None, by: Person, at: datetime
) -> None:
    """Note that more was told to the authority, once it became known."""
    said = checked_reason(words, _("Ghi nội dung đã thông báo bổ sung."))
    seen = _locked(breach)
    sent, paper = _paper(seen, number, sent_at, at)
    if seen.notified_at is not None and sent < seen.notified_at:
        raise Unfit(_("Thông báo bổ sung gửi sau thông báo đầu."), "sent_at")
    _done(breach, Deed.SUPPLEMENT, by=by, at=at, words=said, happened_at=sent, number=paper)


@transaction.atomic
def tell(*, breach: Breach, is_told: bool, words: str, by: Person, at: datetime) -> None:
    """Note how the persons concerned were told, or why they are not."""
    if is_told:
        said = checked_reason(words, _("Ghi đã báo bằng cách nào, bao nhiêu người. Không ghi tên ai."))
        _done(breach, Deed.TELL, by=by, at=at, words=said, telling=Telling.TOLD)
        return
    if rules.persons_must_be_told(_locked(breach).data_kinds):
        raise Refused(
            _(
                "Có dữ liệu vị trí hoặc sinh trắc học thì phải báo cho người có dữ liệu trong %(term)s (Điều 29 Nghị định "
                "356/2025/NĐ-CP). Không báo được từng người thì đăng công khai, rồi ghi đã báo."
            )
            % {"term": breach.term}
        )
    said = checked_reason(words, _("Ghi vì sao không báo cho người có dữ liệu."))
    _done(breach, Deed.NOT_TELL, by=by, at=at, words=said, telling=Telling.NOT)


def reopen(*, breach: Breach, words: str, by: Person, at: datetime) -> None:
    """More became known: whether the authority is told is decided anew. The clock is still that of the discovery."""
    said = checked_reason(words, _("Ghi điều mới biết khiến phải xem xét lại."))
    _done(
        breach,
        Deed.REOPEN,
        by=by,
        at=at,
        words=said,
        outcome="",
        ground="",
        proposed_by=None,
        decided_by=None,
    )


@transaction.atomic
def close(*, breach: Breach, words: str, by: Person, at: datetime) -> None:
    """A leader says that it is mended. Whether the persons concerned were told is answered before."""
    said = checked_reason(words, _("Ghi kết quả khắc phục."))
    seen = _locked(breach)
    if seen.state == State.NOT_DUE and rules.is_always_told(seen.nature):
        raise Refused(
            _(
                "Xử lý sai mục đích, quá phạm vi luôn phải thông báo (Điều 23 khoản 3 Luật 91/2025/QH15). Bấm “Xem xét lại”, rồi "
                "trình gửi thông báo trước khi kết thúc."
            )
        )
    if seen.telling == Telling.UNDECIDED:
        raise Refused(_("Ghi đã báo cho người có dữ liệu, hoặc vì sao không báo, trước khi kết thúc."))
    if not seen.measures:
        raise Refused(_("Ghi biện pháp đã làm trước khi kết thúc."))
    _done(breach, Deed.CLOSE, by=by, at=at, words=said, decides=True)


def note_opened(*, breach: Breach, by: Person, at: datetime) -> None:
    """Note that somebody took the notice or the record of a breach away."""
    audit(by=by, at=at, action="breach.paper", target=breach, unit=breach.unit)


def _check_told(breach: Breach) -> None:
    """The notice must say these (Điều 23; NĐ 356/2025/NĐ-CP)."""
    missing = [
        label
        for label, value in (
            (_("loại dữ liệu"), breach.data_kinds),
            (_("hậu quả, thiệt hại có thể xảy ra"), breach.consequences),
            (_("biện pháp đã làm, sẽ làm"), breach.measures),
        )
        if not value
    ]
    if missing:
        raise Refused(
            _("Thông báo còn thiếu: %(what)s. Bấm “Ghi thêm, sửa thông tin” trước, rồi trình.")
            % {"what": ", ".join(missing)}
        )


def _late_reason(words: str) -> str:
    return checked_reason(
        words, _("Đã quá thời hạn: ghi lý do thông báo chậm, lý do này in trong thông báo.")
    )


def _paper(breach: Breach, number: str, sent_at: datetime | None, at: datetime) -> tuple[datetime, str]:
    sent, paper = sent_at or at, one_line(number)
    if not paper or len(paper) > NUMBER_LENGTH:
        raise Unfit(_("Ghi số, ký hiệu của văn bản đã gửi, tối đa %s ký tự.") % NUMBER_LENGTH, "number")
    if sent > at:
        raise Unfit(_("Ngày giờ gửi ở tương lai. Ghi khi đã gửi."), "sent_at")
    if sent < breach.discovered_at:
        raise Unfit(_("Không thể gửi trước khi phát hiện vi phạm."), "sent_at")
    return sent, paper


def _locked(breach: Breach) -> Breach:
    """The breach as it stands now, held until the deed is done: it may have been amended since its page was opened."""
    rows = Breach.objects.select_for_update(of=("self",), no_key=True).select_related("unit")
    return rows.get(pk=breach.pk)


@transaction.atomic
def _done(
    breach: Breach,
    deed: Deed,
    *,
    by: Person,
    at: datetime,
    words: str = "",
    happened_at: datetime | None = None,
    number: str = "",
    decides: bool = False,
    **changes: object,
) -> Breach:
    check = permissions.check_can_decide if decides else permissions.check_can_handle
    check(by, breach.unit, localdate(at))
    one = _locked(breach)
    there = rules.after(one.state, deed)
    last = one.steps.aggregate(last=Max("position"))["last"] or 0
    BreachStep.objects.create(
        breach=one,
        position=last + 1,
        deed=deed,
        state=there,
        at=at,
        by=by,
        words=words,
        happened_at=happened_at,
        number=number,
    )
    for name, value in changes.items():
        setattr(one, name, value)
    one.state = there
    if there in ENDED:
        one.ended_at = at
    one.save()
    audit(by=by, at=at, action=f"breach.{deed.value}", target=one, unit=one.unit)
    breach.refresh_from_db()
    return one


def _know(one: Breach, known: Known) -> None:
    one.discovered_at, one.occurred_at = known.discovered_at, known.occurred_at
    one.source, one.nature = known.source, known.nature
    one.words, one.consequences, one.measures = known.words, known.consequences, known.measures
    one.data_kinds, one.persons = list(known.data_kinds), known.persons
    one.due_at = rules.notice_due(known.discovered_at, rules.term_on(localdate(known.discovered_at)))


def _fit(known: Known, at: datetime) -> Known:
    said = {
        name: getattr(known, name).replace("\0", "").strip() for name in ("words", "consequences", "measures")
    }
    for name, text in said.items():
        if len(text) > WORDS_LENGTH:
            raise Unfit(
                _("Nội dung dài %(length)s ký tự, tối đa %(most)s. Viết gọn lại; phần đã viết vẫn còn.")
                % {"length": len(text), "most": WORDS_LENGTH},
                name,
            )
    if not said["words"]:
        raise Unfit(_("Ghi ngắn gọn việc gì đã xảy ra, không ghi tên người có dữ liệu."), "words")
    if known.discovered_at > at:
        raise Unfit(_("Ngày giờ phát hiện ở tương lai."), "discovered_at")
    if known.occurred_at is not None and known.occurred_at > known.discovered_at:
        raise Unfit(_("Việc xảy ra không thể sau khi phát hiện."), "occurred_at")
    if known.persons is not None and not 0 <= known.persons <= MOST_PERSONS:
        raise Unfit(_("Số người không đúng."), "persons")
    kinds = [kind for kind in DataKind.values if kind in known.data_kinds]
    return Known(
        known.discovered_at,
        known.occurred_at,
        Source(known.source),
        Nature(known.nature),
        said["words"],
        kinds,
        known.persons,
        said["consequences"],
        said["measures"],
    )
