"""The template language of an outline: closed on purpose, since a clerk writes it and the server runs it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from django.utils.translation import gettext as _
from jinja2 import StrictUndefined, Template, TemplateSyntaxError, UndefinedError, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment, SecurityError

from dinhlang.reports.outline.marks import PRIVATE, Mark, OutlineError

_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Call,
    nodes.Const,
    nodes.If,
    nodes.For,
    nodes.Not,
    nodes.And,
    nodes.Or,
    nodes.Compare,
    nodes.Operand,
)


def _finalize(value: object) -> str:
    if isinstance(value, Mark):
        return value
    return " ".join(PRIVATE.sub("", str(value)).split()) if value is not None else ""


_environment = ImmutableSandboxedEnvironment(
    undefined=StrictUndefined,
    autoescape=False,  # the result is text for our own reader, never HTML
    trim_blocks=True,
    lstrip_blocks=True,
    finalize=_finalize,
)
_environment.globals.clear()
_environment.filters.clear()
_environment.tests.clear()


def parse(text: str) -> nodes.Template:
    """The outline as a tree. Raises `OutlineError`."""
    try:
        return _environment.parse(text)
    except TemplateSyntaxError as error:
        raise OutlineError(error.lineno, _syntax_message(str(error))) from None


def _syntax_message(message: str) -> str:
    if "end of template" in message:
        return _("còn {% if %} hoặc {% for %} chưa đóng. Thêm {% endif %} hoặc {% endfor %} vào sau đoạn đó.")
    if "unknown tag" in message:
        return _(
            "có lệnh lạ trong {% … %}. Chỉ dùng {% if %}, {% else %}, {% endif %}, {% for %}, {% endfor %}."
        )
    return _("chỗ điền {{ … }} hoặc {% … %} viết chưa đúng. Xem lại dấu ngoặc và dấu nháy ở dòng này.")


def check_language(tree: nodes.Template) -> None:
    """Refuse what is not part of the closed language. Raises `OutlineError`."""
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, _ALLOWED):
            raise OutlineError(
                node.lineno,
                _(
                    "đề cương chỉ dùng được {{ tên }}, {% if %} và {% for %}. "
                    "Bỏ phép tính hoặc lệnh khác ở dòng này."
                ),
            )


def check_concepts(tree: nodes.Template, concepts: Sequence[str]) -> None:
    """Refuse a figure of a concept there is not. Raises `OutlineError`."""
    for call in tree.find_all(nodes.Call):
        if not (isinstance(call.node, nodes.Name) and call.node.name in {"figure", "known"}):
            continue
        first = call.args[0] if call.args else None
        if not isinstance(first, nodes.Const) or first.value not in concepts:
            wanted = first.value if isinstance(first, nodes.Const) else ""
            raise OutlineError(
                call.lineno,
                _("không có chỉ tiêu “%(wanted)s”. Các chỉ tiêu dùng được: %(known)s.")
                % {"wanted": wanted, "known": ", ".join(sorted(concepts))},
            )


@lru_cache(maxsize=64)
def names(text: str) -> frozenset[str]:
    """The names that an outline speaks of: 'unit', 'plan', 'figure'. Raises `OutlineError`."""
    return frozenset(meta.find_undeclared_variables(parse(text)))


@lru_cache(maxsize=64)
def _compiled(text: str) -> Template:
    parse(text)
    return _environment.from_string(text)


def fill(text: str, context: Mapping[str, object]) -> str:
    """The text of the outline with its places filled. Raises `OutlineError` naming the line."""
    template = _compiled(text)
    try:
        return template.render(context)
    except UndefinedError as error:
        name = re.findall(r"'([^']+)'", str(error))
        raise OutlineError(
            _line_of(error),
            _("không có mục “%(name)s” để điền. Xem danh sách ở cuối đề cương mẫu.")
            % {"name": name[-1] if name else "?"},
        ) from None
    except (SecurityError, TypeError, ValueError) as error:
        raise OutlineError(
            _line_of(error), _("chỗ điền viết chưa đúng. Đối chiếu với đề cương mẫu rồi sửa lại.")
        ) from None


def _line_of(error: BaseException) -> int | None:
    """The line of the outline in which rendering stopped: Jinja writes it into the traceback."""
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
