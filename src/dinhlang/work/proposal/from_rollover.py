"""What is proposed from the plan of another year: the old plan as lines of text, the new values pointing into them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from dinhlang.officialdoc.model import Span
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.periods.window import numeric_date
from dinhlang.work import rules
from dinhlang.work.plan_values import PlanValues
from dinhlang.work.proposal.model import ROW_FIELDS, Item, Proposal, group_of, label_of, unread
from dinhlang.work.rollover import Rolled


@kept_in_vietnamese
def of_rollover(old: PlanValues, rolled: Rolled) -> tuple[str, Proposal]:
    """The plan of this year as lines of text, and the proposal that points into them."""
    lines: list[str] = []
    spans: dict[str, tuple[Span, ...]] = {}

    def write(path: str, text: str, before: str = "") -> None:
        lines.append(before + text)
        if text:
            number = len(lines)
            spans[path] = (Span(number, len(before) + 1, number, len(before) + len(text) + 1),)

    write("title", old.title)
    write("year", str(old.year), _("Năm: "))
    write("code", old.code, _("Số, ký hiệu: "))
    write("issued_on", numeric_date(old.issued_on) if old.issued_on else "", _("Ngày ban hành: "))
    for at, basis in enumerate(old.bases):
        write(f"bases.{at}", basis, _("Căn cứ: "))
    for at, row in enumerate(old.rows):
        lines.append("")
        lines.append(group_of(f"rows.{at}", old))
        for name in ROW_FIELDS:
            write(f"rows.{at}.{name}", getattr(row, name), f"{label_of(f'rows.{at}.{name}')}: ")
    for at, (unit, duty) in enumerate(old.duties):
        if at == 0 or old.duties[at - 1][0] != unit:
            lines += ["", unit]
        write(f"duties.{at}", duty, "- ")
    return "\n".join(lines), Proposal(rolled.values, tuple(_rolled_items(rolled, spans)))


def _rolled_items(rolled: Rolled, spans: Mapping[str, tuple[Span, ...]]) -> Iterable[Item]:
    values = rolled.values
    said: dict[str, str] = {
        "title": values.title,
        "year": str(values.year),
        "code": values.code,
        "issued_on": "",
        **{f"bases.{at}": basis for at, basis in enumerate(values.bases)},
        **{
            f"rows.{at}.{name}": getattr(row, name)
            for at, row in enumerate(values.rows)
            for name in ROW_FIELDS
        },
        **{f"duties.{at}": duty for at, (_unit, duty) in enumerate(values.duties)},
    }
    for path, value in said.items():
        notes = [note for note in rolled.notes if note.path.removesuffix(".unit") == path]
        doubts = tuple(rules.sentence(note.reason) for note in notes)
        suggestion = next((note.suggestion for note in notes if note.suggestion), "")
        yield unread(path, value, spans.get(path, ()), doubts, suggestion)
