"""What a person copies where there is no API: the words in the right lengths, the picture in the shapes that phones show."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dinhlang.broadcast.channels.contract import Post
from dinhlang.work import blobs
from dinhlang.work.models import Blob

# One screen of a message, and what most group applications take without folding it away.
SHORT, USUAL = 160, 1000

SHAPES: dict[str, tuple[str | Promise, int, int]] = {
    "vuong": (_("Vuông, cho nhóm và trang"), 1080, 1080),
    "ngang": (_("Ngang, cho đường dẫn"), 1200, 630),
    "doc": (_("Dọc, cho tin 24 giờ"), 1080, 1920),
}


@dataclass(frozen=True, slots=True)
class Text:
    """Words ready to be copied."""

    name: str
    label: str | Promise
    words: str


def texts(post: Post, longest: int | None = None) -> list[Text]:
    """The words of a post, short, usual and whole; none longer than the place takes. Each ends with the address."""
    most = longest or USUAL
    whole = "\n\n".join((post.title, *(post.paragraphs or (post.lead,))))
    found = [
        Text("ngan", _("Ngắn"), _with_link(post.title, post.link, min(SHORT, most))),
        Text(
            "vua", _("Vừa"), _with_link(f"{post.title}\n\n{post.lead}".strip(), post.link, min(USUAL, most))
        ),
        Text("day-du", _("Đầy đủ"), _with_link(whole, post.link, most)),
    ]
    # Where the place is small, two of them may be the same.
    return [
        one for number, one in enumerate(found) if one.words not in {each.words for each in found[:number]}
    ]


def _with_link(words: str, link: str, most: int) -> str:
    room = most - len(link) - 2
    if len(words) > room:
        cut = words[: max(room - 1, 0)]
        words = f"{cut.rpartition(' ')[0] or cut}…"
    return f"{words}\n\n{link}" if room > 0 else link


def cropped(blob: Blob, shape: str) -> bytes:
    """The picture cut to a shape, as JPEG. Raises `KeyError` for no shape."""
    from PIL import Image, ImageOps

    _label, width, height = SHAPES[shape]
    with Image.open(BytesIO(blobs.read(blob))) as opened:
        # Faces stand in the upper half of most pictures.
        drawn = ImageOps.fit(
            ImageOps.exif_transpose(opened).convert("RGB"), (width, height), centering=(0.5, 0.4)
        )
    data = BytesIO()
    drawn.save(data, "JPEG", quality=85, optimize=True)
    return data.getvalue()
