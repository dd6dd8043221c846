"""What is said when: sentences with their times, as WebVTT for players and as JSON for podcasts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence as it was written, from `start` to `end` in seconds."""

    start: float
    end: float
    written: str


def webvtt(lines: Sequence[Line]) -> str:
    """The lines as a WebVTT file: captions of the web player, `<podcast:transcript>` of the feed."""
    cues = [
        f"{number}\n{_clock(line.start)} --> {_clock(line.end)}\n{_shown(line.written)}\n"
        for number, line in enumerate(lines, start=1)
    ]
    return "\n".join(["WEBVTT\n", *cues])


def as_json(lines: Sequence[Line]) -> str:
    """The lines as the JSON transcript of Podcasting 2.0."""
    segments = [{"startTime": line.start, "endTime": line.end, "body": line.written} for line in lines]
    return json.dumps({"version": "1.0.0", "segments": segments}, ensure_ascii=False)


def _clock(seconds: float) -> str:
    thousandths = round(seconds * 1000)
    hours, rest = divmod(thousandths, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    return f"{hours:02d}:{minutes:02d}:{rest // 1000:02d}.{rest % 1000:03d}"


def _shown(written: str) -> str:
    """The signs of WebVTT's own marks as text; a cue is one paragraph."""
    plain = " ".join(written.split())
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
