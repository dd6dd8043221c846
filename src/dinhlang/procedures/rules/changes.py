"""What is new between two sheets, in plain words ('điểm mới')."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.procedures.rules.sheet import Channel, LegalBasis, Level, Method, Outcome, Paper, Sheet
from dinhlang.work.rules import plain

PART_WORDS: dict[str, str | Promise] = {
    "name": gettext_lazy("Tên thủ tục"),
    "applicants": gettext_lazy("Đối tượng thực hiện"),
    "papers": gettext_lazy("Thành phần hồ sơ"),
    "sets": gettext_lazy("Số lượng hồ sơ"),
    "methods": gettext_lazy("Cách thức, thời hạn, phí"),
    "fees": gettext_lazy("Phí, lệ phí"),
    "reception": gettext_lazy("Nơi tiếp nhận"),
    "steps": gettext_lazy("Trình tự thực hiện"),
    "conditions": gettext_lazy("Yêu cầu, điều kiện"),
    "results": gettext_lazy("Kết quả"),
    "decided_by": gettext_lazy("Cơ quan có thẩm quyền quyết định"),
    "carried_out_by": gettext_lazy("Cơ quan thực hiện"),
    "authorised": gettext_lazy("Cơ quan được ủy quyền"),
    "cooperating": gettext_lazy("Cơ quan phối hợp"),
    "legal": gettext_lazy("Căn cứ pháp lý"),
    "field": gettext_lazy("Lĩnh vực"),
    "levels": gettext_lazy("Cấp thực hiện"),
    "kind": gettext_lazy("Loại thủ tục"),
    "decision": gettext_lazy("Quyết định công bố"),
    "related": gettext_lazy("Thủ tục liên quan"),
    "summary": gettext_lazy("Mô tả"),
    "keywords": gettext_lazy("Từ khóa"),
}

CHANNEL_WORDS: dict[Channel, str | Promise] = {
    Channel.COUNTER: gettext_lazy("Trực tiếp"),
    Channel.POST: gettext_lazy("Bưu chính công ích"),
    Channel.ONLINE: gettext_lazy("Trực tuyến"),
    Channel.ONLINE_FULL: gettext_lazy("Trực tuyến toàn trình"),
    Channel.ONLINE_PART: gettext_lazy("Trực tuyến một phần"),
    Channel.OTHER: gettext_lazy("Cách khác"),
}

LEVEL_WORDS: dict[Level, str | Promise] = {
    Level.MINISTRY: gettext_lazy("cấp bộ"),
    Level.PROVINCE: gettext_lazy("cấp tỉnh"),
    Level.COMMUNE: gettext_lazy("cấp xã"),
    Level.OTHER: gettext_lazy("cơ quan khác"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed in one part: what was said and what is said now, '' for what is not there; `sentence` says it plainly."""

    part: str
    before: str
    after: str
    sentence: str

    @property
    def title(self) -> str:
        return str(PART_WORDS.get(self.part, self.part))


def differences(before: Sheet, after: Sheet) -> tuple[Difference, ...]:
    """The parts that differ, in the order in which a resident asks. White space and punctuation alone are no change."""
    found: list[Difference] = []
    for part in PART_WORDS:
        old, new = getattr(before, part), getattr(after, part)
        if old == new:
            continue
        compare = _LISTS.get(part)
        if compare is not None:
            found += compare(old, new)
        elif plain(_said(old)) != plain(_said(new)):
            found.append(_of_text(part, _said(old), _said(new)))
    return tuple(found)


def _said(value: Any) -> str:
    if isinstance(value, str):
        return value
    return ", ".join(str(LEVEL_WORDS[one]) for one in value)


def _of_text(part: str, old: str, new: str) -> Difference:
    title = str(PART_WORDS[part])
    if not old:
        return Difference(part, "", new, _("%(part)s: nay có quy định.") % {"part": title})
    if not new:
        return Difference(part, old, "", _("%(part)s: không còn quy định.") % {"part": title})
    short = len(old) <= 80 and len(new) <= 80
    sentence = (
        _("%(part)s: từ “%(old)s” thành “%(new)s”.") % {"part": title, "old": old, "new": new}
        if short
        else _("%(part)s: có sửa đổi.") % {"part": title}
    )
    return Difference(part, old, new, sentence)


def _of_rows(
    part: str, old: Sequence[Any], new: Sequence[Any], named: Callable[[Any], str], gone: str, come: str
) -> Iterable[Difference]:
    """Rows that went and rows that came, told apart by their folded words."""
    before = {plain(named(one)): one for one in old}
    after = {plain(named(one)): one for one in new}
    for key, one in before.items():
        if key not in after:
            yield Difference(part, named(one), "", gone % {"name": _short(named(one))})
    for key, one in after.items():
        if key not in before:
            yield Difference(part, "", named(one), come % {"name": _short(named(one))})


def _papers(old: tuple[Paper, ...], new: tuple[Paper, ...]) -> Iterable[Difference]:
    yield from _of_rows(
        "papers",
        old,
        new,
        lambda one: one.name,
        _("Không phải nộp: %(name)s."),
        _("Phải nộp thêm: %(name)s."),
    )
    after = {plain(one.name): one for one in new}
    for one in old:
        now = after.get(plain(one.name))
        if now is not None and (one.originals, one.copies) != (now.originals, now.copies):
            yield Difference(
                "papers",
                count_words(one),
                count_words(now),
                _("%(name)s: nay cần %(count)s.") % {"name": _short(now.name), "count": count_words(now)},
            )


def count_words(paper: Paper) -> str:
    """'1 bản chính, 2 bản sao'; the words of the source where no number was read."""
    said = [
        _("%(count)s bản chính") % {"count": paper.originals} if paper.originals else "",
        _("%(count)s bản sao") % {"count": paper.copies} if paper.copies else "",
    ]
    return ", ".join(one for one in said if one) or paper.quantity


def _methods(old: tuple[Method, ...], new: tuple[Method, ...]) -> Iterable[Difference]:
    yield from _of_rows(
        "methods",
        old,
        new,
        lambda one: str(CHANNEL_WORDS[one.channel]),
        _("Không còn nhận hồ sơ theo cách: %(name)s."),
        _("Nay nhận hồ sơ theo cách: %(name)s."),
    )
    after: dict[Channel, list[Method]] = {}
    for one in new:
        after.setdefault(one.channel, []).append(one)
    for one in old:
        rows = after.get(one.channel)
        now = rows.pop(0) if rows else None
        if now is not None:
            yield from _of_method(one, now)


def _of_method(old: Method, new: Method) -> Iterable[Difference]:
    channel = str(CHANNEL_WORDS[new.channel])
    if plain(old.time_limit) != plain(new.time_limit):
        yield Difference(
            "methods",
            old.time_limit,
            new.time_limit,
            _("Thời hạn (%(channel)s): từ %(old)s thành %(new)s.")
            % {"channel": channel, "old": _or_none(old.time_limit), "new": _or_none(new.time_limit)},
        )
    if plain(old.fee) != plain(new.fee):
        yield Difference(
            "methods",
            old.fee,
            new.fee,
            _("Phí, lệ phí (%(channel)s): từ %(old)s thành %(new)s.")
            % {"channel": channel, "old": _or_none(_short(old.fee)), "new": _or_none(_short(new.fee))},
        )
    if plain(old.note) != plain(new.note):
        yield Difference(
            "methods",
            old.note,
            new.note,
            _("Hướng dẫn nộp (%(channel)s): có sửa đổi.") % {"channel": channel},
        )


def _results(old: tuple[Outcome, ...], new: tuple[Outcome, ...]) -> Iterable[Difference]:
    return _of_rows(
        "results", old, new, lambda one: one.name, _("Không còn trả: %(name)s."), _("Nay trả thêm: %(name)s.")
    )


def _legal(old: tuple[LegalBasis, ...], new: tuple[LegalBasis, ...]) -> Iterable[Difference]:
    return _of_rows(
        "legal",
        old,
        new,
        lambda one: one.number or one.title,
        _("Không còn căn cứ %(name)s."),
        _("Căn cứ thêm %(name)s."),
    )


_LISTS: dict[str, Callable[[Any, Any], Iterable[Difference]]] = {
    "papers": _papers,
    "methods": _methods,
    "results": _results,
    "legal": _legal,
}


def _or_none(text: str) -> str:
    return text or _("chưa quy định")


def _short(text: str, most: int = 160) -> str:
    """The text on one line, cut at a word when it is long."""
    one = " ".join(text.split()).rstrip(" .;,")
    if len(one) <= most:
        return one
    return one[:most].rsplit(" ", 1)[0] + "…"
