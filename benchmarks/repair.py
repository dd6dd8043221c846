"""How well damaged text is restored, how fast, and how little of sound text is touched.

`.venv/bin/python -m benchmarks.repair` prints everything; `repair_error()` gives the errors to `make accuracy`. Beside the
seed 001 stand pages of official text that the language model was not counted from: they are drawn, worn and read as
English by tesseract while this runs, and left out where tesseract or the corpus is missing.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import time
import unicodedata
from pathlib import Path
from statistics import mean

from rapidfuzz.distance import Levenshtein

from dinhlang.officialdoc.repair import repair
from dinhlang.vietnamese.text import fold

ROOT = Path(__file__).parents[1]
SHARED = ROOT / "../shared"
CORPUS = SHARED / "data/corpus"
DAMAGED, SISTER = "001_c08530b4eb578389", "000_1a36199373fd6153"
PAGES = 6


def error(found: str, true: str) -> float:
    """The share of characters that differ, in NFC, white space folded."""
    found, true = (" ".join(unicodedata.normalize("NFC", text).split()) for text in (found, true))
    return Levenshtein.distance(found, true) / len(true)


def seed(name: str) -> str:
    return (SHARED / f"seeds/{name}.txt").read_text(encoding="utf-8")


def true_text() -> str:
    """What 001 said before it was damaged, as a person restored it."""
    return (SHARED / f"truth/{DAMAGED}.restored.txt").read_text(encoding="utf-8")


def unseen_pages(count: int) -> list[dict[str, str]]:
    """Pages of documents kept aside, each with what it says and how it was read."""
    if not CORPUS.is_dir() or shutil.which("tesseract") is None:
        return []
    made = subprocess.run(
        [sys.executable, ROOT / "scripts/render_damage.py", CORPUS, str(count), "--aside"],
        capture_output=True,
        check=True,
        encoding="utf-8",
        env={"PYTHONPATH": f"{ROOT / 'src'}:{ROOT / 'scripts'}", "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"},
    )
    return [json.loads(line) for line in made.stdout.splitlines()]


def repair_error(pages: int = PAGES) -> dict[str, float]:
    """Character errors, 0 to 1: of 001 before and after, and of unseen pages before and after."""
    found: dict[str, float] = {}
    if (SHARED / "seeds").is_dir():
        damaged, true = seed(DAMAGED), true_text()
        found["damaged"] = error(damaged, true)
        found["restored_alone"] = error(repair(damaged).text, true)
        found["restored_with_sister"] = error(repair(damaged, like=[(SISTER, seed(SISTER))]).text, true)
        sound = seed(SISTER)
        bare = "".join(fold(letter) if letter.islower() else fold(letter).upper() for letter in sound)
        found["marks_restored"] = error(repair(bare).text, sound)
    unseen = unseen_pages(pages)
    if unseen:
        found["unseen_damaged"] = mean(error(page["read"], page["truth"]) for page in unseen)
        found["unseen_restored"] = mean(error(repair(page["read"]).text, page["truth"]) for page in unseen)
    return {name: round(value, 5) for name, value in found.items()}


def repair_speed() -> float:
    """Syllables of 001 restored in a second of the processor, in a process that has restored nothing before."""
    path = SHARED / f"seeds/{DAMAGED}.txt"
    program = (
        "import sys, time; from pathlib import Path; from dinhlang.officialdoc.repair import repair;"
        "text = Path(sys.argv[1]).read_text(encoding='utf-8'); repair('Uy ban nhén dan');"
        "start = time.process_time(); repair(text); print(len(text.split()) / (time.process_time() - start))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, path],
        capture_output=True,
        check=True,
        text=True,
        env={"PYTHONPATH": str(ROOT / "src")},
    )
    return float(run.stdout)


def sound_text_changed() -> dict[str, float]:
    """Changes applied and proposed in ten thousand words of sound text that the model was not counted from."""
    sys.path.insert(0, str(ROOT / "scripts"))
    from count_ngrams import documents_of, is_kept_aside

    words = applied = proposed = 0
    start = time.process_time()
    for document in documents_of(CORPUS):
        if is_kept_aside(document):
            changes = repair(document).changes
            words += len(document.split())
            applied += sum(change.applied for change in changes)
            proposed += len(changes)
    return {
        "words": words,
        "applied_per_10000": round(applied * 10_000 / words, 3),
        "proposed_per_10000": round(proposed * 10_000 / words, 3),
        "words_per_s": round(words / (time.process_time() - start)),
    }


def main() -> None:
    """Print everything; the last line is one JSON object."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--pages", type=int, default=PAGES, help="unseen pages that are drawn and read")
    pages = arguments.parse_args().pages
    found = repair_error(pages) | {"repair_syllables_per_s": round(repair_speed(), 1)}
    if CORPUS.is_dir():
        found |= {f"sound_{name}": value for name, value in sound_text_changed().items()}
    for name, value in found.items():
        print(f"{name:28} {value:12.5f}")
    print(json.dumps(found))


if __name__ == "__main__":
    main()
