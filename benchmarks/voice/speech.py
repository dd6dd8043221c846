"""Text as it is spoken beside other ways to say it, and how quickly a bulletin is read aloud.

- `golden_share`: golden phrases spoken exactly as written down (ours; the table is ours too);
- `golden_share_sea_g2p`, `golden_share_vietnormalizer`: the same words by two libraries for Vietnamese;
- `golden_share_espeak`: eSpeak NG given the raw phrase, by its own sounds: those it makes of the golden words;
- `clean_share` and those of the libraries: phrases in which no digit, sign or row of capitals is left;
- `phrases_a_second`, of processor time; `rtf`: processor time of all processes for a second of sound, the slowest of three
  voices, from the script to the finished files; `bulletin_s`: a script of 300 words until its files are ready, by the
  wall, and `bulletin_cpu_s` the processor time of it;
- `pace_error`: how far the time foretold is from the time it takes, the worst voice.

The libraries stand in an environment of their own (`scripts/setup_peers voice`) and are left out where they are not.
"""

from __future__ import annotations

import ctypes
import json
import re
import resource
import subprocess
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "src/dinhlang/vietnamese/tests/speech.txt"
ITEMS = ROOT / "src/dinhlang/portal/data/demo_items.toml"
PEERS = ROOT / ".venv-voice/bin/python"
GOALS = {
    "golden_share": ("≥", 1.0),
    "clean_share": ("≥", 1.0),
    "rtf": ("≤", 0.05),
    "bulletin_s": ("≤", 3.0),
}
WORDS = 300


def phrases() -> list[tuple[str, str]]:
    """What is written and what is spoken."""
    rows = (line.split("\t") for line in GOLDEN.read_text(encoding="utf-8").splitlines() if "\t" in line)
    return [(written, said) for written, said in rows]


def figures() -> dict[str, float]:
    """All figures."""
    return {**_words(), **_peers(), **_espeak(), **_reading()}


def _words() -> dict[str, float]:
    from dinhlang.vietnamese import speech

    golden = phrases()
    speech.spoken("UBND")
    began = time.process_time()
    answers = [speech.spoken(written) for written, _ in golden]
    taken = time.process_time() - began
    return {
        "golden_share": _share(answers),
        "clean_share": _clean(answers),
        "phrases_a_second": len(golden) / taken,
    }


def _bare(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.lower()))


def _share(answers: list[str]) -> float:
    right = [_bare(answer) == _bare(said) for answer, (_, said) in zip(answers, phrases(), strict=True)]
    return sum(right) / len(right)


_LEFT = re.compile(r"\d|[%‰/@&+=<>#°$€₫*_\\]|\b[A-ZĐ]{2,}\b")


def _clean(answers: list[str]) -> float:
    return sum(_LEFT.search(answer) is None for answer in answers) / len(answers)


def _peers() -> dict[str, float]:
    if not PEERS.exists():
        print("sea-g2p, vietnormalizer: not installed (scripts/setup_peers voice)", flush=True)
        return {}
    done = subprocess.run(
        [PEERS, ROOT / "benchmarks/peers/spoken.py"],
        input=json.dumps([written for written, _ in phrases()]),
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    found: dict[str, float] = {}
    for name, answers in json.loads(done.stdout).items():
        found |= {f"golden_share_{name}": _share(answers), f"clean_share_{name}": _clean(answers)}
    return found


def _espeak() -> dict[str, float]:
    sounds = _sounds()
    same = [sounds(written) == sounds(said) for written, said in phrases()]
    return {"golden_share_espeak": sum(same) / len(same)}


def _sounds() -> Callable[[str], str]:
    """The sounds eSpeak NG makes of a text, without pauses and stress."""
    import espeakng_loader

    library = ctypes.CDLL(espeakng_loader.get_library_path())
    library.espeak_Initialize(2, 0, str(espeakng_loader.get_data_path()).encode(), 0)
    library.espeak_SetVoiceByName(b"vi")
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p

    def sounds(text: str) -> str:
        left = ctypes.c_char_p(text.encode())
        said = b""
        while left.value:
            said += library.espeak_TextToPhonemes(ctypes.byref(left), 1, 2) or b""
        return re.sub(r"[\sˈˌ_:-]", "", said.decode("utf-8", errors="replace"))

    return sounds


def _script() -> str:
    """A bulletin of 300 words: what the fictional commune publishes, item after item."""
    items = tomllib.loads(ITEMS.read_text(encoding="utf-8"))["items"]
    words = " ".join(
        f"{item['title']}. {item['lead']} {item['body']}" for item in items if "lead" in item
    ).split()
    return " ".join(words[:WORDS])


def _used() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


def _reading() -> dict[str, float]:
    import django

    django.setup()  # the names of the voices are words of the interface
    from dinhlang.broadcast.speech import engine, reading

    script, shares, walls, used_up, errors = _script(), [], [], [], []
    for voice in engine.voices():
        used, began = _used(), time.perf_counter()
        read = reading.read_aloud(script, voice.key)
        walls.append(time.perf_counter() - began)
        used_up.append(_used() - used)
        shares.append(used_up[-1] / read.sound.seconds)
        expected = reading.expected_seconds(script, voice.key) or 0.0
        errors.append(abs(expected / read.sound.seconds - 1))
        print(
            f"{voice.key:16} {read.sound.seconds:6.1f} s of sound in {walls[-1]:5.2f} s, {read.sound.loudness} LUFS",
            flush=True,
        )
    return {
        "rtf": max(shares),
        "bulletin_s": max(walls),
        "bulletin_cpu_s": max(used_up),
        "pace_error": max(errors),
    }
