"""A definition as JSON and back. Whoever writes the file by hand is told every fault at once, with its place.

{"format": "dinhlang-survey/1", "title": "…", "purpose": "survey",
 "factors": [{"id": "ket-qua", "title": "Kết quả dịch vụ", "weight": 1}],
 "questions": [{"id": "dung-hen", "kind": "likert", "factor": "ket-qua", "text": "…", "required": true,
                "options": [{"id": "5", "text": "Rất hài lòng", "score": 5},
                            {"id": "kad", "text": "Không áp dụng", "score": null}],
                "when": [{"question": "da-nhan", "options": ["roi"]}]}]}
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from dinhlang.citizens.surveys.rules.definition import (
    CHOSEN,
    SCORES,
    Condition,
    Definition,
    Factor,
    Kind,
    Option,
    Purpose,
    Question,
)
from dinhlang.org.rules import Refused
from dinhlang.vietnamese.text import nfc, one_line

FORMAT = "dinhlang-survey/1"
MOST_BYTES = 200_000
MOST_QUESTIONS = 80
MOST_OPTIONS = 20
MOST_FACTORS = 12
MOST_CONDITIONS = 5
TEXT_LENGTH = 500
LONG_LENGTH = 2000
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
ID_LENGTH = 40
_SHOWN_PROBLEMS = 12
_OF_DEFINITION = frozenset(
    {"format", "title", "purpose", "intro", "thanks", "source", "factors", "questions"}
)
_OF_FACTOR = frozenset({"id", "title", "weight"})
_OF_QUESTION = frozenset(
    [
        "id",
        "kind",
        "text",
        "help",
        "required",
        "factor",
        "overall",
        "breakdown",
        "options",
        "least",
        "most",
        "when",
        "seconds",
        "points",
        "explanation",
    ]
)
_OF_OPTION = frozenset({"id", "text", "score", "correct"})
_OF_CONDITION = frozenset({"question", "options"})


class BadDefinition(Refused):
    """What is wrong with a definition: `problems` one by one, each with its place."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        shown = self.problems[:_SHOWN_PROBLEMS]
        more = len(self.problems) - len(shown)
        said = "\n".join(shown)
        if more:
            said += "\n" + _("Còn %(more)s lỗi khác.") % {"more": more}
        super().__init__(said)


def read(data: bytes | str) -> Definition:
    """The definition in a JSON file (UTF-8). Raises `BadDefinition`."""
    raw = data.encode() if isinstance(data, str) else data
    if len(raw) > MOST_BYTES:
        raise BadDefinition(
            [_("Tệp phiếu lớn quá %(most)s KB. Bỏ bớt câu hỏi rồi nạp lại.") % {"most": MOST_BYTES // 1000}]
        )
    try:
        found = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_pairs, parse_constant=_refuse_constant)
    except UnicodeDecodeError:
        raise BadDefinition([_("Tệp phiếu không phải chữ UTF-8. Lưu lại tệp với mã UTF-8.")]) from None
    except json.JSONDecodeError as fault:
        raise BadDefinition(
            [
                _("Tệp phiếu không đúng JSON ở dòng %(line)s, cột %(column)s. Sửa chỗ đó rồi nạp lại.")
                % {"line": fault.lineno, "column": fault.colno}
            ]
        ) from None
    except (ValueError, RecursionError) as fault:
        said = fault.args[0] if isinstance(fault, _Twice) else ""
        raise BadDefinition(
            [
                _("Tệp phiếu ghi “%(key)s” hai lần ở một chỗ. Giữ lại một.") % {"key": said}
                if said
                else _("Tệp phiếu không đọc được: có số quá lớn hoặc lồng quá sâu.")
            ]
        ) from None
    return from_plain(found)


class _Twice(ValueError):
    """A key stands twice in one object."""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _Twice(key[:ID_LENGTH])
        found[key] = value
    return found


def _refuse_constant(word: str) -> float:
    raise ValueError


def from_plain(found: object) -> Definition:
    """The definition in plain values as JSON has them. Raises `BadDefinition`."""
    out = _Reader()
    made = out.definition(found)
    if out.problems or made is None:
        raise BadDefinition(out.problems)
    return made


def to_plain(definition: Definition) -> dict[str, Any]:
    """As JSON has it: fields that say nothing are left out, so that two versions can be laid side by side."""
    return {
        "format": FORMAT,
        "title": definition.title,
        "purpose": str(definition.purpose),
        **_said(intro=definition.intro, thanks=definition.thanks, source=definition.source),
        "factors": [{"id": one.id, "title": one.title, "weight": one.weight} for one in definition.factors],
        "questions": [_question(one) for one in definition.questions],
    }


def written(definition: Definition) -> str:
    """The JSON file, indented, ending with a line break."""
    return json.dumps(to_plain(definition), ensure_ascii=False, indent=2) + "\n"


def digest(definition: Definition) -> str:
    """SHA-256 over the definition; two with the same one ask the same."""
    held = json.dumps(to_plain(definition), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(held.encode()).hexdigest()


def _said(**fields: Any) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value not in ("", None, False, [], ())}


def _question(one: Question) -> dict[str, Any]:
    options = [
        {
            "id": option.id,
            "text": option.text,
            **({"score": option.score} if one.scored else {}),
            **_said(correct=option.correct),
        }
        for option in one.options
    ]
    return {
        "id": one.id,
        "kind": str(one.kind),
        "text": one.text,
        **_said(
            help=one.help,
            required=one.required,
            factor=one.factor,
            overall=one.overall,
            breakdown=one.breakdown,
            options=options,
            least=one.least,
            most=one.most,
            when=[{"question": w.question, "options": list(w.options)} for w in one.when],
            seconds=one.seconds,
            points=None if one.points == 1 else one.points,
            explanation=one.explanation,
        ),
    }


class _Reader:
    """Goes through a file and gathers what is wrong with it."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def wrong(self, where: str, what: str) -> None:
        self.problems.append(f"{where}: {what}" if where else what)

    def definition(self, found: object) -> Definition | None:
        if not isinstance(found, dict) or found.get("format") != FORMAT:
            self.wrong("", _('Tệp này không phải phiếu khảo sát: thiếu dòng "format": "%s".') % FORMAT)
            return None
        self.unknown(found, _OF_DEFINITION, "")
        purpose = self.one_of(found, "purpose", Purpose, "", default=Purpose.SURVEY)
        factors = self.factors(found)
        questions = self.questions(found, purpose, frozenset(one.id for one in factors))
        made = Definition(
            title=self.text(found, "title", "", needed=True),
            purpose=purpose,
            intro=self.text(found, "intro", "", most=LONG_LENGTH),
            thanks=self.text(found, "thanks", "", most=LONG_LENGTH),
            source=self.text(found, "source", "", most=LONG_LENGTH),
            factors=factors,
            questions=questions,
        )
        self.whole(made)
        return made

    def whole(self, made: Definition) -> None:
        """What can only be said of all parts together."""
        if len([one for one in made.questions if one.overall]) > 1:
            self.wrong("", _('Chỉ một câu hỏi được là câu đánh giá chung ("overall").'))
        for factor in made.factors:
            if not made.of_factor(factor.id):
                self.wrong(
                    _("Yếu tố “%s”") % factor.title,
                    _("chưa có câu hỏi nào. Thêm câu hỏi hoặc bỏ yếu tố này."),
                )

    def factors(self, found: Mapping[str, Any]) -> tuple[Factor, ...]:
        made: list[Factor] = []
        for number, one in enumerate(self.rows(found, "factors", "", MOST_FACTORS), 1):
            where = _("Yếu tố %s") % number
            if not isinstance(one, dict):
                self.wrong(where, _("phải là một nhóm {…}."))
                continue
            self.unknown(one, _OF_FACTOR, where)
            weight = self.number(one, "weight", where, 1, 100)
            made.append(
                Factor(
                    self.id(one, where),
                    self.text(one, "title", where, needed=True),
                    1 if weight is None else weight,
                )
            )
        self.once([one.id for one in made], _("Mã yếu tố"))
        return tuple(made)

    def questions(
        self, found: Mapping[str, Any], purpose: Purpose, factors: frozenset[str]
    ) -> tuple[Question, ...]:
        made: list[Question] = []
        rows = self.rows(found, "questions", "", MOST_QUESTIONS)
        if not rows:
            self.wrong("", _("Phiếu chưa có câu hỏi nào."))
        for number, one in enumerate(rows, 1):
            where = _("Câu %s") % number
            if not isinstance(one, dict):
                self.wrong(where, _("phải là một nhóm {…}."))
                continue
            made.append(self.question(one, where, purpose, factors, made))
        self.once([one.id for one in made], _("Mã câu hỏi"))
        return tuple(made)

    def question(
        self,
        found: Mapping[str, Any],
        where: str,
        purpose: Purpose,
        factors: frozenset[str],
        before: list[Question],
    ) -> Question:
        self.unknown(found, _OF_QUESTION, where)
        kind = self.one_of(found, "kind", Kind, where)
        points = self.number(found, "points", where, 1, 100)
        made = Question(
            id=self.id(found, where),
            kind=kind,
            text=self.text(found, "text", where, needed=True),
            help=self.text(found, "help", where),
            required=self.flag(found, "required", where),
            factor=self.text(found, "factor", where),
            overall=self.flag(found, "overall", where),
            breakdown=self.flag(found, "breakdown", where),
            options=self.options(found, kind, where),
            least=self.number(found, "least", where, -1_000_000_000, 1_000_000_000),
            most=self.number(found, "most", where, -1_000_000_000, 1_000_000_000),
            when=self.conditions(found, where, before),
            seconds=self.number(found, "seconds", where, 5, 3600),
            points=1 if points is None else points,
            explanation=self.text(found, "explanation", where, most=LONG_LENGTH),
        )
        self.fits(made, where, purpose, factors)
        return made

    def fits(self, made: Question, where: str, purpose: Purpose, factors: frozenset[str]) -> None:
        """What the parts of one question say about each other."""
        if made.factor and made.factor not in factors:
            self.wrong(where, _("không có yếu tố nào mã “%s”.") % made.factor)
        if made.factor and not made.scored:
            self.wrong(where, _("chỉ câu thang điểm (likert) được tính vào yếu tố."))
        if made.overall and not made.scored:
            self.wrong(where, _("câu đánh giá chung phải là câu thang điểm (likert)."))
        if made.breakdown and made.kind is not Kind.SINGLE:
            self.wrong(where, _("chỉ tách kết quả theo câu chọn một (single)."))
        if made.least is not None and made.most is not None and made.least > made.most:
            self.wrong(where, _("“least” lớn hơn “most”."))
        if made.kind is Kind.MULTIPLE and (made.least or 0) > len(made.options):
            self.wrong(where, _("đòi chọn nhiều hơn số lựa chọn."))
        right = [one for one in made.options if one.correct]
        if purpose is Purpose.SURVEY and (right or made.explanation):
            self.wrong(where, _("phiếu khảo sát không có đáp án đúng (“correct”)."))
        if purpose is not Purpose.SURVEY and made.kind in (Kind.SINGLE, Kind.MULTIPLE) and not right:
            self.wrong(where, _("chưa đánh dấu đáp án đúng (“correct”: true)."))
        if made.kind is Kind.SINGLE and len(right) > 1:
            self.wrong(where, _("câu chọn một chỉ có một đáp án đúng."))

    def options(self, found: Mapping[str, Any], kind: Kind, where: str) -> tuple[Option, ...]:
        rows = self.rows(found, "options", where, MOST_OPTIONS)
        if kind not in CHOSEN:
            if rows:
                self.wrong(where, _("loại câu này không có lựa chọn."))
            return ()
        if len(rows) < 2:
            self.wrong(where, _("cần ít nhất hai lựa chọn."))
        made: list[Option] = []
        for number, one in enumerate(rows, 1):
            place = _("%(where)s, lựa chọn %(number)s") % {"where": where, "number": number}
            if not isinstance(one, dict):
                self.wrong(place, _("phải là một nhóm {…}."))
                continue
            self.unknown(one, _OF_OPTION, place)
            text = self.text(one, "text", place, needed=True)
            made.append(
                Option(
                    self.id(one, place),
                    text,
                    self.score(one, kind, text, place),
                    self.flag(one, "correct", place),
                )
            )
        self.once([one.id for one in made], _("%s, mã lựa chọn") % where)
        if kind is Kind.LIKERT and made and all(one.score is None for one in made):
            self.wrong(where, _("không lựa chọn nào có điểm."))
        return tuple(made)

    def score(self, found: Mapping[str, Any], kind: Kind, text: str, where: str) -> int | None:
        if kind is not Kind.LIKERT:
            if found.get("score") is not None:
                self.wrong(where, _("chỉ câu thang điểm (likert) mới ghi điểm."))
            return None
        if "score" not in found:
            self.wrong(
                where,
                _(
                    '“%s” chưa ghi điểm. Ghi "score" từ 1 đến 5, hoặc null nếu là không áp dụng; '
                    "thứ tự các lựa chọn không phải là điểm."
                )
                % text,
            )
            return None
        return self.number(found, "score", where, SCORES.start, SCORES.stop - 1)

    def conditions(
        self, found: Mapping[str, Any], where: str, before: list[Question]
    ) -> tuple[Condition, ...]:
        made: list[Condition] = []
        for one in self.rows(found, "when", where, MOST_CONDITIONS):
            if not isinstance(one, dict):
                self.wrong(where, _("điều kiện phải là một nhóm {…}."))
                continue
            self.unknown(one, _OF_CONDITION, where)
            id_ = self.text(one, "question", where, needed=True)
            asked = next((q for q in before if q.id == id_), None)
            options = tuple(str(o) for o in self.rows(one, "options", where, MOST_OPTIONS))
            if asked is None:
                self.wrong(where, _("điều kiện dựa vào câu “%s”, nhưng trước đó không có câu này.") % id_)
            elif asked.kind not in CHOSEN:
                self.wrong(where, _("điều kiện chỉ dựa được vào câu có lựa chọn."))
            elif missing := [o for o in options if asked.option(o) is None]:
                self.wrong(
                    where,
                    _("câu “%(question)s” không có lựa chọn “%(option)s”.")
                    % {"question": id_, "option": missing[0][:ID_LENGTH]},
                )
            if not options:
                self.wrong(where, _("điều kiện chưa nói lựa chọn nào."))
            made.append(Condition(id_, options))
        return tuple(made)

    # --- single values ---

    def unknown(self, found: Mapping[str, Any], known: frozenset[str], where: str) -> None:
        for key in found.keys() - known:
            self.wrong(
                where, _("không có mục “%s” trong mẫu phiếu. Xem lại chính tả hoặc bỏ đi.") % key[:ID_LENGTH]
            )

    def rows(self, found: Mapping[str, Any], key: str, where: str, most: int) -> list[Any]:
        rows = found.get(key, [])
        if not isinstance(rows, list):
            self.wrong(where, _("“%s” phải là một danh sách […].") % key)
            return []
        if len(rows) > most:
            self.wrong(
                where,
                _("“%(key)s” có %(found)s mục, tối đa %(most)s.")
                % {"key": key, "found": len(rows), "most": most},
            )
        return rows[:most]

    def text(
        self, found: Mapping[str, Any], key: str, where: str, *, needed: bool = False, most: int = TEXT_LENGTH
    ) -> str:
        value = found.get(key, "")
        if not isinstance(value, str):
            self.wrong(where, _("“%s” phải là chữ trong dấu ngoặc kép.") % key)
            return ""
        said = one_line(nfc(value))
        if needed and not said:
            self.wrong(where, _("thiếu “%s”.") % key)
        if len(said) > most:
            self.wrong(
                where,
                _("“%(key)s” dài %(length)s ký tự, tối đa %(most)s.")
                % {"key": key, "length": len(said), "most": most},
            )
        return said[:most]

    def id(self, found: Mapping[str, Any], where: str) -> str:
        value = self.text(found, "id", where, needed=True)
        if value and (len(value) > ID_LENGTH or not ID.fullmatch(value)):
            self.wrong(where, _("mã “%s” chỉ gồm chữ thường không dấu, số và gạch nối.") % value[:ID_LENGTH])
        return value

    def flag(self, found: Mapping[str, Any], key: str, where: str) -> bool:
        value = found.get(key, False)
        if not isinstance(value, bool):
            self.wrong(where, _("“%s” chỉ nhận true hoặc false.") % key)
            return False
        return value

    def number(self, found: Mapping[str, Any], key: str, where: str, least: int, most: int) -> int | None:
        value = found.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.wrong(
                where,
                _("“%(key)s” phải là số nguyên từ %(least)s đến %(most)s.")
                % {"key": key, "least": least, "most": most},
            )
            return None
        return value

    def one_of(self, found: Mapping[str, Any], key: str, of: Any, where: str, default: Any = None) -> Any:
        value = found.get(key, default)
        try:
            return of(value)
        except ValueError:
            self.wrong(
                where,
                _("“%(key)s” phải là một trong: %(known)s.") % {"key": key, "known": ", ".join(of)},
            )
            return next(iter(of)) if default is None else default

    def once(self, ids: list[str], what: str) -> None:
        for twice in sorted({one for one in ids if one and ids.count(one) > 1}):
            self.wrong(what, _("“%s” dùng hai lần; mỗi mã chỉ dùng một lần.") % twice)
