"""What is true of an assessment, in plain Python: how it moves, how scores add up, when two years may be compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from dinhlang.org.rules import Refused, Unfit
from dinhlang.reports.index.scheme import Difference, Scoring, maximum_of, rounded, told
from dinhlang.reports.models.index import Assessment, AssessmentStep, IndexSet
from dinhlang.vietnamese.text import one_line

State = Assessment.State
Survey = Assessment.Survey
Deed = AssessmentStep.Deed
WithoutSurvey = IndexSet.WithoutSurvey
SHORTEST_REASON = 5

# Each deed leads from one standing to another.
MOVES: Mapping[Deed, tuple[State, State]] = {
    Deed.SEND: (State.OPEN, State.SENT),
    Deed.TAKE_BACK: (State.SENT, State.OPEN),
    Deed.RETURN: (State.SENT, State.OPEN),
    Deed.APPRAISE: (State.SENT, State.APPRAISED),
    Deed.REOPEN: (State.APPRAISED, State.SENT),
    Deed.PUBLISH: (State.APPRAISED, State.PUBLISHED),
    Deed.WITHDRAW: (State.PUBLISHED, State.APPRAISED),
}
WITH_A_REASON = frozenset({Deed.RETURN, Deed.REOPEN, Deed.WITHDRAW})


class WrongMove(Refused):
    """The assessment does not stand where this is done."""


class NoSet(Refused):
    """There is no criteria set for that unit and year, or it cannot be used."""


class NotReady(Refused):
    """Something must be brought before the assessment may go on."""


class NoReason(Unfit):
    """What needs a reason has none."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "note")


def check_move(deed: Deed, state: str) -> State:
    """Where the deed leads from this standing. Raises `WrongMove`."""
    before, after = MOVES[deed]
    if state != before:
        raise WrongMove(
            _("Lần chấm này %(state)s nên không %(deed)s được. Tải lại trang để xem tình trạng mới.")
            % {"state": State(state).label, "deed": deed.label}
        )
    return after


def audited(deed: Deed) -> str:
    """What the audit calls the deed."""
    return f"index.{deed.value}"


def reason_for(deed: Deed, note: str) -> str:
    """The reason on one line. Raises `NoReason` where the deed needs one."""
    note = one_line(note)[:500]
    if deed in WITH_A_REASON and len(note) < SHORTEST_REASON:
        raise NoReason(_("Chưa ghi lý do. Ghi ngắn gọn vì sao, để đơn vị biết việc phải làm."))
    return note


# --- adding up ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Scored:
    """A row of a set with what it was given; `own` and `appraised` are `None` while unknown."""

    code: str
    parent: str
    text: str
    maximum: Decimal
    scoring: str
    own: Decimal | None = None
    appraised: Decimal | None = None

    @property
    def points(self) -> Decimal | None:
        """What counts: the appraised score, before that the unit's own."""
        return self.own if self.appraised is None else self.appraised


@dataclass(frozen=True, slots=True)
class Line:
    """A row with its sums: what its parts give together. `share` is in per cent of its maximum."""

    row: Scored
    depth: int
    own: Decimal | None
    points: Decimal | None

    @property
    def share(self) -> Decimal | None:
        if self.points is None or not self.row.maximum:
            return None
        return rounded(self.points * 100 / self.row.maximum)

    @property
    def differs(self) -> bool:
        """Whether the level above scored it otherwise than the unit."""
        return self.row.appraised is not None and self.row.appraised != self.row.own


@dataclass(frozen=True, slots=True)
class Total:
    """The index and how it came about, in sentences. `own` is the total by the unit's own scores, on the same terms."""

    maximum: Decimal
    points: Decimal
    survey: Decimal | None
    bonus: Decimal
    penalty: Decimal
    total: Decimal
    is_rescaled: bool
    is_provisional: bool
    sentences: tuple[str, ...]

    @property
    def percent(self) -> Decimal:
        return rounded(self.total * 100 / self.maximum) if self.maximum else Decimal(0)


def lines(rows: Sequence[Scored]) -> list[Line]:
    """Every row with its sums, in their order; a sum is unknown while nothing below it is known."""
    parts: dict[str, list[Scored]] = defaultdict(list)
    for row in rows:
        parts[row.parent].append(row)
    depth = {"": -1}
    for row in rows:
        depth[row.code] = depth.get(row.parent, -1) + 1

    def summed(row: Scored, which: str) -> Decimal | None:
        inside = parts.get(row.code)
        if not inside:
            found: Decimal | None = getattr(row, which)
            return found
        known = [one for one in (summed(part, which) for part in inside) if one is not None]
        return sum(known, start=Decimal(0)) if known else None

    return [Line(row, depth[row.code], summed(row, "own"), summed(row, "points")) for row in rows]


def total(
    rows: Iterable[Scored], *, survey: str, without_survey: str, is_capped: bool, is_own: bool = False
) -> Total:
    """The total of the scores; `is_own` by the unit's own scores instead of those that count.

    A survey that was held adds its points. Without one the rest is scaled to the full mark where the set says so, and
    the sentences say that plainly; before anybody knows it is scaled for the time being.
    """
    scored = [row for row in rows if row.scoring]
    maximum = maximum_of(scored)
    sums: dict[Scoring, Decimal] = defaultdict(Decimal)
    for row in scored:
        points = row.own if is_own else row.points
        sums[Scoring(row.scoring)] += points or Decimal(0)
    worked = sums[Scoring.SELF] + sums[Scoring.COMPUTED]
    asked = maximum_of(row for row in scored if row.scoring == Scoring.SURVEY)
    base, is_rescaled, said = _with_survey(
        worked, sums[Scoring.SURVEY], maximum, asked, survey, without_survey
    )
    bonus, penalty = sums[Scoring.BONUS], sums[Scoring.PENALTY]
    if unknown := [
        row.code
        for row in scored
        if row.scoring == Scoring.COMPUTED and (row.own if is_own else row.points) is None
    ]:
        said.append(
            _("Chưa có số liệu để chấm nên chưa cộng điểm: %(codes)s.") % {"codes": ", ".join(unknown)}
        )
    if bonus or penalty:
        said.append(
            _("Cộng %(bonus)s điểm thưởng, trừ %(penalty)s điểm trừ.")
            % {"bonus": told(bonus), "penalty": told(penalty)}
        )
    reached = base + bonus - penalty
    if reached < 0:
        reached = Decimal(0)
        said.append(_("Tổng điểm không xuống dưới 0."))
    if is_capped and reached > maximum:
        said.append(
            _("Tổng %(sum)s điểm vượt thang nên tính %(most)s điểm.")
            % {"sum": told(reached), "most": told(maximum)}
        )
        reached = maximum
    return Total(
        maximum,
        worked,
        sums[Scoring.SURVEY] if asked and survey == Survey.HELD else None,
        bonus,
        penalty,
        rounded(reached),
        is_rescaled,
        bool(asked) and survey == Survey.UNKNOWN,
        tuple(said),
    )


def _with_survey(
    worked: Decimal, answered: Decimal, maximum: Decimal, asked: Decimal, survey: str, without_survey: str
) -> tuple[Decimal, bool, list[str]]:
    """The points with the survey's, whether they were scaled, and how it came about."""
    rest = maximum - asked
    numbers = {
        "points": told(worked),
        "rest": told(rest),
        "survey": told(answered),
        "asked": told(asked),
        "most": told(maximum),
    }
    if not asked:
        return worked, False, [_("Điểm các tiêu chí: %(points)s trên %(most)s.") % numbers]
    if survey == Survey.HELD:
        return (
            worked + answered,
            False,
            [
                _("Điểm các tiêu chí: %(points)s trên %(rest)s.") % numbers,
                _("Điểm điều tra xã hội học: %(survey)s trên %(asked)s.") % numbers,
            ],
        )
    why = (
        _("Năm nay không điều tra xã hội học (%(asked)s điểm).")
        if survey == Survey.ABSENT
        else _("Chưa có kết quả điều tra xã hội học (%(asked)s điểm) nên tổng là tạm tính.")
    ) % numbers
    if without_survey == WithoutSurvey.KEEP or not rest:
        said = _("Điểm các tiêu chí %(points)s trên %(rest)s giữ nguyên, không quy đổi.") % numbers
        return worked, False, [why, said]
    scaled = rounded(worked * maximum / rest)
    said = _("Điểm các tiêu chí %(points)s trên %(rest)s được quy đổi về thang %(most)s: %(scaled)s.")
    return scaled, True, [why, said % (numbers | {"scaled": told(scaled)})]


# --- comparing ------------------------------------------------------------------------------------


def why_not_by_method(names: tuple[str, str], methods: tuple[str, str]) -> str:
    """Why two years of one set are not compared: their surveys were counted in two ways. '' when they were not, or when
    nobody knows."""
    if not all(methods) or methods[0] == methods[1]:
        return ""
    return _(
        "Không so sánh %(first)s với %(second)s: điểm điều tra lấy từ khảo sát tính theo cách %(one)s và cách %(other)s, "
        "hai cách cho hai số khác nhau."
    ) % {"first": names[0], "second": names[1], "one": methods[0], "other": methods[1]}


def why_not_mixed(there: Collection[str], taken: str) -> str:
    """Why a round counted in one way (`taken`) is not put beside those of an assessment; '' when it may be."""
    others = sorted(set(there) - {taken})
    if not others:
        return ""
    return _(
        "Lần chấm này lấy khảo sát tính theo cách %(one)s; không lẫn với đợt tính theo cách %(other)s, vì hai cách cho hai số khác nhau."
    ) % {"one": ", ".join(others), "other": taken}


def told_mixed(methods: Collection[str]) -> str:
    """What an assessment says of itself whose satisfaction was counted in more than one way; '' for others."""
    if len(methods) < 2:
        return ""
    return _(
        "Điểm hài lòng ở đây lấy từ khảo sát tính theo các cách %(methods)s: mỗi cách cho một số khác nhau, không so sánh với nhau."
    ) % {"methods": ", ".join(sorted(methods))}


def why_not_comparable(names: tuple[str, str], digests: tuple[str, str], found: Sequence[Difference]) -> str:
    """Why two years are not compared, '' when they are: scores of two sets say two things.

    `names` are the years with their sets, `found` what the sets have otherwise.
    """
    if digests[0] == digests[1]:
        return ""
    codes = ", ".join(one.code for one in found[:5]) + ("…" if len(found) > 5 else "")
    told_so = (
        _("Khác ở %(count)s mục: %(codes)s.") % {"count": len(found), "codes": codes}
        if found
        else _("Cách tính tổng khác nhau.")
    )
    return (
        _("Không so sánh %(first)s với %(second)s: hai năm chấm theo hai bộ tiêu chí khác nhau.")
        % {"first": names[0], "second": names[1]}
        + f" {told_so}"
    )
