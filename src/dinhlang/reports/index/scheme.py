"""What a criteria set says, and how a score follows from a value or a choice. Plain Python.

A rule is one of five, as JSON:
`{"kind": "steps", "steps": [{"text", "score", "low", "high", "low_in", "high_in"}], "is_share"}` a value falls in a step;
`{"kind": "choice", "options": [{"text", "score"}]}` a person says which holds;
`{"kind": "share", "floor"}` the value in per cent of the maximum, nothing below the floor;
`{"kind": "each", "points"}` so many points for each of what is counted, up to the maximum;
`{"kind": "hand"}` a person gives points from nothing to the maximum.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from dinhlang.org.rules import Refused
from dinhlang.reports.index.bands import Band
from dinhlang.vietnamese.numbers import printed
from dinhlang.vietnamese.text import fold

Rule = Mapping[str, Any]
_CENT = Decimal("0.01")


class Scoring(StrEnum):
    """Where a score comes from; the keys of `Criterion.Scoring`."""

    SELF = "self"
    COMPUTED = "computed"
    SURVEY = "survey"
    BONUS = "bonus"
    PENALTY = "penalty"

    @property
    def is_within(self) -> bool:
        """Whether it is a part of the full mark: bonus and penalty stand beside it."""
        return self not in {Scoring.BONUS, Scoring.PENALTY}


class Way(StrEnum):
    """The kinds of rule."""

    STEPS = "steps"
    CHOICE = "choice"
    SHARE = "share"
    EACH = "each"
    HAND = "hand"


class CannotScore(Refused):
    """A score cannot follow from what was given; the message says why."""


@dataclass(frozen=True, slots=True)
class Node:
    """A row of a set; `scoring` is '' for one that only sums up those below it. `row` is its place in the file."""

    code: str
    text: str
    maximum: Decimal
    parent: str = ""
    scoring: str = ""
    measure: str = ""
    rule: Rule = field(default_factory=dict)
    row: int = 0

    @property
    def is_scored(self) -> bool:
        return bool(self.scoring)


@dataclass(frozen=True, slots=True)
class Scheme:
    """All that a file says of a set, with what is wrong in it and what was understood without being said."""

    name: str
    nodes: tuple[Node, ...]
    first_year: int | None = None
    last_year: int | None = None
    legal_basis: str = ""
    counting: str = "calendar"
    without_survey: str = "rescale"
    is_capped: bool = True
    is_sample: bool = False
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def maximum(self) -> Decimal:
        """The full mark: what all scored rows give together, bonus and penalty left out."""
        return maximum_of(self.nodes)


def maximum_of(nodes: Iterable[Any]) -> Decimal:
    """The full mark of rows that have `scoring` and `maximum`."""
    return sum(
        (one.maximum for one in nodes if one.scoring and Scoring(one.scoring).is_within), start=Decimal(0)
    )


def digest_of(nodes: Iterable[Any], *, counting: str, without_survey: str, is_capped: bool) -> str:
    """SHA-256 of all that scores follow from: rows, points, rules and how the total is made, not names of decisions."""
    rows = [
        [one.code, fold(one.text), _plain(one.maximum), one.scoring, one.measure, one.rule] for one in nodes
    ]
    told = json.dumps(
        [rows, counting, without_survey, is_capped], sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(told.encode()).hexdigest()


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


# --- scores ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Following:
    """A score and the sentence that says how it follows."""

    score: Decimal
    why: str


def score_of(
    rule: Rule, maximum: Decimal, *, value: Decimal | None = None, option: int | None = None
) -> Following:
    """The score that follows from a measured value, from the place of a choice, or from points by hand (`value`).

    Raises `CannotScore` when what the rule asks for is not given or makes no sense.
    """
    way = Way(rule["kind"])
    if way is Way.CHOICE:
        return _chosen(rule, option)
    if value is None:
        raise CannotScore(_("Chưa có giá trị để tính điểm. Nhập giá trị, hoặc ghi 0."))
    if value < 0:
        raise CannotScore(_("Giá trị không được âm. Nhập lại."))
    return {Way.STEPS: _stepped, Way.SHARE: _shared, Way.EACH: _each, Way.HAND: _by_hand}[way](
        rule, maximum, value
    )


def score_of_index(rule: Rule, maximum: Decimal, value: Decimal) -> Following:
    """The score that a satisfaction index of 0 to 100 gives: by the rule where it takes a value, else in per cent of the maximum.

    Raises `CannotScore` for a rule that asks for something else.
    """
    way = Way(rule["kind"])
    if way in {Way.CHOICE, Way.EACH}:
        raise CannotScore(
            _("Quy tắc của tiêu chí này không tính được từ chỉ số hài lòng. Ghi điểm ở ô bên dưới.")
        )
    return score_of({"kind": Way.SHARE.value} if way is Way.HAND else rule, maximum, value=value)


def _chosen(rule: Rule, option: int | None) -> Following:
    options = rule["options"]
    if option is None or not 0 <= option < len(options):
        raise CannotScore(_("Chưa chọn mức. Chọn mức đúng với thực tế của đơn vị."))
    one = options[option]
    return Following(
        Decimal(one["score"]),
        _("Mức đã chọn: %(step)s, được %(score)s điểm.")
        % {"step": one["text"], "score": told(Decimal(one["score"]))},
    )


def band_of(step: Mapping[str, Any], *, is_share: bool) -> Band:
    """The values of a step of a rule."""
    low, high = (None if step[name] is None else Decimal(step[name]) for name in ("low", "high"))
    return Band(low, high, step["low_in"], step["high_in"], is_share)


def _stepped(rule: Rule, maximum: Decimal, value: Decimal) -> Following:
    is_share = bool(rule.get("is_share"))
    shown = told(value) + ("%" if is_share else "")
    for step in rule["steps"]:
        if band_of(step, is_share=is_share).has(value):
            score = Decimal(step["score"])
            return Following(
                score,
                _("Giá trị %(value)s thuộc mức “%(step)s”: %(score)s trên %(most)s điểm.")
                % {"value": shown, "step": step["text"], "score": told(score), "most": told(maximum)},
            )
    return Following(
        Decimal(0),
        _("Giá trị %(value)s không đạt mức nào nên được 0 trên %(most)s điểm.")
        % {"value": shown, "most": told(maximum)},
    )


def _shared(rule: Rule, maximum: Decimal, value: Decimal) -> Following:
    if value > 100:
        raise CannotScore(
            _("Tỷ lệ %(value)s%% lớn hơn 100%%. Kiểm tra lại tử số và mẫu số.") % {"value": told(value)}
        )
    floor = Decimal(rule.get("floor") or 0)
    if value < floor:
        return Following(
            Decimal(0),
            _("Tỷ lệ %(value)s%% dưới %(floor)s%% nên được 0 trên %(most)s điểm.")
            % {"value": told(value), "floor": told(floor), "most": told(maximum)},
        )
    score = rounded(value * maximum / 100)
    return Following(
        score,
        _("%(value)s%% × %(most)s điểm = %(score)s điểm.")
        % {"value": told(value), "most": told(maximum), "score": told(score)},
    )


def _each(rule: Rule, maximum: Decimal, value: Decimal) -> Following:
    if value != value.to_integral_value():
        raise CannotScore(_("Số lần phải là số nguyên. Nhập lại."))
    points = Decimal(rule["points"])
    score = min(rounded(value * points), maximum)
    said = {"count": told(value), "points": told(points), "score": told(score), "most": told(maximum)}
    if value * points > maximum:
        return Following(
            score, _("%(count)s lần × %(points)s điểm, tối đa %(most)s điểm nên tính %(score)s.") % said
        )
    return Following(score, _("%(count)s lần × %(points)s điểm = %(score)s điểm.") % said)


def _by_hand(rule: Rule, maximum: Decimal, value: Decimal) -> Following:
    check_points(value, maximum)
    return Following(
        rounded(value),
        _("Tự chấm %(score)s trên %(most)s điểm.") % {"score": told(rounded(value)), "most": told(maximum)},
    )


def check_points(points: Decimal, maximum: Decimal) -> None:
    """Points lie between nothing and the maximum. Raises `CannotScore`."""
    if not 0 <= points <= maximum:
        raise CannotScore(_("Điểm phải từ 0 đến %(most)s. Nhập lại.") % {"most": told(maximum)})


def rounded(number: Decimal) -> Decimal:
    """To two decimals, halves up."""
    return number.quantize(_CENT, ROUND_HALF_UP)


def told(number: Decimal) -> str:
    """A number as it is printed: '0,5', '2'."""
    return printed(float(rounded(number)))


def in_words(rule: Rule) -> tuple[str, ...]:
    """A rule as people read it, a line for each step."""
    if not rule:
        return ()
    way = Way(rule["kind"])
    if way in {Way.STEPS, Way.CHOICE}:
        rows = rule["steps"] if way is Way.STEPS else rule["options"]
        return tuple(
            _("%(step)s: %(score)s điểm") % {"step": one["text"], "score": told(Decimal(one["score"]))}
            for one in rows
        )
    if way is Way.SHARE:
        words = _("Tỷ lệ × điểm tối đa")
        if rule.get("floor"):
            return words, _("Dưới %(floor)s%%: 0 điểm") % {"floor": told(Decimal(rule["floor"]))}
        return (words,)
    if way is Way.EACH:
        return (_("Mỗi lần %(points)s điểm") % {"points": told(Decimal(rule["points"]))},)
    return (_("Chấm từ 0 đến điểm tối đa"),)


# --- differences ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that two versions do not have alike; `sentence` says how."""

    code: str
    kind: str
    sentence: str


ADDED, REMOVED, CHANGED = "added", "removed", "changed"


def differences(before: Sequence[Any], after: Sequence[Any]) -> list[Difference]:
    """What of the rows `before` is otherwise in the rows `after`, in the order of the latter, what is gone last."""
    old, new = {one.code: one for one in before}, {one.code: one for one in after}
    found = []
    for code, one in new.items():
        was = old.get(code)
        if was is None:
            found.append(
                Difference(
                    code,
                    ADDED,
                    _("thêm “%(text)s”, %(most)s điểm") % {"text": one.text, "most": told(one.maximum)},
                )
            )
        elif changes := _changes(was, one):
            found.append(Difference(code, CHANGED, "; ".join(changes)))
    found += [
        Difference(
            code, REMOVED, _("bỏ “%(text)s”, %(most)s điểm") % {"text": one.text, "most": told(one.maximum)}
        )
        for code, one in old.items()
        if code not in new
    ]
    return found


def _changes(was: Any, now: Any) -> list[str]:
    changes = []
    if fold(was.text) != fold(now.text):
        changes.append(_("nội dung “%(was)s” thành “%(now)s”") % {"was": was.text, "now": now.text})
    if was.maximum != now.maximum:
        changes.append(
            _("điểm tối đa %(was)s thành %(now)s") % {"was": told(was.maximum), "now": told(now.maximum)}
        )
    if (was.scoring, was.measure) != (now.scoring, now.measure):
        changes.append(_("cách chấm khác"))
    if dict(was.rule) != dict(now.rule):
        changes.append(_("quy tắc chấm khác"))
    return changes
