"""A decision on procedures, or a new version of one, drafted as an article for an editor to go over: what is new.

The words are those of `rules.changes`; nothing is added that the sheets do not say. HTML of the small white list that
items of the newsroom take: p, h2, ul, li, strong, a.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.rules import Refused, printed_day
from dinhlang.procedures import rules
from dinhlang.procedures.models import Decision, Event, Version
from dinhlang.procedures.rules import Difference, EventKind

# Of a long list of changes an article tells the first; the page of the procedure tells all.
_MOST_DIFFERENCES = 8
_MOST_ROWS = 60
_NEW = {EventKind.ANNOUNCE, EventKind.REPLACE}


class CannotWriteAbout(Refused):
    """There is nothing to tell; the message says why."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as it could be: `body` is HTML."""

    title: str
    lead: str
    body: str


@dataclass(frozen=True, slots=True)
class Told:
    """One row of the decision with what is new in it."""

    event: Event
    differences: tuple[Difference, ...] = ()

    @property
    def name(self) -> str:
        return self.event.version.name if self.event.version else self.event.procedure.code


def told(decision: Decision) -> list[Told]:
    """The rows of a decision with what is new in each, in the order of their names."""
    events = list(decision.events.select_related("procedure", "version", "replaced_by"))
    before = _before([event.version for event in events if event.version is not None])
    found = []
    for event in events:
        version = event.version
        old = before.get((version.procedure_id, version.number - 1)) if version is not None else None
        news: tuple[Difference, ...] = ()
        if version is not None and old is not None and event.kind != EventKind.ABOLISH:
            news = rules.differences(rules.from_json(old.sheet), rules.from_json(version.sheet))
        found.append(Told(event, news))
    return sorted(found, key=lambda one: (one.name, one.event.pk))


def _before(versions: Sequence[Version]) -> dict[tuple[int, int], Version]:
    rows = Version.objects.filter(procedure__in=[one.procedure_id for one in versions]).defer("folded")
    return {(one.procedure_id, one.number): one for one in rows}


@kept_in_vietnamese
def draft(decision: Decision, *, address: Callable[[str], str]) -> Draft:
    """The article about a decision. `address` gives the public address of a code ('' for all), for the links.

    Raises `CannotWriteAbout` for a decision without rows.
    """
    rows = told(decision)
    if not rows:
        raise CannotWriteAbout(_("Quyết định này chưa có thủ tục nào nên chưa viết được tin."))
    new = [one for one in rows if one.event.kind in _NEW]
    amended = [one for one in rows if one.event.kind in {EventKind.AMEND, EventKind.CORRECT}]
    ended = [one for one in rows if one.event.kind == EventKind.ABOLISH]
    counted = [
        (len(new), "thủ tục mới ban hành"),
        (len(amended), "thủ tục sửa đổi, bổ sung"),
        (len(ended), "thủ tục bị bãi bỏ"),
    ]
    what = ", ".join(f"{count} {words}" for count, words in counted if count)
    fields = sorted(
        {one.event.version.field for one in rows if one.event.version and one.event.version.field}
    )
    where = f" lĩnh vực {', '.join(fields)}" if 0 < len(fields) <= 3 else ""
    signed = f" ngày {printed_day(decision.signed_on)}" if decision.signed_on else ""
    issuer = f" của {decision.issuer}" if decision.issuer else ""
    lead = f"Theo Quyết định số {decision.number}{signed}{issuer}, có {what}{where}."
    body = format_html(
        "{}{}{}",
        _section("Thủ tục mới ban hành", new, address),
        _section("Thủ tục sửa đổi, bổ sung", amended, address),
        _section("Thủ tục bị bãi bỏ", ended, address),
    )
    title = f"Thủ tục hành chính: {what}{where}"
    return Draft(title[:1].upper() + title[1:], lead, str(body))


@kept_in_vietnamese
def draft_of_version(version: Version, *, address: Callable[[str], str]) -> Draft:
    """The article about what is new in a version against the one before it. `address` as for `draft`.

    Raises `CannotWriteAbout` where nothing is new or there is none before.
    """
    before = Version.objects.filter(procedure=version.procedure_id, number=version.number - 1).first()
    new = rules.differences(rules.from_json(before.sheet), rules.from_json(version.sheet)) if before else ()
    if not new:
        raise CannotWriteAbout(_("Bản này không có điểm mới so với bản trước nên không có gì để viết."))
    code = version.procedure.code
    since = f" từ ngày {printed_day(version.starts_on)}" if version.starts_on else ""
    lead = f"Thủ tục “{version.name}” (mã {code}) có {len(new)} điểm mới{since}."
    body = format_html(
        '<h2>Điểm mới</h2><ul>{}</ul><p>Xem đầy đủ: <a href="{}">{}</a>.</p>',
        format_html_join("", "<li>{}</li>", ((one.sentence,) for one in new)),
        address(code),
        version.name,
    )
    return Draft(f"Điểm mới của thủ tục “{version.name}”", lead, str(body))


def _section(title: str, rows: Sequence[Told], address: Callable[[str], str]) -> SafeString:
    items = [
        format_html(
            '<li><a href="{}">{}</a> ({}), {} {}{}{}</li>',
            address(one.event.procedure.code),
            one.name,
            one.event.procedure.code,
            "hết hiệu lực từ" if one.event.kind == EventKind.ABOLISH else "hiệu lực từ",
            printed_day(one.event.effective_on),
            f"; thay bằng {one.event.replaced_by.code}" if one.event.replaced_by else "",
            _news(one.differences),
        )
        for one in rows[:_MOST_ROWS]
    ]
    if len(rows) > _MOST_ROWS:
        more = len(rows) - _MOST_ROWS
        items.append(format_html('<li>và <a href="{}">{} thủ tục khác</a></li>', address(""), more))
    if not items:
        return SafeString("")
    return format_html("<h2>{}</h2><ul>{}</ul>", title, format_html_join("", "{}", ((one,) for one in items)))


def _news(differences: Sequence[Difference]) -> SafeString:
    if not differences:
        return SafeString("")
    shown = [one.sentence for one in differences[:_MOST_DIFFERENCES]]
    if len(differences) > _MOST_DIFFERENCES:
        shown.append("Các điểm khác xem trên trang của thủ tục.")
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((one,) for one in shown)))
