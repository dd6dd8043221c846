"""A unit scores itself: a value or a choice for each criterion, lines of the ledger beside it, and sends it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org import queries as org
from dinhlang.org.actions import audit
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import check_can
from dinhlang.org.rules import Permission
from dinhlang.reports.index import queries, rules
from dinhlang.reports.index.measures import measured
from dinhlang.reports.index.rules import Deed, NotReady, State
from dinhlang.reports.index.scheme import CannotScore, Scoring, Way, score_of
from dinhlang.reports.models import Assessment, AssessmentStep, Criterion, Score, ScoreEvidence
from dinhlang.vietnamese.text import one_line
from dinhlang.work.models import Activity

LONGEST_EXPLANATION = 1000
MOST_LINES = 60


def held(assessment: Assessment) -> Assessment:
    """The assessment as it is now, to itself until the transaction ends."""
    found: Assessment = (
        Assessment.objects.select_for_update(of=("self",))
        .select_related("unit", "index_set")
        .get(pk=assessment.pk)
    )
    return found


def stepped(assessment: Assessment, deed: Deed, note: str, by: Person | None, at: datetime) -> None:
    """Write down what was done, with the total as it was."""
    AssessmentStep.objects.create(
        assessment=assessment,
        deed=deed,
        note=note,
        total=queries.standing(assessment).total.total,
        at=at,
        by=by,
    )
    audit(
        by=by,
        at=at,
        action=rules.audited(deed),
        target=assessment,
        unit=assessment.unit,
        detail={"year": assessment.year, **({"reason": note} if note else {})},
    )


@transaction.atomic
def begin(*, unit: Unit, year: int, by: Person | None, at: datetime) -> Assessment:
    """Open the unit's assessment for a year by the set then in force, computed criteria filled in.

    Asked again it gives the one that is there. Raises `rules.NoSet` or `NotAllowed`.
    """
    check_can(by, Permission.INDEX_SCORE, unit, localdate(at))
    there = Assessment.objects.filter(unit=unit, year=year).first()
    if there is not None:
        return there
    if year > localdate(at).year:
        raise rules.NoSet(_("Chưa đến năm %(year)s nên chưa chấm được.") % {"year": year})
    index_set = queries.set_for(unit, year)
    if index_set is None:
        raise rules.NoSet(
            _(
                "Chưa có bộ tiêu chí nào của tỉnh cho năm %(year)s tại %(unit)s. "
                "Người theo dõi cấp trên nạp bộ tiêu chí trước."
            )
            % {"year": year, "unit": org.title_of(unit, localdate(at))}
        )
    made, is_new = Assessment.objects.get_or_create(
        unit=unit, year=year, defaults={"index_set": index_set, "begun_at": at}
    )
    if is_new:
        _compute(made, by, at)
        stepped(made, Deed.BEGIN, "", by, at)
    return made


def check_open(assessment: Assessment, by: Person | None, at: datetime) -> None:
    """Whether this person may change the unit's own scores now. Raises `NotAllowed` or `rules.WrongMove`."""
    check_can(by, Permission.INDEX_SCORE, assessment.unit, localdate(at))
    if assessment.state != State.OPEN:
        raise rules.WrongMove(
            _("Lần chấm này %(state)s nên không sửa điểm tự chấm được. Rút lại trước khi sửa.")
            % {"state": State(assessment.state).label}
        )


@transaction.atomic
def score_criterion(
    *,
    assessment: Assessment,
    criterion: Criterion,
    value: Decimal | None,
    option: int | None,
    explanation: str,
    by: Person | None,
    at: datetime,
) -> Score:
    """The unit's own score of a criterion: `value` is measured or given by hand, `option` the place of a choice.

    Raises `CannotScore` for what the rule does not take and for criteria that others score, `rules.WrongMove`,
    `NotAllowed`.
    """
    assessment = held(assessment)
    check_open(assessment, by, at)
    if criterion.scoring == Scoring.COMPUTED:
        raise CannotScore(
            _(
                "Tiêu chí này tính từ sổ, không nhập tay được. Ghi thêm hoạt động, minh chứng vào sổ rồi tính lại."
            )
        )
    if criterion.scoring == Scoring.SURVEY:
        raise CannotScore(_("Điểm điều tra do cấp trên ghi sau khi có kết quả."))
    # Asked twice: what is refused is for whoever asks, what is kept is Vietnamese.
    score_of(criterion.rule, criterion.maximum, value=value, option=option)
    follows = kept_in_vietnamese(score_of)(criterion.rule, criterion.maximum, value=value, option=option)
    score = _kept(
        assessment,
        criterion,
        {
            "value": value,
            "option": option,
            "own": follows.score,
            "reasons": [follows.why],
            "explanation": one_line(explanation)[:LONGEST_EXPLANATION],
        },
        by,
        at,
    )
    audit(
        by=by,
        at=at,
        action="index.score",
        target=assessment,
        unit=assessment.unit,
        detail={"code": criterion.code, "score": str(follows.score)},
    )
    return score


def _kept(
    assessment: Assessment, criterion: Criterion, said: dict[str, Any], by: Person | None, at: datetime
) -> Score:
    score, _new = Score.objects.update_or_create(
        assessment=assessment, criterion=criterion, defaults={**said, "changed_at": at, "changed_by": by}
    )
    return score


@transaction.atomic
def compute(*, assessment: Assessment, by: Person | None, at: datetime) -> None:
    """Ask the ledger anew for the criteria it computes. Raises `rules.WrongMove` or `NotAllowed`."""
    assessment = held(assessment)
    check_open(assessment, by, at)
    _compute(assessment, by, at)


@kept_in_vietnamese
def _compute(assessment: Assessment, by: Person | None, at: datetime) -> None:
    window = queries.window(assessment)
    for criterion in assessment.index_set.criteria.filter(scoring=Scoring.COMPUTED):
        found = measured(assessment.unit, criterion.measure, window, localdate(at))
        said: dict[str, Any] = {"value": found.value, "basis": found.basis}
        if found.value is None:
            said |= {"own": None, "reasons": [*found.reasons, _("Chưa có số liệu nên chưa chấm điểm.")]}
        else:
            # A share of counts that were recorded apart can pass a hundred; it is no more than all of it.
            value = min(found.value, Decimal(100)) if criterion.rule["kind"] == Way.SHARE else found.value
            follows = score_of(criterion.rule, criterion.maximum, value=value)
            said |= {"own": follows.score, "reasons": [*found.reasons, follows.why]}
        _kept(assessment, criterion, said, by, at)


# --- evidence -------------------------------------------------------------------------------------


@transaction.atomic
def link_lines(
    *, assessment: Assessment, criterion: Criterion, lines: Collection[int], by: Person | None, at: datetime
) -> int:
    """Put lines of the unit's ledger beside a criterion; how many are new. Raises `CannotScore` for a line that is not
    counted in the window, `rules.WrongMove`, `NotAllowed`."""
    assessment = held(assessment)
    check_open(assessment, by, at)
    score, _new = Score.objects.get_or_create(
        assessment=assessment, criterion=criterion, defaults={"changed_at": at, "changed_by": by}
    )
    there = set(score.evidence.values_list("activity", flat=True))
    found = {
        one.pk: one for one in queries.linkable(assessment, "", there).filter(pk__in=list(lines)[:MOST_LINES])
    }
    if not found:
        raise CannotScore(_("Chưa chọn dòng nào còn tính trong kỳ. Chọn dòng ở danh sách rồi bấm gắn."))
    if len(there) + len(found) > MOST_LINES:
        raise CannotScore(_("Một tiêu chí gắn tối đa %(most)s dòng sổ.") % {"most": MOST_LINES})
    ScoreEvidence.objects.bulk_create(
        ScoreEvidence(score=score, activity=one, line_hash=one.line_hash, at=at, by=by)
        for one in sorted(found.values(), key=lambda one: one.pk)
    )
    audit(
        by=by,
        at=at,
        action="index.link",
        target=assessment,
        unit=assessment.unit,
        detail={"code": criterion.code, "lines": sorted(found)},
    )
    return len(found)


@transaction.atomic
def unlink_line(
    *, assessment: Assessment, criterion: Criterion, line: Activity | int, by: Person | None, at: datetime
) -> None:
    """Take a line away from a criterion; the line itself stays. Raises `rules.WrongMove` or `NotAllowed`."""
    assessment = held(assessment)
    check_open(assessment, by, at)
    gone, _rows = ScoreEvidence.objects.filter(
        score__assessment=assessment, score__criterion=criterion, activity=line
    ).delete()
    if gone:
        key = line.pk if isinstance(line, Activity) else line
        audit(
            by=by,
            at=at,
            action="index.unlink",
            target=assessment,
            unit=assessment.unit,
            detail={"code": criterion.code, "line": key},
        )


# --- moving ---------------------------------------------------------------------------------------


@transaction.atomic
def send(*, assessment: Assessment, by: Person | None, at: datetime) -> None:
    """Hand the unit's own scores to the level above, computed ones read once more.

    Raises `NotReady` naming the criteria without a score, without evidence or explanation, or with a line that was
    reversed since; `rules.WrongMove`, `NotAllowed`.
    """
    assessment = held(assessment)
    check_can(by, Permission.INDEX_SEND, assessment.unit, localdate(at))
    after = rules.check_move(Deed.SEND, assessment.state)
    _compute(assessment, by, at)
    missing = queries.missing_for_sending(assessment)
    if missing:
        raise NotReady(_told_missing(missing))
    assessment.state, assessment.sent_at = after, at
    assessment.save(update_fields=["state", "sent_at"])
    stepped(assessment, Deed.SEND, "", by, at)


def _told_missing(missing: list[tuple[Criterion, str]]) -> str:
    said = {
        "score": _("chưa chấm: %(codes)s"),
        "evidence": _("có điểm nhưng chưa gắn minh chứng, chưa giải trình: %(codes)s"),
        "reversed": _("minh chứng đã hủy ghi: %(codes)s"),
    }
    parts = []
    for kind, words in said.items():
        codes = [one.code for one, what in missing if what == kind]
        if codes:
            parts.append(words % {"codes": ", ".join(codes[:12]) + ("…" if len(codes) > 12 else "")})
    return _("Chưa gửi được: %(parts)s.") % {"parts": "; ".join(parts)}


@transaction.atomic
def take_back(*, assessment: Assessment, by: Person | None, at: datetime) -> None:
    """Take back what was sent and not appraised yet. Raises `rules.WrongMove` or `NotAllowed`."""
    assessment = held(assessment)
    check_can(by, Permission.INDEX_SEND, assessment.unit, localdate(at))
    _reopened(assessment, Deed.TAKE_BACK, "", by, at)


@transaction.atomic
def return_to_unit(*, assessment: Assessment, note: str, by: Person | None, at: datetime) -> None:
    """Give it back to the unit with what is to be mended. Raises `rules.NoReason`, `rules.WrongMove`, `NotAllowed`."""
    assessment = held(assessment)
    check_can(by, Permission.INDEX_APPRAISE, assessment.unit, localdate(at))
    _reopened(assessment, Deed.RETURN, rules.reason_for(Deed.RETURN, note), by, at)


def _reopened(assessment: Assessment, deed: Deed, note: str, by: Person | None, at: datetime) -> None:
    assessment.state, assessment.sent_at = rules.check_move(deed, assessment.state), None
    assessment.save(update_fields=["state", "sent_at"])
    stepped(assessment, deed, note, by, at)
