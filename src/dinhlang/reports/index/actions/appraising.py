"""The level above appraises: its own score with the reason where it differs, the survey, and then it is done."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org.actions import audit
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.models import Person
from dinhlang.org.permissions import check_can
from dinhlang.org.rules import Permission, Unfit
from dinhlang.reports.index import queries, rules
from dinhlang.reports.index.actions.scoring import held, stepped
from dinhlang.reports.index.rounds import Said
from dinhlang.reports.index.rules import SHORTEST_REASON, Deed, NotReady, State, Survey
from dinhlang.reports.index.scheme import CannotScore, Scoring, check_points, rounded, score_of_index
from dinhlang.reports.models import Assessment, Criterion, Score
from dinhlang.vietnamese.text import one_line


def check_appraising(assessment: Assessment, by: Person | None, at: datetime) -> None:
    """Whether this person may appraise it now. Raises `NotAllowed` or `rules.WrongMove`."""
    check_can(by, Permission.INDEX_APPRAISE, assessment.unit, localdate(at))
    if assessment.state != State.SENT:
        raise rules.WrongMove(
            _("Lần chấm này %(state)s nên chưa thẩm định được, hoặc đã thẩm định xong.")
            % {"state": State(assessment.state).label}
        )


@transaction.atomic
def appraise_score(
    *,
    assessment: Assessment,
    criterion: Criterion,
    points: Decimal | None,
    why: str,
    by: Person | None,
    at: datetime,
) -> Score:
    """The appraised score of a criterion; `None` takes it away again, so that the unit's own counts.

    Raises `Unfit` when it differs from the unit's own without a reason, `CannotScore` for points outside of the
    maximum or of a survey that was not held, `rules.WrongMove`, `NotAllowed`.
    """
    assessment = held(assessment)
    check_appraising(assessment, by, at)
    if not criterion.scoring:
        raise CannotScore(_("Mục này cộng từ các tiêu chí con nên không chấm riêng."))
    is_survey = criterion.scoring == Scoring.SURVEY
    if is_survey and assessment.survey != Survey.HELD and points is not None:
        raise CannotScore(_("Ghi “có điều tra” ở phần điều tra trước, rồi mới ghi điểm điều tra."))
    why = one_line(why)[:500]
    score, _new = Score.objects.get_or_create(
        assessment=assessment, criterion=criterion, defaults={"changed_at": at, "changed_by": by}
    )
    if points is not None:
        check_points(points, criterion.maximum)
        points = rounded(points)
        # A bonus that was not asked for is 0 points; what nothing is known of is none, so whoever gives 0 says why.
        own = score.own if criterion.scoring == Scoring.COMPUTED else score.own or Decimal(0)
        if not is_survey and points != own and len(why) < SHORTEST_REASON:
            raise Unfit(
                _("Điểm thẩm định khác điểm tự chấm thì phải ghi lý do, để đơn vị biết vì sao."),
                "appraised_why",
            )
    if is_survey and points != score.appraised:
        # Other points, written by hand, rest on no round any more.
        score.value, score.reasons, score.basis = None, [], {}
    score.appraised, score.appraised_why = points, why if points is not None else ""
    score.save(update_fields=["appraised", "appraised_why", "value", "reasons", "basis"])
    audit(
        by=by,
        at=at,
        action="index.appraise-one",
        target=assessment,
        unit=assessment.unit,
        detail={
            "code": criterion.code,
            "own": None if score.own is None else str(score.own),
            "score": None if points is None else str(points),
            **({"reason": why} if why else {}),
        },
    )
    return score


@transaction.atomic
def score_from_round(
    *, assessment: Assessment, criterion: Criterion, round_id: int, by: Person | None, at: datetime
) -> Score:
    """Take the points of a survey's criterion from a round that the unit closed, as whoever appraises confirms.

    Where it was not said yet whether people were asked, the round says it, with its slips. Raises `CannotScore` for a round
    that closed in other days, that too few answered, or that is counted in another way than others of the assessment;
    `rules.WrongMove`, `NotAllowed`.
    """
    assessment = held(assessment)
    check_appraising(assessment, by, at)
    if criterion.scoring != Scoring.SURVEY:
        raise CannotScore(_("Tiêu chí này không chấm từ điều tra. Chọn tiêu chí điều tra xã hội học."))
    if assessment.survey == Survey.ABSENT:
        raise CannotScore(
            _(
                "Phần điều tra ghi năm nay không điều tra. Sửa phần điều tra trước, rồi mới lấy điểm từ đợt khảo sát."
            )
        )
    said = next((one for one in queries.rounds_offered(assessment) if one.round.pk == round_id), None)
    if said is None:
        raise CannotScore(
            _("Đợt khảo sát này không đóng trong kỳ tính số liệu, hoặc đã bị hủy. Chọn đợt khác.")
        )
    if said.value is None:
        raise CannotScore(said.sentence)
    there = queries.methods_of(assessment, beside=criterion)
    if mixed := rules.why_not_mixed(there, said.method.value):
        raise CannotScore(mixed)
    # Asked twice: what is refused is for whoever asks, what is kept is Vietnamese.
    score_of_index(criterion.rule, criterion.maximum, said.value)
    reasons, points = _told_of(said, criterion)
    score, _new = Score.objects.update_or_create(
        assessment=assessment,
        criterion=criterion,
        defaults={
            "value": said.value,
            "appraised": points,
            "appraised_why": "",
            "reasons": reasons,
            "basis": said.basis,
            "changed_at": at,
            "changed_by": by,
        },
    )
    audit(
        by=by,
        at=at,
        action="index.appraise-one",
        target=assessment,
        unit=assessment.unit,
        detail={
            "code": criterion.code,
            "score": str(points),
            "round": said.round.code,
            "method": said.method.value,
        },
    )
    if assessment.survey == Survey.UNKNOWN:
        note_survey(
            assessment=assessment,
            survey=Survey.HELD,
            asked=said.asked,
            valid=said.people,
            note=kept_in_vietnamese(_note_of)(said),
            by=by,
            at=at,
        )
    return score


@kept_in_vietnamese
def _told_of(said: Said, criterion: Criterion) -> tuple[list[str], Decimal]:
    """The sentences that stay with the score, and its points."""
    follows = score_of_index(criterion.rule, criterion.maximum, said.value or Decimal(0))
    return [said.sentence, follows.why], follows.score


def _note_of(said: Said) -> str:
    return _("Lấy từ đợt khảo sát của đơn vị, cách %(method)s.") % {"method": said.method.value}


@transaction.atomic
def note_survey(
    *,
    assessment: Assessment,
    survey: str,
    asked: int | None,
    valid: int | None,
    note: str,
    by: Person | None,
    at: datetime,
) -> None:
    """Say whether people were asked this year, how many, and how; without a survey, why there was none.

    Raises `Unfit` when that is missing or makes no sense, `rules.WrongMove`, `NotAllowed`.
    """
    assessment = held(assessment)
    check_appraising(assessment, by, at)
    survey = Survey(survey)
    note = one_line(note)[:300]
    if survey is Survey.ABSENT and len(note) < SHORTEST_REASON:
        raise Unfit(_("Chưa ghi vì sao năm nay không điều tra."), "survey_note")
    if survey is Survey.HELD and not valid:
        raise Unfit(_("Ghi số phiếu hợp lệ; điểm điều tra đứng cùng số phiếu."), "survey_valid")
    if valid is not None and asked is not None and valid > asked:
        raise Unfit(_("Số phiếu hợp lệ nhiều hơn số phiếu phát. Sửa lại."), "survey_valid")
    if survey is not Survey.HELD:
        asked = valid = None
        assessment.scores.filter(criterion__scoring=Scoring.SURVEY).update(
            appraised=None, appraised_why="", value=None, reasons=[], basis={}
        )
    assessment.survey, assessment.survey_note = survey, note
    assessment.survey_asked, assessment.survey_valid = asked, valid
    assessment.save(update_fields=["survey", "survey_note", "survey_asked", "survey_valid"])
    audit(
        by=by,
        at=at,
        action="index.survey",
        target=assessment,
        unit=assessment.unit,
        detail={"survey": survey.value, "valid": valid, **({"reason": note} if note else {})},
    )


@transaction.atomic
def finish_appraisal(*, assessment: Assessment, by: Person | None, at: datetime) -> None:
    """Close the appraisal; criteria that were left alone keep the unit's own score.

    Raises `NotReady` while it is not said whether there was a survey, or a survey has no points; `rules.WrongMove`,
    `NotAllowed`.
    """
    assessment = held(assessment)
    check_can(by, Permission.INDEX_APPRAISE, assessment.unit, localdate(at))
    after = rules.check_move(Deed.APPRAISE, assessment.state)
    asked = list(assessment.index_set.criteria.filter(scoring=Scoring.SURVEY))
    if asked and assessment.survey == Survey.UNKNOWN:
        raise NotReady(
            _("Chưa ghi năm nay có điều tra xã hội học hay không. Ghi ở phần điều tra rồi kết thúc.")
        )
    if asked and assessment.survey == Survey.HELD:
        given = set(
            assessment.scores.filter(appraised__isnull=False, criterion__in=asked).values_list(
                "criterion", flat=True
            )
        )
        bare = [one.code for one in asked if one.pk not in given]
        if bare:
            raise NotReady(_("Chưa ghi điểm điều tra của: %(codes)s.") % {"codes": ", ".join(bare)})
    assessment.state, assessment.appraised_at = after, at
    assessment.save(update_fields=["state", "appraised_at"])
    stepped(assessment, Deed.APPRAISE, "", by, at)


@transaction.atomic
def reopen(*, assessment: Assessment, note: str, by: Person | None, at: datetime) -> None:
    """Take the appraisal up again. Raises `rules.NoReason`, `rules.WrongMove`, `NotAllowed`."""
    assessment = held(assessment)
    check_can(by, Permission.INDEX_APPRAISE, assessment.unit, localdate(at))
    note = rules.reason_for(Deed.REOPEN, note)
    assessment.state, assessment.appraised_at = rules.check_move(Deed.REOPEN, assessment.state), None
    assessment.save(update_fields=["state", "appraised_at"])
    stepped(assessment, Deed.REOPEN, note, by, at)
