"""Whether a picture looks like a page of text: a notice that was photographed instead of typed."""

from __future__ import annotations

from io import BytesIO

# Of a page of text most is paper; of what is not, most is nearly black; and light and dark change often along a line.
_PAPER = 0.55
_LEAST_INK, _MOST_INK = 0.015, 0.35
_CHANGES = 14.0
_SIDE = 480


def looks_like_text(data: bytes) -> bool:
    """Whether the picture (any that Pillow opens, made fit before) looks like a page of text. Broken ones do not."""
    from PIL import Image

    try:
        with Image.open(BytesIO(data)) as opened:
            opened.thumbnail((_SIDE, _SIDE))
            grey = opened.convert("L")
    except Exception:  # a picture that cannot be opened says nothing; it was refused when it came
        return False
    width, height = grey.size
    if min(width, height) < 60:
        return False
    pixels = grey.tobytes()
    paper = _paper_of(pixels)
    is_paper = [value > paper - 45 for value in pixels]
    share = sum(is_paper) / len(pixels)
    ink = sum(value < paper - 110 for value in pixels) / len(pixels)
    if share < _PAPER or not _LEAST_INK <= ink <= _MOST_INK:
        return False
    # A drawing has few edges along a line; letters have one every few points.
    changes = [
        sum(is_paper[start + x] != is_paper[start + x + 1] for x in range(width - 1))
        for start in range(0, len(pixels), width)
    ]
    lines = [count for count in changes if count > 4]
    return len(lines) > height / 5 and sum(lines) / len(lines) > _CHANGES


def _paper_of(pixels: bytes) -> int:
    """The brightness of the paper: the most frequent one of the brighter half."""
    counts = [0] * 256
    for value in pixels:
        counts[value] += 1
    return max(range(128, 256), key=lambda value: counts[value])
