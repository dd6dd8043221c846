"""Hypothesis strategies for documents: everything the model can hold, the odd things first."""

from __future__ import annotations

import unicodedata

from hypothesis import strategies as st

from dinhlang.officialdoc.model import (
    Appendix,
    Block,
    Document,
    Issuer,
    Kind,
    Paragraph,
    PartialDate,
    Recipient,
    Role,
    Run,
    Signature,
    SignatureMode,
    Table,
)

WORDS = (
    "Ủy", "ban", "nhân", "dân", "xã", "Kết", "quả", "tuyên", "truyền", "cải", "cách", "hành", "chính", "quý",
    "số", "đạt", "36", "6.694", "86,5%", "3/4", "“một", "cửa”", "A&B", "<b>", "\"x\"", "'y'", "./.", "–", "#let", "$x$",
    "*đậm*", "_nghiêng_", "{{x}}", "\\n", "@ref", "//", "ỘỮỂẶẴỄ", "ỗởựỷ", "Nghiêng" * 8,
)  # fmt: skip

NASTY = (
    "\x00",
    "\x0b",
    "a\x07b",
    "\ud800",
    "\ufffe",
    "dòng\nhai",
    "cột\thai",
    "🎉",
    "👩‍👩‍👧",
    "\u200b",
    "]]>",
    "a\u0323\u0302",
    "  ",
    "\r\n",
)

plain_texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)
"""Lines of words that every format shows as they are."""

texts = st.one_of(
    plain_texts,
    st.lists(st.sampled_from(WORDS + NASTY), max_size=6).map(" ".join),
    st.text(max_size=20).map(lambda text: unicodedata.normalize("NFC", text)),
)
"""Any text, with what no format can hold mixed in."""

anchors = st.one_of(st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True), texts.filter(bool))
numbers = st.one_of(
    st.none(), st.sampled_from(("I", "II", "1", "2.1", "a", "đ", "-", "+", "Điều 1", "1)", "Phần I")), texts
)
dates = st.builds(
    PartialDate,
    st.none() | st.integers(1, 31),
    st.none() | st.integers(1, 12),
    st.none() | st.integers(1945, 2100),
)


def runs(text: st.SearchStrategy[str]) -> st.SearchStrategy[Run]:
    """Runs of any look, with and without a figure."""
    return st.builds(Run, text, st.booleans(), st.booleans(), st.none() | anchors)


def paragraphs(text: st.SearchStrategy[str]) -> st.SearchStrategy[Paragraph]:
    """Paragraphs of every role and level."""
    return st.builds(
        Paragraph,
        st.sampled_from(Role),
        st.lists(runs(text), max_size=3).map(tuple),
        st.integers(0, 6),
        numbers if text is texts else st.sampled_from((None, "I", "2.1", "a", "-")),
    )


def tables(text: st.SearchStrategy[str]) -> st.SearchStrategy[Table]:
    """Tables, ragged and empty ones too, with shares that may make no sense."""
    rows = st.lists(st.lists(text, max_size=5).map(tuple), max_size=5).map(tuple)
    shares = st.lists(st.floats(allow_nan=True, allow_infinity=True), max_size=5).map(tuple)
    return st.builds(Table, st.lists(text, max_size=5).map(tuple), rows, shares | st.just(()))


def blocks(text: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[Block, ...]]:
    """What stands in a body or an appendix."""
    return st.lists(paragraphs(text) | tables(text), max_size=4).map(tuple)


def documents(text: st.SearchStrategy[str] = texts) -> st.SearchStrategy[Document]:
    """Documents with any part missing. Pass `plain_texts` for documents without unprintable text."""
    some = st.none() | text
    return st.builds(
        Document,
        kind=st.sampled_from(Kind),
        issuer=st.none() | st.builds(Issuer, some, some, some, some),
        number=some,
        symbol=some,
        place=some,
        date=st.none() | dates,
        subject=some,
        body=blocks(text),
        appendices=st.lists(
            st.builds(Appendix, some, some, some, blocks(text), st.booleans()), max_size=3
        ).map(tuple),
        signature=st.none()
        | st.builds(Signature, st.none() | st.sampled_from(SignatureMode), some, some, some),
        recipients=st.lists(st.builds(Recipient, text, some), max_size=3).map(tuple),
    )
