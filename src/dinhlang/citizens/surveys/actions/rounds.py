"""Rounds: opened, slips printed, closed with their results and a line of the ledger, published, taken back; remarks decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.citizens.models import SurveyRemark, SurveyRound, SurveyToken, SurveyVersion
from dinhlang.citizens.surveys import permissions, queries
from dinhlang.citizens.surveys.rules import kept, rounds
from dinhlang.citizens.surveys.rules.definition import Purpose
from dinhlang.citizens.surveys.rules.results import Results
from dinhlang.citizens.surveys.rules.rounds import Way
from dinhlang.citizens.surveys.rules.scoring import Method
from dinhlang.org.actions import audit
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Refused, Unfit
from dinhlang.vietnamese.text import one_line
from dinhlang.work import actions as work
from dinhlang.work.models import ActivityKind, Basis, ReformField
from dinhlang.work.rules import TITLE_LENGTH, EntryEvidence

REMARK_LENGTH = 2000


@dataclass(frozen=True, slots=True)
class RoundGiven:
    """What a round is: its name, days, method, the ways beside slips, when to look twice."""

    title: str
    opens_on: date
    closes_on: date
    method: Method
    by_poster: bool = True
    by_kiosk: bool = True
    by_after: bool = False
    by_return: bool = False
    least_seconds: int = 15
    cooldown_hours: int = 12


@transaction.atomic
def open_round(*, version: SurveyVersion, given: RoundGiven, by: Person | None, at: datetime) -> SurveyRound:
    """Ask a version; it is frozen from now on. Raises `Unfit` and `org.permissions.NotAllowed`."""
    version = (
        SurveyVersion.objects.select_for_update(of=("self",))
        .select_related("survey__unit")
        .get(pk=version.pk)
    )
    unit = version.survey.unit
    permissions.check_can_manage(by, unit, localdate(at))
    rounds.check_purpose(Purpose(version.definition["purpose"]))
    title = one_line(given.title)[:200]
    if not title:
        raise Unfit(_("Ghi tên đợt khảo sát, ví dụ “Quý IV năm 2026”."), "title")
    rounds.check_days(given.opens_on, given.closes_on)
    if given.closes_on < localdate(at):
        raise Unfit(_("Ngày kết thúc đã qua. Chọn một ngày từ hôm nay."), "closes_on")
    made = SurveyRound.objects.create(
        unit=unit,
        version=version,
        title=title,
        code=_free_code(),
        method=given.method,
        opens_on=given.opens_on,
        closes_on=given.closes_on,
        by_poster=given.by_poster,
        by_kiosk=given.by_kiosk,
        by_after=given.by_after,
        by_return=given.by_return,
        least_seconds=given.least_seconds,
        cooldown_hours=given.cooldown_hours,
        opened_at=at,
        opened_by=by,
    )
    if version.frozen_at is None:
        version.frozen_at = at
        version.save(update_fields=["frozen_at"])
    _noted(made, "survey.open", by=by, at=at, version=version.number)
    return made


def _free_code() -> str:
    """Short codes meet now and then; the constraint decides, this only makes it rare."""
    code = rounds.new_code()
    while SurveyRound.objects.filter(code=code).exists():
        code = rounds.new_code()
    return code


@transaction.atomic
def print_slips(*, round_: SurveyRound, count: int, by: Person | None, at: datetime) -> list[tuple[int, str]]:
    """New codes for so many slips, with their numbers. They are known now and never again: only their marks are kept.

    Raises `Unfit`, `rounds.NotNow` and `org.permissions.NotAllowed`.
    """
    round_ = _locked(round_)
    permissions.check_can_enter(by, round_.unit, localdate(at))
    rounds.check_open(round_.closed_at)
    if not 1 <= count <= rounds.MOST_SLIPS:
        raise Unfit(_("Mỗi lần in từ 1 đến %s phiếu.") % rounds.MOST_SLIPS, "count")
    begun = round_.tokens.filter(way=Way.SLIP, sheet__isnull=False).count()
    made = [(begun + number, rounds.new_token()) for number in range(1, count + 1)]
    SurveyToken.objects.bulk_create(
        SurveyToken(
            round=round_, mark=rounds.mark_of(token), way=Way.SLIP, sheet=number, made_on=localdate(at)
        )
        for number, token in made
    )
    _noted(round_, "survey.slips", by=by, at=at, count=count)
    return made


@transaction.atomic
def hand_slip(*, unit: Unit, key: UUID, by: Person | None, at: datetime) -> tuple[SurveyRound, str]:
    """The code of one slip for whoever stands at the counter, and the round it lets in to, which asks there today.

    It follows from the mark of the form (`key`): the same form sent again is the same slip, printed once more. It has no number,
    the trace says neither for whom it was: nothing leads from the slip to a dossier. Raises `rounds.NotNow`, `NotAllowed`.
    """
    permissions.check_can_enter(by, unit, localdate(at))
    known, token = queries.slip_of(unit, key)
    if known is not None:
        return known, token
    round_ = queries.round_at_return(unit, localdate(at))
    if round_ is None:
        raise rounds.NotNow(_("Lúc này không có đợt khảo sát nào phát phiếu khi trả kết quả."))
    round_ = _locked(round_)
    rounds.check_open(round_.closed_at)
    SurveyToken.objects.create(round=round_, mark=rounds.mark_of(token), way=Way.SLIP, made_on=localdate(at))
    _noted(round_, "survey.slips", by=by, at=at, count=1)
    return round_, token


@transaction.atomic
def say_given_out(*, round_: SurveyRound, count: int | None, by: Person | None, at: datetime) -> SurveyRound:
    """How many slips without a code were handed out; None when nobody knows. Raises `Unfit`, `Refused`, `NotAllowed`."""
    round_ = _locked(round_)
    permissions.check_can_enter(by, round_.unit, localdate(at))
    if round_.closed_at is not None:
        raise Refused(_("Đợt đã đóng, kết quả đã chốt."))
    if count is not None and not 0 <= count <= 1_000_000:
        raise Unfit(_("Ghi số phiếu từ 0 đến 1.000.000."), "given_out")
    round_.given_out = count
    round_.save(update_fields=["given_out"])
    _noted(round_, "survey.given-out", by=by, at=at, count=count)
    return round_


@kept_in_vietnamese
@transaction.atomic
def close_round(*, round_: SurveyRound, by: Person | None, at: datetime) -> SurveyRound:
    """Take no answers any more, keep the results as they are now, write the line of the ledger.

    Raises `Refused` while paper waits to be finished, and `org.permissions.NotAllowed`.
    """
    round_ = _locked(round_)
    permissions.check_can_manage(by, round_.unit, localdate(at))
    if round_.closed_at is not None:
        return round_
    if round_.batches.filter(finished_at=None).exists():
        raise Refused(_("Còn tập phiếu giấy chưa chốt. Nhập xong và chốt, rồi đóng đợt."))
    found = queries.counted(round_)
    round_.results = kept.plain(found)
    round_.closed_at, round_.closed_by = at, by
    _tell_ledger(round_, found, by, at)
    round_.save(update_fields=["results", "closed_at", "closed_by", "line"])
    _noted(round_, "survey.close", by=by, at=at, answers=found.people)
    return round_


def _tell_ledger(round_: SurveyRound, found: Results, by: Person | None, at: datetime) -> None:
    """Slips that say something about the whole and those that are satisfied, of which a report takes its share. A round that
    shows nothing has no figure for a report either."""
    if found.satisfied is None or found.satisfied_of is None:
        return
    title = _("Khảo sát “%(survey)s”, %(round)s")
    said = title % {"survey": round_.version.survey.title, "round": round_.title}
    round_.line = work.record_consequence(
        unit=round_.unit,
        kind=ActivityKind.ONESTOP,
        happened_on=min(round_.closes_on, localdate(at)),
        title=said[:TITLE_LENGTH],
        measures={"survey_answers": found.satisfied_of, "survey_satisfied": found.satisfied},
        evidence=[EntryEvidence(_("Sổ phiếu khảo sát, đợt %(code)s") % {"code": round_.code})],
        basis=Basis.SYSTEM,
        reform_field=ReformField.PROCEDURES,
        note=_("Đợt khảo sát %(code)s, cách %(method)s, %(people)s phiếu")
        % {"code": round_.code, "method": round_.method, "people": found.people},
        by=by,
        at=at,
    )


@transaction.atomic
def publish_results(*, round_: SurveyRound, by: Person | None, at: datetime) -> SurveyRound:
    """Open the kept results to everyone. Raises `Refused` and `org.permissions.NotAllowed`."""
    round_ = _locked(round_)
    permissions.check_can_manage(by, round_.unit, localdate(at))
    if round_.results is None:
        raise Refused(_("Đóng đợt trước, rồi công khai kết quả: số đang đổi để lộ phiếu mới nhất."))
    if not round_.results["is_shown"]:
        raise Refused(_("Dưới 10 phiếu thì không công khai kết quả, để không ai bị nhận ra."))
    if round_.published_at is None:
        round_.published_at, round_.published_by = at, by
        round_.save(update_fields=["published_at", "published_by"])
        _noted(round_, "survey.publish", by=by, at=at)
    return round_


@transaction.atomic
def withdraw_results(*, round_: SurveyRound, by: Person | None, at: datetime) -> SurveyRound:
    """Close what was opened. Raises `org.permissions.NotAllowed`."""
    round_ = _locked(round_)
    permissions.check_can_manage(by, round_.unit, localdate(at))
    if round_.published_at is not None:
        round_.published_at = round_.published_by = None
        round_.save(update_fields=["published_at", "published_by"])
        _noted(round_, "survey.withdraw", by=by, at=at)
    return round_


@transaction.atomic
def decide_remark(
    *, remark: SurveyRemark, state: str, public_text: str = "", by: Person | None, at: datetime
) -> SurveyRemark:
    """Let a remark be read by everyone in the words given here, or keep it inside. Raises `Unfit`, `NotAllowed`."""
    remark = (
        SurveyRemark.objects.select_for_update(of=("self",)).select_related("round__unit").get(pk=remark.pk)
    )
    permissions.check_can_manage(by, remark.round.unit, localdate(at))
    text = public_text.strip()[:REMARK_LENGTH]
    if state == SurveyRemark.State.PUBLIC and not text:
        raise Unfit(_("Ghi lời công khai: bỏ tên, số điện thoại, địa chỉ của mọi người."), "public_text")
    if state not in (SurveyRemark.State.PUBLIC, SurveyRemark.State.KEPT):
        raise Unfit(_("Chọn công khai hoặc chỉ xem trong đơn vị."), "state")
    remark.state = state
    remark.public_text = text if state == SurveyRemark.State.PUBLIC else ""
    remark.decided_at, remark.decided_by = at, by
    remark.save(update_fields=["state", "public_text", "decided_at", "decided_by"])
    _noted(remark.round, "survey.remark", by=by, at=at, state=state)
    return remark


def _locked(round_: SurveyRound) -> SurveyRound:
    found = SurveyRound.objects.select_for_update(of=("self",)).select_related("unit", "version__survey")
    return found.get(pk=round_.pk)


def _noted(round_: SurveyRound, action: str, *, by: Person | None, at: datetime, **detail: object) -> None:
    audit(by=by, at=at, action=action, target=round_, unit=round_.unit, detail=detail)
