"""Sheets to print as PDF by typst: a template of a room, and words that reach it as data, never as markup."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from dinhlang.officialdoc import fonts

if TYPE_CHECKING:
    import typst


class Typesetter:
    """One compiler for a process and a template: fonts of the family that was found, files of its folder only.

    `first` are families that stand before it where the machine has them beside it.
    """

    def __init__(self, template: Path, *, first: Sequence[str] = ()) -> None:
        found = fonts.find()
        self._template = template
        self._fonts = [*first, *([found.name] if found else []), fonts.EMBEDDED_FAMILY]
        self._font_paths = [str(folder) for folder in found.folders] if found else []
        self._compiler = self._new_compiler()
        self._one_at_a_time = threading.Lock()

    def pdf(self, document: dict[str, Any]) -> bytes:
        """The template with these values, `fonts` beside them, as PDF."""
        made: object = self._compiled(document, "pdf", None)
        if not isinstance(made, bytes):
            raise TypeError("typst gave no PDF")
        return made

    def pictures(self, document: dict[str, Any], *, ppi: float) -> list[bytes]:
        """Its pages as PNG, so many dots to the inch."""
        made: object = self._compiled(document, "png", ppi)
        return [made] if isinstance(made, bytes) else list(made)  # type: ignore[call-overload]  # one page comes alone

    def told(self, document: dict[str, Any], label: str) -> list[Any]:
        """What the template says of itself: the values of its metadata with this label, in their order."""
        compiler = self._new_compiler({"document": self._data(document)})
        found: list[dict[str, Any]] = json.loads(compiler.query(f"<{label}>", field="value"))
        return found

    def _compiled(self, document: dict[str, Any], form: Literal["pdf", "png"], ppi: float | None) -> object:
        with self._one_at_a_time:
            made: object = self._compiler.compile(
                input=str(self._template),
                format=form,
                ppi=ppi,
                sys_inputs={"document": self._data(document)},
                timestamp=0,
            )
        return made

    def _data(self, document: dict[str, Any]) -> str:
        return json.dumps({"fonts": self._fonts} | document, ensure_ascii=False)

    def _new_compiler(self, inputs: dict[str, str] | None = None) -> typst.Compiler:
        import typst

        return typst.Compiler(
            input=str(self._template),
            root=str(self._template.parent),
            font_paths=self._font_paths,
            ignore_system_fonts=True,
            sys_inputs=inputs or {},
        )
