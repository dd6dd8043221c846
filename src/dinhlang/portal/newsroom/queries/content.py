"""What an edition says, as plain values."""

from __future__ import annotations

from dataclasses import fields

from dinhlang.portal.models import Edition
from dinhlang.portal.newsroom.rules import words as rules
from dinhlang.portal.newsroom.rules.words import Words


def words_of(edition: Edition) -> Words:
    """The words of an edition."""
    return Words(**{each.name: getattr(edition, each.name) for each in fields(Words)})


def digest_of(edition: Edition) -> str:
    """The digest of an edition with its pictures and documents, in two questions."""
    pictures = [
        {
            "blob": one.blob_id,
            "alternative": one.alternative,
            "caption": one.caption,
            "credit": one.credit,
            "words": one.words,
        }
        for one in edition.pictures.order_by("position")
    ]
    documents = [
        {
            "symbol": one.symbol,
            "issued_on": one.issued_on.isoformat() if one.issued_on else "",
            "title": one.title,
            "url": one.url,
            "blob": one.blob_id or "",
            "transcript": one.transcript,
        }
        for one in edition.documents.order_by("position")
    ]
    return rules.digest(words_of(edition), pictures, documents, edition.recording_id or "")
