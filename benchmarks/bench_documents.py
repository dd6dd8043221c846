"""How fast documents are read, checked and restored, and what others make of the same documents.

`python -m benchmarks.bench_documents` prints a table and, as its last line, one JSON object. Speeds are of one core:
seconds of the processor, the best of several rounds. Documents are the long ones of the tests, counted as documents of
four pages. The peers run on the same texts in the same run, those that are installed (`make bench-documents` tries):

- a spelling dictionary (hunspell with its Vietnamese list) against the checker, on the words people marked;
- the naive rule "any year but the document's own is stale";
- a restorer of marks (pyvi; underthesea 9.5 has none) on 001 written without marks, and underthesea's normaliser on 001
  itself, against our restorer on both;
Tesseract alone on the pages of the scans takes minutes: `make accuracy` has it beside ours (`ocr_alone`).
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from typing import Any

from rapidfuzz.distance import Levenshtein

from benchmarks.findings import naive_scores
from benchmarks.truths import INVENTED, ROOT, SHARED
from dinhlang.officialdoc import write
from dinhlang.officialdoc.check import FindingKind, check, settle
from dinhlang.officialdoc.read import read, read_with_text
from dinhlang.officialdoc.repair import repair
from dinhlang.vietnamese.text import fold, nfc

GOALS = {
    "read_text_per_s": 60.0,
    "check_per_s": 100.0,
    "read_docx_per_s": 20.0,
    "repair_syllables_per_s": 500.0,
}
ROUNDS = 5
PAGES = 4
WORDS_A_PAGE = 450
PEERS = ROOT / ".venv-peers/bin/python"
DAMAGED = "001_c08530b4eb578389"
_WORD = re.compile(r"[^\W\d_]+")


def best(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Seconds of the processor, the best of some rounds."""
    took = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        took.append(time.process_time() - began)
    return min(took)


def speeds() -> dict[str, float]:
    """Documents of four pages a second, and syllables a second."""
    given = [(path.read_bytes(), path.name) for path in sorted((INVENTED / "clean").glob("long-*.txt"))]
    texts = [read_with_text(data, name) for data, name in given]
    documents = sum(len(text.split()) for _, text in texts) / (PAGES * WORDS_A_PAGE)
    packages = [write.docx(document) for document, _ in texts]
    settle()  # as the desk and the command do that check many documents
    return {
        "read_text_per_s": documents / best(lambda: [read(data, name) for data, name in given]),
        "check_per_s": documents / best(lambda: [check(one, text=text) for one, text in texts]),
        "read_docx_per_s": documents / best(lambda: [read(data, "a.docx") for data in packages]),
    }


def restoring() -> dict[str, float]:
    """001 restored by us and by others: character and word error, and our speed. Empty without the seeds."""
    path = SHARED / f"truth/{DAMAGED}.restored.txt"
    if not path.exists():
        return {}
    true = nfc(path.read_text(encoding="utf-8"))
    damaged = nfc((SHARED / f"seeds/{DAMAGED}.txt").read_text(encoding="utf-8"))
    plain = "\n".join(fold(line) for line in true.split("\n"))
    found = errors("damaged", damaged, true) | errors("plain", plain, fold_case(true))
    found |= errors("ours_damaged", repair(damaged).text, true)
    found |= errors("ours_plain", fold_case(repair(plain).text), fold_case(true))
    found["repair_syllables_per_s"] = len(damaged.split()) / best(lambda: repair(damaged), 2)
    for name, (text, against) in _others(plain, damaged, true).items():
        found |= errors(name, text, against)
    return found


def _others(plain: str, damaged: str, true: str) -> dict[str, tuple[str, str]]:
    """What the other libraries made, and what they should have made."""
    if not PEERS.exists():
        return {}
    given = {"plain": plain.split("\n"), "damaged": damaged.split("\n")}
    run = subprocess.run(
        [PEERS, ROOT / "benchmarks/peers/restore.py"],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
    )
    made: dict[str, Any] = json.loads(run.stdout)
    return {
        "pyvi_plain": (fold_case("\n".join(made["pyvi"]["lines"])), fold_case(true)),
        "underthesea_damaged": ("\n".join(made["underthesea"]["lines"]), true),
    }


def fold_case(text: str) -> str:
    """Small letters: a text that lost its marks by our folding lost its capitals too."""
    return nfc(text).lower()


def errors(name: str, text: str, true: str) -> dict[str, float]:
    """Character and word error, white space as one space."""
    words, wanted = nfc(text).split(), nfc(true).split()
    return {
        f"{name}_cer": Levenshtein.distance(" ".join(words), " ".join(wanted)) / len(" ".join(wanted)),
        f"{name}_wer": Levenshtein.distance(words, wanted) / len(wanted),
    }


def spelling() -> dict[str, float]:
    """The checker and a dictionary on the words that people marked as misspelt. Empty without the seeds."""
    totals: dict[str, list[int]] = {"ours": [0, 0, 0, 0], "hunspell": [0, 0, 0, 0]}
    for path in sorted((SHARED / "truth/findings").glob("*.json")):
        if path.stem == DAMAGED:
            continue
        marks = [
            one["quote"] for one in json.loads(path.read_text(encoding="utf-8")) if one["kind"] == "spelling"
        ]
        document, text = read_with_text((SHARED / f"seeds/{path.stem}.txt").read_bytes(), path.name)
        ours = [one.quote for one in check(document, text=text) if one.kind is FindingKind.SPELLING]
        for name, alarms in (("ours", ours), ("hunspell", _by_dictionary(text))):
            totals[name] = [one + other for one, other in zip(totals[name], _met(alarms, marks), strict=True)]
    found = {}
    for name, (right, alarms, met, marked) in totals.items():
        if alarms:
            found |= {f"{name}_spelling_precision": right / alarms, f"{name}_spelling_recall": met / marked}
    return found


def _by_dictionary(text: str) -> list[str]:
    """The words that hunspell does not know; none where it is not installed."""
    if shutil.which("hunspell") is None:
        return []
    words = "\n".join(one for one in _WORD.findall(text) if not one.isupper())
    run = subprocess.run(
        ["hunspell", "-d", "vi_VN", "-i", "utf-8", "-l"],
        input=words,
        capture_output=True,
        text=True,
        check=False,
    )
    return run.stdout.split()


def _met(alarms: Sequence[str], marks: Sequence[str]) -> tuple[int, int, int, int]:
    """Alarms that meet a mark, alarms, marks that are met, marks."""
    right = sum(any(_touch(alarm, mark) for mark in marks) for alarm in alarms)
    met = sum(any(_touch(alarm, mark) for alarm in alarms) for mark in marks)
    return right, len(alarms), met, len(marks)


def _touch(alarm: str, mark: str) -> bool:
    one, other = alarm.lower().split(), mark.lower().split()
    return bool(one and other) and (set(one) <= set(other) or set(other) <= set(one))


def measure() -> dict[str, float]:
    """All numbers, those with a goal first."""
    found = speeds() | restoring() | spelling() | naive_scores()
    names = [*GOALS, *sorted(found.keys() - GOALS.keys())]
    return {name: round(found[name], 4) for name in names if name in found}


def main() -> None:
    """Print the table and the JSON."""
    found = measure()
    for name, value in found.items():
        goal = GOALS.get(name)
        verdict = "" if goal is None else f"goal ≥ {goal:<6g} {'met' if value >= goal else 'MISSED'}"
        print(f"{name:28} {value:10.4f}   {verdict}".rstrip())
    print(json.dumps(found))


if __name__ == "__main__":
    main()
