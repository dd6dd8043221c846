"""Sheets to print as PDF by typst: a template of a room, and words that reach it as data, never as markup."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

from dinhlang.officialdoc import fonts


class Typesetter:
    """One compiler for a process and a template: fonts of the family that was found, files of its folder only."""

    def __init__(self, template: Path) -> None:
        import typst

        found = fonts.find()
        self._template = template
        self._fonts = [found.name, fonts.EMBEDDED_FAMILY] if found else [fonts.EMBEDDED_FAMILY]
        self._compiler = typst.Compiler(
            root=str(template.parent),
            font_paths=[str(folder) for folder in found.folders] if found else [],
            ignore_system_fonts=True,
        )
        self._one_at_a_time = threading.Lock()

    def pdf(self, document: dict[str, Any]) -> bytes:
        """The template with these values, `fonts` beside them, as PDF."""
        data = json.dumps({"fonts": self._fonts} | document, ensure_ascii=False)
        with self._one_at_a_time:
            made: object = self._compiler.compile(
                input=str(self._template), format="pdf", sys_inputs={"document": data}, timestamp=0
            )
        if not isinstance(made, bytes):
            raise TypeError("typst gave no PDF")
        return made
