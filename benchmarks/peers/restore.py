"""What other libraries make of damaged lines; runs in an environment of its own, without this project.

JSON on standard input: {"plain": [lines without marks], "damaged": [lines]}. JSON out: for each library its version, the
lines it made and the seconds of the processor it took.
"""

from __future__ import annotations

import importlib.metadata
import json
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any


def _made(library: str, lines: Sequence[str], restore: Callable[[str], str]) -> dict[str, Any]:
    restore("mot hai ba")
    began = time.process_time()
    made = [restore(line) if line.strip() else line for line in lines]
    seconds = time.process_time() - began
    return {"version": importlib.metadata.version(library), "lines": made, "seconds": seconds}


def main() -> None:
    from pyvi import ViUtils
    from underthesea import text_normalize

    given = json.load(sys.stdin)
    made = {
        "pyvi": _made("pyvi", given["plain"], ViUtils.add_accents),
        "underthesea": _made("underthesea", given["damaged"], text_normalize),
    }
    json.dump(made, sys.stdout)


if __name__ == "__main__":
    main()
