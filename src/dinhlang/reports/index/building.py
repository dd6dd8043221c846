"""Rows of a file, whatever file it was, put together as a set and checked row by row. Plain Python."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from dinhlang.citizens.surveys.rules.scoring import METHOD_WORDS, Method
from dinhlang.reports.index.bands import Step, gap_in, number, step_in
from dinhlang.reports.index.scheme import Node, Rule, Scoring, Way, told
from dinhlang.vietnamese.text import fold
from dinhlang.work.concepts import CONCEPTS

COMPLETION, CHANNELS = "completion", "channels"
# Satisfaction by a closed round of a survey; the name says in which way it is counted, for no two ways are one figure.
ROUND_MEASURES = {f"survey_{one.value.lower()}": one for one in Method}
LONGEST_TEXT = 1000
MOST_ROWS = 1000

_EACH = re.compile(r"\bmoi\b[^.;]{0,80}?(?P<points>\d+(?:[.,]\d+)?)\s*diem")
_BY_SHARE = re.compile(r"ty le.{0,60}(?:[x×*]|nhan voi|diem toi da)|cong thuc.{0,60}ty le|tinh theo ty le")
_WORDS: tuple[tuple[Scoring, re.Pattern[str]], ...] = (
    (Scoring.SURVEY, re.compile(r"dieu tra|khao sat|xa hoi hoc|\bxhh\b|sipas")),
    (Scoring.PENALTY, re.compile(r"diem (?:phat|tru)|tru diem|^phat$|^tru$|bi tru")),
    (Scoring.BONUS, re.compile(r"diem (?:thuong|cong)|cong diem|^thuong$|^cong$|duoc cong")),
    (Scoring.COMPUTED, re.compile(r"tinh tu so|tu dong|he thong tinh|may tinh|tinh toan|^tinh$")),
    (Scoring.SELF, re.compile(r"tu cham|tu danh gia|tai lieu kiem chung|tham dinh|^don vi")),
)


@dataclass
class Row:
    """A row as it was read: `steps` are the lines below it that have no code."""

    place: int
    code: str
    text: str
    maximum: Decimal | None
    scoring: str = ""
    measure: str = ""
    rule: str = ""
    steps: list[tuple[str, Decimal | None]] = field(default_factory=list)
    parent: str | None = None


@dataclass
class Built:
    """The rows as a set. `problems` are sentences that begin with the row they are about; `notes` what was guessed."""

    nodes: tuple[Node, ...] = ()
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def wrong(self, row: int, message: str) -> None:
        self.problems.append(_("Dòng %(row)s: %(problem)s.") % {"row": row, "problem": message})

    def noted(self, row: int, message: str) -> None:
        self.notes.append(_("Dòng %(row)s: %(note)s.") % {"row": row, "note": message})


def built(rows: Sequence[Row]) -> Built:
    """The set that the rows make, with everything that is wrong in them; never raises."""
    out = Built()
    if not rows:
        out.problems.append(
            _("Tệp không có tiêu chí nào. Mỗi tiêu chí là một dòng có mã, nội dung, điểm tối đa.")
        )
        return out
    rows = _placed(rows[:MOST_ROWS], out)
    below = defaultdict(list)
    for row in rows:
        below[row.parent].append(row)
    known = {row.code: row for row in rows}
    nodes = [_node(row, bool(below.get(row.code)), _inherited(row, known), out) for row in rows]
    nodes = _summed(nodes, out)
    _check_methods(nodes, out)
    out.nodes = tuple(nodes)
    if nodes and not any(one.scoring and Scoring(one.scoring).is_within for one in nodes):
        out.problems.append(_("Bộ tiêu chí chỉ có điểm thưởng, điểm trừ. Thêm các tiêu chí chính."))
    return out


def _placed(rows: Sequence[Row], out: Built) -> list[Row]:
    """The rows with their parents; one with a code that is there already, or without words, is left out."""
    placed: list[Row] = []
    known: set[str] = set()
    for row in rows:
        if not row.code or len(row.code) > 20:
            out.wrong(row.place, _("thiếu mã, hoặc mã dài quá 20 ký tự"))
        elif row.code in known:
            out.wrong(
                row.place,
                _("mã %(code)s đã có ở dòng trên; nếu là mã như 1.10 thì đổi cột mã sang kiểu chữ")
                % {"code": row.code},
            )
        elif not row.text.strip():
            out.wrong(row.place, _("mã %(code)s thiếu nội dung") % {"code": row.code})
        else:
            parent = _parent(row.code, known) if row.parent is None else row.parent
            if parent and parent not in known:
                out.wrong(row.place, _("không có mã cha %(code)s ở trên") % {"code": parent})
                parent = ""
            known.add(row.code)
            placed.append(replace(row, parent=parent, text=row.text.strip()[:LONGEST_TEXT]))
    return placed


def _parent(code: str, known: set[str]) -> str:
    """The longest code above it: of '1.2.3' that is '1.2', or '1' when there is no '1.2'."""
    parts = code.split(".")
    return next((up for end in range(len(parts) - 1, 0, -1) if (up := ".".join(parts[:end])) in known), "")


def _inherited(row: Row, known: Mapping[str, Row]) -> str:
    """How it is scored as the row says, or the nearest row above it that does."""
    at: Row | None = row
    while at is not None:
        if at.scoring.strip():
            return at.scoring
        at = known.get(at.parent or "")
    return ""


def _node(row: Row, has_parts: bool, scoring: str, out: Built) -> Node:
    if row.maximum is not None and row.maximum < 0:
        row.maximum = -row.maximum
    node = Node(row.code, row.text, row.maximum or Decimal(0), row.parent or "", row=row.place)
    if has_parts:
        if row.steps:
            out.wrong(
                row.place, _("mã %(code)s có tiêu chí con nên không tự có mức điểm") % {"code": row.code}
            )
        return node
    if not row.maximum:
        out.wrong(row.place, _("mã %(code)s thiếu điểm tối đa") % {"code": row.code})
    kind = _scoring(row, scoring, out)
    rule = _rule(row, node.maximum, out)
    measure = _measure(row, kind, rule, out)
    if measure and kind is Scoring.SELF and not scoring:
        kind = Scoring.COMPUTED
    if kind is Scoring.COMPUTED and not measure:
        out.wrong(row.place, _("tính từ sổ thì phải nêu chỉ tiêu ở cột “Chỉ tiêu”"))
    if kind is Scoring.COMPUTED and rule["kind"] in {Way.CHOICE, Way.HAND}:
        out.wrong(
            row.place,
            _("tính từ sổ thì các mức phải là khoảng giá trị, như “từ 75% đến dưới 100%: 0,5 điểm”"),
        )
    return replace(node, scoring=kind.value, rule=rule, measure=measure if kind is Scoring.COMPUTED else "")


def _scoring(row: Row, said: str, out: Built) -> Scoring:
    folded = fold(said).strip()
    if folded in set(Scoring):
        return Scoring(folded)
    if folded:
        for kind, words in _WORDS:
            if words.search(folded):
                return kind
        out.wrong(
            row.place,
            _(
                "không hiểu cách chấm “%(said)s”; ghi: tự chấm, tính từ sổ, điều tra, điểm thưởng hoặc điểm trừ"
            )
            % {"said": said.strip()[:40]},
        )
        return Scoring.SELF
    text = fold(row.text)
    for kind, words in _WORDS[:3]:
        if words.search(text):
            out.noted(row.place, _("hiểu là %(kind)s theo tên tiêu chí") % {"kind": _called(kind)})
            return kind
    return Scoring.SELF


def _called(kind: Scoring) -> str:
    return {
        Scoring.SELF: _("đơn vị tự chấm"),
        Scoring.COMPUTED: _("tính từ sổ"),
        Scoring.SURVEY: _("điều tra xã hội học"),
        Scoring.BONUS: _("điểm thưởng"),
        Scoring.PENALTY: _("điểm trừ"),
    }[kind]


# --- rules ----------------------------------------------------------------------------------------


def _rule(row: Row, maximum: Decimal, out: Built) -> Rule:
    steps = [step_in(text, score) for text, score in row.steps]
    told_in = fold(" . ".join([row.rule, *(step.text for step in steps if step.score is None)]))
    if found := _BY_SHARE.search(told_in):
        floor = max(
            (step.band.high for step in steps if step.band and step.band.low is None and step.band.high),
            default=None,
        )
        return {"kind": Way.SHARE.value, "floor": None if floor is None else f"{floor.normalize():f}"}
    each = [fold(f"{text} {told(score)} diem" if score is not None else text) for text, score in row.steps]
    for said in [fold(row.rule), *each, fold(row.text)]:
        if found := _EACH.search(said):
            return {"kind": Way.EACH.value, "points": f"{number(found['points']).normalize():f}"}
    scored = [step for step in steps if step.score is not None]
    if not scored:
        return {"kind": Way.HAND.value}
    _check_steps(row, scored, maximum, out)
    return _stepped(row, scored, out)


def _check_steps(row: Row, steps: Sequence[Step], maximum: Decimal, out: Built) -> None:
    scores = [abs(step.score) for step in steps if step.score is not None]
    if max(scores) > maximum:
        out.wrong(
            row.place,
            _("có mức %(score)s điểm, cao hơn điểm tối đa %(most)s")
            % {"score": told(max(scores)), "most": told(maximum)},
        )
    elif max(scores) < maximum:
        out.wrong(
            row.place,
            _("không mức nào cho đủ điểm tối đa %(most)s, cao nhất là %(score)s")
            % {"score": told(max(scores)), "most": told(maximum)},
        )


def _stepped(row: Row, steps: Sequence[Step], out: Built) -> Rule:
    bands = [step.band for step in steps if step.band is not None]
    if len(bands) < len(steps):
        return {
            "kind": Way.CHOICE.value,
            "options": [{"text": step.text, "score": _score(step)} for step in steps],
        }
    is_share = any(band.is_share for band in bands)
    bands = [replace(band, is_share=is_share) for band in bands]
    if gap := gap_in(bands):
        out.wrong(row.place, _("các mức điểm chưa khớp: %(gap)s") % {"gap": gap})
    return {
        "kind": Way.STEPS.value,
        "is_share": is_share,
        "steps": [
            {
                "text": step.text,
                "score": _score(step),
                "low": None if band.low is None else f"{band.low.normalize():f}",
                "high": None if band.high is None else f"{band.high.normalize():f}",
                "low_in": band.low_in,
                "high_in": band.high_in,
            }
            for step, band in zip(steps, bands, strict=True)
        ],
    }


def _score(step: Step) -> str:
    return f"{abs(step.score or Decimal(0)).normalize():f}"


# --- what is computed -----------------------------------------------------------------------------


def measures() -> dict[str, str]:
    """What a criterion may be computed from, by id, with its name."""
    own = {
        COMPLETION: _("Tỷ lệ nhiệm vụ của kế hoạch hoàn thành, có minh chứng"),
        CHANNELS: _("Số hình thức tuyên truyền có minh chứng"),
        **{
            name: _("Chỉ số hài lòng của đợt khảo sát đã đóng. %(method)s") % {"method": METHOD_WORDS[method]}
            for name, method in ROUND_MEASURES.items()
        },
    }
    return own | {one.id: one.label for one in CONCEPTS.values() if one.id not in own}


_GUESSES: tuple[tuple[str, Callable[[str], bool]], ...] = (
    (
        COMPLETION,
        lambda text: (
            "ke hoach" in text
            and "tuyen truyen" in text
            and ("hoan thanh" in text or "thuc hien" in text or "ty le" in text)
        ),
    ),
    (
        CHANNELS,
        lambda text: (
            ("hinh thuc" in text or "kenh" in text)
            and "tuyen truyen" in text
            and ("da dang" in text or "so hinh thuc" in text or "phong phu" in text)
        ),
    ),
)


def _measure(row: Row, kind: Scoring, rule: Rule, out: Built) -> str:
    """The measure that a row names; for one that says nothing at all, what its words plainly mean."""
    said = row.measure.strip()
    if said:
        folded = fold(said)
        for name, label in measures().items():
            if folded in {name, fold(label)}:
                return name
        out.wrong(
            row.place,
            _("không có chỉ tiêu “%(said)s”; các chỉ tiêu dùng được: %(known)s")
            % {"said": said[:60], "known": ", ".join(measures())},
        )
        return ""
    if row.scoring.strip() or kind is not Scoring.SELF or rule["kind"] not in {Way.STEPS, Way.SHARE}:
        return ""
    is_share = rule["kind"] == Way.SHARE or bool(rule.get("is_share"))
    text = fold(row.text)
    for name, fits in _GUESSES:
        if fits(text) and is_share == (name == COMPLETION):
            out.noted(row.place, _("hiểu là tính từ sổ: %(measure)s") % {"measure": measures()[name]})
            return name
    return ""


def _check_methods(nodes: Sequence[Node], out: Built) -> None:
    """Satisfaction counted in two ways is two figures: a set that holds both would set them beside each other."""
    asked = [one for one in nodes if one.measure in ROUND_MEASURES]
    for node in asked[1:]:
        first, method = asked[0], ROUND_MEASURES[node.measure]
        if node.measure != first.measure:
            out.wrong(
                node.row,
                _(
                    "mã %(code)s lấy khảo sát tính theo cách %(method)s, mã %(first)s theo cách %(other)s; "
                    "một bộ tiêu chí chỉ tính theo một cách"
                )
                % {
                    "code": node.code,
                    "method": method.value,
                    "first": first.code,
                    "other": ROUND_MEASURES[first.measure].value,
                },
            )


# --- sums -----------------------------------------------------------------------------------------


def _summed(nodes: Sequence[Node], out: Built) -> list[Node]:
    """Rows with parts get the sum of their parts; where the file says another sum, that is a problem of the row."""
    parts: dict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        parts[node.parent].append(node)
    sums: dict[str, Decimal] = {}

    def total(node: Node) -> Decimal:
        if node.code not in sums:
            inside = parts.get(node.code)
            sums[node.code] = sum(map(total, inside), start=Decimal(0)) if inside else node.maximum
        return sums[node.code]

    for node in nodes:
        if parts.get(node.code) and node.maximum and total(node) != node.maximum:
            out.wrong(
                node.row,
                _("mã %(code)s ghi %(said)s điểm, các tiêu chí con cộng lại được %(sum)s")
                % {"code": node.code, "said": told(node.maximum), "sum": told(total(node))},
            )
    return [replace(node, maximum=total(node)) for node in nodes]
