"""The list of rules as a page, made from the rules themselves.

python -m dinhlang.officialdoc.check.catalogue > docs/rules.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from dinhlang.officialdoc.check.packs import pack_of
from dinhlang.officialdoc.check.registry import Example, Rule
from dinhlang.officialdoc.check.rules import RULES

_GROUPS = {
    "0": "Tình trạng của tệp",
    "1": "Thể thức",
    "2": "Năm, kỳ, ngày và số liệu",
    "3": "Tên gọi và thuật ngữ",
    "4": "Chính tả và dấu câu",
    "5": "Thứ tự đề mục",
    "6": "Trình bày trang (tệp Word, PDF)",
    "7": "Đối chiếu với kế hoạch, với báo cáo kỳ trước",
    "8": "Dễ đọc",
    "9": "Hai chỗ của một văn bản",
}
_INTRODUCTION = """# Các quy tắc kiểm tra văn bản

Trang này do chương trình lập từ chính các quy tắc (`python -m dinhlang.officialdoc.check.catalogue`); mỗi ví dụ dưới đây
cũng là một phép thử. Cách dùng: `dinhlang doc check TỆP…`; mã quy tắc đứng trước lời nhắc.

- **lỗi**: văn bản sẽ bị trả lại; **cảnh báo**: nên sửa trước khi ký; **gợi ý**: về cách trình bày.
- Gói quy tắc (`--pack`): `layout` trình bày trang, `consistency` thể thức và nhất quán, `language` chính tả và dấu câu,
  `cross` đối chiếu văn bản khác, `readability` dễ đọc. Không chọn thì dùng các gói hợp với loại văn bản, trừ `readability`.
- Văn bản được xét vào ngày của chính nó (thiếu ngày thì vào ngày sớm nhất có thể), trừ khi ghi `--as-of`.
"""
_EXAMPLES = 2
_LONGEST = 300


def page(rules: Sequence[Rule] = RULES) -> str:
    """The whole page, in Markdown."""
    return "\n".join(_lines(rules)) + "\n"


def _lines(rules: Sequence[Rule]) -> Iterator[str]:
    yield _INTRODUCTION
    yield f"Có {len(rules)} quy tắc."
    for digit, title in _GROUPS.items():
        group = [one for one in rules if one.id[2] == digit]
        if group:
            yield f"\n## {title}\n"
            yield "| mã | mức | điều sai | loại |"
            yield "|---|---|---|---|"
            for one in group:
                yield f"| [{one.id}](#{one.id.lower()}) | {one.severity.label} | {_cell(one.title)} | `{one.kind}` |"
        for one in group:
            yield from _rule(one)


def _rule(one: Rule) -> Iterator[str]:
    yield f"\n### {one.id}\n"
    yield f"**{one.title}** ({one.severity.label}, `{one.kind}`, gói `{pack_of(one)}`)."
    if one.basis:
        yield f"\nCăn cứ: {one.basis}."
    if one.words:
        yield from _words(one)
        return
    for title, examples in (("Sai", one.bad), ("Đúng", one.good)):
        shown = [text for example in examples if (text := _shown(example))][:_EXAMPLES]
        yield from (f"\n{title}:\n\n{text}" for text in shown)
    message = one.check(one.bad[0].case())[0].message
    yield f"\nLời nhắc: {message}"


def _words(one: Rule) -> Iterator[str]:
    yield "\n| không viết | viết | từ ngày |"
    yield "|---|---|---|"
    for find, write, since in one.words:
        day = f"{since:%d/%m/%Y}" if since else ""
        yield f"| {_cell(find)} | {_cell(write or '(tùy nội dung)')} | {day} |"


def _shown(example: Example) -> str:
    """The text of an example, its spaces kept; empty for one that shows its fault only outside the text."""
    text = example.text.strip()
    if (
        not text
        or example.blocks
        or len(text) > _LONGEST
        or example.layout
        or text in ("Đã làm.", "Nội dung.", "x")
    ):
        return ""
    return f"```text\n{text}\n```"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(page())
